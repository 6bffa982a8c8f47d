"""The columns of a profile collection, found by the labels of its header and their order."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.pix.competences import CODES
from pixsession.readers.campaign.head import Pivot, distinct_names, read_head
from pixsession.readers.campaign.labels import CODE_OF, COLUMN_OF, COMPETENCE_PIX, LEVEL, Column, label_key
from pixsession.readers.export import ColumnUse


class NoteKind(StrEnum):
    """What a header has that the user should know of."""

    DUPLICATE = "duplicate"
    UNKNOWN_COMPETENCE = "unknown_competence"
    BY_PLACE = "by_place"
    BY_ORDER = "by_order"


class HeaderNote(NamedTuple):
    """One remark on a header: the label as in the file, the competence it was taken for."""

    kind: NoteKind
    label: str
    code: str = ""


class Layout(NamedTuple):
    """The layout of one file: positions of columns, of levels and pix in the order of CODES.

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
    columns = distinct_names([COLUMN_OF.get(key) for key in keys])
    sent = _sent_position(columns)
    columns = _with_sent_at(keys, columns, sent)
    pivot = Pivot(sent, sent, Column.SENT, _RESULTS)
    at, free, repeated, surplus_at = read_head(columns, pivot, lambda i: _is_result(keys[i], columns[i]))
    levels, notes = _competences(header, keys, LEVEL, free)
    competence_pix, _same_notes = _competences(header, keys, COMPETENCE_PIX, free)
    external = at.get(Column.EXTERNAL_ID)
    sent_words = keys[at[Column.SENT_AT]].split() if Column.SENT_AT in at else []
    duplicates = [HeaderNote(NoteKind.DUPLICATE, header[position]) for position in repeated]
    return Layout(
        width=len(header),
        at=at,
        levels=levels,
        competence_pix=competence_pix,
        notes=(*duplicates, *notes),
        external_label=header[external] if external is not None else None,
        surplus_at=surplus_at,
        sent_in_utc="utc" in sent_words,
        sent_with_time="utc" in sent_words or "europ" in " ".join(sent_words),
    )


def _sent_position(columns: list[Column | None]) -> int:
    """The sent column: the last one of its name before the total of pix, or the last of all; -1 for none."""
    positions = [i for i, column in enumerate(columns) if column is Column.SENT]
    totals = [i for i, column in enumerate(columns) if column is Column.PIX]
    before = [i for i in positions if totals and i < totals[-1]]
    return (before or positions or [-1])[-1]


def _with_sent_at(keys: list[str], columns: list[Column | None], sent: int) -> list[Column | None]:
    """The date of the submission is known by its position, even under an unknown label."""
    first = columns.index(Column.FIRST_NAME) if Column.FIRST_NAME in columns else len(columns)
    at = sent + 1
    outside = [*columns[: first + 1], *columns[max(sent, first + 1) :]]
    known = at >= len(columns) or columns[at] or LEVEL.fullmatch(keys[at])
    if sent < 0 or known or Column.SENT_AT in outside:
        return columns
    return [*columns[:at], Column.SENT_AT, *columns[at + 1 :]]


def _is_result(key: str, column: Column | None) -> bool:
    """A result among the free columns was put there by hand: it distinguishes submissions, not students."""
    matches = LEVEL.fullmatch(key) or COMPETENCE_PIX.fullmatch(key)
    return column in {*_RESULTS, Column.SENT} or matches is not None


def _competences(
    header: Sequence[str], keys: list[str], pattern: re.Pattern[str], free: range
) -> tuple[tuple[int | None, ...], list[HeaderNote]]:
    """Positions in the order of CODES of the columns of one sort, and notes on what was not recognised."""
    found: list[tuple[int, str | None]] = []
    for position, key in enumerate(keys):
        match = pattern.fullmatch(key)
        if match is not None:
            found.append((position, CODE_OF.get(match[1])))
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
    known by its position.
    """
    unknown = [
        (position, wanted) for (position, code), wanted in zip(found, CODES, strict=True) if code is None
    ]
    if len(unknown) == len(CODES):
        return [HeaderNote(NoteKind.BY_ORDER, header[unknown[0][0]])]
    return [HeaderNote(NoteKind.BY_PLACE, header[position], code) for position, code in unknown]


def column_uses(header: Sequence[str], layout: Layout) -> tuple[ColumnUse, ...]:
    """What each column of a profile collection was read as."""
    meanings: dict[int | None, str] = {position: column.value for column, position in layout.at.items()}
    for code, level, pix in zip(CODES, layout.levels, layout.competence_pix, strict=True):
        meanings |= {level: f"level {code}", pix: f"pix {code}"}
    return tuple(ColumnUse(label, meanings.get(position)) for position, label in enumerate(header))


def generation_of(layout: Layout) -> str:
    """Since when Pix has written profile collections with these columns: the month, as far as they show."""
    if layout.sent_with_time:
        return "2024-12"
    return "2023-06" if Column.CAMPAIGN_CODE in layout.at else "2020-11"
