"""The command `sql`: questions about what was read."""

from __future__ import annotations

from typing import Any

import click

from pixsession.cli.sessions import board_asked
from pixsession.cli.start import Start
from pixsession.cli.words import write
from pixsession.engine.questions import described_views, questions_about
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import at_home
from pixsession.foundation.text import shown
from pixsession.reports.answer import answer_text
from pixsession.reports.put import put
from pixsession.store.questions import Questions


@click.pass_obj
def sql(start: Start, /, question: str | None, folder: str | None, session: str | None, **chosen: Any) -> int:
    """One question about a folder or a session, answered on a copy; or what can be asked of."""
    output, form = chosen["output"], chosen["form"]
    if question is None and not chosen["tables"]:
        raise PixSessionError(_("a question in SQL, or --tables. See: pixsession sql --help"))
    if form == "parquet" and output is None:
        raise PixSessionError(_("Parquet goes to a file: add --output FILE."))
    if chosen["tables"]:
        told = answer_text(described_views(), "table" if form == "parquet" else form).encode()
    else:
        with questions_about(board_asked(start, folder, session), paris_now) as questions:
            told = _told(questions, question or "", form, chosen["seconds"])
    if output is None:
        write(told.decode(), encoding="utf-8" if form == "json" else None)
    else:
        path = put(at_home(output).absolute(), told, force=chosen["force"])
        write(_("{file} is written.").format(file=shown(str(path), 1000)) + "\n")
    return 0


def _told(questions: Questions, question: str, form: str, seconds: float) -> bytes:
    if form == "parquet":
        return questions.parquet(question, seconds)
    return answer_text(questions.answer(question, seconds), form).encode()
