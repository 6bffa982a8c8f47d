"""Whatever a spreadsheet made of the dates: nobody is eligible whom another order of them would refuse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.examples import examples
from tests.factories.exports import CAMPAIGN, SENT_AT, Sheet, row_of, sent, student
from tests.factories.reached import reached
from tests.factories.samples import Generation, Layout, profiles_export
from tests.properties.drawn import board_from

NOW = datetime(2026, 11, 26, 10, 0)  # noqa: DTZ001 - Paris time without zone
NAME = "Resultats-Collecte-731958-2026-11-26-1000.csv"
NAMES = ("ARIEL", "BRANLY", "CORTOT", "DULAC")
Day = tuple[int, int]  # month and day, as sent
Texts = tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """For each student the days of the sends, with how many competences, and each date as it is written."""

    sends: tuple[tuple[tuple[Day, int], ...], ...]
    texts: tuple[Texts, ...]


@st.composite
def files(draw: st.DrawFn) -> Drawn:
    low = draw(st.booleans())  # no day beyond 12: nothing decides
    day = st.tuples(st.integers(1, 11), st.integers(1, 12 if low else 25))
    one = st.lists(
        st.tuples(day, st.sampled_from((3, 5, 6))), min_size=1, max_size=3, unique_by=lambda s: s[0]
    )
    sends = draw(st.lists(one, min_size=1, max_size=len(NAMES)))
    form = draw(st.sampled_from(("day", "month", "mixed")))
    texts = []
    for own in sends:
        forms = [draw(st.sampled_from(("day", "month"))) if form == "mixed" else form for _send in own]
        texts.append(tuple(_written(day, order) for (day, _count), order in zip(own, forms, strict=True)))
    return Drawn(tuple(map(tuple, sends)), tuple(texts))


def _written(day: Day, order: str) -> str:
    first, second = day if order == "month" else day[::-1]
    return f"{first:02}/{second:02}/2026 08:00"


def _content(drawn: Drawn) -> bytes:
    """The file, saved again: the dates are put in row by row, by name and number of competences and day."""
    people = []
    for name, own in zip(NAMES, drawn.sends, strict=False):
        lines = [sent(f"2026-{month:02}-{day:02}T08:00", count) for (month, day), count in own]
        people.append(student(name, "Zoé", *lines))
    export = profiles_export(people, Generation.PARIS_MINUTES, Layout(), NOW, CAMPAIGN)
    plain = Sheet.of(export.content)
    name_at, at = plain.header.index("Nom du Participant"), plain.header.index(SENT_AT)
    text_of = {
        (name, f"{day:02}/{month:02}/2026 08:00"): text
        for name, own, texts in zip(NAMES, drawn.sends, drawn.texts, strict=False)
        for ((month, day), _count), text in zip(own, texts, strict=True)
    }
    for number, row in enumerate(plain.rows):
        plain = plain.with_cell(SENT_AT, text_of[row[name_at], row[at]], number)
    return plain.content("utf-8")


def _as(text: str, order: str) -> date | None:
    """What a text is in one order; None where no calendar has it."""
    first, second = int(text[:2]), int(text[3:5])
    month, day = (first, second) if order == "month" else (second, first)
    try:
        return date(2026, month, day)
    except ValueError:
        return None


def _worlds(drawn: Drawn) -> list[tuple[tuple[date, ...], ...]]:
    """Every way to read the file: one order for all where that can be, else each date in its own."""
    every = [text for own in drawn.texts for text in own]
    valid = [order for order in ("day", "month") if all(_as(text, order) for text in every)]
    if not valid:
        return list(_each_apart(drawn.texts))
    limit = (NOW + timedelta(days=1)).date()
    in_time = [order for order in valid if all((_as(text, order) or limit) <= limit for text in every)]
    return [
        tuple(tuple(found for text in own if (found := _as(text, order))) for own in drawn.texts)
        for order in (in_time or valid)
    ]


def _each_apart(texts: Sequence[Texts]) -> Iterator[tuple[tuple[date, ...], ...]]:
    """Student by student: what one was sent tells nothing of another."""
    ways = [
        list(product(*([d for d in {_as(text, "day"), _as(text, "month")} if d] for text in own)))
        for own in texts
    ]
    for number in range(max(map(len, ways))):
        yield tuple(own[number % len(own)] for own in ways)


def _verdict(own: Sequence[tuple[Day, int]], dates: Sequence[date]) -> set[Eligibility]:
    """The states that the latest of these profiles may give: several where two are of one minute."""
    last = max(dates)
    counts = {count for (_day, count), found in zip(own, dates, strict=True) if found == last}
    if len(counts) > 1:
        return {Eligibility.TO_CHECK}
    return {Eligibility.ELIGIBLE if counts.pop() >= 5 else Eligibility.NOT_ELIGIBLE}


@examples(75)
@given(files())
def test_no_order_of_day_and_month_refuses_whom_the_board_calls_eligible(drawn: Drawn) -> None:
    worlds = _worlds(drawn)
    with board_from((NAME, _content(drawn), NOW)) as snapshot:
        for number, own in enumerate(drawn.sends):
            found = row_of(snapshot, NAMES[number]).eligibility
            possible = {state for world in worlds for state in _verdict(own, world[number])}
            if len(possible) > 1:
                reached()
                assert found is Eligibility.TO_CHECK, (possible, drawn)
            else:
                reached()
                assert {found} == possible, drawn
