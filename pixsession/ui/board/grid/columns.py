"""Where the columns of the board stand: one layout for each width, so that every line aligns."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import day_words, state_word
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown


class Column(StrEnum):
    """The columns from left to right; their values name them in messages and settings."""

    STATE = "state"
    NAME = "name"
    PLACE = "place"
    COMPETENCES = "competences"
    PIX = "pix"
    NEAREST = "nearest"
    SENT = "sent"
    DELTA = "delta"
    OBJECTIVE = "objective"
    # During a session:
    ROOM = "room"
    NOW = "now"
    KEY = "key"
    # During a lesson:
    BAR = "bar"
    WON = "won"
    TO_GROUP = "to_group"
    IDLE = "idle"
    SHARED = "shared"
    MASTERY = "mastery"
    STAGE = "stage"
    BADGES = "badges"
    MISSING = "missing"
    NOTED = "noted"


_TITLES = {
    Column.STATE: N_("State"),
    Column.NAME: N_("Student"),
    Column.PLACE: N_("Class"),
    Column.COMPETENCES: N_("Competences"),
    Column.PIX: N_("Pix"),
    Column.NEAREST: N_("Nearest"),
    Column.SENT: N_("Profile"),
    Column.DELTA: N_("Change"),
    Column.OBJECTIVE: N_("Objective"),
    Column.ROOM: N_("Room"),
    Column.NOW: N_("Now"),
    Column.KEY: N_("Key"),
    Column.BAR: N_("Progress"),
    Column.WON: N_("Won"),
    Column.TO_GROUP: N_("+grp"),
    Column.IDLE: N_("Idle"),
    Column.SHARED: N_("Results"),
    Column.MASTERY: N_("Mastery"),
    Column.STAGE: N_("Stage"),
    Column.BADGES: N_("Badges"),
    Column.MISSING: N_("Missing"),
    Column.NOTED: N_("Noted"),
}
_SHORT_TITLES = {Column.COMPETENCES: N_("Comp."), Column.OBJECTIVE: N_("Obj.")}
# Shorter than the words of `wording` where these would take the place of a competence.
_SHORT_STATES = {
    Eligibility.NOT_SENT: N_("not sent"),
    Eligibility.NOT_IN_EXPORT: N_("not in export"),
}

SYMBOL_WIDTH = 3  # the cursor's mark, the symbol of the state, a blank
SHORT_DELTA, LONG_DELTA = 5, 20  # "▲+12p", "▲ +10 comp. +120 pix"
_PIX_WIDTH = 4  # 16 competences, 8 levels, 8 pix a level: 1 024 at most
_WORDS_FROM = 95  # the words of the states appear on a screen of 100 columns, scrollbar and margins off


class Needs(NamedTuple):
    """What the rows ask of the layout; it only grows, so that the columns do not move with each filter."""

    place: int = 0  # cells of the longest class or group; 0: no student has one
    gap: int = 6  # cells of one nearest competence, "2.2 −1"
    aim: int = 0  # cells of the column of an objective; 0: none is shown
    aim_is_asked: bool = False  # by a key: it stands there wherever it fits
    room: int = 0  # in a session: cells of the longest name of a room; 0: there is only one

    def widened(self, rows: Sequence[BoardRow]) -> "Needs":
        """These needs and those of `rows`."""
        places = {row.division or row.group for row in rows}
        place = max((cell_len(shown(place)) for place in places if place), default=0)
        nearest = {id(gaps): gaps for row in rows if (gaps := row.verdict.nearest)}  # verdicts are shared
        most = max((gap.pix_missing for gaps in nearest.values() for gap in gaps[:3][-1:]), default=0)
        return self._replace(place=max(self.place, place), gap=max(self.gap, 5 + len(str(most))))


class Slot(NamedTuple):
    """One column of a layout, in cells from the left of the table."""

    column: Column
    start: int
    width: int

    @property
    def end(self) -> int:
        """The first cell after it."""
        return self.start + self.width


class Layout(NamedTuple):
    """Where each column stands for one width, and how much it says."""

    width: int
    slots: tuple[Slot, ...]
    words: bool  # the word of the state beside its symbol
    dots: bool  # ●●●○○ before 3/5
    gaps: int  # nearest competences shown
    letters: int  # of their names
    gap_width: int

    def slot(self, column: Column) -> Slot | None:
        """Where a column stands; None where there is no room for it."""
        return next((slot for slot in self.slots if slot.column is column), None)

    def column_at(self, x: int) -> Column | None:
        """The column under a cell, its gutter included."""
        found = None
        for slot in self.slots:
            if slot.start <= x:
                found = slot.column
        return found

    @property
    def long_delta(self) -> bool:
        """True where a change is said in words."""
        slot = self.slot(Column.DELTA)
        return slot is not None and slot.width >= LONG_DELTA


class _Plan(NamedTuple):
    """One way to spend a width; `name` and `place` are the least and the most they get."""

    name: int
    place: int
    gaps: int = 0
    letters: int = 0
    delta: int = SHORT_DELTA
    words: bool = False
    dots: bool = True
    sent: bool = True
    pix: bool = True


# The richest first: the first that fits is taken, and the names get what is left.
_PLANS = (
    _Plan(name=26, place=14, gaps=3, letters=10, delta=LONG_DELTA, words=True),
    _Plan(name=24, place=12, gaps=3, letters=4, delta=LONG_DELTA, words=True),
    _Plan(name=22, place=10, gaps=3, letters=4, words=True),
    _Plan(name=18, place=8, gaps=3, words=True),
    _Plan(name=18, place=7, gaps=2, words=True),
    _Plan(name=24, place=10, gaps=3),
    _Plan(name=17, place=7, gaps=2),
    _Plan(name=15, place=7, gaps=1),
    _Plan(name=13, place=6, gaps=1, sent=False),
    _Plan(name=12, place=6, dots=False, sent=False),
    _Plan(name=8, place=0, dots=False, sent=False, pix=False),
)
_WIDEST_NAME = 34
# Cells of a first name that stay, its sign of a cut too: beside a whole last name, beside one that is cut.
_LEAST_FIRST_NAME, _FIRST_NAME = 3, 6


def title(column: Column, width: int | None = None) -> str:
    """The name of a column in the language in use; a shorter one, where there is one and it has no room."""
    words = _(_TITLES[column])
    if width is not None and cell_len(words) > width and column in _SHORT_TITLES:
        return _(_SHORT_TITLES[column])
    return words


def short_state(state: Eligibility) -> str:
    """The word of a state as it stands on a line of the board."""
    return _(_SHORT_STATES[state]) if state in _SHORT_STATES else state_word(state)


def layout_for(width: int, needs: Needs, wanted: int) -> Layout:
    """The richest layout that fits; `wanted` is the number of competences of the rule."""
    plans = [plan for plan in _PLANS if not plan.words or width >= _WORDS_FROM]
    if wanted > 6:
        # A long rule (all sixteen) would take the names' place with its dots: the figures stay.
        plans = [plan._replace(dots=dots) for plan in plans for dots in (plan.dots, False)]
    return first_that_fits((_arranged(plan, width, needs, wanted) for plan in plans), width)


def first_that_fits(layouts: Iterable[Layout | None], width: int) -> Layout:
    """The first of these (None: does not fit); below all of them, the symbol and the name."""
    for layout in layouts:
        if layout is not None:
            return layout
    name = Slot(Column.NAME, SYMBOL_WIDTH, max(1, width - SYMBOL_WIDTH))
    return Layout(width, (Slot(Column.STATE, 1, 1), name), False, False, 0, 0, 0)


def _arranged(plan: _Plan, width: int, needs: Needs, wanted: int) -> Layout | None:
    """The layout of a plan, or None when it needs more than `width`."""
    gap_width = needs.gap + (plan.letters + 2 if plan.letters else 0)
    parts = _fixed_parts(plan, needs, wanted, gap_width)
    free = width - SYMBOL_WIDTH - sum(gutter + cells for _column, gutter, cells in parts)
    if plan.words:
        free -= _words_width() + 1
    if free < plan.name:
        return None
    slots = [Slot(Column.STATE, 1, 1 + (1 + _words_width() if plan.words else 0))]
    start = slots[0].end + 1
    slots.append(Slot(Column.NAME, start, min(free, _WIDEST_NAME)))
    for column, gutter, cells in parts:
        slots.append(Slot(column, slots[-1].end + gutter, cells))
    return Layout(width, tuple(slots), plan.words, plan.dots, plan.gaps, plan.letters, gap_width)


def _fixed_parts(plan: _Plan, needs: Needs, wanted: int, gap_width: int) -> list[tuple[Column, int, int]]:
    """(column, blank cells before it, cells) of everything after the name."""
    parts = []
    if needs.place and plan.place:
        fitting = max(min(needs.place, plan.place), min(plan.place, cell_len(title(Column.PLACE))))
        parts.append((Column.PLACE, 1, fitting))
    figures = 3 + len(str(wanted))
    dots = wanted + 1 if plan.dots else 0
    heading = cell_len(title(Column.COMPETENCES)) if plan.sent else 0
    parts.append((Column.COMPETENCES, 1, max(figures + dots, heading if plan.dots else 0)))
    if plan.pix:
        parts.append((Column.PIX, 1, _PIX_WIDTH))
    if needs.aim:
        parts.append((Column.OBJECTIVE, 1, needs.aim))
    if plan.gaps:
        parts.append((Column.NEAREST, 2, plan.gaps * gap_width + 2 * (plan.gaps - 1)))
    if plan.sent:
        parts.append((Column.SENT, 2, day_width()))
    parts.append((Column.DELTA, 1, plan.delta))
    return parts


def _words_width() -> int:
    return max(cell_len(short_state(state)) for state in Eligibility)


def objective_width() -> int:
    """Cells of the column of an objective: its values, and its title in short."""
    to_go = ngettext("{n} to go", "{n} to go", len(CODES)).format(n=len(CODES))
    return max(cell_len(to_go), cell_len(title(Column.OBJECTIVE, 0)))


def day_width() -> int:
    """Cells of the longest day without its year, in the language in use."""
    days = [date(2026, month, day) for month in range(1, 13) for day in (1, 28)]  # French: "1er févr."
    return max(cell_len(day_words(day, day)) for day in days)


def name_within(row: BoardRow, width: int, *, cut: str = "…") -> str:
    """`LAST First` in at most `width` cells: both are cut, or brothers and sisters would look alike."""
    last, first = shown(row.last_name), shown(row.first_name)
    last_is_whole = cell_len(last) < width - min(cell_len(first), _LEAST_FIRST_NAME)
    last_room = width - 1 - min(cell_len(first), _FIRST_NAME)
    if last_is_whole or not first or last_room < _FIRST_NAME:
        return fit(row.shown_name, width, cut=cut).rstrip()
    return f"{fit(last, last_room, cut=cut).rstrip()} {fit(first, width - 1 - last_room, cut=cut).rstrip()}"


def fit(text: str, width: int, *, cut: str = "…", right: bool = False) -> str:
    """`text` in exactly `width` cells, cut with a sign where it is longer; wide characters count for two."""
    if width <= 0:
        return ""
    if len(text) > width + 1 and cell_len(head := text[: width + 1]) > width:
        text = head  # no more of a long sentence can be seen
    length = cell_len(text)
    if length > width:
        text = set_cell_size(text, width - 1).rstrip() + cut
        length = cell_len(text)
    blank = " " * (width - length)
    return blank + text if right else text + blank
