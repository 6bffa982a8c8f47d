"""What this computer did on a session before it was shared, taken over into the shared one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from pixsession.domain.board.entries import Entry, Json
from pixsession.domain.people.identities import shared_key
from pixsession.foundation.atomic import write_whole
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.readers.campaign.private_columns import without_numbers
from pixsession.store.dossier import Dossier, description_of
from pixsession.store.journal import Journal
from pixsession.store.journal_lines import VERSION, sealed
from pixsession.store.kept import delete_dossier
from pixsession.store.open_boards import is_open

_NAME = re.compile(r"(\d{8}T\d{6}-\d+-)([0-9a-f]{8})")
_ENTRY = re.compile(r"(\d{8}T\d{6}-\d+-[0-9a-f]{8})(:\d{6})")


def adopt_private(private: Path, dossier: Path, post_id: str) -> None:
    """Bring the gestures and exports of a private dossier into that of the shared session, each once.

    They become this post's, with keys and exports as a share may have them. The private dossier goes, as all
    of it is in the other one; where something in it cannot be read, it stays. Raises PixSessionError while a
    board is open on it, and where the disk refuses.
    """
    try:
        if is_open(private):
            words = _("a board of this session is open that was opened before it was shared: close it first.")
            raise PixSessionError(words)
        journal = Journal(private / "journal", paris_now)
        entries = journal.read_new()
        is_whole = _adopt_journals(entries, dossier / "journal", post_id)
        is_whole &= _adopt_exports(Dossier(private), dossier / "exports")
    except OSError as error:
        words = _("what was done before this session was shared cannot be taken over ({cause}): try again.")
        raise PixSessionError(words.format(cause=cause_words(error))) from None
    if is_whole and not journal.troubles:
        with suppress(PixSessionError):  # opened meanwhile: taken over at the next start
            delete_dossier(private)


def _adopt_journals(entries: Iterable[Entry], folder: Path, post_id: str) -> bool:
    """Whether every file is in the folder now; one that somebody has renamed cannot become a post's."""
    is_whole = True
    by_file = sorted(entries, key=lambda entry: entry.id)
    for origin, found in groupby(by_file, key=lambda entry: entry.origin):
        name = _NAME.sub(rf"\g<1>{post_id}\g<2>", origin)
        if name == origin:
            is_whole = False
        elif not (folder / name).exists():  # else it was taken over before
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(folder / name, _written(found, post_id), synced=True)
    return is_whole


def _written(entries: Iterable[Entry], post_id: str) -> bytes:
    """The lines of one file, sealed anew: without a post, as they were done before there was one."""
    lines, seal = [], ""
    for entry in entries:
        told: dict[str, Json] = {"at": entry.at, "after": entry.order, "kind": entry.kind}
        facts = {name: _as_shared(value, post_id) for name, value in entry.facts.items()}
        number = int(entry.id.rpartition(":")[2])
        line, seal = sealed({"v": VERSION, "n": number, **told, "facts": facts}, seal)
        lines.append(line)
    return b"".join(lines)


def _as_shared(value: Json, post_id: str) -> Json:
    """A fact with the keys of students, and the names of entries, that it has on the share."""
    if isinstance(value, str):
        named = _ENTRY.fullmatch(value)
        return _NAME.sub(rf"\g<1>{post_id}\g<2>", value) if named else shared_key(value)
    if isinstance(value, list):
        return [_as_shared(one, post_id) for one in value]
    if isinstance(value, dict):
        return {name: _as_shared(one, post_id) for name, one in value.items()}
    return value


def _adopt_exports(private: Dossier, folder: Path) -> bool:
    """Whether every export is whole in the folder now; a damaged one holds up none of those after it."""
    taken = 0
    for kept in private.kept():
        content = kept.content()
        if content is None:
            continue
        taken += 1
        content = without_numbers(content)
        digest = hashlib.sha256(content).hexdigest()
        name, description = description_of(
            digest, kept.file, is_narrowed=kept.is_narrowed, classes=kept.classes
        )
        if not (folder / name).exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(folder / f"{digest}.csv", content, synced=True)
            write_whole(folder / name, description, synced=True)
    return taken == private.count()
