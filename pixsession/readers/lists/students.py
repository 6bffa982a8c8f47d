"""The rows of a list as expected students; rows without a whole name and repetitions are rejected."""

from __future__ import annotations

import re

from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.students import name_key, place_key
from pixsession.foundation.i18n import N_, _
from pixsession.readers.dates import read_day
from pixsession.readers.lists.cells import split_student
from pixsession.readers.lists.labels import Item
from pixsession.readers.lists.rows import ListRow, ListRows

_NO_CLASS = N_("neither class nor group on line {lines}")
_MOST_QUOTED = 60  # characters of a cell in a sentence
# Totals at the foot of a list in a column of names, as keys.
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


class StudentReader:
    """Reads the students of one list, each once."""

    def __init__(self, rows: ListRows) -> None:
        self._rows = rows
        self._remarks = rows.remarks
        self._seen: dict[tuple[object, ...], int] = {}
        self._numbers: dict[str, tuple[int, str]] = {}
        self._count = 0

    def read(
        self, row: ListRow, session: int | None = None, division: str | None = None
    ) -> ExpectedStudent | None:
        """The student of a row; None, and rejected, without a whole name or for a line that repeats another.

        `division`: the class where the row has none.
        """
        names = self._names(row, division)
        if names is None:
            return None
        birth_date, sex = self._rows.typed(row, Item.BIRTH_DATE), self._rows.typed(row, Item.SEX)
        extra_time = self._rows.typed(row, Item.EXTRA_TIME)
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
        is_new = self._is_new(found)
        self._count += is_new
        return found if is_new else None

    def _is_new(self, found: ExpectedStudent) -> bool:
        """Whether no line before is about the same student; else the line is rejected."""
        name = f"{name_key(found.last_name)}|{name_key(found.first_name)}"
        classes = (place_key(found.division or ""), place_key(found.group or ""))
        known = (name, *classes, found.birth_date, found.student_number, found.external_id, found.session)
        first = self._seen.setdefault(known, found.line)
        if found.student_number is not None and first == found.line:
            number = f"{name_key(found.student_number)}|{found.session}"
            first, owner = self._numbers.setdefault(number, (found.line, name))
            if owner != name:
                self._remarks.unread(N_("number of another student on line {lines}"), found.line)
                return True
        if first != found.line:
            self._remarks.reject(found.line, _("the same student as on line {line}").format(line=first))
        return first == found.line

    def without_class(self, line: int) -> None:
        """Note that a line has neither class nor group."""
        self._remarks.unread(_NO_CLASS, line)

    def notes(self) -> tuple[str, ...]:
        """What was guessed and what was not read, in the user's language."""
        notes = self._rows.origin.notes()
        if self._remarks.count(_NO_CLASS) == self._count > 1:
            words = _("no class in this list: add a column “Classe”, or the class on a line of its own above")
            return (*notes, words, *self._remarks.sentences(without=_NO_CLASS))
        return (*notes, *self._remarks.sentences())

    def _names(self, row: ListRow, division: str | None) -> tuple[str, str] | None:
        last, first = row.text(Item.LAST_NAME), row.text(Item.FIRST_NAME)
        if last is None and first is None:
            return self._whole_name(row, division)
        if self._rows.repeats_header(row):
            self._remarks.reject(row.line, _("the header once more"))
        elif _is_foot(" ".join(filter(None, (last, first)))):
            self._remarks.reject(row.line, _not_a_name(" ".join(filter(None, (last, first)))))
        elif last is None:
            self._remarks.reject(row.line, _("no last name"))
        elif first is None:
            self._remarks.reject(row.line, _("no first name"))
        elif not _could_be_names(last, first):
            self._remarks.reject(row.line, _not_a_name(f"{last} {first}"))
        else:
            return last, first
        return None

    def _whole_name(self, row: ListRow, division: str | None) -> tuple[str, str] | None:
        """The names of a row that has them in one cell, or none at all."""
        text = row.text(Item.STUDENT)
        if text is None:
            self._nobody(row)
        elif self._rows.repeats_header(row):
            self._remarks.reject(row.line, _("the header once more"))
        elif (
            any(character.isdigit() for character in text)
            or not any(map(str.isalpha, text))
            or _is_foot(text)
            or (row.is_title() and _OF_TITLES & set(name_key(text).split()))
        ):
            self._remarks.reject(row.line, _not_a_name(text))
        else:
            return self._told_apart(
                row, text, has_place=bool(row.division() or row.text(Item.GROUP) or division)
            )
        return None

    def _told_apart(self, row: ListRow, text: str, *, has_place: bool) -> tuple[str, str] | None:
        """Last and first name of a whole name; None, and rejected, where it may be no person.

        The column holds titles and totals too: there must be a class, or a birth date and a name that splits.
        """
        names = split_student(text)
        if not has_place and (names is None or read_day(row.text(Item.BIRTH_DATE) or "") is None):
            self._remarks.reject(
                row.line, _("neither class nor group: “{name}”").format(name=text[:_MOST_QUOTED])
            )
            return None
        if names is None:
            self._remarks.unread(N_("last and first name not told apart on line {lines}"), row.line)
        return names or (" ".join(text.split()), "")

    def _nobody(self, row: ListRow) -> None:
        """A row without a name: silently left out when it holds nothing but its number."""
        filled = [position for position, cell in enumerate(row.cells) if cell.strip()]
        if len(filled) > 1 or not all(self._rows.is_row_number(row, position) for position in filled):
            self._remarks.reject(row.line, _("no name"))


def _is_foot(text: str) -> bool:
    """Whether a total is in place of a name."""
    return _FOOT.fullmatch(name_key(text)) is not None


def _could_be_names(last: str, first: str) -> bool:
    """Whether these may be names, unlike totals; Pix itself writes "-" for an unknown first name."""
    no_digit = not any(map(str.isdigit, first))
    return any(map(str.isalpha, last)) and (no_digit or any(map(str.isalpha, first)))


def _not_a_name(text: str) -> str:
    return _("not a name: “{name}”").format(name=text[:_MOST_QUOTED])
