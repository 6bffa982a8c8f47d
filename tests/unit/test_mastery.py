"""The mastery of a path: what is missing, who can help, how many have it; unknown is never zero."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import BoardRow, Campaign, CampaignProgress
from pixsession.domain.lesson.group import help_for
from pixsession.domain.lesson.mastery import (
    Evidence,
    Missing,
    mastery_of,
    missing_of,
    percents,
    shares,
    weakest_first,
)
from pixsession.domain.pix.assessment import Mastery
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Profile, Rule
from pixsession.engine.read_once import check_folder
from pixsession.foundation.clock import paris_now
from pixsession.reports.board.check import check_json
from pixsession.settings.config import BoardRequest
from tests.factories.half_groups import GROUP, evaluation
from tests.factories.snapshots import NOW, row
from tests.unit.test_lesson_real_input import FOLDER

RENTREE, OTHER = Campaign("1", "RENTREE11", "Rentrée"), Campaign("2", "AUTRE2222", "Autre")


def sent(campaign: Campaign = RENTREE, **rates: float | None) -> CampaignProgress:
    """Results of a path, `c1_2=0.2`: a fifth of 1.2."""
    found = tuple(
        (name[1:].replace("_", "."), Mastery(rate, 5, None if rate is None else round(rate * 5)))
        for name, rate in rates.items()
    )
    return CampaignProgress(campaign, "assessment", "rentree", True, None, competences=found)


def of(*parts: CampaignProgress, profile: Profile | None = None) -> BoardRow:
    return row(1)._replace(participations=parts, profile=profile)


def test_what_is_missing_in_the_path_comes_weakest_first() -> None:
    found = missing_of(of(sent(c1_1=0.4, c1_2=0.5, c4_1=0.0, c5_2=0.499)))
    assert found == (
        Missing("4.1", Evidence.PATH, 0), Missing("1.1", Evidence.PATH, 40),
    )  # fmt: skip


def test_nothing_sent_is_unknown_and_not_nothing_missing() -> None:
    begun = CampaignProgress(RENTREE, "assessment", "rentree", False, None, progress=0.6)
    assert missing_of(of(begun)) is None
    assert percents(of(begun)) is None
    assert missing_of(of(sent(c1_1=1.0))) == ()


def test_without_a_path_the_profile_tells_the_nearest_first() -> None:
    profile = Profile((1,) * 14 + (0, 0), (8,) * 14 + (2, 7))
    assert missing_of(of(profile=profile)) == (
        Missing("5.2", Evidence.PROFILE, 1), Missing("5.1", Evidence.PROFILE, 6),
    )  # fmt: skip


def test_the_path_of_the_lesson_comes_before_a_newer_one() -> None:
    both = of(sent(OTHER, c1_1=0.9), sent(RENTREE, c1_1=0.1))
    assert mastery_of(both, RENTREE)["1.1"].rate == 0.1
    assert mastery_of(both, Campaign("3", None, ""))["1.1"].rate == 0.9


def test_what_no_path_asks_for_is_unknown() -> None:
    values = percents(of(sent(c1_1=0.0, c2_1=None)))
    assert values is not None
    assert (values[0], values[CODES.index("2.1")], values[CODES.index("1.2")]) == (0, None, None)


def test_shares_leave_the_unknown_out() -> None:
    rows = [of(sent(c1_1=0.2, c1_2=0.8)), of(sent(c1_1=0.6, c1_2=0.6)), of()]
    found = shares(map(percents, rows), 50)
    assert [(one.able, one.known) for one in found[:3]] == [(1, 2), (2, 2), (0, 0)]
    assert [one.competence for one in weakest_first(found)] == ["1.1", "1.2"]


def test_who_can_help_by_path_or_profile_and_of_whom_it_is_not_known() -> None:
    strong = of(sent(c1_1=0.75))._replace(student_id=1, last_name="A")
    high = of(profile=Profile((3,) + (0,) * 15, (24,) + (0,) * 15))._replace(student_id=2, last_name="B")
    weak = of(sent(c1_1=0.74))._replace(student_id=3, last_name="C")
    unknown = of()._replace(student_id=4, last_name="D")
    found = help_for((unknown, weak, high, strong), "1.1")
    assert [one.last_name for one in found.able] == ["A", "B"]
    assert found.unknown == 1


def test_the_contract_tells_mastery_and_null_before_results_are_sent(tmp_path: Path) -> None:
    file = evaluation("10:42", *GROUP)
    file.write_to(tmp_path)
    told = json.loads(check_json(check_folder(BoardRequest(tmp_path, Rule()), paris_now), NOW))
    parts = {one["last_name"]: one["participations"][0] for one in told["students"]}
    assert parts["ROY"]["competences"] is None
    assert parts["ROY"]["areas"] is None
    found = parts["BERNARD"]["competences"]
    assert found
    assert all(one["rate"] == 1 and one["mastered"] == one["targeted"] for one in found.values())


# -- files of Pix's own code, where there are some -----------------------------------------------------------


def test_every_mastery_of_pix_own_exports_equals_their_truth() -> None:
    folder = Path(os.environ.get(FOLDER, "")) / "assessment-half-group"
    if not os.environ.get(FOLDER) or not folder.is_dir():
        pytest.skip(f"no exports of Pix's own code here: {FOLDER} names the folder that has them")
    told = json.loads(check_json(check_folder(BoardRequest(folder, Rule()), paris_now), NOW))
    truth = json.loads(max((folder / "truth").glob("*.json")).read_text(encoding="utf-8"))
    known = {(one["last"], one["first"], one["startedAt"]): one for one in truth["rows"]}
    compared = 0
    for student in told["students"]:
        name = student["last_name"], student["first_name"]
        newest = [one for key, one in known.items() if key[:2] == name]
        part, expected = student["participations"][0], max(newest, key=lambda one: one["startedAt"])
        assert part["competences"] == expected["competences"]
        assert part["areas"] == expected["areas"]
        compared += part["competences"] is not None
    assert compared == truth["tally"]["shared"] - 1  # one student had shared another participation before
