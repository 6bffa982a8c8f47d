"""Exports of which only what changed is resolved: everybody is who they are when all of it is."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pixsession.domain.pix.participation import Participation
from tests.factories.register import A, B, Years, line

SENT = {"sent_at": "2026-03-12T07:00", "pix": 90}
_Export = tuple[str, list[Participation], int]  # the campaign, its lines, the minute


def shown(letter: str, place: str | None = "3eA", number: str | None = None) -> Participation:
    """Somebody who has sent a profile: the same one in every export."""
    return line(letter, "Z", place, number=number, **SENT)  # type: ignore[arg-type]


def series(chance: Random) -> Iterator[_Export]:
    """Exports of two campaigns, most of them as the one before but for a line or two; some come late."""
    there: dict[str, list[Participation]] = {A: [], B: []}
    for number in range(chance.choice((3, 5, 7))):
        campaign = chance.choice((A, A, B))
        lines = there[campaign]
        for _change in range(chance.choice((0, 1, 2)) if lines else 4):
            if lines and chance.random() < 0.5:
                lines.pop(chance.randrange(len(lines)))
            lines.insert(chance.randrange(len(lines) + 1), _somebody(chance))
        yield campaign, [*lines], chance.choice((number * 10, number * 10, number * 10 - 15))


def _somebody(chance: Random) -> Participation:
    return line(
        chance.choice(("A", "A", "B", "b", "")),
        "",
        chance.choice((None, "3eA", "3e a", "3eB", "3eC")),
        sent_at=chance.choice((None, "2026-03-12T09:31", "2026-03-12T09:40")),
        pix=7,
        number=chance.choice((None, None, None, "1", "2")),
        external_id=chance.choice((None, None, "1", "x")),
    )


def test_what_changed_alone_says_of_everybody_what_the_whole_export_says() -> None:
    for seed in range(200):
        whole, changed = Years(), Years(again=True)
        for campaign, lines, minute in series(Random(seed)):
            expected = whole.export(campaign, *lines, minutes=minute)
            assert changed.export(campaign, *lines, minutes=minute) == expected, seed
            assert changed.touched == whole.touched, seed


def test_those_of_whose_name_nothing_changed_are_not_asked_for_again() -> None:
    years = Years(again=True)
    anna, ben, cleo = shown("A"), shown("B"), shown("C")
    assert years.export(A, anna, ben, cleo) == [1, 2, 3]
    assert years.export(A, anna, ben._replace(pix=95), cleo) == [1, 2, 3]
    assert years.weighed == {1}
    assert years.export(A, anna, cleo) == [1, 3]
    assert years.weighed == set()
    # A namesake makes her who has the name be asked for, and the one gone again does.
    assert years.export(A, anna, cleo, shown("A", "3eB")) == [1, 3, 4]
    assert years.weighed == {0, 2}
    assert years.export(A, anna, cleo) == [1, 3]
    assert years.weighed == {0}
    assert years.export(A, anna, cleo) == [1, 3]
    assert years.weighed == set()
