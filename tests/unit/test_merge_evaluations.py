"""Progress in evaluations, put on the students of a board; a board merged time after time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pixsession.domain.board.renewed import Renewed
from pixsession.domain.board.snapshot import BoardRow, Campaign, CampaignProgress, Source
from pixsession.domain.people import merger
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.identify import identity_of_line, identity_of_row
from pixsession.domain.people.matches import Decisions
from pixsession.domain.people.merge import Merging, merge_sources
from pixsession.domain.people.merger import Merger
from pixsession.domain.people.namesakes import Settled
from pixsession.domain.people.sources import BoardSources, Evaluation, PeopleList, ResultsList
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult
from pixsession.domain.pix.eligibility import Eligibility, Verdict
from tests.factories.snapshots import CAMPAIGN, NOW, ORIGIN, SOURCE, row

LEO, LEA = row(1, "MARTIN", "Léo"), row(2, "MARTIN", "Léa")


def line(
    last: str = "MARTIN", first: str = "Léo", place: str | None = "3eA", *, progress: float = 0.5,
    begun: str = "2026-03-12T08:00", shared: bool | None = False, shared_at: str | None = None,
    group: str | None = None, number: str | None = None,
) -> AssessmentLine:  # fmt: skip
    return AssessmentLine(
        last, first, place, group, number, None, progress, begun, shared, shared_at, None, None, (), None,
        (), (), (),
    )  # fmt: skip


def evaluation(
    *lines: tuple[int, AssessmentLine], key: str = "SOS", minutes: int = 0, name: str = "SOS 3e"
) -> Evaluation:
    source = Source(f"{key}-{minutes}.csv", Campaign(key, key, name), NOW + timedelta(minutes=minutes))
    return Evaluation(source, lines)


def board(*rows: BoardRow, evaluations: tuple[Evaluation, ...] = (), settled: Settled = Settled(),  # noqa: B008 - frozen
          minutes: int = 0) -> BoardSources:  # fmt: skip
    source = SOURCE._replace(exported_at=NOW + timedelta(minutes=minutes))
    return BoardSources(
        {one.student_id: one for one in rows}, evaluations, settled=settled, sources={ORIGIN: source}
    )


def progress(one: BoardRow) -> list[float | None]:
    return [part.progress for part in one.participations]


def test_progress_makes_nobody_eligible_and_stands_behind_the_profiles() -> None:
    mine = CampaignProgress(CAMPAIGN, "profiles", ORIGIN, None, None)
    tom = row(3, "PETIT", "Tom", state=Eligibility.NOT_SENT)._replace(participations=(mine,))
    done = line("PETIT", "Tom", progress=1.0, shared=True, shared_at="2026-03-12T09:00")
    (found,) = merge_sources(board(tom, evaluations=(evaluation((3, done)),))).rows
    assert found.verdict == tom.verdict
    assert found.participations[0] is mine
    (part,) = found.participations[1:]
    assert (part.campaign.name, part.kind, part.origin) == ("SOS 3e", "assessment", "assessment:SOS")
    assert (part.shared, part.shared_at, part.progress) == (True, "2026-03-12T09:00", 1.0)
    assert part.started_at == "2026-03-12T08:00"


def test_who_has_another_number_in_an_evaluation_is_found_by_name_and_class() -> None:
    found = merge_sources(board(LEO, LEA, evaluations=(evaluation((20, line()), (20, line(progress=0.2))),)))
    assert found.merged == {20: 1}
    assert {one.student_id: progress(one) for one in found.rows} == {1: [0.5, 0.2], 2: []}
    (leo, _) = found.rows
    assert leo.keys == (identity_of_row(LEO).key, identity_of_line(line()).key)
    assert found.doubts == ()
    assert found.called == frozenset()


def test_who_is_in_no_profile_collection_is_absent_from_it() -> None:
    eva = line("ROUX", "Eva", "3eB", group="gr1", number="0123456789A")
    one, other = evaluation((30, eva)), evaluation((30, eva), key="PIX2")
    found = merge_sources(board(LEO, evaluations=(one, other)))
    leo, absent = found.rows
    assert (absent.student_id, absent.verdict) == (30, Verdict(Eligibility.NOT_IN_EXPORT))
    assert absent[1:5] == ("ROUX", "Eva", "3eB", "gr1")
    assert (absent.student_number, absent.external_id, absent.origin) == ("0123456789A", None, None)
    assert [part.origin for part in absent.participations] == ["assessment:SOS", "assessment:PIX2"]
    assert absent.keys == (identity_of_line(eva).key,)
    assert leo.participations == ()
    assert found.merged == {}


def test_two_whom_one_evaluation_tells_apart_are_never_merged() -> None:
    found = merge_sources(board(LEO, evaluations=(evaluation((1, line()), (20, line(progress=0.1))),)))
    assert found.merged == {}
    assert {one.student_id: progress(one) for one in found.rows} == {1: [0.5], 20: [0.1]}


def test_who_may_be_one_of_the_board_is_to_be_checked_there() -> None:
    found = merge_sources(board(LEO, evaluations=(evaluation((20, line(place="3eB"))),)))
    assert found.merged == {}
    assert {one.student_id: one.eligibility for one in found.rows} == dict.fromkeys(
        (1, 20), Eligibility.TO_CHECK
    )
    (doubt,) = found.doubts
    assert doubt.person[1:] == ("MARTIN", "Léo", "3eB", None, "SOS 3e")
    assert [one.person[1:] for one in doubt.candidates] == [("MARTIN", "Léo", "3eA", None, CAMPAIGN.name)]


def test_an_evaluation_is_called_by_its_campaign_else_by_its_file() -> None:
    assert (evaluation().listed, evaluation(name="").listed) == ("SOS 3e", "SOS-0.csv")


def test_the_participation_shown_first_is_the_last_one_shared_else_the_last_begun() -> None:
    early, late = "2026-03-12T08:00", "2026-03-12T09:00"
    ordered = [
        line(progress=1, shared=True, shared_at=late, begun=early),
        line(progress=0.9, shared=True, shared_at=early, begun=late),
        line(progress=0.8, shared=True, shared_at=None, begun=late),
        line(progress=0.7, begun=late),
        line(progress=0.6, shared=None, begun=early),
        line(progress=0.5, begun=""),
    ]
    for lines in (ordered, ordered[::-1]):
        (found,) = merge_sources(board(LEO, evaluations=(evaluation(*[(1, one) for one in lines]),))).rows
        assert progress(found) == [1, 0.9, 0.8, 0.7, 0.6, 0.5]


def test_of_two_who_are_perhaps_one_the_doubt_is_about_whom_the_newest_export_lacks() -> None:
    def shown(student: int, place: str, *minutes: int) -> BoardRow:
        parts = (CampaignProgress(CAMPAIGN, "profiles", f"profiles:{n}", None, None) for n in minutes)
        return row(student, place=place, origin=None)._replace(participations=tuple(parts))

    sources = {f"profiles:{n}": SOURCE._replace(exported_at=NOW + timedelta(minutes=n)) for n in (1, 2, 3)}
    for mine, theirs, in_evaluation, first in (
        ((1,), (2,), None, 1),
        ((2,), (1,), None, 2),
        ((1, 3), (2,), None, 2),
        ((3, 1), (2,), None, 2),
        ((9,), (1,), None, 1),  # of an export that is gone
        ((1,), (2,), 1, 2),
        ((1,), (2,), 2, 1),
        ((2,), (2,), None, 1),
    ):
        rows = shown(1, "3eA", *mine), shown(2, "3eB", *theirs)
        lines = [(in_evaluation, line("MARTIN", "Lucas"))] if in_evaluation else []
        told = board(
            *rows, evaluations=(evaluation(*lines, minutes=9),), settled=Settled(frozenset({(1, 2)}))
        )
        (doubt,) = merge_sources(told._replace(sources=sources)).doubts
        assert doubt.person.key == identity_of_row(rows[first - 1]).key, (mine, theirs, in_evaluation)


def test_a_group_is_the_place_of_whoever_has_no_class() -> None:
    nobody = row(1, "MARTIN", "Léo", place=None)._replace(group="5eB gr1")
    found = merge_sources(board(nobody, evaluations=(evaluation((20, line(place=None, group="5eB gr2"))),)))
    (doubt,) = found.doubts
    assert (doubt.person.place, doubt.candidates[0].person.place) == ("5eB gr2", "5eB gr1")


NOT_YET = Verdict(Eligibility.NOT_ELIGIBLE, 3)
EVA, ALI = line("ROUX", "Eva", "3eB"), line("BENALI", "Ali", "3eB")
BEFORE = board(LEO, LEA, evaluations=(evaluation((1, line()), (2, line(first="Léa")), (30, EVA)),))
ALL_KNOWN = board(LEO, LEA, evaluations=(evaluation((1, line()), (2, line(first="Léa"))),))
TIED = board(LEO, LEA, evaluations=(evaluation((10, line()), (11, line(first="Léa"))),))
PAIR = (row(1, "MARTIN", "Léo"), row(2, "MARTIN", "Léo", place="3eB"))
LISTED = PeopleList("a.csv", (ExpectedStudent(2, "MARTIN", "Léo", division="3eA"),))
OPEN = Settled(frozenset({(1, 2)}))


def dated(number: str, day: str | None) -> ResultsList:
    """A result of Léo."""
    result = CertificationResult(
        2, number, "MARTIN", "Léo", None, None, None, None, "Pix", None, None, 200, (), None, None, None,
        day, (),
    )  # fmt: skip
    return ResultsList(f"{number}.csv", (result,))


def told(*rows: BoardRow, lines: tuple[tuple[int, AssessmentLine], ...], minutes: int = 5) -> BoardSources:
    return board(*rows, evaluations=(evaluation(*lines, minutes=minutes),), minutes=minutes)


MINE, HERS, EVAS = (1, line()), (2, line(first="Léa")), (30, EVA)
SAME = (MINE, HERS, EVAS)


@pytest.mark.parametrize(
    ("before", "after", "students", "anew"),
    [
        pytest.param(BEFORE, BEFORE, set(), False, id="nothing"),
        pytest.param(BEFORE, told(LEO, LEA, lines=SAME), set(), False, id="newer exports that say the same"),
        pytest.param(BEFORE, told(LEO, LEA, lines=(EVAS, HERS, MINE)), set(), False, id="other places"),
        pytest.param(
            BEFORE, told(LEO._replace(verdict=NOT_YET), LEA, lines=SAME), {1}, False, id="another profile"
        ),
        pytest.param(BEFORE, told(LEO._replace(division="3eB"), LEA, lines=SAME), {1}, True, id="class"),
        pytest.param(BEFORE, told(LEO._replace(origin="b"), LEA, lines=SAME), {1}, True, id="origin"),
        pytest.param(BEFORE, told(LEO, lines=(MINE, EVAS)), {2}, True, id="gone"),
        pytest.param(
            BEFORE, told(LEO, LEA, row(3, "PETIT", "Tom"), lines=SAME), {3}, True, id="somebody who came"
        ),
        pytest.param(
            BEFORE, told(LEO, LEA, lines=((1, line(progress=1)), HERS, EVAS)), {1}, False, id="progress"
        ),
        pytest.param(
            BEFORE, told(LEO, LEA, lines=(MINE, HERS, (30, EVA._replace(progress=1)))), {30}, False,
            id="progress of the absent",
        ),
        pytest.param(
            BEFORE, told(LEO, LEA, lines=((1, line(progress=0.1)), *SAME)), {1}, False, id="one more attempt"
        ),
        pytest.param(
            BEFORE, told(LEO, LEA, lines=((1, line(first="Leo")), HERS, EVAS)), set(), False,
            id="another name of one who is known by number",
        ),
        pytest.param(
            BEFORE, told(LEO, LEA, lines=(MINE, HERS, (30, EVA._replace(first_name="Ève")))), {30}, True,
            id="another name of one who was looked for",
        ),
        pytest.param(BEFORE, told(LEO, LEA, lines=(MINE, HERS)), {30}, True, id="the absent one gone"),
        pytest.param(
            BEFORE, told(LEO, LEA, lines=(*SAME, (31, ALI))), {31}, True, id="one more who is absent"
        ),
        pytest.param(
            BEFORE, told(LEO, LEA, lines=(MINE, EVAS)), {2}, True, id="without a line, of some looked for"
        ),
        pytest.param(ALL_KNOWN, told(LEO, LEA, lines=(MINE,)), {2}, False, id="without a line, all known"),
        pytest.param(ALL_KNOWN, told(LEO, LEA, lines=(MINE, HERS, EVAS)), {30}, True, id="a stranger comes"),
        pytest.param(
            TIED, told(LEO, LEA, lines=((10, line(progress=1)), (11, line(first="Léa")))), {1}, False,
            id="progress of one found by name",
        ),
        pytest.param(
            TIED, told(LEO, LEA, lines=((10, line(first="Léonie")), (11, line(first="Léa")))), {1, 10}, True,
            id="one found by name is called otherwise",
        ),
        pytest.param(BEFORE, BEFORE._replace(evaluations=()), {1, 2, 30}, True, id="the evaluation gone"),
        pytest.param(
            BEFORE, told(LEO, LEA, lines=SAME)._replace(decisions=Decisions(frozenset({("a", "b")}))), set(),
            True, id="a decision",
        ),
        pytest.param(BEFORE, BEFORE._replace(lists=(LISTED,)), {1}, True, id="a list"),
        pytest.param(BEFORE, BEFORE._replace(results=(dated("1", None),)), {1}, True, id="a result"),
        pytest.param(board(*PAIR), board(*PAIR, settled=OPEN), {1, 2}, True, id="a doubt about two"),
        pytest.param(
            BEFORE, BEFORE._replace(sources={ORIGIN: SOURCE._replace(campaign=Campaign("K", None, "K"))}),
            set(), True, id="another name of a campaign",
        ),
        pytest.param(
            BEFORE, BEFORE._replace(evaluations=(evaluation(*SAME, name="Autre"),)), {1, 2, 30}, True,
            id="another name of an evaluation",
        ),
        pytest.param(
            board(*PAIR, settled=OPEN), board(*PAIR, settled=OPEN, minutes=5), set(), False, id="a pair"
        ),
        pytest.param(
            board(*PAIR, evaluations=(evaluation((1, line())),), settled=OPEN),
            board(*PAIR, evaluations=(evaluation(MINE, (2, line(place="3eB"))),), settled=OPEN), {2}, True,
            id="of a pair the other one is the newer now",
        ),
    ],
)  # fmt: skip
def test_a_board_merged_once_more_is_what_it_would_be_at_first(
    before: BoardSources, after: BoardSources, students: set[int], anew: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[BoardSources] = []

    def merging(sources: BoardSources) -> Merging:
        made.append(sources)
        return Merging(sources)

    told = Merger()
    monkeypatch.setattr(merger, "Merging", merging)
    first = told.of(before, Renewed())
    assert first.renewed.students == first.rows.keys()
    for renewed in (Renewed(before.rows, _other_rows(before, after)), Renewed()):
        made.clear()
        then = told.of(after, renewed)
        at_once = merge_sources(after)
        assert then.rows == {one.student_id: one for one in at_once.rows}
        assert then.renewed.students == students
        assert then.renewed.before is first.rows
        assert (then.doubts, then.merged, then.called) == at_once[1:]
        assert bool(made) is anew
        told = Merger()
        first = told.of(before, Renewed())


def _other_rows(before: BoardSources, after: BoardSources) -> set[int]:
    students = before.rows.keys() | after.rows.keys()
    return {student for student in students if before.rows.get(student) is not after.rows.get(student)}


def test_what_changes_twice_is_taken_in_each_time() -> None:
    told, oracle = Merger(), []
    for share in (0.5, 0.6, 0.7):
        for verdict in (LEO.verdict, NOT_YET):
            lines = ((1, line(progress=share)), (30, EVA._replace(progress=share)))
            sources = board(LEO._replace(verdict=verdict), evaluations=(evaluation(*lines),))
            found = told.of(sources, Renewed()).rows
            assert found == {one.student_id: one for one in merge_sources(sources).rows}
            oracle.append((progress(found[1]), found[1].verdict, progress(found[30])))
    assert oracle == [
        ([share], verdict, [share]) for share in (0.5, 0.6, 0.7) for verdict in (LEO.verdict, NOT_YET)
    ]


def test_the_lines_of_one_who_has_two_numbers_stay_together_while_others_change() -> None:
    before = identity_of_row(LEO._replace(division="3eC")).key
    settled = Settled(unions={20: 1}, keys={1: identity_of_row(LEO).key, 20: before})
    told = Merger()
    for verdict, share in ((LEO.verdict, 0.1), (LEO.verdict, 0.2), (NOT_YET, 0.2)):
        lines = ((1, line(progress=0.8)), (20, line(progress=0.9)), (2, line(first="Léa", progress=share)))
        rows = LEO._replace(verdict=verdict), LEA
        found = told.of(board(*rows, evaluations=(evaluation(*lines),), settled=settled), Renewed()).rows
        assert {one: progress(row) for one, row in found.items()} == {1: [0.8, 0.9], 2: [share]}


def test_a_result_of_an_unknown_day_gives_way_to_one_of_a_day() -> None:
    never, day, again = dated("1", None), dated("2", "2026-03-12"), dated("3", None)
    for order, counts in (((never, day), "2"), ((day, never), "2"), ((never, again), "1")):
        (found,) = merge_sources(board(LEO)._replace(results=order)).rows
        assert found.result is not None
        assert found.result.certification_number == counts
