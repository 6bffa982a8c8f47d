"""The command `report`: the sheet of a session; text is printed unless a file is named, the rest written."""

from __future__ import annotations

from pathlib import Path

import click

from pixsession.cli.sessions import supervised
from pixsession.cli.start import Start, dossier_of, request_of
from pixsession.cli.words import write
from pixsession.engine.read_once import session_with_submissions
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import at_home
from pixsession.foundation.text import shown
from pixsession.reports.files import save
from pixsession.reports.render import rendered
from pixsession.reports.sheets import session_sheet


@click.pass_obj
def report(start: Start, /, session_file: str, form: str, output: str | None, force: bool) -> int:
    settings, file = start.usable(), Path(session_file)
    request = request_of(file, settings, {"campaigns": ()}, dossier_of(file))  # the session says the rest
    snapshot, submissions = session_with_submissions(
        supervised(file, settings, request, named=False), paris_now
    )
    sheet = session_sheet(snapshot, paris_now(), submissions)
    if form == "text" and output is None:
        write(rendered(sheet, form))
        return 0
    path = save(sheet, form, at_home(output or "."), force=force)
    words = _("{file} is written.")
    if form == "html":
        words = _("{file} is written. To print it, open it in a browser.")
    write(words.format(file=shown(str(path), 1000)) + "\n")
    return 0
