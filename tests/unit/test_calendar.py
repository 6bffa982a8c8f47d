"""The campaigns of a year by class: whose they are, which day tells, and who counts once."""

from __future__ import annotations

from datetime import date

import pytest

from pixsession.domain.lesson.calendar import (
    CampaignExport,
    CampaignLine,
    CampaignState,
    Standing,
    YearClass,
    assessed_line,
    calendar_of,
    collected_line,
    lines_without_names,
    tallies_of,
)
from pixsession.domain.lesson.places import places_of
from pixsession.domain.lesson.tally import ClassTally
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.campaign import Campaign
from pixsession.domain.pix.participation import Participation

DAY = date(2026, 3, 12)


def line(
    name: str, place: str = "5eA", sent_on: str | None = None, begun_on: str | None = None, first: str = "Lou"
) -> CampaignLine:
    return CampaignLine(name, first, place, sent_on is not None, begun_on, sent_on)


def export(*lines: CampaignLine, code: str = "UNUNUN111", day: date = DAY) -> CampaignExport:
    return CampaignExport(Campaign(code, code, code), True, day, lines)


def standing(*lines: CampaignLine) -> Standing:
    """How the one class of these lines stands in their campaign."""
    shown = export(*lines)
    found = calendar_of([shown])
    return found.of(found.classes[0], shown)


def test_how_a_class_stands_and_since_when() -> None:
    sent, begun = line("A", sent_on="2026-03-02"), line("B", begun_on="2026-03-09")
    assert standing(sent, begun) == Standing(CampaignState.RUNNING, 2, 1, date(2026, 3, 2))
    assert standing(begun) == Standing(CampaignState.RUNNING, 1, 0, DAY)  # nothing sent: the export
    later = line("B", sent_on="2026-03-05T11:00")
    assert standing(later, sent) == Standing(CampaignState.DONE, 2, 2, date(2026, 3, 5))
    again = line("A", begun_on="2026-03-10")  # a second participation of one who has sent
    assert standing(sent, again) == Standing(CampaignState.DONE, 1, 1, date(2026, 3, 2))
    assert standing(sent, line("A", first="Zoé"))[:3] == (CampaignState.RUNNING, 2, 1)
    undated = CampaignLine("A", "Lou", "5eA", True, None, None)
    assert standing(undated) == Standing(CampaignState.DONE, 1, 1, DAY)


@pytest.mark.parametrize(("count", "state"), [(3, "done"), (4, "running")])
def test_a_third_of_the_class_is_the_class(count: int, state: str) -> None:
    """A half-group may have a campaign of its own; one pupil of four does not make one."""
    alone = export(line("E0", sent_on="2026-03-02"))
    whole = export(*(line(f"E{at}") for at in range(count)), code="DEUXDE222")
    found = calendar_of([alone, whole])
    assert found.classes == (YearClass("5eA", count),)
    assert found.of(found.classes[0], alone).state == state
    assert found.of(found.classes[0], whole)[:3] == (CampaignState.RUNNING, count, 0)


def test_a_class_that_is_in_no_line_has_it_to_do() -> None:
    one, other = export(line("A")), export(line("B", "5eB"), code="DEUXDE222")
    found = calendar_of([one, other])
    assert [place.name for place in found.classes] == ["5eA", "5eB"]
    assert found.of(found.classes[1], one) == Standing(CampaignState.TO_DO, 0, 0, None)
    assert set(found.standings) == {("5eA", "UNUNUN111"), ("5eB", "DEUXDE222")}


def test_a_class_is_named_as_it_is_written_most_often_and_those_asked_for_stand_alone() -> None:
    lines = [line("A", "5e A"), line("B", "5eA"), line("C", "5eA"), line("D", "4eB"), line("E", "5eB")]
    assert [one.name for one in calendar_of([export(*lines)]).classes] == ["4eB", "5eA", "5eB"]
    assert calendar_of([export(*reversed(lines))], ("5EA", "4eb")).classes == (
        YearClass("4eB", 1), YearClass("5eA", 3),
    )  # fmt: skip
    assert calendar_of([export(*lines)], ("3eC",)).classes == ()
    assert [one.name for one in calendar_of([export(line("A", "5eA"), line("B", "5e A"))]).classes] == [
        "5e A"
    ]


