"""The map of competences as text: where its columns stand, what each cell says, and the sums."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len

from pixsession.domain.board.snapshot import BoardRow, Campaign
from pixsession.domain.lesson.group import HELPS_FROM
from pixsession.domain.lesson.mastery import (
    STRONG_FROM,
    WEAK_BELOW,
    Evidence,
    percents,
    shares,
    weakest_first,
)
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.competences import AREAS, CODES, PIX_PER_LEVEL
from pixsession.foundation.i18n import _
from pixsession.ui.board.grid.columns import fit, name_within

NAME, TOTAL = -1, len(CODES)  # columns beside the sixteen competences, by their position
_LEAST_NAME, _WIDEST_NAME = 12, 30
_TOTAL_WIDTH = 4
_WHOLE = 100  # per cent
_SHADES, _ASCII_SHADES = " ░▒▓█", " .:=#"


class HeatRole(StrEnum):
    """What a piece of text is; the style sheet gives each role its colour (`heat-grid--…`)."""

    HEADER = "header"
    SORTED = "sorted"
    WEAKEST = "weakest"
    NAME = "name"
    CALM = "calm"
    EMPTY = "empty"  # never opened: not a pix
    LOW = "low"  # below the level of the rule
    REACHED = "reached"
    HIGH = "high"  # level 3 or more: somebody who can help


HeatPieces = tuple[tuple[str, HeatRole], ...]


class HeatSource(NamedTuple):
    """What a map is made of: levels of profiles, or the mastery of a path in per cent."""

    evidence: Evidence
    level: int  # of the rule
    campaign: Campaign | None = None  # whose path comes first

    @property
    def reached(self) -> int:
        """From which value on somebody has a competence."""
        return self.level if self.evidence is Evidence.PROFILE else WEAK_BELOW

    @property
    def strong(self) -> int:
        """From which value on somebody can help."""
        return max(HELPS_FROM, self.level) if self.evidence is Evidence.PROFILE else STRONG_FROM

    def values(self, row: BoardRow) -> tuple[int | None, ...] | None:
        """One for each competence; None: nothing is known of the student."""
        if self.evidence is Evidence.PATH:
            return percents(row, self.campaign)
        return row.profile.levels if row.profile else None

    def total(self, row: BoardRow) -> int | None:
        """How many competences the student is known to have."""
        values = self.values(row)
        return None if values is None else sum(one is not None and one >= self.reached for one in values)


class HeatLayout(NamedTuple):
    """Where everything stands: the name, then the areas after a bar each, then the sum."""

    width: int
    name: int
    cell: int  # cells of one competence

    def column_at(self, x: int) -> int | None:
        """The column under a cell: NAME, the position of a competence, or TOTAL."""
        if x <= self.name:
            return NAME
        for position in range(len(CODES)):
            start = self.start(position)
            if start <= x < start + self.cell:
                return position
        return TOTAL if x >= self.start(len(CODES) - 1) + self.cell else None

    def start(self, position: int) -> int:
        """The first cell of a competence."""
        bars = sum(1 for code in CODES[: position + 1] if code.endswith(".1"))
        return 1 + self.name + position * self.cell + bars


def heat_layout(width: int) -> HeatLayout:
    """Four cells a competence where they leave room for names, else three."""
    for cell in (5, 4, 3):
        name = width - 1 - len(CODES) * cell - len(AREAS) - 1 - _TOTAL_WIDTH
        if name >= (_LEAST_NAME + 8 if cell > 3 else _LEAST_NAME) or cell == 3:
            break
    return HeatLayout(width, max(1, min(name, _WIDEST_NAME)), cell)


class HeatSums(NamedTuple):
    """How many students have each competence, of how many of whom anything is known."""

    source: HeatSource
    counts: tuple[int | None, ...]  # None: nothing is known of a competence, as when no path asks for it
    known: int
    weakest: frozenset[int]  # positions; none where nothing is known, or where all are alike


def heat_sums(rows: Sequence[BoardRow], source: HeatSource) -> HeatSums:
    """The sums of the columns; a value that is not known does not count."""
    values = [value for row in rows if (value := source.values(row)) is not None]
    group = shares(values, source.reached)
    ordered = weakest_first(group)
    alike = {one._replace(competence="") for one in ordered}
    first = ordered[0]._replace(competence="") if ordered else None
    weakest = {CODES.index(one.competence) for one in ordered if one._replace(competence="") == first}
    return HeatSums(
        source,
        tuple(one.able if one.known else None for one in group),
        len(values),
        frozenset(weakest if len(alike) > 1 else ()),
    )


def heat_order(
    rows: Sequence[BoardRow], column: int | None, *, descending: bool, source: HeatSource
) -> tuple[BoardRow, ...]:
    """The rows by a column, None: as they come; of whom nothing is known stands last."""
    if column is None:
        return tuple(rows)
    if column == NAME:
        return tuple(
            sorted(
                rows,
                key=lambda row: (name_key(row.last_name), name_key(row.first_name)),
                reverse=descending,
            )
        )

    def value(row: BoardRow) -> int | None:
        values = source.values(row)
        return source.total(row) if column == TOTAL or values is None else values[column]

    known = [(found, row) for row in rows if (found := value(row)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return (*(row for _value, row in known), *(row for row in rows if value(row) is None))


def heat_line(row: BoardRow, layout: HeatLayout, source: HeatSource, *, ascii_only: bool) -> HeatPieces:
    """The line of one student."""
    cut, bar = ("~", "|") if ascii_only else ("…", "│")
    pieces = [(" " + fit(name_within(row, layout.name, cut=cut), layout.name), HeatRole.NAME)]
    values = source.values(row)
    if values is None:
        width = layout.width - layout.name - 1
        unknown = _("no profile sent") if source.evidence is Evidence.PROFILE else _("no results sent")
        pieces.append((bar + " " + fit(unknown, width - 2, cut=cut), HeatRole.CALM))
        return tuple(pieces)
    pix = row.profile.competence_pix if row.profile else (None,) * len(CODES)
    for position, found in enumerate(values):
        if CODES[position].endswith(".1"):
            pieces.append((bar, HeatRole.CALM))
        if source.evidence is Evidence.PROFILE:
            pieces.append(_level_cell(found, pix[position], layout.cell, source, ascii_only=ascii_only))
        else:
            pieces.append(_percent_cell(found, layout.cell, source, ascii_only=ascii_only))
    count = f"{source.total(row)}".rjust(_TOTAL_WIDTH)
    return (*pieces, (bar, HeatRole.CALM), (count, HeatRole.NAME))


def _percent_cell(
    found: int | None, width: int, source: HeatSource, *, ascii_only: bool
) -> tuple[str, HeatRole]:
    """The mastery of a path in per cent, a tick for all of it; blank where the path does not ask for it."""
    if found is None:
        return (" " * width, HeatRole.CALM)
    figure = ("+" if ascii_only else "✔") if found >= _WHOLE else f"{found}"
    role = HeatRole.HIGH if found >= source.strong else HeatRole.REACHED
    return (figure.rjust(width - 1) + " ", role if found >= source.reached else HeatRole.LOW)


def _level_cell(
    found: int | None, pix: int | None, width: int, source: HeatSource, *, ascii_only: bool
) -> tuple[str, HeatRole]:
    """A shade and the level; below that of the rule a cross for not a pix, else the pix that are short.

    A question mark for what could not be read, a dot for a level of zero without its pix.
    """
    if found is None:
        return ("?".rjust(width - 1) + " ", HeatRole.CALM)
    if found < source.level and pix is not None:
        if pix == 0:
            return (("x" if ascii_only else "✖").rjust(width - 1) + " ", HeatRole.EMPTY)
        short = f"{'-' if ascii_only else '−'}{max(0, source.level * PIX_PER_LEVEL - pix)}"
        return (short.rjust(width - 1).ljust(width), HeatRole.LOW)
    if found <= 0:
        return (("." if ascii_only else "·").rjust(width - 1) + " ", HeatRole.CALM)
    shades = _ASCII_SHADES if ascii_only else _SHADES
    shade = shades[min(found, len(shades) - 1)]
    role = HeatRole.HIGH if found >= source.strong else HeatRole.REACHED
    text = f"{shade}{found}".rjust(width - 1) + " "
    return (text, role if found >= source.reached else HeatRole.LOW)


def heat_headings(
    layout: HeatLayout, sums: HeatSums, column: int | None, *, descending: bool, ascii_only: bool
) -> tuple[HeatPieces, HeatPieces]:
    """The line of the areas and that of the competences; the weakest and the sorted column stand out."""
    bar, mark = ("|", "!") if ascii_only else ("│", "▼")
    arrow = ("v" if descending else "^") if ascii_only else ("↓" if descending else "↑")
    areas: list[tuple[str, HeatRole]] = [(" " * (layout.name + 1), HeatRole.HEADER)]
    for area in AREAS:
        width = layout.cell * sum(1 for code in CODES if code[0] == area.number)
        name = fit(f"{area.number} {area.name}", width, cut="~" if ascii_only else "…")
        areas += [(bar, HeatRole.HEADER), (name, HeatRole.HEADER)]
    areas.append((bar.ljust(_TOTAL_WIDTH + 1), HeatRole.HEADER))
    name = _("Student") + (arrow if column == NAME else "")
    codes = [(" " + fit(name, layout.name), HeatRole.SORTED if column == NAME else HeatRole.HEADER)]
    for position, code in enumerate(CODES):
        if code.endswith(".1"):
            codes.append((bar, HeatRole.HEADER))
        weak = position in sums.weakest
        label = (mark if weak else "") + (code if layout.cell > 4 or not weak else code[1:])
        if layout.cell == 3:
            label = (mark if weak else "") + code[2:] if weak else code[1:]
        role = HeatRole.WEAKEST if weak else HeatRole.HEADER
        if position == column:
            label, role = label[: layout.cell - 1] + arrow, HeatRole.SORTED if not weak else role
            codes.append((label.rjust(layout.cell), role))
        else:
            codes.append((label.rjust(layout.cell - 1) + " ", role))
    total = (">=" if ascii_only else "≥") + f"{sums.source.reached}"
    role = HeatRole.SORTED if column == TOTAL else HeatRole.HEADER
    codes += [
        (bar, HeatRole.HEADER),
        ((total + (arrow if column == TOTAL else "")).rjust(_TOTAL_WIDTH), role),
    ]
    return tuple(areas), tuple(codes)


def _sums_words(source: HeatSource, width: int) -> str:
    """What the sums count, in as many words as there is room for."""
    words = {
        Evidence.PROFILE: (_("at level {n} or more"), _("level ≥ {n}")),
        Evidence.PATH: (_("{n}% mastered or more"), _("≥ {n}%")),
    }
    long, short = words[source.evidence]
    return long if width >= cell_len(long) else short


def heat_footing(layout: HeatLayout, sums: HeatSums, *, ascii_only: bool) -> HeatPieces:
    """How many have each competence at the level of the rule; the weakest ones stand out."""
    bar = "|" if ascii_only else "│"
    text = (
        _sums_words(sums.source, layout.name)
        .format(n=sums.source.reached)
        .replace("≥", ">=" if ascii_only else "≥")
    )
    pieces: list[tuple[str, HeatRole]] = [(" " + fit(text, layout.name), HeatRole.HEADER)]
    for position, count in enumerate(sums.counts):
        if CODES[position].endswith(".1"):
            pieces.append((bar, HeatRole.HEADER))
        weak = position in sums.weakest
        figure = ("" if count is None else f"{count}")[: layout.cell - (0 if (count or 0) > 99 else 1)]
        room = layout.cell if len(figure) >= layout.cell else layout.cell - 1
        pieces.append((figure.rjust(room).ljust(layout.cell), HeatRole.WEAKEST if weak else HeatRole.HEADER))
    known = f"{sums.known}".rjust(_TOTAL_WIDTH)
    return (*pieces, (bar, HeatRole.HEADER), (known, HeatRole.HEADER))
