"""The command `report`: the sheet of a session; text is printed unless a file is named, the rest written."""

from __future__ import annotations

from pathlib import Path

import click

from pixsession.cli.documents import deliver_document
from pixsession.cli.sessions import supervised
from pixsession.cli.start import Start, dossier_of, request_of
from pixsession.engine.read_once import session_with_submissions
from pixsession.foundation.clock import paris_now
from pixsession.reports.sheets import session_sheet


@click.pass_obj
def report(start: Start, /, session_file: str, form: str, output: str | None, force: bool) -> int:
    settings, file = start.usable(), Path(session_file)
    request = request_of(file, settings, {"campaigns": ()}, dossier_of(file))  # the session says the rest
    snapshot, submissions = session_with_submissions(
        supervised(file, settings, request, named=False), paris_now
    )
    sheet = session_sheet(snapshot, paris_now(), submissions)
    return deliver_document(sheet, form, output, force=force)
