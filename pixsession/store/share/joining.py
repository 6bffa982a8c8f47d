"""Find the folder of a shared session beside its file, or make it; whoever opens that file is in."""

from __future__ import annotations

import json
import os
import platform
import re
import secrets
import shutil
import unicodedata
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pixsession.domain.share.place import Post, SharePlace
from pixsession.foundation.atomic import read_regular, write_whole
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.store.share.folder import rights_of
from pixsession.store.share.names import SESSION, SUFFIX

VERSION = 1
_ID = re.compile("[0-9a-f]{16}")
PURGED = ".purged"
_POST = "post.json"
_CLOCK = "clock.json"


def share_root(session_file: Path) -> Path:
    """The folder beside a session file, under whatever spelling it is there."""
    wanted = f"{session_file.stem}{SUFFIX}"
    with suppress(OSError):
        names = os.listdir(session_file.parent)  # noqa: PTH208 - names alone are wanted
        alike = sorted(name for name in names if _spelling(name) == _spelling(wanted))
        if alike and wanted not in alike:
            return session_file.parent / alike[0]
    return session_file.parent / wanted


def _spelling(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def sessions_in(root: Path, names: set[str] | None = None) -> tuple[str, ...]:
    """The ids of the sessions that a share holds and that were not purged, the one that counts first.

    There are several where two computers made the folder before a synchroniser brought them together: what is
    in the others is brought into the first. `names`: what the folder lists. Raises OSError.
    """
    if names is None:
        names = set(os.listdir(root))  # noqa: PTH208 - names alone are wanted
    purged = purged_in(names)
    ids = (name for name in sorted(names) if _ID.fullmatch(name) and name not in purged)
    return tuple(one for one in ids if (root / one / SESSION).is_file())


def purged_in(names: set[str]) -> frozenset[str]:
    """The ids that these names of a share say were purged."""
    return frozenset(name[:16] for name in names if _ID.match(name) and PURGED in name)


def join_session(session_file: Path, post: Post, now: datetime) -> SharePlace:
    """The folder of a session on its share, made where there is none; raises PixSessionError."""
    root = share_root(session_file)
    try:
        if root.is_symlink():
            words = _("{folder} is a link: a shared session is never kept somewhere else.")
            raise PixSessionError(words.format(folder=shown(str(root))))
        rights = rights_of(session_file.parent) & 0o777
        if not root.is_dir():
            _make(root, rights)
        session_id = next(iter(sessions_in(root)), "") or _begin(root, rights, now, post)
        _keep_text(session_file, root / session_id, rights)
    except OSError as error:
        words = _("the session cannot be shared in {folder} ({cause}).")
        raise PixSessionError(words.format(folder=shown(str(root)), cause=cause_words(error))) from None
    return SharePlace(root / session_id, session_id, post, begun=_begun(root / session_id))


def _begun(folder: Path) -> datetime | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return datetime.fromisoformat(json.loads(read_regular(folder / SESSION))["begun"]).replace(
            tzinfo=None
        )
    return None


def _keep_text(session_file: Path, folder: Path, rights: int) -> None:
    """Keep the text of the session file by its digest, so that what was done can be read with it."""
    with suppress(FileNotFoundError):  # a session whose file is gone can still be deleted
        content = session_file.read_bytes()
        path = folder / f"session-{sha256(content).hexdigest()[:16]}.toml"
        if not path.exists():
            write_whole(path, content, mode=rights & 0o666)


def _make(folder: Path, rights: int) -> None:
    folder.mkdir(exist_ok=True)
    with suppress(OSError):  # a share that has rights of its own
        folder.chmod(rights)


def _begin(root: Path, rights: int, now: datetime, post: Post) -> str:
    """A new session; its folder comes under its name once all is in it."""
    session_id = secrets.token_hex(8)
    aside = root / f".pixsession-{session_id}.part"
    try:
        _make(aside, rights)
        record = {"v": VERSION, "id": session_id, "begun": now.isoformat(), "founder": post.id}
        write_whole(aside / SESSION, json.dumps(record).encode(), mode=rights & 0o666)
        aside.rename(root / session_id)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return session_id


def post_id(state_folder: Path) -> str:
    """What names this computer and account: kept, and another one where that folder travels."""
    path = state_folder / _POST
    token = _token(path)
    if not token:
        state_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with suppress(FileExistsError):  # another window was first
            write_whole(path, json.dumps({"token": secrets.token_hex(8)}).encode(), replace=False)
        token = _token(path)
    return sha256(f"{token}|{platform.node()}".encode()).hexdigest()[:8]


def _token(path: Path) -> str:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads(read_regular(path))["token"])
    return ""


def shared_dossier(state_folder: Path, session_file: Path, session_id: str) -> Path:
    """Where this computer keeps its copy: one for each session, whatever its path is called here."""
    slug = re.sub(r"[^a-z0-9]+", "-", session_file.name.casefold()).strip("-")[:24] or "folder"
    found = sorted((state_folder / "dossiers").glob(f"*-shared-{session_id}"))
    return found[0] if found else state_folder / "dossiers" / f"{slug}-shared-{session_id}"


def adopt_others(place: SharePlace, dossier: Path, state_folder: Path) -> None:
    """Take over what this computer did in a session that was begun beside the one that counts."""
    with suppress(OSError):
        for other in sessions_in(place.folder.parent)[1:]:
            for kept in (state_folder / "dossiers").glob(f"*-shared-{other}"):
                for path in sorted(kept.glob(f"journal/*-{place.post.id}*.jsonl")):
                    copy = dossier / "journal" / path.name
                    if not copy.exists():
                        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                        write_whole(copy, read_regular(path))


def saved_offset(dossier: Path) -> float | None:
    """How far this computer's clock was off when the session was last open here; None: not known."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return float(json.loads(read_regular(dossier / _CLOCK))["offset"])
    return None


def save_offset(dossier: Path, offset: float) -> None:
    """Keep it for the next start; raises OSError."""
    write_whole(dossier / _CLOCK, json.dumps({"offset": offset}).encode())
