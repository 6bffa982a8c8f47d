"""What a reader of lists remarks: lines left out with their causes, and what was not read of the others."""

from __future__ import annotations

from pixsession.foundation.i18n import _
from pixsession.readers.export import Reject

_MOST_LINES = 8  # numbers of lines in a sentence


class Remarks:
    """Collects what is left out of one list; `rejects` are its lines with their causes."""

    def __init__(self) -> None:
        self.rejects: list[Reject] = []
        self._unread: dict[str, list[int]] = {}

    def reject(self, line: int, cause: str) -> None:
        self.rejects.append(Reject(line, cause))

    def unread(self, sentence: str, line: int) -> None:
        """Note that something of a line was not read; `sentence` is marked with N_ and has `{lines}`."""
        self._unread.setdefault(sentence, []).append(line)

    def count(self, sentence: str) -> int:
        """On how many lines this was noted."""
        return len(self._unread.get(sentence, ()))

    def sentences(self, without: str = "") -> tuple[str, ...]:
        """What was not read, in the user's language, save the sentence `without`."""
        return tuple(
            _(sentence).format(lines=_listed(lines))
            for sentence, lines in self._unread.items()
            if sentence != without
        )


def _listed(lines: list[int]) -> str:
    listed = ", ".join(map(str, lines[:_MOST_LINES]))
    return f"{listed}…" if len(lines) > _MOST_LINES else listed
