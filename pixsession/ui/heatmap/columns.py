"""The map of competences as text: where its columns stand, what each cell says, and the sums."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.group import HELPS_FROM, weakest_competences
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.competences import AREAS, CODES
from pixsession.foundation.i18n import _
from pixsession.ui.board.grid.columns import fit

NAME, TOTAL = -1, len(CODES)  # columns beside the sixteen competences, by their position
_LEAST_NAME, _WIDEST_NAME = 12, 30
_TOTAL_WIDTH = 4
_SHADES, _ASCII_SHADES = " ░▒▓█", " .:=#"


class HeatRole(StrEnum):
    """What a piece of text is; the style sheet gives each role its colour (`heat-grid--…`)."""

    HEADER = "header"
    SORTED = "sorted"
    WEAKEST = "weakest"
    NAME = "name"
    CALM = "calm"
    LOW = "low"  # below the level of the rule
    REACHED = "reached"
    HIGH = "high"  # level 3 or more: somebody who can help


HeatPieces = tuple[tuple[str, HeatRole], ...]


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
    """How many students have each competence at the level of the rule, of how many with a known profile."""

    level: int
    counts: tuple[int, ...]
    known: int
    weakest: frozenset[int]  # positions; none where nothing is known, or where all are alike


def heat_sums(rows: Sequence[BoardRow], level: int) -> HeatSums:
    """The sums of the columns; a level that is not known does not count."""
    group = weakest_competences(rows, level)
    counts = {one.competence: one.at_level for one in group}
    known = sum(1 for row in rows if row.profile is not None)
    alike = {one._replace(competence="") for one in group}
    first = group[0]._replace(competence="")
    weakest = {CODES.index(one.competence) for one in group if one._replace(competence="") == first}
    return HeatSums(
        level,
        tuple(counts[code] for code in CODES),
        known,
        frozenset(weakest if known and len(alike) > 1 else ()),
    )


def heat_order(
    rows: Sequence[BoardRow], column: int | None, *, descending: bool, level: int
) -> tuple[BoardRow, ...]:
    """The rows by a column, None: as they come; who has no profile, or no known level, stands last."""
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
        if row.profile is None:
            return None
        return row.profile.count_at(level) if column == TOTAL else row.profile.levels[column]

    known = [(found, row) for row in rows if (found := value(row)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return (*(row for _value, row in known), *(row for row in rows if value(row) is None))


def heat_line(row: BoardRow, layout: HeatLayout, level: int, *, ascii_only: bool) -> HeatPieces:
    """The line of one student."""
    cut, bar = ("~", "|") if ascii_only else ("…", "│")
    pieces = [(" " + fit(row.shown_name, layout.name, cut=cut), HeatRole.NAME)]
    if row.profile is None:
        width = layout.width - layout.name - 1
        pieces.append((bar + " " + fit(_("no profile sent"), width - 2, cut=cut), HeatRole.CALM))
        return tuple(pieces)
    for position, found in enumerate(row.profile.levels):
        if CODES[position].endswith(".1"):
            pieces.append((bar, HeatRole.CALM))
        pieces.append(_cell(found, layout.cell, level, ascii_only=ascii_only))
    count = f"{row.profile.count_at(level)}".rjust(_TOTAL_WIDTH)
    return (*pieces, (bar, HeatRole.CALM), (count, HeatRole.NAME))


def _cell(found: int | None, width: int, level: int, *, ascii_only: bool) -> tuple[str, HeatRole]:
    """A shade and the level; a dot for zero, a question mark for what could not be read."""
    if found is None:
        return ("?".rjust(width - 1) + " ", HeatRole.CALM)
    if found <= 0:
        return (("." if ascii_only else "·").rjust(width - 1) + " ", HeatRole.CALM)
    shades = _ASCII_SHADES if ascii_only else _SHADES
    shade = shades[min(found, len(shades) - 1)]
    role = HeatRole.HIGH if found >= max(HELPS_FROM, level) else HeatRole.REACHED
    text = f"{shade}{found}".rjust(width - 1) + " "
    return (text, role if found >= level else HeatRole.LOW)


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
    total = f"≥{sums.level}" if not ascii_only else f">={sums.level}"
    role = HeatRole.SORTED if column == TOTAL else HeatRole.HEADER
    codes += [
        (bar, HeatRole.HEADER),
        ((total + (arrow if column == TOTAL else "")).rjust(_TOTAL_WIDTH), role),
    ]
    return tuple(areas), tuple(codes)


def heat_footing(layout: HeatLayout, sums: HeatSums, *, ascii_only: bool) -> HeatPieces:
    """How many have each competence at the level of the rule; the weakest ones stand out."""
    bar = "|" if ascii_only else "│"
    words = (
        _("at level {n} or more") if layout.name >= cell_len(_("at level {n} or more")) else _("level ≥ {n}")
    )
    text = words.format(n=sums.level).replace("≥", ">=" if ascii_only else "≥")
    pieces: list[tuple[str, HeatRole]] = [(" " + fit(text, layout.name), HeatRole.HEADER)]
    for position, count in enumerate(sums.counts):
        if CODES[position].endswith(".1"):
            pieces.append((bar, HeatRole.HEADER))
        weak = position in sums.weakest
        figure = f"{count}"[: layout.cell - (0 if count > 99 else 1)]
        room = layout.cell if len(figure) >= layout.cell else layout.cell - 1
        pieces.append((figure.rjust(room).ljust(layout.cell), HeatRole.WEAKEST if weak else HeatRole.HEADER))
    known = f"{sums.known}".rjust(_TOTAL_WIDTH)
    return (*pieces, (bar, HeatRole.HEADER), (known, HeatRole.HEADER))