def test_campaigns_stand_by_their_first_day_then_by_name() -> None:
    begun = export(line("A", begun_on="2026-03-05", sent_on="2026-03-01"), code="A")
    sent = export(line("B"), line("A", sent_on="2026-03-04"), code="B")
    unknown = export(line("A"), code="C", day=date(2026, 3, 3))
    same = export(line("A"), code="D", day=date(2026, 3, 3))
    found = calendar_of([begun, sent, same, unknown])
    assert [one.campaign.key for one in found.campaigns] == ["C", "D", "B", "A"]


def test_who_is_only_counted_may_be_any_of_those_who_are_named() -> None:
    nameless = tuple(lines_without_names([ClassTally("5eA", 3, 1, "2026-03-01", "2026-03-02")]))
    assert nameless == (
        CampaignLine("", "0", "5eA", True, "2026-03-01", "2026-03-02"),
        CampaignLine("", "1", "5eA", False, "2026-03-01", "2026-03-02"),
        CampaignLine("", "2", "5eA", False, "2026-03-01", "2026-03-02"),
    )
    for named, students in ((2, 3), (3, 3), (4, 4)):
        other = export(*(line(f"E{at}") for at in range(named)), code="DEUXDE222")
        assert calendar_of([export(*nameless), other]).classes == (YearClass("5eA", students),)


def test_the_tally_of_a_class_has_its_first_and_last_day() -> None:
    lines = [
        line("A", sent_on="2026-03-04"), line("B", begun_on="2026-03-05", sent_on="2026-03-06"),
        line("C", "5eB", begun_on="2026-03-01"), line("B", begun_on="2026-03-07"),
    ]  # fmt: skip
    assert tallies_of(lines) == (
        ClassTally("5eA", 2, 2, "2026-03-04", "2026-03-06"), ClassTally("5eB", 1, 0, "2026-03-01", None),
    )  # fmt: skip


@pytest.mark.parametrize("said", [True, False, None])
def test_a_line_is_sent_where_the_file_says_so(said: bool | None) -> None:
    collected = Participation(
        "A", "Lou", None, "G1", None, None, said, "2026-03-02", None, None, None, None, None
    )
    assert collected_line(collected) == ("A", "Lou", "G1", said is True, None, "2026-03-02")
    of_class = collected._replace(division="5eA")
    assert (collected_line(of_class).place, collected_line(of_class._replace(division="")).place) == (
        "5eA",
        "G1",
    )
    assert collected_line(collected._replace(group=None)).place == ""
    assessed = AssessmentLine(
        "A", "Lou", "5eA", "G1", None, None, 0.5, "2026-03-01", said, "2026-03-02", None, None, (), None,
        (), (), (),
    )  # fmt: skip
    assert assessed_line(assessed) == ("A", "Lou", "5eA", said is True, "2026-03-01", "2026-03-02")
    assert assessed_line(assessed._replace(division=None)).place == "G1"
    assert assessed_line(assessed._replace(division=None, group=None)).place == ""


def test_the_classes_then_the_groups_that_files_name_and_how_many_stand_in_each() -> None:
    lines = [
        ExpectedStudent(1, "MARTIN", "Lou", division="3e A", group="[GR1], [ANG1]"),
        ExpectedStudent(2, "Lou", "Martin", division="3eA"),  # the names in the other order
        ExpectedStudent(3, "PETIT", "Noa", division="3eA", group="ANG1"),
        ExpectedStudent(4, "ROY", "Zoé", division="3eB"),
        ExpectedStudent(5, "SOL", "Ana"),
    ]
    assert [tuple(one) for one in places_of(lines)] == [
        ("3eA", 2, False), ("3eB", 1, False), ("ANG1", 2, True), ("GR1", 1, True),
    ]  # fmt: skip
    assert places_of([]) == ()
