"""The lines of an export, held as its bytes and where each begins; and which of them another one repeats."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from pixsession.foundation.runs import NEAR, Run, common_runs, steps_to_equal

_PIECE = 65536  # bytes compared at once
_NEARER = 4  # lines looked through first, as nearly always one has changed alone


class FileLines:
    """What stands between the line ends of a file behind its first line, all of them LF and one of them last.

    As many objects as lines would take as long to make as all else takes that is done with an export.
    """

    def __init__(self, content: bytes, starts: array[int]) -> None:
        """`starts`: where each line begins, and the end of the last one."""
        self.content, self.starts = content, starts

    def __len__(self) -> int:
        return len(self.starts) - 1

    def text(self, first: int, end: int) -> bytes:
        """The lines from one to before another, with the line ends between them."""
        return self.content[self.starts[first] : self.starts[end] - 1] if first < end else b""

    def between(self, first: int, end: int) -> list[bytes]:
        """The same, one by one."""
        return self.text(first, end).split(b"\n") if first < end else []


def body_of(content: bytes) -> FileLines | None:
    """The lines behind the first one; None where one of them ends otherwise than in LF, or does not end."""
    if b"\r" in content or not content.endswith(b"\n"):
        return None
    return FileLines(content, _starts(content, content.index(b"\n") + 1))


def body_like(content: bytes, known: FileLines) -> tuple[FileLines, list[Run]] | None:
    """The same of a file that begins with the line of a known one, and the stretches that it repeats."""
    if b"\r" in content or not content.endswith(b"\n"):
        return None
    old, starts, runs = 0, array("Q"), list[Run]()
    begin = known.starts[0]  # of the next line of the file
    while begin < len(content) and old < len(known):
        end = known.starts[old] + _equal_bytes(known.content, known.starts[old], content, begin)
        last = bisect_right(known.starts, end, old) - 1
        if last > old:
            shift = begin - known.starts[old]
            runs.append(Run(old, len(starts), last - old))
            stretch = known.starts[old:last]
            starts.extend(array("Q", [start + shift for start in stretch]) if shift else stretch)
            old, begin = last, known.starts[last] + shift
            continue
        skipped = _skipped(known, old, content, begin)
        if skipped is None:
            break
        for line in skipped[1]:
            starts.append(begin)
            begin += len(line) + 1
        old += skipped[0]
    left = _starts(content, begin)
    rest = FileLines(content, left)
    others = common_runs(known.between(old, len(known)), rest.between(0, len(rest)))
    runs += (Run(run.old + old, run.new + len(starts), run.length) for run in others)
    return FileLines(content, starts + left), runs


def _equal_bytes(old: bytes, at_old: int, new: bytes, at_new: int) -> int:
    """How many bytes are equal from here on."""
    length = 0
    while True:
        mine = old[at_old + length : at_old + length + _PIECE]
        theirs = new[at_new + length : at_new + length + _PIECE]
        if mine != theirs:
            return length + _common_start(mine, theirs)
        if not mine:
            return length
        length += len(mine)


def _common_start(one: bytes, other: bytes) -> int:
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def _skipped(known: FileLines, old: int, content: bytes, begin: int) -> tuple[int, list[bytes]] | None:
    """How many known lines have gone here, and which have come; None where none near is in both."""
    for near in (_NEARER, NEAR):
        theirs = [*_lines_from(content, begin, near)]
        steps = steps_to_equal(known.between(old, min(old + near, len(known))), theirs, 0, 0)
        if steps is not None:
            return steps[0], theirs[: steps[1]]
    return None


def _lines_from(content: bytes, begin: int, count: int) -> Iterator[bytes]:
    """The next lines of a file, so many or as many as are left."""
    for _line in range(count):
        end = content.find(b"\n", begin)
        if end < 0:
            return
        yield content[begin:end]
        begin = end + 1


def _starts(content: bytes, begin: int) -> array[int]:
    """Where each line begins from here on, and the end of the last one."""
    lengths = (len(line) + 1 for line in content[begin:-1].split(b"\n")) if begin < len(content) else ()
    return array("Q", accumulate(lengths, initial=begin))
