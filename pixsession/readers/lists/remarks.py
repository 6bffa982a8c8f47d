"""What a reader of lists remarks: lines left out with their causes, and what was not read of the others."""

from __future__ import annotations

from pixsession.foundation.i18n import _, ngettext
from pixsession.readers.export import Reject

MOST_REJECTS = 1000  # with a cause each; nobody reads more
_MOST_LINES = 8  # numbers of lines in a sentence


class Remarks:
    """Collects what is left out of one list."""

    def __init__(self) -> None:
        self._rejects: list[Reject] = []
        self._more = 0
        self._unread: dict[str, list[int]] = {}

    def reject(self, line: int, cause: str) -> None:
        if len(self._rejects) < MOST_REJECTS:
            self._rejects.append(Reject(line, cause))
        else:
            self._more += 1

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """The lines left out with their causes; of very many the first, and how many more there are."""
        if not self._more:
            return tuple(self._rejects)
        words = ngettext("{n} more line is left out", "{n} more lines are left out", self._more)
        return (*self._rejects, Reject(self._rejects[-1].line, words.format(n=self._more)))

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
