"""What the other files say of a student, on the student's screen and in the panel beside the board."""

from __future__ import annotations

import pytest

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import BoardRow, Campaign, CampaignProgress, Expectation
from pixsession.domain.people.expected import SessionFacts
from pixsession.domain.people.matches import MatchRule
from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.ui.board.grid.table import BoardGrid
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.student.campaigns import other_files_content
from tests.factories.screens import board
from tests.factories.snapshots import NOW, row, snapshot

SOS = Campaign("SSLVPX904", "SSLVPX904", "SOS élève non certifiable")
BEGUN = CampaignProgress(SOS, "assessment", "assessment:SOS", shared=False, shared_at=None, progress=0.375)
SHARED = BEGUN._replace(
    shared=True,
    shared_at="2026-03-12T08:54",
    progress=1.0,
    mastery=0.31,
    stage=2,
    stage_max=5,
    badges=(("Pix à l'école", True), ("Expert", False), ("Voyage", None)),
)
SESSION = SessionFacts("218734", "Collège Simone-Veil", "Salle info 1", "2026-03-19", "09:00", ("Mme Roy",))
EXPECTED = Expectation("liste.ods", MatchRule.NAME_ALONE, "2011-07-25", 0.33, SESSION)
RESULT = CertificationResult(
    2, "3900500", "MARTIN", "Lucas", None, "2011-07-25", None, None, "Pix", ResultStatus.VALIDATED,
    "Indépendant 1", 266, (), None, "431962", None, "2026-03-19",
    (("CléA Numérique", ResultStatus.REJECTED),),
)  # fmt: skip
SIGNS = Symbols(ascii_only=False)


def student(**known: object) -> BoardRow:
    return row()._replace(**known)  # type: ignore[arg-type]


def said(found: BoardRow, *, full: bool = True) -> list[str]:
    return other_files_content(found, NOW, SIGNS, full=full).plain.split("\n")


def test_nothing_is_said_where_no_other_file_speaks_of_the_student() -> None:
    profile = BEGUN._replace(kind="profiles")
    assert said(student(participations=(profile,))) == [""]


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (BEGUN, "38% done"),
        (BEGUN._replace(progress=1.0), "finished, results not sent"),
        (BEGUN._replace(progress=None), "results not sent"),
        (BEGUN._replace(shared=None), "results sent or not: the file is unclear"),
        (SHARED, "results sent: 08:54 · 31% mastered · stage 2/5 · Pix à l'école"),
        (SHARED._replace(shared_at=None, mastery=None, badges=()), "results sent · stage 2/5"),
    ],
)
def test_how_far_a_student_came_in_an_evaluation(progress: CampaignProgress, words: str) -> None:
    heading, line = said(student(participations=(progress,)))
    assert heading == "In the other files"
    assert line == f"· SOS élève non certifiable: {words}"


def test_who_is_expected_is_told_with_the_list_the_rule_and_the_session() -> None:
    assert said(student(expected=EXPECTED))[1:] == [
        "· Expected: liste.ods · found by name, nobody else having it",
        "· Session: 218734 · 19 Mar, 09:00 · Collège Simone-Veil · Salle info 1 · extra time: 33%",
    ]
    absent = Expectation("liste.ods", None)
    assert said(student(expected=absent))[1:] == ["· Expected: liste.ods · found in no export"]


@pytest.mark.parametrize("rule", list(MatchRule))
def test_every_rule_has_its_words(rule: MatchRule) -> None:
    assert "found by" in said(student(expected=EXPECTED._replace(matched_by=rule)))[1]


def test_a_birth_date_is_shown_for_namesakes_alone_and_on_their_own_screen() -> None:
    doubtful = row(state=Eligibility.TO_CHECK, reasons=(Reason(ReasonCode.PERHAPS_SAME, ("X", "y.csv")),))
    namesake = doubtful._replace(expected=EXPECTED)
    assert "born 25 July 2011" in said(namesake)[1]
    assert "2011" not in "".join(said(namesake, full=False))
    assert "2011" not in "".join(said(student(expected=EXPECTED)))


def test_the_certification_is_told() -> None:
    (line,) = said(student(result=RESULT))[1:]
    assert line == (
        "· Certification: obtained · 266 pix · Indépendant 1 · 19 Mar · CléA Numérique: not obtained"
    )
    other = RESULT._replace(type="Pix+ Droit", status=None, score=None, level_label=None, complementary=())
    assert said(student(result=other))[1:] == ["· Certification: Pix+ Droit · status unknown · 19 Mar"]


def test_what_a_file_says_cannot_harm_the_terminal() -> None:
    nasty = "[@click=app.quit]x\x1b[31m\u202e"
    campaign = Campaign("K", "K", nasty)
    hostile = student(
        participations=(SHARED._replace(campaign=campaign, shared_at=nasty, badges=((nasty, True),)),),
        expected=EXPECTED._replace(
            listed_in=nasty, session=SessionFacts(nasty, nasty, nasty, nasty, nasty, (nasty,))
        ),
        result=RESULT._replace(type=nasty, level_label=nasty, date=nasty, complementary=((nasty, None),)),
    )
    text = "\n".join(said(hostile))
    assert "[@click=app.quit]x" in text
    assert not {"\x1b", "\u202e"} & set(text)


async def test_the_screen_of_a_student_and_the_panel_say_it() -> None:
    known = student(participations=(SHARED,), expected=EXPECTED, result=RESULT)
    async with board(snapshot((known, row(2, "ROUX", "Zoé"))), size=(120, 40)) as driven:
        assert "SOS élève non certifiable" in driven.text
        for size in ((120, 40), (100, 30), (80, 24)):
            await driven.resize(*size)
            driven.app.board.query_one(BoardGrid).select(known.student_id)
            await driven.press("enter")
            for _page in range(6):
                if "Certification: obtained" in driven.text:
                    break
                await driven.press("pagedown")
            assert "Certification: obtained" in driven.text, size
            await driven.press("down")
            await driven.until(lambda: "ROUX Zoé" in driven.lines[0])
            assert "In the other files" not in driven.text, size
            await driven.press("escape")


async def test_who_is_in_the_export_of_a_path_is_not_said_to_be_in_no_export() -> None:
    known = row(state=Eligibility.NOT_IN_EXPORT)
    async with board(snapshot([known._replace(participations=(SHARED,))])) as driven:
        await driven.press("enter")
        for size in ((80, 24), (120, 40)):
            await driven.resize(*size)
            assert "in no collection" in driven.text, size
        await driven.publish(snapshot([known], revision=2))
        for size in ((120, 40), (80, 24)):
            await driven.resize(*size)
            assert "in no collection" not in driven.text, size
            assert "not in the export" in driven.text, size
