"""A document as plain lines, for a terminal far away and for screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from pixsession.foundation.i18n import _
from pixsession.reports.document import Column, Counts, Document, Item, Medium, Row, Table
from pixsession.reports.render.charts import NARROW, chart_lines
from pixsession.reports.render.grid import grid_lines
from pixsession.reports.text import cell_length

_GAP = "  "  # between the columns of a table


def as_text(document: Document, width: int = NARROW) -> str:
    """One fact a line, an empty line between parts, ending with a line break; charts fill `width` cells."""
    width = document.wide or width
    pages = (document, *document.further)
    return f"\n{'─' * width}\n\n".join(_page(page, width) for page in pages)


def _page(document: Document, width: int) -> str:
    found = blocks(document, width)
    if document.wide is not None:
        found = [[short for line in lines for short in _broken(line, width)] for lines in found]
    return "\n\n".join(map("\n".join, found)) + "\n"


def _broken(line: str, width: int) -> list[str]:
    """A line in several of at most `width` cells, the further ones indented."""
    if cell_length(line) <= width:
        return [line]
    hang = "  " if line.startswith("- ") else ""
    return textwrap.wrap(line, width, subsequent_indent=hang, break_on_hyphens=False) or [""]


def blocks(document: Document, width: int = NARROW) -> list[list[str]]:
    """The lines of each part of a document, without those that are of one file with it."""
    sections = _sections(document, width)
    parts = (_head(document), map(_counts, document.counts), document.notes, *sections, [document.closing])
    return [lines for part in parts if any(lines := list(part))]


def _head(document: Document) -> Iterator[str]:
    yield document.heading
    yield from document.subtitles
    yield from (_fact(label, text) for label, text in document.facts)


def _counts(counts: Counts) -> str:
    numbers = ", ".join(label.format(n=number) for label, number in counts.numbers)
    return _fact(counts.room, numbers) if counts.room else numbers


def _sections(document: Document, width: int) -> Iterator[Iterable[str]]:
    for section in document.sections:
        if section.medium is Medium.PAGE:
            continue
        if section.chart is not None:
            yield [_("{title}:").format(title=section.title), *chart_lines(section.chart, width)]
        elif section.table is not None and section.table.is_grid:
            if section.table.rows:
                yield [_("{title}:").format(title=section.title), *grid_lines(section.table, width)]
        elif section.table is not None:
            aligned = _aligned(section.table, width) if section.style == "figures" else None
            if aligned:
                yield [_("{title}:").format(title=section.title), *aligned]
            else:
                yield _titled(section.title, [_row(section.table.columns, row) for row in section.table.rows])
        for group in section.groups:
            title = f"{section.title} — {group.title}" if group.title else section.title
            yield _titled(title, map(_item, group.items))


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines under their title; nothing where there is none."""
    for number, line in enumerate(lines):
        if not number:
            yield _("{title}:").format(title=title)
        yield f"- {line}"


def _aligned(table: Table, width: int) -> list[str]:
    """Figures one under the other, to be compared; nothing where they do not fit into `width` cells."""
    heads = [_in_two(column.title or "") for column in table.columns]
    rows = [heads_line for heads_line in zip(*heads, strict=True) if any(heads_line)]
    rows += [row.cells for row in table.rows]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        return []
    return [
        _GAP.join(
            cell.rjust(room) if column.style == "num" else cell.ljust(room)
            for column, cell, room in zip(table.columns, row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _in_two(title: str) -> tuple[str, str]:
    """A title over two lines, as narrow as can be; the upper one is empty where one line is enough."""
    words = title.split(" ")
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words))]
    return min(ways, key=lambda lines: max(map(len, lines)))


def folded(text: str, width: int) -> str:
    """The text with its long lines broken between words, the lines of a list under their first word."""
    return "".join(
        f"{part}\n"
        for line in text.splitlines()
        for part in textwrap.wrap(
            line, width, subsequent_indent="  " if line.startswith("- ") else "",
            break_long_words=False, break_on_hyphens=False,
        ) or [line]
    )  # fmt: skip


def _fact(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text)


def _row(columns: Sequence[Column], row: Row) -> str:
    told = (
        _fact(column.label, cell) if column.label else cell
        for column, cell in zip(columns, row.cells, strict=True)
        if cell and column.label is not None
    )
    return _("; ").join(told)


def _item(item: Item) -> str:
    name = ", ".join(filter(None, (item.who, item.place)))
    # A file that is what the line is about ("refused: x.csv; why") comes first, else it is where it is from.
    texts = (item.source, *item.texts) if name else (*item.texts, item.source)
    said = _("; ").join(filter(None, texts))
    line = (_fact(name, said) if item.texts else name) if name else said
    if item.ticked is not None:
        return f"[x] {line} ({item.at})" if item.ticked else f"[ ] {line}"
    return f"{item.at} {line}" if item.at else line
