"""The command `inspect`: what is understood of one file; without dossier or database."""

from __future__ import annotations

import click

from pixsession.cli.printing import deliver
from pixsession.cli.start import EVERYBODY_ELIGIBLE, NOTHING_CHECKED, Start
from pixsession.foundation.paths import at_home
from pixsession.reports.inspection.contract import inspection_json
from pixsession.reports.inspection.file import inspected
from pixsession.reports.inspection.text import inspection_text


@click.pass_obj
def inspect(start: Start, /, file: str, form: str, output: str | None, force: bool) -> int:
    settings = start.usable()
    found = inspected(at_home(file), settings.columns)
    if form == "json":
        deliver(inspection_json(found), output, force=force, for_programs=True)
    else:
        deliver(inspection_text(found), output, force=force)
    return EVERYBODY_ELIGIBLE if found.contents is not None else NOTHING_CHECKED
