"""The lines of a table, kept for as long as they say the same."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from pixsession.ui.common.table.line import Pieces, TableLine

Source = TypeVar("Source")


class KeptLines(Generic[Source]):
    """Lines by student, good while their look and what they were written from stay the same."""

    def __init__(self, alike: Callable[[Source, Source], bool]) -> None:
        """`alike`: True when a line written from either says the same."""
        self._alike = alike
        self._lines: dict[int, tuple[Source, TableLine]] = {}
        self._look: object = None

    def __len__(self) -> int:
        return len(self._lines)

    def line(self, student_id: int, source: Source, look: object, write: Callable[[], Pieces]) -> TableLine:
        """The line of a student, written only when something of it changed; another look changes them all."""
        if look != self._look:
            self._lines.clear()
            self._look = look
        kept = self._lines.get(student_id)
        line = kept[1] if kept is not None and self._alike(kept[0], source) else TableLine(write())
        self._lines[student_id] = (source, line)  # so that the next comparison is one of identity
        return line

    def known(self, student_id: int) -> TableLine | None:
        """The line of a student as it was written last; None where it never was."""
        kept = self._lines.get(student_id)
        return kept and kept[1]

    def forget_strips(self) -> None:
        """The colours changed: paint again, the words stand."""
        for _source, line in self._lines.values():
            line.strips.clear()

    def keep_only(self, student_ids: Collection[int]) -> None:
        """Forget who left the table."""
        if len(self._lines) > len(student_ids):
            self._lines = {key: line for key, line in self._lines.items() if key in student_ids}
