"""Where everything stands in a profile collection, by the labels of its header and their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.competences import CODES
from pixsession.readers.export import ColumnUse
from pixsession.readers.labels import CODE_OF, COLUMN_OF, COMPETENCE_PIX, LEVEL, Column, label_key


class NoteKind(StrEnum):
    """What a header has that the user should know of."""

    DUPLICATE = "duplicate"
    UNKNOWN_COMPETENCE = "unknown_competence"
    BY_PLACE = "by_place"
    BY_ORDER = "by_order"


class HeaderNote(NamedTuple):
    """One remark on a header: the label as it stands in the file, the competence it was taken for."""

    kind: NoteKind
    label: str
    code: str = ""


class Layout(NamedTuple):
    """Where everything stands in one file: positions of columns, of levels and pix in the order of CODES.

    `surplus_at` is where a row holds the cells whose labels Pix has dropped, being empty: right after the
    first name, before class, group, number and the label its creator typed. None: the order is not Pix's.
    """

    width: int
    at: dict[Column, int]
    levels: tuple[int | None, ...]
    competence_pix: tuple[int | None, ...]
    notes: tuple[HeaderNote, ...] = ()
    external_label: str | None = None
    surplus_at: int | None = None
    sent_in_utc: bool = False  # a few days of December 2024
    sent_with_time: bool = False  # since then

    @property
    def is_whole(self) -> bool:
        """Every one of the 16 competences has its two columns."""
        return None not in self.levels and None not in self.competence_pix


_CAMPAIGN = (Column.ORGANISATION, Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE, Column.CAMPAIGN_NAME)
_PLACES = (Column.GROUP, Column.DIVISION, Column.STUDENT_NUMBER)
_RESULTS = (Column.SENT_AT, Column.PIX, Column.CERTIFIABLE, Column.CERTIFIABLE_COMPETENCES)


def looks_like_profiles(header: Sequence[str]) -> bool:
    """The signature of a profile collection: a sent column with a total of pix, or with the competences."""
    keys = [label_key(cell) for cell in header]
    found = {COLUMN_OF.get(key) for key in keys}
    if {Column.SENT, Column.PIX} <= found:
        return True
    pairs = sum(1 for key in keys if LEVEL.fullmatch(key))
    return pairs >= len(CODES) // 2 and bool({Column.SENT, Column.PIX} & found)


def looks_like_campaign(header: Sequence[str]) -> bool:
    """A header that begins as every export of a campaign does, whatever became of the rest of it."""
    found = [COLUMN_OF.get(label_key(cell)) for cell in header[:2]]
    return found[:1] == [Column.ORGANISATION] and found[1:] in ([], [Column.CAMPAIGN_ID], [None])


def read_layout(header: Sequence[str]) -> Layout:
    """Map a header row by name; what no dictionary knows is located between its neighbours, or reported.

    Between the first name and the sent column stand columns that a school or the creator of the campaign
    has named: any text may be there, even one of Pix's own labels.
    """
    keys = [label_key(cell) for cell in header]
    columns = _told_names_apart([COLUMN_OF.get(key) for key in keys])
    sent = _sent_position(columns)
    first = columns.index(Column.FIRST_NAME) if Column.FIRST_NAME in columns else len(columns)
    free = range(first + 1, max(sent, first + 1))
    in_order = _in_order(columns, first, sent)
    at, repeated = _outside(columns, free, sent)
    at |= _places(columns, free)
    _locate_neighbours(keys, columns, at)
    _take_strays(columns, free, at, but=_CAMPAIGN if in_order else ())
    levels, notes = _competences(header, keys, LEVEL, free)
    competence_pix, _same_notes = _competences(header, keys, COMPETENCE_PIX, free)
    external = _external_id(keys, columns, free, at) if in_order else None
    if external is not None:
        at[Column.EXTERNAL_ID] = external
    sent_words = keys[at[Column.SENT_AT]].split() if Column.SENT_AT in at else []
    duplicates = [HeaderNote(NoteKind.DUPLICATE, header[position]) for position in repeated]
    return Layout(
        width=len(header),
        at=at,
        levels=levels,
        competence_pix=competence_pix,
        notes=(*duplicates, *notes),
        external_label=header[external] if external is not None else None,
        surplus_at=first + 1 if in_order else None,
        sent_in_utc="utc" in sent_words,
        sent_with_time="utc" in sent_words or "europ" in " ".join(sent_words),
    )


def _told_names_apart(columns: list[Column | None]) -> list[Column | None]:
    """Italian and Spanish exports head both names alike: the last name always stands first."""
    if columns.count(Column.FIRST_NAME) < 2:
        return columns
    position = columns.index(Column.FIRST_NAME)
    # There, too, "Nom du Participant" may be the label that the creator of a campaign has typed.
    in_place = [Column.CAMPAIGN_NAME, Column.FIRST_NAME, Column.FIRST_NAME]
    if Column.LAST_NAME in columns and columns[max(0, position - 1) : position + 2] != in_place:
        return columns
    return [*columns[:position], Column.LAST_NAME, *columns[position + 1 :]]


def _sent_position(columns: list[Column | None]) -> int:
    """The sent column: the last one of its name before the total of pix, or the last of all; -1 for none."""
    positions = [i for i, column in enumerate(columns) if column is Column.SENT]
    totals = [i for i, column in enumerate(columns) if column is Column.PIX]
    before = [i for i in positions if totals and i < totals[-1]]
    return (before or positions or [-1])[-1]


def _in_order(columns: list[Column | None], first: int, sent: int) -> bool:
    """The order of Pix: the campaign, the names, the free columns, the sent column, the results."""
    head = [column for column in columns[: first + 1] if column]
    tail = [column for column in columns[sent + 1 :] if column in _RESULTS]
    return (
        first < sent
        and head == [column for column in (*_CAMPAIGN, Column.LAST_NAME, Column.FIRST_NAME) if column in head]
        and head[:2] == [Column.ORGANISATION, Column.CAMPAIGN_ID]
        and tail == [column for column in _RESULTS if column in tail]
    )


def _outside(columns: list[Column | None], free: range, sent: int) -> tuple[dict[Column, int], list[int]]:
    """The columns outside the free ones, the first of each name; and the positions of repeated names."""
    at = {Column.SENT: sent} if sent >= 0 else {}
    repeated = []
    for position, column in enumerate(columns):
        if column is None or position in free or position == sent:
            continue
        if column in at:
            repeated.append(position)
        elif column not in _PLACES:
            at[column] = position
    return at, repeated


def _places(columns: list[Column | None], free: range) -> dict[Column, int]:
    """Class, group and student number: among the free columns, else wherever they are."""
    found = {}
    for column in _PLACES:
        positions = [i for i, found_column in enumerate(columns) if found_column is column]
        inside = [i for i in positions if i in free]
        if positions:
            found[column] = (inside or positions)[0]
    return found


def _locate_neighbours(keys: list[str], columns: list[Column | None], at: dict[Column, int]) -> None:
    """What stands at its place under a label never seen: the date of the send, the code of the campaign."""
    if Column.SENT_AT not in at and Column.SENT in at:
        candidate = at[Column.SENT] + 1
        known = candidate >= len(columns) or columns[candidate] or LEVEL.fullmatch(keys[candidate])
        if not known:
            at[Column.SENT_AT] = candidate
    number, name = at.get(Column.CAMPAIGN_ID), at.get(Column.CAMPAIGN_NAME)
    between = None if number is None or name != number + 2 else number + 1
    if Column.CAMPAIGN_CODE not in at and between is not None and columns[between] is None:
        at[Column.CAMPAIGN_CODE] = between


def _take_strays(
    columns: list[Column | None], free: range, at: dict[Column, int], but: tuple[Column, ...]
) -> None:
    """In a file whose columns were moved by hand, a column is taken among the free ones where it is alone."""
    for position in free:
        column = columns[position]
        if column is not None and column not in (*_PLACES, Column.SENT, *but):
            at.setdefault(column, position)


def _external_id(
    keys: list[str], columns: list[Column | None], free: range, at: dict[Column, int]
) -> int | None:
    """The column whose label the creator of the campaign typed: the last of the free ones.

    Columns of the organisation's own import format stand before class, group and student number. A column of
    results that stands there was put there by hand: it tells sends apart, not students.
    """
    if not free or free[-1] in at.values():
        return None
    column, key = columns[free[-1]], keys[free[-1]]
    if column in {*_RESULTS, Column.SENT} or LEVEL.fullmatch(key) or COMPETENCE_PIX.fullmatch(key):
        return None
    return free[-1]


def _competences(
    header: Sequence[str], keys: list[str], pattern: re.Pattern[str], free: range
) -> tuple[tuple[int | None, ...], list[HeaderNote]]:
    """Positions in the order of CODES of the columns of one sort, and notes on what was not recognised."""
    found: list[tuple[int, str | None]] = []
    for position, key in enumerate(keys):
        match = pattern.fullmatch(key)
        if match is not None:
            found.append((position, CODE_OF.get(match[1] or "")))
    outside = [(position, code) for position, code in found if position not in free]
    if len(outside) >= len(CODES):
        found = outside
    if len(found) == len(CODES) and all(
        code in {None, wanted} for (_, code), wanted in zip(found, CODES, strict=True)
    ):
        return tuple(position for position, _ in found), _notes_by_place(header, found)
    at: dict[str, int] = {}
    notes = []
    for position, code in found:
        if code is None or code in at:
            notes.append(HeaderNote(NoteKind.UNKNOWN_COMPETENCE, header[position]))
        else:
            at[code] = position
    return tuple(at.get(code) for code in CODES), notes


def _notes_by_place(header: Sequence[str], found: list[tuple[int, str | None]]) -> list[HeaderNote]:
    """Notes on the unknown among sixteen competences in the order of the CRCN, which is always Pix's.

    A name that is translated (English) or new, or a placeholder printed instead of it (Dutch, Spanish), is
    known by its place.
    """
    unknown = [
        (position, wanted) for (position, code), wanted in zip(found, CODES, strict=True) if code is None
    ]
    if len(unknown) == len(CODES):
        return [HeaderNote(NoteKind.BY_ORDER, header[unknown[0][0]])]
    return [HeaderNote(NoteKind.BY_PLACE, header[position], code) for position, code in unknown]


def column_uses(header: Sequence[str], layout: Layout) -> tuple[ColumnUse, ...]:
    """What each column of a profile collection was read as."""
    meanings = {position: column.value for column, position in layout.at.items()}
    for code, level, pix in zip(CODES, layout.levels, layout.competence_pix, strict=True):
        meanings |= {level: f"level {code}"} if level is not None else {}
        meanings |= {pix: f"pix {code}"} if pix is not None else {}
    return tuple(ColumnUse(label, meanings.get(position)) for position, label in enumerate(header))


def generation_of(layout: Layout) -> str:
    """Since when Pix has written profile collections with these columns: the month, as far as they tell."""
    if layout.sent_with_time:
        return "2024-12"
    return "2023-06" if Column.CAMPAIGN_CODE in layout.at else "2020-11"
