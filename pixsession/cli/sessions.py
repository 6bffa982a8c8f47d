"""The commands about a session file: init and report."""

from __future__ import annotations

from pathlib import Path

import click

from pixsession.cli.once import supervised
from pixsession.cli.start import Start, answer_to, dossier_of, request_of, somebody_answers
from pixsession.cli.words import complain, write
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown


@click.pass_obj
def init(start: Start, /, file: str | None, force: bool, **given: str | None) -> int:
    """A session file to start from; asked for at a terminal, unless an option answers already."""
    settings = start.usable()
    from pixsession.settings.session_form import (
        answers_asked,
        answers_given,
        commented_session,
        refuse_to_replace,
        write_session,
    )

    path = Path(file or "session.toml")
    refuse_to_replace(path, replace=force)  # before anybody has answered for nothing
    today = room_day(paris_now())
    if somebody_answers() and not any(answer is not None for answer in given.values()):
        answers = answers_asked(answer_to, complain, today)
    else:
        answers = answers_given(given, today)
    write_session(path, commented_session(answers, settings), replace=force)
    name = shown(str(path), 1000)
    words = _("{file} is written. Read it through, complete it, then: pixsession watch --session {argument}")
    write(words.format(file=name, argument=f'"{name}"' if " " in name else name) + "\n")
    return 0


@click.pass_obj
def report(start: Start, /, session_file: str, form: str, output: str | None, force: bool) -> int:
    """The hand-over sheet of a session: text is printed unless a file is named, the rest is written."""
    from pixsession.engine.pipeline import session_with_sends
    from pixsession.reports.files import save
    from pixsession.reports.render import rendered
    from pixsession.reports.sheets import session_sheet

    settings, file = start.usable(), Path(session_file)
    request = request_of(file, settings, {"campaigns": ()}, dossier_of(file))  # the session says the rest
    snapshot, sends = session_with_sends(supervised(file, settings, request, named=False), paris_now)
    sheet = session_sheet(snapshot, paris_now(), sends)
    if form == "text" and output is None:
        write(rendered(sheet, form))
        return 0
    path = save(sheet, form, Path(output or ".").expanduser(), force=force)
    words = _("{file} is written.")
    if form == "html":
        words = _("{file} is written. To print it, open it in a browser.")
    write(words.format(file=shown(str(path), 1000)) + "\n")
    return 0
