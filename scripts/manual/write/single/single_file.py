"""Manual → one HTML file that needs nothing else: no network, no other file, and no script for
reading. To send by mail or from phone to phone.

The templates hold the layout and escape every text. Styles and script are files beside them, the
same for every manual. They are put into the page, whose policy names each by its hash.
"""

from pathlib import Path

from markupsafe import Markup

from manual.core.model import Manual
from manual.core.outputs import FOLDER, SINGLE
from manual.core.wording import wording_for
from manual.write.policy import source_hash
from manual.write.running_foot import running_foot
from manual.write.templating import environment
from manual.write.views import manual_view

FILE = f"{FOLDER}/{SINGLE}"  # its place in docs/, and so in the site

_TEMPLATES = Path(__file__).parent / "templates"


def make_single_file(manual: Manual) -> bytes:
    """The whole manual as one HTML file, in UTF-8. The same manual makes the same bytes.

    The manual must have passed its checks.
    """
    edition = f"{wording_for(manual.language).edition}: {manual.edition}"
    foot = running_foot(f"{manual.title} · {edition}")
    styles = [_asset("style.css"), _asset("paper.css"), foot]
    script = _asset("find.js")
    page = environment("single", manual_view(manual)).get_template("page.html.j2")
    # Policy, styles and script are our own, and hold nothing that could end their elements.
    text = page.render(
        address=lambda target: target.url or f"#{target.id}",
        policy=Markup(policy(styles, [script])),  # noqa: S704
        styles=[Markup(style) for style in styles],  # noqa: S704
        script=Markup(script),  # noqa: S704
    )
    return text.encode()


def policy(styles: list[str], scripts: list[str]) -> str:
    """The policy under which a browser makes no request, and uses only these styles and scripts."""
    directives = (
        "default-src 'none'",
        " ".join(["script-src", *map(source_hash, scripts)]),
        " ".join(["style-src", *map(source_hash, styles)]),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(directives)


def _asset(name: str) -> str:
    """A file beside the templates, read as text: its line ends are those that browsers hash."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")
