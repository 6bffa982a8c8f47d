"""The command about one file: inspect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pixsession.command_words import write
from pixsession.commands.start import EVERYBODY_ELIGIBLE, NOTHING_CHECKED, Start

if TYPE_CHECKING:
    pass


@click.pass_obj
def inspect(start: Start, /, file: str, form: str) -> int:
    """What is understood of one file; without dossier or database."""
    settings = start.usable()
    from pixsession.reports.inspecting import inspected

    found = inspected(Path(file).expanduser(), settings.columns)
    if form == "json":
        from pixsession.reports.inspection import inspection_json

        write(inspection_json(found), encoding="utf-8")
    else:
        from pixsession.reports.inspection_text import inspection_text

        write(inspection_text(found))
    return EVERYBODY_ELIGIBLE if found.contents is not None else NOTHING_CHECKED
