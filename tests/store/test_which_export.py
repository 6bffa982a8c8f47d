"""Which export of a campaign counts, which campaigns stand on the board, and files that are taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.board.snapshot import FileRole, HiddenReason, Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.domain.pix.participation import ExportLine, Participation
from pixsession.domain.pix.submissions import submission_of
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.board.taken_back import take_back_once
from pixsession.engine.read_once import check_folder
from pixsession.settings.config import BoardRequest
from pixsession.store.evidence import Sighting, unseen_later
from tests.factories.dossiers import noon
from tests.factories.exports import (
    CAMPAIGN,
    MORNING,
    OTHER_CAMPAIGN,
    Sheet,
    board,
    entry,
    export,
    pending,
    put,
    reason_codes,
    row_of,
    sent,
    states,
    student,
)
from tests.factories.samples import SampleCampaign

pytestmark = pytest.mark.usefixtures("one_engine")

ELIGIBLE, NOT_ELIGIBLE = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE
NOT_SENT, TO_CHECK = Eligibility.NOT_SENT, Eligibility.TO_CHECK
LATER = MORNING + timedelta(hours=2)
ZOE_FELL = student("DURIEUX", "Zoé", sent("08:20", 6), sent("09:20", 3))
ZOE_BEFORE = student("DURIEUX", "Zoé", sent("08:20", 6))
TOM = student("MARTIN", "Tom", sent("08:30", 5), place="3eB")
ANA = student("LEROY", "Ana", pending(), place="3eB")


def test_an_older_export_renamed_and_saved_again_today_changes_nobody(tmp_path: Path) -> None:
    put(tmp_path, "collecte novembre.csv", export(ZOE_BEFORE, at="08:40").content, LATER)
    snapshot = board(tmp_path, export(ZOE_FELL))
    assert states(snapshot) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE]}
    assert entry(snapshot, "collecte novembre.csv").role is FileRole.PART
    assert snapshot.newest_has_stamp


def test_a_newer_export_renamed_counts_and_is_dated_by_its_file(tmp_path: Path) -> None:
    put(tmp_path, "export.csv", export(ZOE_FELL, TOM, at="09:30").content, LATER)
    snapshot = board(tmp_path, export(ZOE_BEFORE, TOM, at="08:40"))
    assert states(snapshot) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE], ("MARTIN", "3eB"): [ELIGIBLE]}
    assert (snapshot.newest_export_at, snapshot.newest_has_stamp) == (LATER, False)


def test_a_submission_after_the_stamp_proves_a_renamed_export_newer_even_without_a_deleted_one(
    tmp_path: Path,
) -> None:
    """Tom's participation was deleted in between: he is not taken off by a file without stamp."""
    put(tmp_path, "export.csv", export(ZOE_FELL, at="09:30").content, LATER)
    snapshot = board(tmp_path, export(ZOE_BEFORE, TOM, at="08:40"))
    assert states(snapshot) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE], ("MARTIN", "3eB"): [TO_CHECK]}
    assert reason_codes(row_of(snapshot, "MARTIN")) == ["not_in_list"]


def test_a_renamed_export_with_a_later_submission_that_lacks_another_one_is_not_taken_for_newer(
    tmp_path: Path,
) -> None:
    put(tmp_path, "export.csv", export(ZOE_FELL, at="09:30").content, LATER)
    snapshot = board(tmp_path, export(ZOE_BEFORE, TOM, at="09:40"))
    assert snapshot.newest_has_stamp
    assert states(snapshot)["MARTIN", "3eB"] == [ELIGIBLE]
    assert entry(snapshot, "export.csv").role is FileRole.UNDATED


@pytest.mark.parametrize("name", ["3eA seulement.csv", "Resultats-Collecte-731958-2026-03-12-0945 (1).csv"])
def test_a_filtered_copy_is_no_list(tmp_path: Path, name: str) -> None:
    filtered = Sheet.of(export(ZOE_FELL).content).content("utf-8")
    put(tmp_path, name, filtered, LATER)
    snapshot = board(tmp_path, export(ZOE_FELL, TOM, ANA))
    assert states(snapshot) == {
        ("DURIEUX", "3eA"): [NOT_ELIGIBLE],
        ("MARTIN", "3eB"): [ELIGIBLE],
        ("LEROY", "3eB"): [NOT_SENT],
    }
    assert entry(snapshot, name).role in {FileRole.PART, FileRole.UNDATED}


def test_a_conflict_copy_of_the_same_minute_counts_by_what_it_shows(tmp_path: Path) -> None:
    older = export(ZOE_BEFORE, TOM)
    put(tmp_path, older.name.replace(".csv", " (conflit 2026-03-12).csv"), older.content, LATER)
    snapshot = board(tmp_path, export(ZOE_FELL, TOM))
    assert states(snapshot) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE], ("MARTIN", "3eB"): [ELIGIBLE]}


def test_whom_only_a_file_without_stamp_names_stays_to_check(tmp_path: Path) -> None:
    put(tmp_path, "ancien.csv", export(ZOE_BEFORE, TOM, at="08:40").content, LATER)
    snapshot = board(tmp_path, export(ZOE_FELL))
    assert states(snapshot) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE], ("MARTIN", "3eB"): [TO_CHECK]}


