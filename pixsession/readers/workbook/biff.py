"""XLS, the workbooks of Excel before 2007: looked through before calamine makes room for what they claim."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from typing import IO

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.workbook.archives import too_large

MAX_BYTES = 32 * 1024 * 1024  # a list of 20 000 students has 8 MB
_BOOKS = ("Workbook", "Book")
_NAMES = tuple(name.encode("utf-16-le") for name in _BOOKS)
_CHUNK = 1024 * 1024
_LAST_SECTOR = 0xFFFFFFFA  # numbers from here on mark free sectors and ends
_ENTRY = 128
_SMALL = 4096  # a stream below that lies in the stream of small ones

_BOF, _EOF, _EXTENT, _TEXTS = 0x0809, 0x000A, 0x0200, 0x00FC
# Records that are one cell each, in any version; those of several cells end with their last column.
_CELLS = {0x0006, 0x007E, 0x00D6, 0x0201, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E}
_RUNS = {0x00BD, 0x00BE}


def is_old_workbook(stream: IO[bytes]) -> bool:
    """Whether a file that begins as XLS does holds a workbook, rather than a letter or a program."""
    stream.seek(0)
    end = b""
    while chunk := stream.read(_CHUNK):
        if any(name in end + chunk for name in _NAMES):
            return True
        end = chunk[-2 * len(_NAMES[0]) :]
    return False


def check_old_workbook(content: bytes, most_cells: int) -> None:
    """Raises UnreadableExport where the cells of a workbook of XLS would fill the memory, or it is damaged.

    calamine makes room for every cell between the first and the last, and for the sizes that are written.
    """
    try:
        book = _book(content)
        cells = sum(_sizes(book))
    except (struct.error, IndexError, ValueError):
        words = _("the workbook cannot be opened: it is damaged or has a password, save it again")
        raise UnreadableExport(words) from None
    if cells > most_cells:
        raise too_large()


def _sizes(book: bytes) -> Iterator[int]:
    """How many cells each sheet makes room for, and how many texts there are."""
    at = columns = rows = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        record = book[at + 4 : at + 4 + size]
        at += 4 + size
        if kind in _CELLS or kind in _RUNS:
            row, column = struct.unpack_from("<HH", record)
            last = struct.unpack_from("<H", record, size - 2)[0] if kind in _RUNS else column
            columns, rows = max(columns, last + 1), max(rows, row + 1)
        elif kind == _EXTENT:
            first, end, left, right = struct.unpack_from("<IIHH" if size >= 14 else "<HHHH", record)
            yield max(0, end - first) * max(0, right - left)
        elif kind == _TEXTS and struct.unpack_from("<II", record)[1] > len(book):
            raise ValueError
        elif kind == _EOF:
            yield columns * rows
            columns = rows = 0


def _book(content: bytes) -> bytes:
    """The stream of the workbook inside its container; raises ValueError where there is none."""
    container = _Container(content)
    for name, start, size in container.entries():
        if name in _BOOKS:
            return container.stream(start, size)
    raise ValueError


class _Container:
    """The compound file around the workbook: sectors in chains, as a small file system."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in {9, 12} or small_shift != 6:
            raise ValueError
        self._size, self._small_size = 1 << shift, 1 << small_shift
        (self._first_entry,) = struct.unpack_from("<I", content, 48)
        (small_start,) = struct.unpack_from("<I", content, 60)
        tables = [sector for sector in struct.unpack_from("<109I", content, 76) if sector < _LAST_SECTOR]
        next_list, lists = struct.unpack_from("<II", content, 68)
        for _list in range(min(lists, len(content) // self._size)):
            if next_list >= _LAST_SECTOR:
                break
            *more, next_list = struct.unpack(f"<{self._size // 4}I", self._sector(next_list))
            tables += [sector for sector in more if sector < _LAST_SECTOR]
        self._next = _numbers(b"".join(map(self._sector, tables)))
        self._small_next = _numbers(self._chain(small_start))
        self._small = b""
        self._entries = list(self._read_entries())

    def entries(self) -> Sequence[tuple[str, int, int]]:
        """Name, first sector and size of everything inside."""
        return self._entries

    def stream(self, start: int, size: int) -> bytes:
        """The bytes of one of the entries."""
        if size >= _SMALL:
            return self._chain(start)[:size]
        step = self._small_size
        parts = (self._small[at * step : (at + 1) * step] for at in _followed(start, self._small_next))
        return b"".join(parts)[:size]

    def _read_entries(self) -> Iterator[tuple[str, int, int]]:
        table = self._chain(self._first_entry)
        for at in range(0, len(table) - _ENTRY + 1, _ENTRY):
            length, sort = struct.unpack_from("<HB", table, at + 64)
            start, size = struct.unpack_from("<II", table, at + 116)
            if sort == 5:  # the root holds the small streams
                self._small = self._chain(start)[:size]
            elif sort == 2 and 2 <= length <= 64:
                yield table[at : at + length - 2].decode("utf-16-le", "replace"), start, size

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _followed(start, self._next)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise ValueError
        return self._content[start : start + self._size].ljust(self._size, b"\x00")


def _numbers(table: bytes) -> Sequence[int]:
    return array("I", table[: len(table) // 4 * 4]) if array("I").itemsize == 4 else array("L", table)


def _followed(start: int, following: Sequence[int]) -> Iterator[int]:
    """The numbers of a chain; raises ValueError for one that has no end."""
    for _step in range(len(following) + 1):
        if start >= _LAST_SECTOR:
            return
        yield start
        start = following[start]
    raise ValueError
