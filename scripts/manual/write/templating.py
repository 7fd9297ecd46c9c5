"""The Jinja environment of every writer that fills in templates."""

from pathlib import Path

import jinja2

from manual.core.wording import direction, wording_for
from manual.write.views import View, unknown

_HERE = Path(__file__).parent


def environment(writer: str, manual: View) -> jinja2.Environment:
    """The templates of a writer, by its folder's name; behind them, those that writers share.

    They escape every text for HTML or XML, except in Markdown. A comment is `<# … #>`, because
    `{#` begins an attribute list there.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([_HERE / writer / "templates", _HERE / "templates"]),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(disabled_extensions=("md.j2",), default=True),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<#",
        comment_end_string="#>",
    )
    made.globals |= {
        "manual": manual,
        "wording": wording_for(manual["language"]),
        "direction": direction(manual["language"]),
        "unknown": unknown,
    }
    return made