def test_a_submission_that_the_list_lacks_is_a_doubt_that_names_both_files(tmp_path: Path) -> None:
    first = export(student("DURIEUX", "Zoé", sent("08:20", 3), sent("08:50", 6)), TOM, at="09:00")
    second = export(student("DURIEUX", "Zoé", sent("08:20", 3)), TOM, at="09:30")
    row = row_of(board(tmp_path, first, second))
    assert (row.eligibility, reason_codes(row)) == (TO_CHECK, ["submission_gone"])
    (reason,) = row.verdict.reasons
    assert reason.values[1:] == (first.name, second.name)


def test_an_older_submission_that_is_gone_leaves_no_doubt(tmp_path: Path) -> None:
    first = export(student("DURIEUX", "Zoé", sent("08:20", 6), sent("08:50", 3)), at="09:00")
    second = export(student("DURIEUX", "Zoé", sent("08:50", 3)), at="09:30")
    assert states(board(tmp_path, first, second)) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE]}


def last_year() -> tuple[str, bytes]:
    gone = student("ANCIEN", "Paul", sent("2024-11-20T10:00", 6))
    made = export(gone, at="2024-11-20T10:10", campaign=OTHER_CAMPAIGN)
    return made.name, made.content


def request(folder: Path, **more: Any) -> BoardRequest:
    return BoardRequest(folder, Rule())._replace(**more)


def checked(folder: Path, **more: Any) -> Snapshot:
    return check_folder(request(folder, **more), lambda: MORNING)


@pytest.mark.parametrize("renamed", [False, True])
def test_a_campaign_of_an_earlier_school_year_is_hidden_and_said(tmp_path: Path, renamed: bool) -> None:
    name, content = last_year()
    put(tmp_path, "collecte.csv" if renamed else name, content, MORNING)
    snapshot = board(tmp_path, export(TOM))
    assert states(snapshot) == {("MARTIN", "3eB"): [ELIGIBLE]}
    (hidden,) = snapshot.hidden
    assert (hidden.reason, [one.key for one in hidden.campaigns]) == (
        HiddenReason.EARLIER_YEAR,
        [str(OTHER_CAMPAIGN.number)],
    )
    everybody = checked(tmp_path, shows_all=True)
    assert {row.last_name for row in everybody.rows} == {"MARTIN", "ANCIEN"}
    assert not everybody.hidden
    asked = checked(tmp_path, campaigns=frozenset({OTHER_CAMPAIGN.code}))
    assert {row.last_name for row in asked.rows} == {"ANCIEN"}


def test_a_file_dated_in_the_future_hides_nothing(tmp_path: Path) -> None:
    odd = export(student("LOIN", "Ève"), at="2031-11-20T10:10", campaign=OTHER_CAMPAIGN)
    snapshot = board(tmp_path, export(TOM), odd)
    assert ("MARTIN", "3eB") in states(snapshot)
    assert not snapshot.hidden


def test_another_organisation_is_not_mixed_in(tmp_path: Path) -> None:
    other = SampleCampaign("Lycée des Deux-Rives", 901001, "LYCEE1234", "Collecte")
    stranger = export(student("AILLEURS", "Noé"), at="09:50", campaign=other)
    snapshot = board(tmp_path, export(TOM, ANA, at="09:20"), export(TOM, ANA), stranger)
    assert set(states(snapshot)) == {("MARTIN", "3eB"), ("LEROY", "3eB")}
    (hidden,) = snapshot.hidden
    assert (hidden.reason, hidden.organisations) == (
        HiddenReason.OTHER_ORGANISATION,
        ("Lycée des Deux-Rives",),
    )
    assert "organisation" in (entry(snapshot, stranger.name).message or "")


class Watched:
    """A folder with a board that keeps its dossier."""

    def __init__(self, folder: Path, dossier: Path) -> None:
        self.now = MORNING
        self.folder, self.dossier = folder, dossier
        self.desk = BoardEngine(request(folder, dossier=dossier), lambda: self.now, live=True)

    def read(self) -> Snapshot:
        paths = sorted(self.folder.iterdir())
        self.desk.look(frozenset(path.name for path in paths), frozenset())
        for path in paths:
            self.desk.take(path)
        return self.desk.snapshot()


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return Watched(folder, tmp_path / "dossier")


def test_a_file_is_taken_back_and_counts_again(watched: Watched) -> None:
    old, new = export(ZOE_BEFORE, at="09:00"), export(ZOE_FELL, at="09:30")
    for one in (old, new):
        one.write_to(watched.folder)
    assert states(watched.read()) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE]}
    watched.desk.intake.take_back_file(new.name)
    snapshot = watched.desk.snapshot()
    assert states(snapshot) == {("DURIEUX", "3eA"): [ELIGIBLE]}
    assert entry(snapshot, new.name).role is FileRole.TAKEN_BACK
    watched.desk.close()
    # Kept as a decision: a board that starts later, and a check that keeps nothing, obey it.
    again = Watched(watched.folder, watched.dossier)
    assert states(again.read()) == {("DURIEUX", "3eA"): [ELIGIBLE]}
    heeding = check_folder(request(watched.folder, decisions_from=watched.dossier), lambda: MORNING)
    assert states(heeding) == {("DURIEUX", "3eA"): [ELIGIBLE]}
    assert again.desk.intake.taken_back.undo() == new.name
    assert states(again.desk.snapshot()) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE]}
    again.desk.close()


