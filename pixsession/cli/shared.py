"""The share of a session file: where it is, and which post this computer is."""

from __future__ import annotations

import platform
from pathlib import Path

from pixsession.domain.certification.session import Session
from pixsession.domain.share.place import Post, SharePlace, room_of_post
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.settings.config import Settings
from pixsession.store.share.joining import (
    adopt_others,
    join_session,
    post_id,
    saved_offset,
    sessions_in,
    share_root,
    shared_dossier,
)
from pixsession.store.share.purging import clear_purged


def shared_place(path: Path, settings: Settings, session: Session | None) -> tuple[SharePlace, Path]:
    """The share, made where there is none, and the dossier of this computer; raises PixSessionError.

    The post is called as the settings say; the session file says in which room it stands.
    """
    name = settings.post.strip() or platform.node() or "?"
    post = Post(post_id(state_folder()), name, room_of_post(session, name) if session else "")
    clear_purged(share_root(path), state_folder())
    place = join_session(path, post, paris_now())
    dossier = shared_dossier(state_folder(), path, place.session_id)
    is_first = not dossier.exists()
    adopt_others(place, dossier, state_folder())
    private = dossier_folder(state_folder(), path)
    if private.is_dir():
        from pixsession.store.share.adopting import adopt_private  # noqa: PLC0415 - (c), (d): once in a session's life

        adopt_private(private, dossier, place.post.id)
    return place._replace(offset=saved_offset(dossier), is_first=is_first), dossier


def is_shared(path: Path) -> bool:
    """Whether a session stands on a share beside this file, which may be gone itself.

    Raises PixSessionError where the share does not answer: it may hold one all the same.
    """
    root = share_root(path)
    try:
        return bool(sessions_in(root))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        words = _("{folder} does not answer ({cause}): nothing was deleted, try again.")
        raise PixSessionError(words.format(folder=shown(str(root), 1000), cause=cause_words(error))) from None
