"""The competences to choose, against brute force; who is grouped by a path alone, and who helps."""

from __future__ import annotations

import json
import os
import random
from itertools import combinations
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.lesson.choice import choice_of
from pixsession.domain.lesson.mastery import Evidence
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.domain.lesson.targeted import LEAST, MOST, targeted_sessions
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.read_once import check_folder
from pixsession.foundation.clock import paris_now
from pixsession.settings.config import BoardRequest
from tests.factories.lessons import profile
from tests.factories.mastery import sent_path
from tests.factories.snapshots import row
from tests.unit.test_lesson_real_input import FOLDER

FIVE = OBJECTIVE_PRESETS["5e"]


def drawn(seed: int) -> dict[int, dict[str, int] | None]:
    """By student, the per cent of each competence of the path; None: sent nothing."""
    dice = random.Random(seed)
    asked = sorted(dice.sample(CODES, dice.randint(9, 16)), key=CODES.index)
    return {
        number: {code: dice.choice((0, 20, 49, 50, 75, 100)) for code in asked}
        if dice.random() < 0.8
        else None
        for number in range(1, dice.randint(8, 20))
    }


def rows_of(group: dict[int, dict[str, int] | None]) -> list[BoardRow]:
    return [sent_path(row(number)._replace(profile=None), known) for number, known in group.items()]


@pytest.mark.parametrize("objective", [FIVE, OBJECTIVE_PRESETS["certification"]])
@pytest.mark.parametrize("seed", range(15))
def test_no_other_five_serve_more_students(seed: int, objective: object) -> None:
    group = drawn(seed)
    choice = choice_of(rows_of(group), None, objective)  # type: ignore[arg-type]
    known = [one for one in group.values() if one is not None]
    assert choice.evidence is Evidence.PATH
    assert choice.unknown == len(group) - len(known)
    able = {code: sum(one[code] >= 50 for one in known) for code in known[0]}
    assert {one.competence: one.able for one in (*choice.chosen, *choice.others)} == able
    areas = {code[0] for code in able}
    wanted = areas if objective is FIVE else set()
    best = max(
        sum(able[code] for code in five)
        for five in combinations(able, 5)
        if wanted <= {code[0] for code in five}
    )
    assert sum(one.able for one in choice.chosen) == best
    assert wanted <= {one.competence[0] for one in choice.chosen}


def test_profiles_serve_where_nobody_sent_results_and_are_never_mixed_with_them() -> None:
    near, far = row(1)._replace(profile=profile(4, 3)), row(2)._replace(profile=profile(8, 4))
    choice = choice_of([near, far, row(3)._replace(profile=None)], None, FIVE)
    assert choice.evidence is Evidence.PROFILE
    assert choice.unknown == 1
    counts = {one.competence: (one.able, one.known) for one in (*choice.chosen, *choice.others)}
    assert (counts["1.1"], counts["1.2"], counts["1.3"]) == ((2, 2), (1, 2), (0, 2))
    by_path = choice_of([sent_path(near, {"2.1": 80}), far], None, FIVE)
    assert [one.competence for one in by_path.chosen] == ["2.1"]
    assert by_path.unknown == 1


def test_of_nobody_anything_is_known() -> None:
    choice = choice_of([row(1)._replace(profile=None)], None, FIVE)
    assert choice.chosen == choice.others == ()


@pytest.mark.parametrize("seed", range(15))
def test_who_sent_a_path_alone_is_grouped_by_what_is_weak_there(seed: int) -> None:
    group = drawn(seed)
    plan = targeted_sessions(rows_of(group), FIVE, 3)
    assert (plan.reached, plan.would_reach, plan.known, plan.unknown) == (0, 0, 0, len(group))
    weak = {
        code: [who for who, known in group.items() if known and known.get(code, 50) < 50] for code in CODES
    }
    assert len(plan.sessions[0].students) == min(MOST, max(map(len, weak.values())))
    called: set[int] = set()
    for session in plan.sessions:
        mine = [one.row.student_id for one in session.students]
        assert LEAST <= len(mine) <= MOST
        assert set(mine) <= set(weak[session.competence]) - called
        assert [one.percent for one in session.students] == sorted(
            (one.percent for one in session.students), key=lambda percent: -(percent or 0)
        )
        called |= set(mine)
        able = {who for who, known in group.items() if known and known.get(session.competence, 0) >= 75}
        assert {one.student_id for one in session.helpers} == able


def test_a_profile_or_the_path_makes_a_helper_and_never_of_the_group_itself() -> None:
    missing = [row(number)._replace(profile=profile(7, *[8] * 4)) for number in (1, 2, 3)]
    missing[0] = sent_path(missing[0], {"1.1": 100})
    by_path = sent_path(row(4)._replace(profile=None), {"1.1": 75})
    by_level = row(5)._replace(profile=profile(24, *[8] * 9))
    plan = targeted_sessions([*missing, by_path, by_level], OBJECTIVE_PRESETS["certification"], 1)
    session = plan.sessions[0]
    assert session.competence == "1.1"
    assert [one.row.student_id for one in session.students] == [1, 2, 3]
    assert sorted(one.student_id for one in session.helpers) == [4, 5]
    assert (plan.reached, plan.would_reach, plan.known, plan.unknown) == (1, 4, 4, 1)


# -- files of Pix's own code, where there are some -----------------------------------------------------------


def test_what_to_choose_of_pix_own_exports_follows_from_their_truth() -> None:
    folder = Path(os.environ.get(FOLDER, "")) / "assessment-half-group"
    if not os.environ.get(FOLDER) or not folder.is_dir():
        pytest.skip(f"no exports of Pix's own code here: {FOLDER} names the folder that has them")
    rows = check_folder(BoardRequest(folder, Rule()), paris_now).rows
    truth = json.loads(max((folder / "truth").glob("*.json")).read_text(encoding="utf-8"))
    newest: dict[tuple[str, str], dict[str, dict[str, float]]] = {}
    for line in sorted(truth["rows"], key=lambda one: one["startedAt"]):
        if line["competences"]:
            newest[line["last"], line["first"]] = line["competences"]
    able: dict[str, int] = {}
    for told in newest.values():
        for code, one in told.items():
            able[code] = able.get(code, 0) + (round(one["rate"] * 100) >= 50)
    choice = choice_of(rows, None, FIVE)
    assert {one.competence: one.able for one in (*choice.chosen, *choice.others)} == able
    assert choice.unknown == len(rows) - len(newest)
    areas = {code[0] for code in able}
    best = max(
        sum(able[code] for code in five)
        for five in combinations(able, min(5, len(able)))
        if areas <= {code[0] for code in five}
    )
    assert sum(one.able for one in choice.chosen) == best
    plan = targeted_sessions(rows, FIVE, 3)
    for session in plan.sessions:
        for called in session.students:
            rate = newest[called.row.last_name, called.row.first_name][session.competence]["rate"]
            assert called.percent == round(rate * 100) < 50
