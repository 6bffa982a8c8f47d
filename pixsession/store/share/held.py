"""Files of a share that another program holds, or a synchroniser keeps elsewhere: passed over, then told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EAGAIN, EBUSY, EPERM, ETXTBSY

from pixsession.foundation.i18n import N_, _
from pixsession.foundation.system_errors import cause_words
from pixsession.store.share.folder import SharedFile

_HELD = frozenset({EACCES, EPERM, EBUSY, EAGAIN, ETXTBSY})
ELSEWHERE = N_("{file}: the synchroniser keeps only its name here; have it keep the folder on this computer")
_PATIENCE_SECONDS = 10.0  # a synchroniser lets go of a file within seconds
_GONE_SECONDS = 60.0  # what is there is tried again sooner


class Held:
    """What could not be done with single files; used by one thread. All else of the share goes on."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._since: dict[str, tuple[float, float, str]] = {}  # the first time, the last one, words

    @property
    def troubles(self) -> tuple[str, ...]:
        """What has been held for a while and still is, a sentence each."""
        now = self._monotonic()
        return tuple(
            words
            for since, last, words in self._since.values()
            if now - since >= _PATIENCE_SECONDS and now - last < _GONE_SECONDS
        )

    @contextmanager
    def reading(self, file: SharedFile) -> Iterator[None]:
        """Read a file within; where it is held, the rest of what is within is left out."""
        try:
            yield
        except FileNotFoundError:
            return  # renamed since it was listed
        except OSError as error:
            if file.is_elsewhere:
                words = ELSEWHERE
            elif error.errno in _HELD:
                words = N_("{file} cannot be read ({cause})")
            else:
                raise
            self._note(file.found, _(words).format(file=file.found, cause=cause_words(error)))
        else:
            self._since.pop(file.found, None)

    @contextmanager
    def writing(self, name: str) -> Iterator[None]:
        """Write one within, likewise; `name`: what it is called on the share."""
        try:
            yield
        except OSError as error:
            if error.errno not in _HELD:
                raise
            words = _("{file} cannot be written on the share ({cause})")
            self._note(name, words.format(file=name, cause=cause_words(error)))
        else:
            self._since.pop(name, None)

    def _note(self, name: str, words: str) -> None:
        now = self._monotonic()
        known = self._since.get(name)
        self._since[name] = known[0] if known else now, now, words
