"""What a board measures its students against: the year of a class, who has reached it, who is short."""

from __future__ import annotations

import random

import pytest

from pixsession.domain.lesson.aims import Aim, aim_counts
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, year_preset
from pixsession.domain.pix.competences import CODES
from tests.factories.lessons import profile
from tests.factories.snapshots import row

YEARS = {
    "6e": ("6eB", "6E1", "6ème A", "601", "6 A", "6B"),
    "5e": ("5eB gr1", "[5EB GR1]", "503", "5èmeC"),
    "4e-3e": ("4eC", "3eA", "3PM", "302", "3e SEGPA"),
    "lycee": ("2nde 4", "2DE3", "2GT5", "1re G2", "1ère3", "1G4", "1STMG2", "Tle B", "TG3", "TSTMG1", "T05"),
}


@pytest.mark.parametrize(("preset", "place"), [(year, one) for year, some in YEARS.items() for one in some])
def test_the_name_of_a_class_tells_its_year(preset: str, place: str) -> None:
    assert year_preset(place) == preset


@pytest.mark.parametrize("place", ["", "ULIS", "Groupe 1", "ANG LV1", "BTS SIO", "12", "7eA", "UPE2A"])
def test_another_name_tells_none(place: str) -> None:
    assert year_preset(place) is None


def test_the_presets_are_those_of_the_years() -> None:
    asked = {name: one[1:] for name, one in OBJECTIVE_PRESETS.items()}
    assert asked["5e"] == (5, 1, 1)
    assert asked["4e-3e"] == (16, 1, 0)
    assert asked["certification"] == (5, 1, 0)
    assert list(asked) == ["6e", "5e", "4e-3e", "certification", "lycee"]


def reaches(pix: list[int], least: int, level: int, per_area: int) -> bool:
    there = [code for code, one in zip(CODES, pix, strict=True) if one // 8 >= level]
    areas = (sum(code[0] == area for code in there) for area in "12345")
    return len(there) >= least and min(areas) >= per_area


@pytest.mark.parametrize("seed", range(12))
def test_each_student_is_measured_by_the_year_of_the_class(seed: int) -> None:
    dice = random.Random(seed)
    classes = {"6eA": (3, 1, 0), "5eB": (5, 1, 1), "3eC": (16, 1, 0), "2nde 1": (16, 2, 0), "Club": None}
    rows, expected, short = [], 0, set()
    for number in range(1, 40):
        place = dice.choice(list(classes))
        pix = [dice.choice((0, 5, 8, 9, 17, 25)) if dice.random() < 0.9 else 24 for _ in CODES]
        rows.append(row(number)._replace(division=place, profile=profile(*pix)))
        asked = classes[place]
        if asked is not None and reaches(pix, *asked):
            expected += 1
        elif asked is not None:
            short.add(number)
    rows.append(row(40)._replace(division="5eB", profile=None))
    aim = Aim(None)
    assert aim_counts(rows, aim) == (expected, expected + len(short), 1)
    assert {one.student_id for one in rows if aim.is_short(one)} == {*short, 40}
