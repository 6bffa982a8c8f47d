"""Which session of the lists is held: by number, day and hour; what is doubtful is said."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from pixsession.domain.certification.session import ExpectedFrom
from pixsession.domain.certification.slots import Slot, held_slots
from pixsession.domain.people.expected import SessionFacts
from tests.factories.days import SESSION  # 12 March 2026, 08:30


def slot(day: str | None, hour: str | None, number: str | None = None, file: str = "import.csv") -> Slot:
    return Slot(file, SessionFacts(number, "Collège", "Salle 1", day, hour, ()))


FIRST, SECOND, NEXT_DAY = (
    slot("2026-03-12", "08:30"),
    slot("2026-03-12", "10:30"),
    slot("2026-03-13", "08:30"),
)
UNKNOWN = Slot("liste.ods", None)
NUMBERED = slot("2026-03-12", "10:30", "412207")
NAMED = ExpectedFrom(lists=(Path("import.csv"),))


@pytest.mark.parametrize(
    ("slots", "source", "taken", "said"),
    [
        ((FIRST, SECOND, NEXT_DAY), ExpectedFrom(), (FIRST,), ""),
        ((FIRST, UNKNOWN), ExpectedFrom(), (FIRST, UNKNOWN), ""),
        ((UNKNOWN, NEXT_DAY), ExpectedFrom(), (UNKNOWN,), ""),
        ((SECOND,), ExpectedFrom(), (SECOND,), "import.csv: the session starts at 10:30"),
        ((NEXT_DAY,), ExpectedFrom(), (NEXT_DAY,), "import.csv is of 13 Mar"),
        ((NEXT_DAY, slot("2026-03-14", "08:30")), ExpectedFrom(), (), "import.csv is of 13 Mar"),
        ((NEXT_DAY, slot("2026-03-14", "08:30")), NAMED, None, "import.csv is of 13 Mar"),
        ((FIRST, NUMBERED), ExpectedFrom(session_number="412207"), (NUMBERED,), ""),
        ((FIRST, NUMBERED), ExpectedFrom(session_number="1"), (), "there are: 412207."),
        ((FIRST, SECOND), ExpectedFrom(session_number="1"), (FIRST,), "no session has a number"),
        ((), ExpectedFrom(session_number="1"), (), ""),
    ],
)  # fmt: skip
def test_the_session_that_is_held(
    slots: tuple[Slot, ...], source: ExpectedFrom, taken: tuple[Slot, ...] | None, said: str
) -> None:
    held = held_slots(slots, SESSION, source)
    assert held.slots == (slots if taken is None else taken)
    assert said in " ".join(held.warnings)
    assert bool(held.warnings) is bool(said)


def test_several_slots_and_no_start_are_all_called_and_named() -> None:
    held = held_slots((FIRST, SECOND), SESSION._replace(start=None), ExpectedFrom())
    assert held.slots == (FIRST, SECOND)
    assert "08:30, 10:30" in held.warnings[0]
    held = held_slots((FIRST, SECOND), SESSION._replace(start=time(9)), ExpectedFrom())
    assert held.slots == (FIRST, SECOND)
    assert held.warnings
