"""The command `init`: a session file to start from, asked for at a terminal unless an option answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from pixsession.cli.start import Start, answer_to, somebody_answers
from pixsession.cli.words import remark, write
from pixsession.engine.certification.offers import offers_in
from pixsession.engine.lesson.offers import places_in
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _
from pixsession.foundation.placeholders import fetched_since
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown
from pixsession.settings.session_form import commented_session, refuse_to_replace, write_session
from pixsession.settings.session_questions import answers_asked, answers_given


@click.pass_obj
def init(start: Start, /, file: str | None, force: bool, **given: str | None) -> int:
    settings = start.usable()
    path = Path(file or "session.toml")
    refuse_to_replace(path, replace=force)  # before anybody has answered for nothing
    today = room_day(paris_now())
    if somebody_answers() and not any(answer is not None for answer in given.values()):
        since = fetched_since(paris_now())
        offers, places = partial(offers_in, fetch_since=since), partial(places_in, fetch_since=since)
        answers = answers_asked(answer_to, remark, today, offers, places)
    else:
        answers = answers_given(given, today)
    answers = answers._replace(folder=_seen_from(path, answers.folder))
    write_session(path, commented_session(answers, settings), replace=force)
    name = shown(str(path), 1000)
    words = _("{file} is written. Read it through, complete it, then: pixsession watch --session {argument}")
    write(words.format(file=name, argument=f'"{name}"' if " " in name else name) + "\n")
    return 0


def _seen_from(file: Path, folder: str) -> str:
    """The folder as the session file must name it: a relative one was said where the user is."""
    if not folder or folder.startswith("~") or Path(folder).is_absolute():
        return folder
    place, beside = Path(folder).absolute(), file.absolute().parent
    return place.relative_to(beside).as_posix() if place.is_relative_to(beside) else str(place)
