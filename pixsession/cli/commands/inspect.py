"""The command `inspect`: what is understood of one file; without dossier or database."""

from __future__ import annotations

from pathlib import Path

import click

from pixsession.cli.start import EVERYBODY_ELIGIBLE, NOTHING_CHECKED, Start
from pixsession.cli.words import write
from pixsession.reports.inspection.contract import inspection_json
from pixsession.reports.inspection.file import inspected
from pixsession.reports.inspection.text import inspection_text


@click.pass_obj
def inspect(start: Start, /, file: str, form: str) -> int:
    settings = start.usable()
    found = inspected(Path(file).expanduser(), settings.columns)
    if form == "json":
        write(inspection_json(found), encoding="utf-8")
    else:
        write(inspection_text(found))
    return EVERYBODY_ELIGIBLE if found.contents is not None else NOTHING_CHECKED
