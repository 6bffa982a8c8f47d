"""What a document says, as one value; `render` writes it as a page, as plain lines and as a table.

Texts are fit to be shown (see `foundation.text.shown`); escaping is the renderers' business.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple


class Medium(Enum):
    """Where a section is said: a page has room for a table where lines say it another way."""

    BOTH = "both"
    PAGE = "page"
    LINES = "lines"


class Item(NamedTuple):
    """One line of a list: "08:52 BARBIER Tom, 3eB: not eligible"."""

    texts: tuple[str, ...] = ()
    who: str = ""
    place: str = ""
    at: str = ""
    ticked: bool | None = None  # None: nothing to tick
    source: str = ""  # the file that tells


class Group(NamedTuple):
    """Items under a title of their own, if any; `to_tick`: the page has an empty box before each."""

    items: tuple[Item, ...]
    title: str = ""
    to_tick: bool = False


class Column(NamedTuple):
    """`title` heads it on the page, `label` stands before its cells in a line; None: it is not there."""

    title: str | None
    label: str | None = None
    style: str = ""  # a class of page.css
    optional: bool = False  # not on the page where none of its cells says anything
    spare: bool = False  # of a grid in lines: where there is no room, the first of these goes first


class Row(NamedTuple):
    """One cell for each column; `aside`: greyed on the page."""

    cells: tuple[str, ...]
    aside: bool = False


class Table(NamedTuple):
    """`when_empty`: what the page says in place of a table without rows.

    `is_grid`: lines have it in columns under their titles, else they say a row with the labels of its cells.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    when_empty: str = ""
    is_grid: bool = False

    @property
    def on_page(self) -> tuple[int, ...]:
        """The indexes of the columns that the page shows."""
        return tuple(
            index
            for index, column in enumerate(self.columns)
            if column.title is not None
            and not (column.optional and not any(row.cells[index] for row in self.rows))
        )


class ChartKind(Enum):
    """How numbers are drawn; lines say each of them as bars."""

    BARS = "bars"  # one under the other, the label before and the text behind
    HISTOGRAM = "histogram"  # one beside the other, from the lowest to the highest
    SHARES = "shares"  # each bar cut in parts that make a whole
    SPARKLINE = "sparkline"  # one small line from the first to the last


class Bar(NamedTuple):
    """One number with its name; `text` is how it is said.

    `parts`: of SHARES, fractions that make 1. `short`: the name where a HISTOGRAM has little room.
    """

    label: str
    value: float
    text: str
    parts: tuple[float, ...] = ()
    short: str = ""


class Chart(NamedTuple):
    """Numbers to be seen; `says`: what it shows, in one sentence. `top`: the longest that a bar could be.

    The table of its section says the same to whoever does not see it. `legend`: a name for each part.
    """

    kind: ChartKind
    says: str
    bars: tuple[Bar, ...]
    top: float
    legend: tuple[str, ...] = ()


class Section(NamedTuple):
    """A list, a table or a chart with its table under a title; left out where it is empty.

    Lines say a chart, and not its table; `unseen`: the page shows the chart, its table is read out only.
    """

    title: str
    groups: tuple[Group, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    unseen: bool = False
    style: str = ""  # a class of page.css; "grouped": a line for each group, beginning with its title
    medium: Medium = Medium.BOTH
    titled: bool = True  # on the page; in lines every section is
    in_columns: bool = False  # beside others on the page
    lead: str = ""  # stands before the texts of each item on the page

    @property
    def is_empty(self) -> bool:
        """Without a row and without an item."""
        has_rows = bool(self.table and self.table.rows)
        return not has_rows and not any(group.items for group in self.groups)


class Counts(NamedTuple):
    """Labels with `{n}` in them, and their numbers; of a room where it is named."""

    room: str
    numbers: tuple[tuple[str, int], ...]


class Spreadsheet(NamedTuple):
    """The same for programs that calculate: one cell a fact."""

    titles: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


class Document(NamedTuple):
    """In the order in which it is read; `name`: of its file, without a suffix.

    `further`: documents that are of one file with this one, each on a page of its own. `wide`: lines are
    broken at so many cells; None: as they come.
    """

    name: str
    title: str
    data: Spreadsheet
    kind: str = ""
    subtitles: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()  # label, text
    counts: tuple[Counts, ...] = ()
    notes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    signatures: tuple[str, ...] = ()  # a box for each, on the page
    closing: str = ""
    further: tuple[Document, ...] = ()
    wide: int | None = None
    style: str = ""  # of its page

    @property
    def heading(self) -> str:
        """Kind and title in one line."""
        return f"{self.kind} — {self.title}" if self.kind else self.title


def listed(
    title: str, items: Iterable[Item], style: str = "", *, in_columns: bool = False, lead: str = ""
) -> Section:
    """A section of one list; see Section."""
    return Section(title, (Group(tuple(items)),), style=style, in_columns=in_columns, lead=lead)
