"""What a board says beside its rows: which export is the newest, how old it is, and what is news."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot, count_states, counts_in_need
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.certification.session import ExpectedFrom
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.board import file_bytes
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.people.decisions import DecisionBook
from pixsession.foundation.errors import FileHeld, PixSessionError
from pixsession.settings.config import BoardRequest
from pixsession.store.database import DatabaseError
from tests.factories.dossiers import NOON, read_all, saved
from tests.factories.everybody import assessed_student, listed, put_list, sos_export
from tests.factories.exports import (
    CAMPAIGN,
    MORNING,
    OTHER_CAMPAIGN,
    export,
    moment,
    pending,
    put,
    sent,
    student,
)
from tests.factories.half_groups import evaluation, lesson_request
from tests.factories.samples import SampleCampaign
from tests.factories.samples.lists import plain_list
from tests.factories.sessions import certification

pytestmark = pytest.mark.usefixtures("one_engine")

ZOE, TOM = student("DURIEUX", "Zoé", sent("08:10", 6)), student("PETIT", "Tom", pending())

OF_ANOTHER_YEAR = export(
    student("PETIT", "Tom", sent("2024-09-20T09:00", 6)), at="2024-10-01T09:00", campaign=OTHER_CAMPAIGN
)


class Desk:
    """A live desk without a dossier, and its clock, which is set by hand."""

    def __init__(self, folder: Path, request: BoardRequest | None = None) -> None:
        self.folder, self.now = folder, NOON
        asked = request or BoardRequest(folder, Rule())
        self.engine = BoardEngine(asked, lambda: self.now, live=True)

    def shown(self) -> Snapshot:
        return read_all(self.engine, self.folder)

    def is_news(self) -> bool:
        """Whether something is, and told only once."""
        found = self.engine.has_news
        self.engine.snapshot()
        assert not self.engine.has_news
        return found


@contextmanager
def desk_of(folder: Path, request: BoardRequest | None = None) -> Iterator[Desk]:
    desk = Desk(folder, request)
    try:
        yield desk
    finally:
        desk.engine.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_of(tmp_path) as found:
        yield found


def test_a_board_without_exports_has_no_newest_one(desk: Desk) -> None:
    sos_export(assessed_student("ROUX")).write_to(desk.folder)
    found = desk.shown()
    assert (found.newest_export_at, found.newest_has_stamp) == (None, True)
    assert [row.last_name for row in found.rows] == ["ROUX"]
    assert (found.as_of, found.day, found.lesson, found.others, found.share) == (None, None, None, (), None)
    assert (found.folder, found.rule, found.built_at) == (str(desk.folder), Rule(), NOON)


def test_the_newest_export_is_dated_by_pix_or_else_by_its_file(desk: Desk) -> None:
    saved(desk.folder, export(ZOE, TOM, at="09:15"))
    found = desk.shown()
    assert (found.newest_export_at, found.newest_has_stamp) == (moment("09:15"), True)
    assert found.counts == counts_in_need(found.rows)
    assert found.counts[Eligibility.NOT_SENT] == 1
    later = export(student("DURIEUX", "Zoé", sent("08:10", 6), sent("09:20", 7)), TOM, at="09:30")
    put(desk.folder, "collecte.csv", later.content, moment("09:40"))
    found = desk.shown()
    assert (found.newest_export_at, found.newest_has_stamp) == (moment("09:40"), False)
    assert found.export_times == (moment("09:15"), moment("09:40"))
    past = desk.engine.snapshot_as_of(moment("09:15"))
    assert (past.newest_export_at, past.newest_has_stamp) == (moment("09:15"), True)
    assert (past.as_of, past.export_times) == (moment("09:15"), found.export_times)
    assert past.revision > found.revision


def test_an_export_of_the_future_is_dated_by_when_it_landed_where_the_clock_is_right(desk: Desk) -> None:
    def download(at: str, *, landed: str, campaign: SampleCampaign = CAMPAIGN) -> str:
        file = export(ZOE, at=at, campaign=campaign)
        put(desk.folder, file.name, file.content, moment(landed))
        return file.name

    desk.now = moment("09:46")
    download("09:45", landed="09:45")
    ahead = download("11:45", landed="09:40", campaign=OTHER_CAMPAIGN)
    found = desk.shown()
    assert (found.newest_export_at, found.clock_behind) == (moment("09:45"), timedelta())
    assert any(ahead in notice for notice in found.notices)
    # It stands first among the exports, and makes no board look old on which others come in.
    desk.now = moment("10:16")
    download("10:15", landed="10:15")
    assert desk.shown().newest_export_at == moment("10:15")
    desk.engine.choose_campaigns(frozenset({str(OTHER_CAMPAIGN.number)}))
    assert desk.engine.snapshot().newest_export_at == moment("09:40")


def test_a_clock_that_is_put_back_is_news(desk: Desk) -> None:
    saved(desk.folder, export(ZOE, at="09:45"))
    assert desk.shown().clock_behind == timedelta()
    assert not desk.engine.has_news
    desk.now = MORNING - timedelta(hours=2)
    assert desk.engine.has_news
    found = desk.engine.snapshot()
    assert found.clock_behind > timedelta(hours=1)
    assert found.notices
    assert not desk.engine.has_news


def test_what_is_asked_again_is_no_news(desk: Desk) -> None:
    saved(desk.folder, export(ZOE, at="09:15"), OF_ANOTHER_YEAR)
    first = desk.shown()
    assert [row.last_name for row in first.rows] == ["DURIEUX"]
    assert (len(first.hidden), first.shows_all) == (1, False)
    desk.engine.show_all(False)
    assert not desk.is_news()
    desk.engine.show_all(True)
    assert desk.is_news()
    found = desk.engine.snapshot()
    assert ({row.last_name for row in found.rows}, found.shows_all) == ({"DURIEUX", "PETIT"}, True)
    assert found.hidden == ()
    desk.engine.show_all(True)
    assert not desk.is_news()
    for chosen, is_news in (
        (frozenset(), False),
        (frozenset({"731958"}), True),
        (frozenset({"731958"}), False),
    ):
        desk.engine.choose_campaigns(chosen)
        assert desk.is_news() is is_news
    for missing_since, is_news in ((None, False), (NOON, True), (NOON, False), (None, True)):
        desk.engine.look(frozenset(path.name for path in desk.folder.iterdir()), frozenset(), missing_since)
        assert desk.is_news() is is_news
    desk.engine.follow_share()
    assert desk.is_news()
    assert not desk.engine.follow_log()


def test_a_campaign_that_is_asked_for_stands_on_the_board_though_it_is_old(desk: Desk) -> None:
    saved(desk.folder, export(ZOE, at="09:15"), OF_ANOTHER_YEAR)
    key = next(one.key for one in desk.shown().hidden[0].campaigns)
    desk.engine.choose_campaigns(frozenset({key}))
    found = desk.engine.snapshot()
    assert [row.last_name for row in found.rows] == ["PETIT"]
    assert {campaign.key for campaign in found.campaigns} > {key}


def test_gains_are_those_of_the_newest_export_where_somebody_looks_once(desk: Desk) -> None:
    saved(desk.folder, export(ZOE, TOM, at="09:15"))
    desk.shown()
    better = student("DURIEUX", "Zoé", sent("08:10", 6), sent("09:20", 8))
    saved(desk.folder, export(better, TOM, at="09:30"))
    live = desk.shown()
    request = BoardRequest(desk.folder, Rule())
    once = BoardEngine(request, lambda: desk.now, live=False)
    try:
        assert not any(row.delta for row in read_all(once, desk.folder).rows)
        once.mark_newest()
        rows = once.snapshot().rows
        assert [row.delta for row in rows] == [row.delta for row in live.rows]
        assert [row.last_name for row in rows if row.delta] == ["DURIEUX"]
    finally:
        once.close()


def test_lists_doubts_and_decisions_are_told(desk: Desk) -> None:
    saved(desk.folder, export(student("DURIEUX", "Zoé", sent("08:10", 6), place="3eA"), at="09:15"))
    put_list(desk.folder, plain_list([listed("DURIEUX", "Zoé", "3eB")]))
    (doubt,) = desk.shown().doubts
    desk.engine.students.decide(doubt.person.key, doubt.candidates[0].person.key, same=True)
    assert desk.is_news()
    found = desk.engine.snapshot()
    assert (found.doubts, len(found.rows), len(found.decisions)) == ((), 1, 1)


def test_what_another_program_decides_is_taken_in_when_the_journal_is_looked_at(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    saved(folder, export(student("DURIEUX", "Zoé", sent("08:10", 6), place="3eA"), at="09:15"))
    put_list(folder, plain_list([listed("DURIEUX", "Zoé", "3eB")]))
    with desk_of(folder, BoardRequest(folder, Rule(), dossier=dossier)) as desk:
        (doubt,) = desk.shown().doubts
        person, other = doubt.person, doubt.candidates[0].person
        elsewhere = DecisionBook(EntryLog(dossier, lambda: NOON))
        for look, is_told in (
            (desk.engine.follow_log, True),
            (desk.engine.follow_share, None),
            (lambda: [*desk.engine.catch_up()], []),
        ):
            same = is_told is not None
            elsewhere.decide(person, other, same=same)
            assert look() == is_told
            assert desk.is_news()
            assert [one.same for one in desk.engine.snapshot().decisions] == [same]
            assert not desk.engine.follow_log()


def test_a_history_that_cannot_be_read_is_empty_and_the_board_is_damaged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(desk.folder, export(ZOE, at="09:15"))
    (row,) = desk.shown().rows
    assert len(desk.engine.history(row.student_id)) == 1
    assert not desk.engine.is_damaged
    assert not desk.engine.starts_anew

    def fails(_student: int) -> None:
        raise DatabaseError("lost")

    monkeypatch.setattr(desk.engine.students, "history", fails)
    assert desk.engine.history(row.student_id) == ()
    assert desk.engine.is_damaged


def test_a_certification_is_dated_by_its_profiles_and_a_lesson_by_its_evaluation_too(tmp_path: Path) -> None:
    saved(tmp_path, export(ZOE, TOM, at="09:15"), evaluation("10:20"))
    for request, newest in (
        (certification(tmp_path, None), "09:15"),
        (lesson_request(tmp_path, None), "10:20"),
        (None, "09:15"),
    ):
        with desk_of(tmp_path, request) as desk:
            assert desk.shown().newest_export_at == moment(newest)


def test_the_day_of_a_certification_is_on_its_board(tmp_path: Path) -> None:
    saved(tmp_path, export(ZOE, TOM, at="09:15"))
    with desk_of(tmp_path, certification(tmp_path, None)) as desk:
        found = desk.shown()
        assert found.day is not None
        assert found.lesson is None
        assert found.counts == count_states(found.rows)
        assert [row.last_name for row in found.rows] == ["PETIT", "DURIEUX"]
        (tom, _zoe) = found.rows
        desk.engine.supervision.act(ActionRequest(ActionKind.PRESENT, (tom.student_id,)))
        assert desk.is_news()
        day = desk.engine.snapshot().day
        assert day is not None
        assert day.days[tom.student_id].presence_at == NOON
        # The campaigns that somebody chooses are those of the board, whatever else there is.
        desk.engine.choose_campaigns(frozenset({"unknown"}))
        assert desk.engine.snapshot().newest_export_at is None
        assert desk.engine.snapshot().campaigns == found.campaigns


def test_time_alone_is_news_where_it_ends_a_test(tmp_path: Path) -> None:
    saved(tmp_path, export(ZOE, TOM, at="09:15"))
    with desk_of(tmp_path, certification(tmp_path, None)) as desk:
        found = desk.shown()
        ids = tuple(row.student_id for row in found.rows)
        desk.engine.supervision.act(ActionRequest(ActionKind.START, ids))
        assert desk.is_news()
        desk.now += timedelta(minutes=104)
        assert not desk.engine.has_news
        desk.now += timedelta(minutes=2)
        assert desk.is_news()


def test_of_whom_a_certification_calls_the_others_stand_apart(tmp_path: Path) -> None:
    saved(tmp_path, export(ZOE, TOM, at="09:15"))
    with desk_of(
        tmp_path, certification(tmp_path, None, expected=ExpectedFrom(lists=(tmp_path / "3eA.csv",)))
    ) as desk:
        (notice,) = desk.shown().notices
        assert "3eA.csv" in notice
        put_list(tmp_path, plain_list([listed("PETIT", "Tom", "3eA")]))
        found = desk.shown()
        assert found.notices == ()
        assert [row.last_name for row in found.rows] == ["PETIT"]
        assert [row.last_name for row in found.others] == ["DURIEUX"]


def test_a_list_of_the_session_that_is_held_is_read_once_it_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, school = tmp_path / "downloads", tmp_path / "school"
    school.mkdir()
    saved(folder, export(ZOE, TOM, at="09:15"))
    path = put_list(school, plain_list([listed("PETIT", "Tom", "3eA")]))
    read_bytes, is_held, reads = vars(file_bytes)["read_bytes"], True, list[Path]()

    def read(asked: Path, *more: object) -> object:
        reads.append(asked)
        if is_held:
            raise FileHeld("held by a spreadsheet")
        return read_bytes(asked, *more)

    expected = ExpectedFrom(lists=(path,))
    with desk_of(folder, certification(folder, None, expected=expected)) as desk:
        assert [row.last_name for row in desk.shown().rows] == ["PETIT"]  # it has been read before
        monkeypatch.setattr(file_bytes, "read_bytes", read)
        put_list(school, plain_list([listed("PETIT", "Tom", "3eA")] * 3), path.name)
        for tries in (1, 2):
            desk.engine.look(frozenset(), frozenset())
            assert reads == [path] * tries
        is_held = False
        for _time in range(2):
            desk.engine.look(frozenset(), frozenset())
            assert reads == [path] * 3


def test_a_lesson_shows_its_evaluation_and_hides_no_profile_for_it(tmp_path: Path) -> None:
    saved(tmp_path, export(ZOE, TOM, at="09:15"), evaluation("10:20"))
    with desk_of(tmp_path, lesson_request(tmp_path, None)) as desk:
        found = desk.shown()
        assert found.lesson is not None
        assert found.lesson_campaign is not None
        assert found.day is None
        desk.engine.choose_campaigns(frozenset({found.lesson_campaign.key}))
        chosen = desk.engine.snapshot()
        assert chosen.newest_export_at == moment("10:20")
        assert {row.last_name for row in chosen.others} == {row.last_name for row in found.others}


def test_without_a_session_nothing_is_supervised(desk: Desk) -> None:
    with pytest.raises(PixSessionError, match="--session"):
        desk.engine.supervision  # noqa: B018 - a property that raises
