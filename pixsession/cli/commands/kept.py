"""The command `kept`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from pixsession.cli.start import Start
from pixsession.cli.words import write
from pixsession.domain.board.wording import age_words
from pixsession.domain.people.students import name_key
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.paths import state_folder
from pixsession.foundation.text import shown
from pixsession.store.kept import KeptDossier, holdings_about, kept_dossiers
from pixsession.store.open_boards import is_open


@click.pass_obj
def kept(start: Start, /, student: str | None) -> int:
    """What is kept on this computer, or of it what is about one student."""
    start.usable()
    where = shown(str(state_folder()), 1000)
    found = kept_dossiers(state_folder())
    if student is not None:
        write("\n".join(_about(found, student)) + "\n")
        return 0
    if not found:
        write(_("Nothing is kept in {folder}.").format(folder=where) + "\n")
        return 0
    now = paris_now()
    total = size_words(sum(one.size for one in found))
    head = ngettext("{n} board kept in {folder}: {size}", "{n} boards kept in {folder}: {size}", len(found))
    blocks = [head.format(n=len(found), folder=where, size=total), *(_block(one, now) for one in found)]
    write("\n\n".join(blocks) + "\n")
    return 0


def words_of(student: str) -> frozenset[str]:
    """The words of a name typed in; raises PixSessionError where one word alone would be too many people."""
    words = frozenset(name_key(student).split())
    if len(words) < 2:
        raise PixSessionError(_('give the last and the first name, between quotes: --student "MARTIN Lou"'))
    return words


def size_words(size: int) -> str:
    """A number of bytes, to be read."""
    if size < 1024 * 1024:
        return _("{n} KB").format(n=-(-size // 1024))
    return _("{n} MB").format(n=round(size / 1024 / 1024))


def _block(one: KeptDossier, now: datetime) -> str:
    about_session = one.watched is not None and one.watched.is_session
    kind = _("session") if about_session else _("folder") if one.watched else _("board")
    exports = ngettext("{n} export", "{n} exports", one.exports).format(n=one.exports)
    students = ngettext("{n} student", "{n} students", len(one.students)).format(n=len(one.students))
    facts = [
        _("written {age}").format(age=age_words(one.changed_at, now)),
        size_words(one.size),
        exports,
        students,
    ]
    if is_open(one.folder):
        facts.append(_("a board is open on it"))
    return f"{one.name} ({kind})\n  {' · '.join(facts)}\n  {shown(str(one.folder), 1000)}"


def _about(found: tuple[KeptDossier, ...], student: str) -> Iterator[str]:
    words = words_of(student)
    nothing = True
    for one in found:
        held = holdings_about(one.folder, words)
        if held.is_empty:
            continue
        nothing = False
        yield one.name
        yield from (f"  {shown(last)} {shown(first)}" for last, first in held.names)
        yield from (f"  {shown(name, 400)}" for name in held.exports)
        if held.gestures:
            gestures = ngettext("{n} gesture noted", "{n} gestures noted", held.gestures)
            yield f"  {gestures.format(n=held.gestures)}"
        if held.calls:
            calls = ngettext("called to {n} lesson", "called to {n} lessons", held.calls)
            yield f"  {calls.format(n=held.calls)}"
    if nothing:
        yield _("Nothing is kept about {student}.").format(student=shown(student))
