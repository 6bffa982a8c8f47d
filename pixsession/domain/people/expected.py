"""Who is expected: students of class lists, candidates of certification sessions."""

import re
from typing import NamedTuple

_BETWEEN_GROUPS = re.compile(r"[\[\],;|\n]+")


class SessionFacts(NamedTuple):
    """One certification session as its candidate list, attendance sheet or mass import describes it."""

    number: str | None
    site: str | None
    room: str | None
    date: str | None  # ISO 8601
    start: str | None  # "08:30"
    invigilators: tuple[str, ...]


class ExpectedStudent(NamedTuple):
    """One student of a list, typed; None where the list does not tell.

    `session` is the position, in the file's sessions, of the one a candidate is called to.
    """

    line: int
    last_name: str
    first_name: str
    used_name: str | None = None  # nom d'usage
    other_first_names: tuple[str, ...] = ()
    division: str | None = None
    group: str | None = None
    birth_date: str | None = None  # ISO 8601
    sex: str | None = None  # "M" or "F"
    student_number: str | None = None  # INE, or the number of the establishment
    external_id: str | None = None  # "Identifiant local", "Identifiant externe"
    extra_time: float | None = None  # fraction: 0.33
    session: int | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """Each group of the cell, which may name several."""
        return groups_of(self.group)


def groups_of(cell: str | None) -> tuple[str, ...]:
    """The groups that one cell names, as Pronote writes them: `[5EB GR1], [ANG1]` or `5EB_GR1, ANG LV1`."""
    if not cell:
        return ()
    return tuple(dict.fromkeys(name for part in _BETWEEN_GROUPS.split(cell) if (name := part.strip())))
