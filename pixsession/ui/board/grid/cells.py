"""What stands in each column of a student's line: plain text in roles, aligned, fit to be painted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from rich.cells import cell_len

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.board.wording import (
    dated_words,
    delta_words,
    dots,
    gap_words,
    nearest_words,
    sent_words,
    state_symbol,
    state_word,
)
from pixsession.domain.lesson.aim_words import aim_cell
from pixsession.domain.lesson.aims import Aim
from pixsession.domain.pix.competences import BY_CODE
from pixsession.domain.pix.eligibility import Eligibility, Gap
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.grid.columns import LONG_DELTA, Column, Layout, fit, name_within, short_state, title
from pixsession.ui.board.grid.roles import BoardPieces, Cell, Piece, Role
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.board.profiles import PROFILES
from pixsession.ui.common.symbols import Symbols, symbols_for

STATE_ROLES = {
    Eligibility.NOT_ELIGIBLE: Role.NOT_ELIGIBLE,
    Eligibility.TO_CHECK: Role.TO_CHECK,
    Eligibility.NOT_SENT: Role.NOT_SENT,
    Eligibility.NOT_IN_EXPORT: Role.NOT_IN_EXPORT,
    Eligibility.ELIGIBLE: Role.ELIGIBLE,
}
# Someone has to do something for them now: where there is no word, the name wears the colour of the state.
_ATTENTION = frozenset({Eligibility.NOT_ELIGIBLE, Eligibility.TO_CHECK})
_WITHOUT_PROFILE = frozenset({Eligibility.NOT_SENT, Eligibility.NOT_IN_EXPORT})
_ROOM_FOR_REASON = 30  # cells: with less, a reason takes the place of the date too


class LineWriter(NamedTuple):
    """Writes the lines of one layout, as of `now` (Paris, without zone)."""

    layout: Layout
    wanted: int
    ascii_only: bool
    change_span: timedelta
    now: datetime
    mode: BoardMode = PROFILES
    marked: frozenset[int] = frozenset()
    aim: Aim | None = None  # the objective that has a column
    keys: Mapping[str, str] = MappingProxyType({})  # by id of a binding, those that the settings ask for

    def facts_of(self, row: BoardRow) -> tuple[object, bool, str]:
        """What the line says beside the row itself: during a session it changes with the clock."""
        return self.mode.facts(row, self.now, ascii_only=self.ascii_only), self.marks(row), self._aim(row)

    def _aim(self, row: BoardRow) -> str:
        return aim_cell(self.aim.path(row), self.ascii_only) if self.aim else ""

    def marks(self, row: BoardRow) -> bool:
        """Whether the next gesture is for this student among others."""
        return row.student_id in self.marked

    def is_recent(self, delta: Delta | None) -> bool:
        """True while a change is recent."""
        return delta is not None and self.now - delta.at < self.change_span

    def write(self, row: BoardRow) -> BoardPieces:
        """The line of one student."""
        cells = {column: cell for column, cell in self._cells(row).items() if cell.text}
        placed = [(slot, cells[slot.column]) for slot in self.layout.slots if slot.column in cells]
        pieces: list[Piece] = [(" " * placed[0][0].start, placed[0][1].role)]
        if self.marks(row):
            pieces = [("*" if self.ascii_only else "■", Role.MARKED), (pieces[0][0][1:], pieces[0][1])]
        for index, (slot, cell) in enumerate(placed):
            following = placed[index + 1][0].start if index + 1 < len(placed) else self.layout.width
            # A neighbour on the right keeps one blank cell between.
            room = slot.width
            if cell.spills:
                room = following - slot.start - (1 if index + 1 < len(placed) else 0)
            right = slot.column is Column.PIX
            text = fit(cell.text, room, cut=self._symbols.cut, right=right)
            pieces.append((text + " " * (following - slot.start - room), cell.role))
        return _joined(pieces)

    def heading(self, sorted_by: Column | None, *, descending: bool) -> BoardPieces:
        """The line of the names of the columns; the sorted one carries its direction."""
        slots = self.layout.slots
        pieces: list[Piece] = [(" " * slots[0].start, Role.HEADER)]
        for index, slot in enumerate(slots):
            following = slots[index + 1].start if index + 1 < len(slots) else self.layout.width
            is_sorted = slot.column is sorted_by
            arrow = (self._symbols.down if descending else self._symbols.up) if is_sorted else ""
            text = self._heading_text(slot.column, slot.width, arrow)
            pieces.append((fit(text, following - slot.start), Role.SORTED if is_sorted else Role.HEADER))
        return _joined(pieces)

    @property
    def _symbols(self) -> Symbols:
        return symbols_for(self.ascii_only)

    def _heading_text(self, column: Column, width: int, arrow: str) -> str:
        words = title(column, width)
        if (column is Column.STATE and not self.layout.words) or (
            column is Column.DELTA and width < LONG_DELTA
        ):
            return arrow  # too narrow for its name
        if column is Column.PIX:
            return fit(words + arrow, width, cut=self._symbols.cut, right=True)
        # The arrow may stand in the blank before the next column, the name may not.
        return fit(words, min(width, cell_len(words)), cut=self._symbols.cut) + arrow

    def _cells(self, row: BoardRow) -> dict[Column, Cell]:
        state = row.eligibility
        role = STATE_ROLES[state]
        body = Role.CALM if state is Eligibility.ELIGIBLE else Role.BODY
        wears_state = state in _ATTENTION and not self.layout.words
        symbol = state_symbol(state, ascii_only=self.ascii_only)
        cells = {
            Column.STATE: Cell(f"{symbol} {short_state(state)}" if self.layout.words else symbol, role),
            Column.NAME: Cell(self.name(row), role if wears_state else body),
            Column.PLACE: Cell(row.shown_place, body),
            Column.OBJECTIVE: Cell(self._aim(row), body),
        }
        if state in _WITHOUT_PROFILE and row.verdict.eligible_competences is None and row.pix is None:
            cells[Column.COMPETENCES] = Cell(self._absence(row), Role.CALM, spills=True)
        else:
            cells |= self._profile_cells(row, body)
        cells |= self._delta_cell(row.delta)
        return self.mode.cells(self, row, cells)

    def _profile_cells(self, row: BoardRow, body: Role) -> dict[Column, Cell]:
        verdict = row.verdict
        cells = {
            Column.COMPETENCES: Cell(self.progress(verdict.eligible_competences), body),
            Column.PIX: Cell("?" if row.pix is None else str(row.pix), body),
            Column.SENT: Cell(sent_words(row.sent_at, self.now), body, spills=True),
        }
        reason = shown(verdict.reasons[0].sentence()) if verdict.reasons else ""
        if reason and row.eligibility is Eligibility.ELIGIBLE:
            # Nothing to do for now: two words, and the date of the profile keeps its place.
            cells[Column.NEAREST] = Cell(shown(verdict.reasons[0].briefly()), body)
        elif reason and (row.eligibility is not Eligibility.NOT_ELIGIBLE or not verdict.nearest):
            cells[Column.NEAREST] = Cell(reason, body, spills=True)
            slot = self.layout.slot(Column.NEAREST)
            if slot is None or slot.width < _ROOM_FOR_REASON:
                del cells[Column.SENT]
        else:
            cells[Column.NEAREST] = Cell(self._nearest(verdict.nearest), body)
        return cells

    def _absence(self, row: BoardRow) -> str:
        words = _("no profile sent")
        if row.eligibility is Eligibility.NOT_IN_EXPORT:
            words = state_word(row.eligibility)
        if row.verdict.reasons:
            words += f" {self._symbols.point} {shown(row.verdict.reasons[0].sentence())}"
        return words

    def progress(self, count: int | None) -> str:
        """Dots where there is room, and figures."""
        figures = f"{'?' if count is None else count}/{self.wanted}".rjust(3 + len(str(self.wanted)))
        if not self.layout.dots:
            return figures
        marks = " " * self.wanted if count is None else dots(count, self.wanted, ascii_only=self.ascii_only)
        return f"{marks} {figures}"

    def _nearest(self, nearest: tuple[Gap, ...]) -> str:
        layout = self.layout
        parts = [fit(self._gap(gap), layout.gap_width) for gap in nearest[: layout.gaps]]
        return "  ".join(parts).rstrip()

    def _gap(self, gap: Gap) -> str:
        layout = self.layout
        if not layout.letters:
            return self.plain(gap_words(gap))
        name = BY_CODE[gap.competence].short_name
        letters = name if len(name) <= layout.letters else f"{name[: layout.letters].rstrip()}."
        missing = self.plain(f"−{gap.pix_missing}")
        room = layout.gap_width - 5 - len(missing)
        return f"{gap.competence} {fit(letters, room)} {missing}"

    def _delta_cell(self, delta: Delta | None) -> dict[Column, Cell]:
        if delta is None or not self.is_recent(delta) or not (delta.competences or delta.pix):
            return {}
        role = Role.LOSS if delta.is_loss else Role.GAIN
        if self.layout.long_delta:
            return {Column.DELTA: Cell(delta_words(delta, ascii_only=self.ascii_only), role)}
        arrow = self._symbols.down if delta.is_loss else self._symbols.up
        # "+12p": pix, where "+1" alone is competences.
        change = f"{delta.competences:+}" if delta.competences else f"{delta.pix:+}p"
        return {Column.DELTA: Cell(self._signed((arrow + change)[: self._delta_width()]), role)}

    def _delta_width(self) -> int:
        slot = self.layout.slot(Column.DELTA)
        return slot.width if slot else 0

    def _signed(self, text: str) -> str:
        return text if self.ascii_only else text.replace("-", "−")

    def name(self, row: BoardRow, tail: str = "") -> str:
        """The name as its column has room for it, cut before `tail`."""
        slot = self.layout.slot(Column.NAME)
        room = slot.width - cell_len(tail) if slot is not None else 0
        return self.plain(name_within(row, room, cut=self._symbols.cut)) + tail

    def plain(self, text: str) -> str:
        """`text` without the signs of ours that ASCII lacks; names keep their letters."""
        return text.replace("−", "-").replace("—", "-").replace("·", "-") if self.ascii_only else text


def _joined(pieces: list[Piece]) -> BoardPieces:
    """Neighbours of the same role as one piece: each change of style costs bytes on the line."""
    merged = pieces[:1]
    for text, role in pieces[1:]:
        last_text, last_role = merged[-1]
        if role is last_role:
            merged[-1] = (last_text + text, role)
        else:
            merged.append((text, role))
    return tuple(merged)


def row_as_text(row: BoardRow, wanted: int = 5) -> str:
    """The line of a student in plain words, for the clipboard and for screen readers."""
    verdict = row.verdict
    parts = [row.shown_name, row.shown_place, state_word(row.eligibility)]
    count = verdict.eligible_competences
    if count is not None:
        words = ngettext("{n} competence of {wanted}", "{n} competences of {wanted}", count)
        parts.append(words.format(n=count, wanted=wanted))
    if row.pix is not None:
        parts.append(_("{n} pix").format(n=row.pix))
    if verdict.nearest:
        names = nearest_words(verdict.nearest, 3, with_name=True)
        parts.append(_("nearest: {competences}").format(competences=names))
    parts += [shown(reason.sentence()) for reason in verdict.reasons]
    if row.sent_at is not None:
        parts.append(_("profile sent {when}").format(when=dated_words(row.sent_at)))
    return " · ".join(part for part in parts if part)
