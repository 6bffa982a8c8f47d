"""Delete a shared session for everybody: a mark stays, so that nobody who comes back writes it again."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pixsession.domain.share.place import SharePlace
from pixsession.foundation.atomic import write_whole
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.store.kept import delete_dossier
from pixsession.store.open_boards import is_open
from pixsession.store.share.folder import SharedFolder, rights_of
from pixsession.store.share.heartbeat import heartbeat_of
from pixsession.store.share.joining import PURGED, purged_in, saved_offset, sessions_in
from pixsession.store.share.names import SharedKind

VERSION = 1
_SEEN_SECONDS = 120.0


def purge_shared(place: SharePlace, dossier: Path) -> None:
    """Delete the session from its share and from this computer; the other posts do when they see the mark.

    Raises PixSessionError while another post was seen in the last two minutes, and where something could not
    be deleted.
    """
    try:
        if is_open(dossier):
            raise PixSessionError(_("a board is open on this folder: close it first."))
        there = tuple(_posts_there(place, dossier))
        if there:
            words = ngettext(
                "another post is open on this session: {names}. Close its board first.",
                "other posts are open on this session: {names}. Close their boards first.",
                len(there),
            )
            raise PixSessionError(words.format(names=", ".join(shown(name) for name in there)))
        for session_id in sessions_in(place.folder.parent):
            record = {"v": VERSION, "id": session_id, "by": place.post.name, "wall": time.time()}
            mark = place.folder.with_name(f"{session_id}{PURGED}")
            write_whole(mark, json.dumps(record).encode(), mode=rights_of(mark.parent) & 0o666)
            shutil.rmtree(mark.with_name(session_id))
    except OSError as error:
        words = _("not everything could be deleted ({cause}); what is left is in {folder}.")
        where = shown(str(place.folder.parent), 1000)
        raise PixSessionError(words.format(cause=cause_words(error), folder=where)) from None
    if dossier.exists():
        delete_dossier(dossier)


def _posts_there(place: SharePlace, dossier: Path) -> Iterator[str]:
    """The names of the other posts that were seen lately: by the time of the share, or by their own."""
    shared = SharedFolder(place.folder)
    share_now = _time_of_share(shared)
    common_now = time.time() + (saved_offset(dossier) or 0.0)
    for file in shared.contents().of(SharedKind.POST):
        name = file.name[5:13]
        if name == place.post.id:
            continue
        with suppress(FileNotFoundError):
            told = heartbeat_of(shared.read(file.found), name)
            if told is None or told.has_left:
                continue
            by_share, by_posts = (
                share_now - file.modified_ns / 1e9,
                common_now - told.wall - (told.offset or 0.0),
            )
            if by_share < _SEEN_SECONDS or abs(by_posts) < _SEEN_SECONDS:
                yield told.post.name


def _time_of_share(shared: SharedFolder) -> float:
    probe = f".pixsession-{secrets.token_hex(4)}.part"
    try:
        shared.write(probe, b"")
        return shared.modified(probe)
    finally:
        shared.delete(probe)


def clear_purged(root: Path, state_folder: Path) -> None:
    """Delete what is left of sessions that were purged, on the share and on this computer."""
    with suppress(OSError):
        for session_id in purged_in(set(os.listdir(root))):  # noqa: PTH208 - names alone are wanted
            shutil.rmtree(root / session_id, ignore_errors=True)
            for dossier in (state_folder / "dossiers").glob(f"*-shared-{session_id}"):
                with suppress(PixSessionError):  # a board that is open ends by itself
                    delete_dossier(dossier)