def test_forgetting_without_a_board(watched: Watched) -> None:
    new = export(ZOE_FELL, at="09:30")
    path = new.write_to(watched.folder)
    watched.read()
    watched.desk.close()
    path.unlink()  # gone, and still counted
    assert take_back_once(watched.dossier, path, {}, lambda: MORNING, counts=False)
    again = Watched(watched.folder, watched.dossier)
    assert [*again.desk.catch_up()] == []
    assert again.desk.snapshot().rows == ()
    again.desk.close()
    assert take_back_once(watched.dossier, path, {}, lambda: MORNING, counts=True)
    assert not take_back_once(watched.dossier, path, {}, lambda: MORNING, counts=True)
    last = Watched(watched.folder, watched.dossier)
    assert states(last.desk.snapshot()) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE]}
    last.desk.close()


@pytest.mark.parametrize(("minutes", "asked"), [(5, True), (15, False)])
def test_a_counted_file_deleted_soon_is_asked_about(watched: Watched, minutes: int, asked: bool) -> None:
    path = export(ZOE_FELL).write_to(watched.folder)
    assert watched.read().deleted == ()
    watched.now += timedelta(minutes=minutes)
    path.unlink()
    snapshot = watched.read()
    assert snapshot.deleted == ((path.name,) if asked else ())
    assert states(snapshot) == {("DURIEUX", "3eA"): [NOT_ELIGIBLE]}
    assert "deleted from the folder" in (entry(snapshot, path.name).message or "")
    watched.desk.close()


def test_school_years_begin_in_august() -> None:
    from pixsession.domain.pix.school_year import school_year_start

    days = [datetime(2026, 7, 31).date(), datetime(2026, 8, 1).date(), datetime(2027, 1, 5).date()]  # noqa: DTZ001
    assert [school_year_start(day).isoformat() for day in days] == ["2025-08-01", "2026-08-01", "2026-08-01"]


def test_the_campaign_of_these_tests_is_of_this_year() -> None:
    assert CAMPAIGN.number != OTHER_CAMPAIGN.number


def test_a_campaign_that_is_hidden_from_now_on_is_no_news(watched: Watched) -> None:
    name, content = last_year()
    put(watched.folder, name, content, MORNING)
    assert len(watched.read().rows) == 1
    export(TOM).write_to(watched.folder)
    snapshot = watched.read()
    assert states(snapshot) == {("MARTIN", "3eB"): [ELIGIBLE]}
    assert [change.last_name for change in snapshot.changes] == []
    watched.desk.close()


def test_a_name_of_the_year_9999_hides_no_export_that_comes_later(tmp_path: Path) -> None:
    odd = export(student("DURIEUX", "Zoé", sent("08:10", 4)), at="08:45")
    later = export(student("DURIEUX", "Zoé", sent("08:10", 4), sent("09:12", 6)), at="09:15")
    paths = [odd.write_to(tmp_path), later.write_to(tmp_path)]
    paths[0].rename(tmp_path / paths[0].name.replace("2026-03-12-0845", "9999-12-31-2359"))
    found = check_folder(BoardRequest(tmp_path, Rule()), noon)
    (row,) = found.rows
    source = found.source_of(row)
    assert (row.verdict.eligible_competences, source and source.file) == (6, paths[1].name)


@pytest.mark.parametrize(
    ("one_line_each", "sent_at", "is_later"),
    [
        # Before 2024 a student has one line, and a day tells no hour: that of the same day was replaced.
        (True, "2023-03-12", False),
        (True, "2023-03-13", True),
        (True, "2023-03-11", False),
        (False, "2023-03-12", True),
        (False, "2023-03-13", True),
        (False, "2023-03-11", False),
    ],
)
def test_a_profile_that_the_list_hides_is_later_than_the_one_that_counts(
    one_line_each: bool, sent_at: str, is_later: bool
) -> None:
    person = ("MARTIN", "Léo", "3eA", None, None, None)
    shown = Participation(*person, True, "2023-03-12", 100, None, None, None, None)
    counted = ExportLine("list", one_line_each, shown)
    hidden = Sighting(submission_of(sent_at, 90), sent_at, MORNING, "other.csv")
    assert unseen_later([hidden], [counted], counted, "list.csv") == ((hidden,) if is_later else ())
    same = Sighting(submission_of(sent_at, 100), sent_at, MORNING, "other.csv")
    told = () if sent_at <= "2023-03-12" else (same,)
    assert unseen_later([same], [counted], counted, "list.csv") == told
    pending = counted._replace(participation=shown._replace(sent=False))
    found = unseen_later([hidden], [pending], pending, "list.csv")
    assert found == (() if one_line_each else (hidden,)), "all are hidden while a new one is pending"
