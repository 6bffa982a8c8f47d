"""The rows of a list as students: what is missing, unreadable, doubled or cut is left out, and said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.students import name_key, place_key
from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import N_, _
from pixsession.readers.campaign.labels import label_key
from pixsession.readers.export import Reject
from pixsession.readers.lists.cells import read_clock, read_day, read_extra_time, read_sex, split_student
from pixsession.readers.lists.class_names import class_of_title
from pixsession.readers.lists.labels import Item, Positions
from pixsession.readers.table import Row, Table

_TYPED = {
    Item.BIRTH_DATE: read_day,
    Item.SEX: read_sex,
    Item.EXTRA_TIME: read_extra_time,
    Item.DATE: read_day,
    Item.START: read_clock,
}
_UNREAD = {
    Item.BIRTH_DATE: N_("birth date not read on line {lines}"),
    Item.SEX: N_("sex not read on line {lines}"),
    Item.EXTRA_TIME: N_("extra time not read on line {lines}"),
    Item.DATE: N_("date of the session not read on line {lines}"),
    Item.START: N_("start of the session not read on line {lines}"),
}
_NO_PLACE = N_("neither class nor group on line {lines}")
_NAMES = frozenset({Item.LAST_NAME, Item.FIRST_NAME, Item.STUDENT})
_SMALLEST_SHARE = 0.05  # nobody is given less extra time
_MOST_QUOTED = 60  # characters of a cell in a sentence
_MOST_LINES = 8  # numbers of lines in a sentence
_OF_PRONOTE = ("ulis", "upe2a")  # no class of Pix: their pupils have one besides
# What stands at the foot of a list instead of a name, as a key.
_FOOT = re.compile(
    r"(?:sous )?(?:totaux|total|effectifs?|nombre|nb|moyennes?|count|average)"
    r"(?: (?:\d+|d|de|des|du|la|le|of|in|general|global|classes?|eleves?|etudiants?|students?|pupils?"
    r"|inscrits?|candidats?|filles?|garcons?))*"
)
# Words of titles in a column of whole names.
_OF_TITLES = frozenset(
    """
    professeur professeure prof principal principale classe classes division eleves effectif effectifs total
    liste annee scolaire college lycee etablissement edition page
    """.split()  # noqa: SIM905 - words are read more easily as text
)
_NUMBERING = frozenset({"", "n", "no", "num", "numero", "rang", "ordre", "number"})


class ListRow(NamedTuple):
    """One row, as wide as the header or padded to it."""

    line: int
    cells: list[str]
    positions: Positions

    def text(self, item: Item) -> str | None:
        """What a row tells of an item, without spaces around; None for nothing."""
        positions = self.positions.get(item, ())
        return (self.cells[positions[0]].strip() or None) if positions else None

    def division(self) -> str | None:
        """The class a row tells: Pronote puts that of the pupils of a unit into a column of its own."""
        told = (self.text(Item.DIVISION) or "").strip(" ,;") or None
        home = self.text(Item.HOME_DIVISION)
        return home if home and (told is None or name_key(told).startswith(_OF_PRONOTE)) else told

    def is_title(self) -> bool:
        """Whether a single cell says anything."""
        return sum(1 for cell in self.cells if cell.strip()) == 1

    def texts(self, item: Item) -> tuple[str, ...]:
        """All that a row tells of an item that may have several columns."""
        return tuple(text for p in self.positions.get(item, ()) if (text := self.cells[p].strip()))


class ListRows:
    """Goes through the rows of one list; gathers the lines that are left out and what was not read."""

    def __init__(self, table: Table, positions: Positions) -> None:
        self.rejects: list[Reject] = []
        self._table = table
        self._positions = positions
        self._unread: dict[str, list[int]] = {}
        self._seen: dict[tuple[object, ...], int] = {}
        self._numbers: dict[str, tuple[int, str]] = {}
        self._met = 0  # students

    def __iter__(self) -> Iterator[ListRow]:
        """Each row that fits the header; raises UnreadableExport where the file is cut."""
        held: Row | None = None
        for row in self._table.rows:
            if held is not None:
                yield from self._fitted(*held)
            held = row
        if held is not None:
            yield from self._fitted(*held) if self._table.ended else self._last(*held)
        elif not self._table.ended:
            raise UnreadableExport(
                _("the header is cut: the download is incomplete, download it again"),
                self._table.header_line,
            )

    def reject(self, line: int, cause: str) -> None:
        """Leave a line out."""
        self.rejects.append(Reject(line, cause))

    def without_place(self, line: int) -> None:
        """Note that a line tells neither class nor group."""
        self.doubt(_NO_PLACE, line)

    def doubt(self, sentence: str, line: int) -> None:
        """Note that something of a line was not read; `sentence` is marked with N_ and has `{lines}`."""
        self._unread.setdefault(sentence, []).append(line)

    def typed(self, row: ListRow, item: Item) -> str | float | None:
        """The value of a date, sex, time or share; None, and noted, where the cell says something else."""
        text = row.text(item)
        if text is None:
            return None
        value = _TYPED[item](text)
        if item is Item.EXTRA_TIME and isinstance(value, float) and self._may_be_whole(text, value):
            value = None
        if value is None:
            self.doubt(_UNREAD[item], row.line)
        return value

    def title(self, row: ListRow) -> str | None:
        """The class that a row between those of students tells."""
        return class_of_title("".join(row.cells)) if row.is_title() else None

    def student(
        self, row: ListRow, session: int | None = None, division: str | None = None
    ) -> ExpectedStudent | None:
        """Whom a row is about; None, and rejected, for nobody, for half a name, for a line met before.

        `division`: the class of those whose row tells none.
        """
        names = self._names(row, division)
        if names is None:
            return None
        birth_date, sex = self.typed(row, Item.BIRTH_DATE), self.typed(row, Item.SEX)
        extra_time = self.typed(row, Item.EXTRA_TIME)
        found = ExpectedStudent(
            row.line,
            *names,
            used_name=row.text(Item.USED_NAME),
            other_first_names=row.texts(Item.OTHER_FIRST_NAMES),
            division=row.division() or division,
            group=row.text(Item.GROUP),
            birth_date=birth_date if isinstance(birth_date, str) else None,
            sex=sex if isinstance(sex, str) else None,
            student_number=row.text(Item.STUDENT_NUMBER),
            external_id=row.text(Item.EXTERNAL_ID),
            extra_time=extra_time if isinstance(extra_time, float) else None,
            session=session,
        )
        is_new = self.is_new(found)
        self._met += is_new
        return found if is_new else None

    def is_new(self, found: ExpectedStudent) -> bool:
        """Whether no line before is about the same student; else the line is rejected."""
        name = f"{name_key(found.last_name)}|{name_key(found.first_name)}"
        positions = (place_key(found.division or ""), place_key(found.group or ""))
        known = (name, *positions, found.birth_date, found.student_number, found.external_id, found.session)
        first = self._seen.setdefault(known, found.line)
        if found.student_number is not None and first == found.line:
            number = f"{name_key(found.student_number)}|{found.session}"
            first, owner = self._numbers.setdefault(number, (found.line, name))
            if owner != name:
                self.doubt(N_("number of another student on line {lines}"), found.line)
                return True
        if first != found.line:
            self.reject(found.line, _("the same student as on line {line}").format(line=first))
        return first == found.line

    def _may_be_whole(self, text: str, share: float) -> bool:
        """Whether "1" is the 100 % that a percentage cell of a workbook keeps, rather than 1 %."""
        return self._table.origin.form != "csv" and "%" not in text and 0 < share < _SMALLEST_SHARE

    def notes(self) -> tuple[str, ...]:
        """What was guessed and what was not read, in the user's language."""
        origin = self._table.origin
        guessed = (
            (_("encoding guessed: {encoding}").format(encoding=origin.encoding),) if origin.guessed else ()
        )
        if self._met and len(self._unread.get(_NO_PLACE, ())) == self._met > 1:
            del self._unread[_NO_PLACE]
            words = _("no class in this list: add a column “Classe”, or the class on a line of its own above")
            guessed = (*guessed, words)
        return guessed + tuple(
            _(sentence).format(lines=_listed(lines)) for sentence, lines in self._unread.items()
        )

    def _names(self, row: ListRow, division: str | None) -> tuple[str, str] | None:
        last, first = row.text(Item.LAST_NAME), row.text(Item.FIRST_NAME)
        if last is None and first is None:
            return self._whole_name(row, division)
        if self._is_header_again(row):
            self.reject(row.line, _("the header once more"))
        elif _is_foot(" ".join(filter(None, (last, first)))):
            self.reject(row.line, _not_a_name(" ".join(filter(None, (last, first)))))
        elif last is None:
            self.reject(row.line, _("no last name"))
        elif first is None:
            self.reject(row.line, _("no first name"))
        elif not _could_be_names(last, first):
            self.reject(row.line, _not_a_name(f"{last} {first}"))
        else:
            return last, first
        return None

    def _whole_name(self, row: ListRow, division: str | None) -> tuple[str, str] | None:
        """The names of a row that has them in one cell, or none at all."""
        text = row.text(Item.STUDENT)
        if text is None:
            self._nobody(row)
        elif self._is_header_again(row):
            self.reject(row.line, _("the header once more"))
        elif (
            any(character.isdigit() for character in text)
            or not any(map(str.isalpha, text))
            or _is_foot(text)
            or (row.is_title() and _OF_TITLES & set(name_key(text).split()))
        ):
            self.reject(row.line, _not_a_name(text))
        else:
            return self._told_apart(
                row, text, has_place=bool(row.division() or row.text(Item.GROUP) or division)
            )
        return None

    def _told_apart(self, row: ListRow, text: str, *, has_place: bool) -> tuple[str, str] | None:
        """Last and first name of a whole name; None, and rejected, where nothing tells that this is somebody.

        In one column stand titles and totals too: a class tells, or a birth date beside a name that splits.
        """
        names = split_student(text)
        if not has_place and (names is None or read_day(row.text(Item.BIRTH_DATE) or "") is None):
            self.reject(row.line, _("neither class nor group: “{name}”").format(name=text[:_MOST_QUOTED]))
            return None
        if names is None:
            self.doubt(N_("last and first name not told apart on line {lines}"), row.line)
        return names or (" ".join(text.split()), "")

    def _nobody(self, row: ListRow) -> None:
        """A row without a name: silently left out when it holds nothing but its number."""
        filled = [position for position, cell in enumerate(row.cells) if cell.strip()]
        if len(filled) > 1 or not all(self._is_number(row, position) for position in filled):
            self.reject(row.line, _("no name"))

    def _is_number(self, row: ListRow, position: int) -> bool:
        """Whether a cell is but the number of its line, which stands before an empty one too."""
        label = label_key(self._table.header[position])
        return row.cells[position].strip().isdigit() and (position == 0 or label in _NUMBERING)

    def _is_header_again(self, row: ListRow) -> bool:
        positions = [p for item in _NAMES for p in self._positions.get(item, ())]
        header = self._table.header
        return all(label_key(row.cells[p]) == label_key(header[p]) for p in positions)

    def _fitted(self, line: int, cells: list[str]) -> Iterator[ListRow]:
        """The row, padded where a spreadsheet has dropped empty cells at its end; nothing where it is odd."""
        width, found = len(self._table.header), len(cells)
        while found > width and not cells[found - 1].strip():
            found -= 1
        row = ListRow(line, [*cells[:found], *[""] * (width - found)], self._positions)
        if found <= width and (
            (found == 1 and self.title(row) is not None)
            or found == width
            or self._table.origin.form != "csv"
            or self._is_short(row, found)
        ):
            yield row
        else:
            self.reject(
                line, _("{found} cells instead of {width}").format(found=found, width=len(self._table.header))
            )

    def _is_short(self, row: ListRow, found: int) -> bool:
        """Whether a row too short lacks only its end: Excel drops delimiters after the last cell in use.

        Where a cell in the middle is missing those after it have moved: a date, a sex or a share tells.
        """
        ends = [p for item in _NAMES | {Item.DIVISION} for p in self._positions.get(item, ())]
        typed = [(item, text) for item in _TYPED if (text := row.text(item)) is not None]
        return max(ends, default=0) < found and all(_TYPED[item](text) is not None for item, text in typed)

    def _last(self, line: int, cells: list[str]) -> Iterator[ListRow]:
        """The last row of a file that does not end with its line: its last cell may be cut, or missing."""
        width = len(self._table.header)
        if len(cells) < width:
            raise UnreadableExport(
                _("the last line is cut: the download is incomplete, download it again"), line
            )
        at_end = next((i for i, positions in self._positions.items() if width - 1 in positions), None)
        if len(cells) == width and at_end is not None and not _is_whole(at_end, cells[-1]):
            self.doubt(N_("last cell perhaps cut, not read on line {lines}"), line)
            cells = [*cells[:-1], ""]
        yield from self._fitted(line, cells)


def _is_whole(item: Item, cell: str) -> bool:
    """Whether the last cell of a file shows by itself that nothing of it is missing."""
    if item is Item.EXTRA_TIME:
        return cell.strip().endswith("%")
    return item in _TYPED and item is not Item.START and _TYPED[item](cell) is not None


def _is_foot(text: str) -> bool:
    """Whether a total stands where a name does."""
    return _FOOT.fullmatch(name_key(text)) is not None


def _could_be_names(last: str, first: str) -> bool:
    """A total at the foot of a list is nobody; Pix itself writes "-" for a first name that is not known."""
    no_digit = not any(map(str.isdigit, first))
    return any(map(str.isalpha, last)) and (no_digit or any(map(str.isalpha, first)))


def _not_a_name(text: str) -> str:
    return _("not a name: “{name}”").format(name=text[:_MOST_QUOTED])


def _listed(lines: list[int]) -> str:
    listed = ", ".join(map(str, lines[:_MOST_LINES]))
    return f"{listed}…" if len(lines) > _MOST_LINES else listed
