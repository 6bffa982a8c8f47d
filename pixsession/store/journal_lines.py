"""One line of a journal as it is written: its digest is in it, and that of the line before it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from enum import Enum

from pixsession.domain.board.entries import Json
from pixsession.foundation.i18n import N_

VERSION = 2
READ_VERSIONS = (1, VERSION)  # the first had no seals
_SEAL = re.compile(rb', "before": "([0-9a-f]*)", "seal": "([0-9a-f]{32})"\}\s*$')


class Fault(Enum):
    """What a line that does not fit says of a journal, with its words."""

    CHANGED = N_("{file}, line {line}: changed after it was written, left out")
    GAP = N_("{file}, line {line}: a line before it was taken out or changed")


def sealed(record: Mapping[str, Json], before: str) -> tuple[bytes, str]:
    """The line of a record and its seal; `before`: that of the line before, empty for the first."""
    body = json.dumps({**record, "before": before}, allow_nan=False).encode()[:-1]
    seal = _digest(body)
    return body + f', "seal": "{seal}"}}\n'.encode(), seal


def with_words(line: bytes, old: bytes, new: bytes) -> bytes:
    """The line with other words, its seal made anew where it was right."""
    found = _SEAL.search(line)
    body = line[: found.end(1) + 1] if found else b""
    if found is None or old not in line or _digest(body) != found[2].decode():
        return line.replace(old, new)
    body = body.replace(old, new)
    return body + f', "seal": "{_digest(body)}"}}\n'.encode()


class Chain:
    """The seals of one file, followed line by line; lines of the first version have none."""

    def __init__(self) -> None:
        self._last: str | None = ""

    def fault(self, line: bytes) -> Fault | None:
        """What is wrong with the next line; None where it fits."""
        found = _SEAL.search(line)
        last = self._last
        if found is None:
            return Fault.CHANGED if last else None
        before, seal = found[1].decode(), found[2].decode()
        body = line[: found.end(1) + 1]
        if _digest(body) != seal:
            self._last = None  # nobody knows what its seal was
            return Fault.CHANGED
        self._last = seal
        return Fault.GAP if last is not None and before != last else None


def sound_part(content: bytes) -> bytes:
    """The lines of a file from its beginning, as long as each is whole and follows the one before."""
    chain, length = Chain(), 0
    for line in content.splitlines(keepends=True):
        if not line.endswith(b"\n") or chain.fault(line) is not None or not _is_object(line):
            break
        length += len(line)
    return content[:length]


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]
