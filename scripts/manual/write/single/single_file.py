"""Manual → one HTML file that needs nothing else: no network, no other file, and no script to be
read. To send by mail or from phone to phone.

The templates hold the layout and escape every text. Style and script are files beside them, the
same for every manual; they are put into the page, and its policy names each by its hash.
"""

import base64
import hashlib
from pathlib import Path

import jinja2
from markupsafe import Markup

from manual.core.model import Manual
from manual.core.outputs import FOLDER, SINGLE
from manual.core.references import References
from manual.core.wording import direction, wording_for
from manual.write.running_foot import running_foot
from manual.write.views import HtmlViews

FILE = f"{FOLDER}/{SINGLE}"  # its place in docs/, and so in the site

_TEMPLATES = Path(__file__).parent / "templates"


def make_single_file(manual: Manual) -> bytes:
    """The whole manual as one HTML file, in UTF-8. The same manual makes the same bytes.

    The manual must be one that the checks found no error in.
    """
    wording = wording_for(manual.language)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    edition = f"{wording.edition}: {manual.edition}"
    foot = running_foot(f"{manual.title} · {edition}")
    styles = [_asset("style.css"), _asset("paper.css"), foot]
    script = _asset("find.js")
    page = environment.get_template("page.html.j2").render(
        manual=HtmlViews(manual, References(manual)).document(),
        wording=wording,
        direction=direction(manual.language),
        # These are ours, and without what could end them.
        policy=Markup(policy(styles, [script])),  # noqa: S704
        styles=[Markup(style) for style in styles],  # noqa: S704
        script=Markup(script),  # noqa: S704
    )
    return page.encode()


def policy(styles: list[str], scripts: list[str]) -> str:
    """The policy that lets a browser ask nobody for anything, and run just these.

    https://www.w3.org/TR/CSP3/#match-element-to-source-list
    """
    directives = (
        "default-src 'none'",
        " ".join(["script-src", *map(_hash, scripts)]),
        " ".join(["style-src", *map(_hash, styles)]),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(directives)


def _asset(name: str) -> str:
    """A file beside the templates, with the line ends that a browser hashes, whatever git does."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
