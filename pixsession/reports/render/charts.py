"""Charts drawn without a library: as shapes for a page, as bars of characters for lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pixsession.reports.document import Bar, Chart, ChartKind

NARROW = 78  # cells of a line
# Widths of drawings, in their own units: alone across the page, or in one of two columns.
_WHOLE, _HALF = 660, 330
_ROW, _BAR, _LETTER = 13.0, 9.0, 5.0  # of a bar with its space, of a bar, of a letter on average
_COLUMN_HEIGHT = 84.0
_TOP = 12.0  # room for the number above the highest column
_SPARK = 40.0
_FILLS = ("#fff", "#aaa", "#333")  # told apart in black and white
_EIGHTHS = " ▏▎▍▌▋▊▉"
_PART_SIGNS = ("░", "▒", "█")
_PLAIN = str.maketrans(
    {"█": "#", "▒": "=", "░": ".", "─": "-", "→": ">", "−": "-", "–": "-", **dict.fromkeys("▏▎▍▌▋▊▉")}
)
_SHORTEST = 8  # cells of the longest bar


class Box(NamedTuple):
    """A rectangle in a colour: the shapes need no style sheet, wherever they are pasted."""

    x: float
    y: float
    width: float
    height: float
    fill: str


class DrawnText(NamedTuple):
    """A text at a point; `anchor` as in SVG: start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"


class Drawing(NamedTuple):
    """Shapes in a field of this size; `points` of one line, "x,y"."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    labels: tuple[DrawnText, ...]
    points: tuple[str, ...] = ()


def drawing_of(chart: Chart) -> Drawing:
    """The shapes of a chart."""
    if chart.kind is ChartKind.HISTOGRAM:
        return _columns(chart)
    if chart.kind is ChartKind.SPARKLINE:
        return _sparkline(chart)
    return _rows(chart)


def _rows(chart: Chart) -> Drawing:
    """Bars one under the other; the legend of their parts, if any, stands above."""
    left = _LETTER * max((len(bar.label) for bar in chart.bars), default=0) + 6
    right = _LETTER * max((len(bar.text) for bar in chart.bars), default=0) + 6
    width = _WHOLE if chart.kind is ChartKind.SHARES else _HALF
    room = max(40.0, width - left - right)
    boxes: list[Box] = []
    labels: list[DrawnText] = []
    x = left
    for name, fill in zip(chart.legend, _FILLS, strict=False):
        boxes.append(Box(_rounded(x), 1, 8, 8, fill))
        labels.append(DrawnText(_rounded(x + 11), 8, name))
        x += 20 + _LETTER * len(name)
    y = _ROW if chart.legend else 0.0
    for bar in chart.bars:
        boxes += _bar_boxes(bar, left, y + 2, room, chart.top)
        labels.append(DrawnText(_rounded(left - 4), _rounded(y + _BAR), bar.label, "end"))
        end = left + room * _share(1 if bar.parts else bar.value, 1 if bar.parts else chart.top)
        labels.append(DrawnText(_rounded(end + 4), _rounded(y + _BAR), bar.text))
        y += _ROW
    return Drawing(width, _rounded(y), tuple(boxes), tuple(labels))


def _bar_boxes(bar: Bar, x: float, y: float, room: float, top: float) -> Iterable[Box]:
    if not bar.parts:
        yield Box(_rounded(x), _rounded(y), _rounded(room * _share(bar.value, top)), _BAR, "#333")
        return
    for part, fill in zip(bar.parts, _FILLS, strict=False):
        yield Box(_rounded(x), _rounded(y), _rounded(room * part), _BAR, fill)
        x += room * part


def _columns(chart: Chart) -> Drawing:
    wide = _HALF / max(1, len(chart.bars))
    boxes, labels = [], []
    for place, bar in enumerate(chart.bars):
        height = _COLUMN_HEIGHT * _share(bar.value, chart.top)
        top, middle = _TOP + _COLUMN_HEIGHT - height, (place + 0.5) * wide
        boxes.append(
            Box(_rounded(place * wide + 1), _rounded(top), _rounded(wide - 2), _rounded(height), "#aaa")
        )
        labels.append(DrawnText(_rounded(middle), _rounded(top - 3), bar.text if bar.value else "", "middle"))
        labels.append(
            DrawnText(_rounded(middle), _TOP + _COLUMN_HEIGHT + 10, bar.short or bar.label, "middle")
        )
    return Drawing(_HALF, _TOP + _COLUMN_HEIGHT + 14, tuple(boxes), tuple(labels))


def _sparkline(chart: Chart) -> Drawing:
    step = (_HALF - 8) / max(1, len(chart.bars) - 1)
    heights = [4 + _SPARK * (1 - _share(bar.value, chart.top)) for bar in chart.bars]
    points = tuple(f"{_rounded(4 + place * step)},{_rounded(y)}" for place, y in enumerate(heights))
    ends = [(0, "start"), (len(chart.bars) - 1, "end")] if len(chart.bars) > 1 else [(0, "start")]
    labels = tuple(
        DrawnText(_rounded(4 + place * step), 4 + _SPARK + 12, f"{bar.label} {bar.text}", anchor)
        for place, anchor in ends
        for bar in chart.bars[place : place + 1]
    )
    return Drawing(_HALF, 4 + _SPARK + 16, (), labels, points)


def chart_lines(chart: Chart, width: int = NARROW) -> list[str]:
    """A line for each bar, at most `width` cells: label, bar, text; before them what the signs mean."""
    labels = max((len(bar.label) for bar in chart.bars), default=0)
    texts = max((len(bar.text) for bar in chart.bars), default=0)
    room = max(_SHORTEST, width - labels - texts - 2)
    lines = [
        " ".join((bar.label.rjust(labels), _drawn(bar, room, chart.top).ljust(room), bar.text)).rstrip()
        if bar.parts
        else f"{bar.label.rjust(labels)} {_drawn(bar, room, chart.top)} {bar.text}".rstrip()
        for bar in chart.bars
    ]
    signs = "  ".join(f"{sign} {name}" for sign, name in zip(_PART_SIGNS, chart.legend, strict=False))
    return [" " * (labels + 1) + signs, *lines] if signs else lines


def in_ascii(line: str) -> str:
    """A line with bars of plain characters, for terminals that have no others."""
    return line.translate(_PLAIN)


def _drawn(bar: Bar, room: int, top: float) -> str:
    if not bar.parts:
        eighths = round(room * 8 * _share(bar.value, top))
        return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
    return "".join(sign * cells for sign, cells in zip(_PART_SIGNS, _cells(bar.parts, room), strict=False))


def _cells(parts: Sequence[float], room: int) -> list[int]:
    """Whole cells for each part, together as many as the whole has."""
    ends = [round(room * sum(parts[: place + 1])) for place in range(len(parts))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _share(value: float, top: float) -> float:
    return min(1.0, max(0.0, value / top)) if top else 0.0


def _rounded(number: float) -> float:
    return round(number, 1)
