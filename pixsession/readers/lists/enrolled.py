"""The rows of enrolled students: an ENT has accounts of parents and teachers, and some pupils have left."""

from __future__ import annotations

from collections.abc import Iterator

from pixsession.domain.people.students import name_key
from pixsession.foundation.i18n import ngettext
from pixsession.readers.dates import read_day
from pixsession.readers.lists.labels import Item
from pixsession.readers.lists.rows import ListRow, ListRows

# What the accounts of an ENT are called, by their first word.
_STUDENTS = frozenset(
    {"eleve", "eleves", "etudiant", "etudiants", "apprenant", "student", "pupil", "learner"}
)
_OTHERS = frozenset(
    """
    parent parents responsable responsables tuteur tutrice relative relatives guardian enseignant enseignante
    enseignants professeur professeurs teacher teachers personnel personnels staff personal direction
    administrateur administratif invite guest accompagnant assistant autre
    """.split()  # noqa: SIM905 - words are read more easily as text
)


class EnrolledRows:
    """The rows of a list about students who are enrolled; counts the others."""

    def __init__(self, rows: ListRows, today: str) -> None:
        """`today`, as ISO 8601: when the list was made."""
        self._rows = rows
        self._today = today
        self._others = self._left = 0

    def __iter__(self) -> Iterator[ListRow]:
        """Each row but those of parents, teachers and other accounts, and of pupils who have left."""
        rows = list(self._rows)
        accounts = {_first_word(row.text(Item.ACCOUNT)) for row in rows}
        has_accounts = bool(accounts & (_STUDENTS | _OTHERS))
        for row in rows:
            is_student = _first_word(row.text(Item.ACCOUNT)) in _STUDENTS
            if (has_accounts and not is_student) or (row.text(Item.CHILDREN) and not is_student):
                self._others += 1
            elif self._has_left(row):
                self._left += 1
            else:
                yield row

    def _has_left(self, row: ListRow) -> bool:
        day = read_day(row.text(Item.LEFT_ON) or "")
        return day is not None and day < self._today

    def notes(self) -> list[str]:
        """How many lines were left out, in the user's language."""
        others = ngettext(
            "{n} line of no student left out (parent, teacher or other account)",
            "{n} lines of no student left out (parents, teachers or other accounts)",
            self._others,
        )
        left = ngettext("{n} pupil who has left", "{n} pupils who have left", self._left)
        counts = ((self._others, others), (self._left, left))
        return [sentence.format(n=count) for count, sentence in counts if count]


def _first_word(text: str | None) -> str:
    return next(iter(name_key(text or "").split()), "")
