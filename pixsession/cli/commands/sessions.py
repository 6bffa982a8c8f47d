"""The command `sessions`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from pixsession.cli.commands.watch import watch
from pixsession.cli.start import Start
from pixsession.cli.words import write
from pixsession.domain.certification.actions import effective_actions
from pixsession.domain.certification.session import Session, SessionKind
from pixsession.domain.lesson.noted import helpers_named
from pixsession.engine.certification.supervision import actions_in
from pixsession.engine.common.entry_log import EntryLog
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown
from pixsession.reports.common.words import long_date
from pixsession.settings.session_copy import copied_session
from pixsession.settings.session_form import write_session
from pixsession.store.session_notes import NotedSession, noted_sessions


@click.pass_obj
def sessions(start: Start, /, number: str | None, copy: str | None, next_week: bool, force: bool) -> int:
    """The list, one session opened, or one copied."""
    settings, kept = start.usable(), noted_sessions(state_folder())
    if next_week:
        number = number or "1"
        copy = _a_week_later(_chosen(number, kept).day).isoformat()
    if number is None:
        if copy is not None:
            raise PixSessionError(_("--copy needs the number of a session; see: pixsession sessions"))
        write(_listed(kept))
        return 0
    path = _chosen(number, kept).path
    if copy is None:
        return int(watch(folder=None, ephemeral=False, session=str(path), campaigns=(), classes=()))
    text, day = copied_session(path, copy, settings, _helpers)
    target = path.with_name(f"{path.stem.removesuffix(_dated(path))}-{day.isoformat()}.toml")
    write_session(target, text, replace=force)
    words = _("{file} is written: {session}, on {day}.")
    title = shown(kept[int(number) - 1].title)
    write(words.format(file=shown(str(target), 1000), session=title, day=long_date(day)) + "\n")
    return 0


def _helpers(session: Session) -> tuple[str, ...]:
    """The helpers of the class by the session file and by what was done on its board."""
    if session.path is None or session.kind is not SessionKind.HALF_GROUP:
        return session.lesson.delegates
    log = EntryLog(dossier_folder(state_folder(), session.path), paris_now, keeps=False)
    return helpers_named(session.lesson.delegates, effective_actions(actions_in(log)))


def _a_week_later(day: date) -> date:
    """The same day of the week, at least a week after the session, and not in the past."""
    weeks = max(1, -(-(room_day(paris_now()) - day).days // 7))
    return day + timedelta(weeks=weeks)


def _dated(path: Path) -> str:
    """The day at the end of the name, of a copy that is copied again."""
    tail = path.stem[-11:]
    return tail if tail.startswith("-20") and tail.count("-") == 3 else ""


def _listed(kept: tuple[NotedSession, ...]) -> str:
    if not kept:
        return _("No session was open on this computer yet. To write one: pixsession init") + "\n"
    kinds = {SessionKind.CERTIFICATION: _("certification"), SessionKind.HALF_GROUP: _("half-group")}
    lines = []
    for number, one in enumerate(kept, 1):
        gone = "" if one.path.is_file() else f" ({_('the file is gone')})"
        said = (f"{one.day:%d/%m/%Y}", shown(one.title), kinds[one.kind], shown(str(one.path), 1000) + gone)
        lines.append(f"{number:>3}  {' · '.join(said)}\n")
    return "".join(lines)


def _chosen(number: str, kept: tuple[NotedSession, ...]) -> NotedSession:
    if number.isdecimal() and 0 < int(number) <= len(kept):
        return kept[int(number) - 1]
    words = _("there is no session {number}; see: pixsession sessions")
    raise PixSessionError(words.format(number=shown(number, 20)))
