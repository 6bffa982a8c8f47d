"""A table as lines of aligned columns, which fit a width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pixsession.foundation.i18n import _
from pixsession.reports.document import Table
from pixsession.reports.text import cell_length

_GAPS = (2, 1)  # blank cells between columns, fewer where there is little room
_READABLE, _NARROWEST = 20, 8  # cells that the widest column keeps, and where nothing else is left to spare
_RIGHT = frozenset({"num", "time"})  # styles of columns whose figures stand under each other


def grid_lines(table: Table, width: int) -> list[str]:
    """The titles, then a line a row, each at most `width` cells where the columns can be made so narrow.

    The widest column is cut first; then those that may be spared go, the first of them before the others.
    """
    places, left_out = list(table.on_page), 0
    widths = {place: _width(table, place) for place in places}
    widest = max(places, key=lambda place: widths[place])
    over = _total(widths, _GAPS[0]) - width
    widths[widest] = max(min(_READABLE, widths[widest]), widths[widest] - max(0, over))
    gap = next((gap for gap in _GAPS if _total(widths, gap) <= width), _GAPS[-1])
    spare = [place for place in places if table.columns[place].spare]
    while _total(widths, gap) > width and spare:
        del widths[spare.pop(0)]
        left_out += 1
    widths[widest] = max(_NARROWEST, widths[widest] - max(0, _total(widths, gap) - width))
    places = list(widths)
    titles = [table.columns[place].title or "" for place in places]
    rights = [table.columns[place].style in _RIGHT for place in places]
    rows = (titles, *([row.cells[place] for place in places] for row in table.rows))
    lines = [_line(cells, list(widths.values()), rights, gap) for cells in rows]
    if left_out:
        lines.append(_("(first columns left out, which the page and the table have: {n})").format(n=left_out))
    return lines


def _total(widths: Mapping[int, int], gap: int) -> int:
    return sum(widths.values()) + gap * (len(widths) - 1)


def _width(table: Table, place: int) -> int:
    cells = (row.cells[place] for row in table.rows)
    return max(map(cell_length, (table.columns[place].title or "", *cells)))


def _line(cells: Sequence[str], widths: Sequence[int], rights: Sequence[bool], gap: int) -> str:
    told = []
    for text, width, right in zip(cells, widths, rights, strict=True):
        cut = _cut(text, width)
        blank = " " * (width - cell_length(cut))
        told.append(blank + cut if right else cut + blank)
    return (" " * gap).join(told).rstrip()


def _cut(text: str, width: int) -> str:
    if cell_length(text) <= width:
        return text
    while cell_length(text) >= width:
        text = text[:-1]
    return f"{text}…"
