"""The verdict, from the outside: files in a folder, students on the board."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import FileStatus
from pixsession.domain.pix.eligibility import Eligibility, Gap, Rule
from tests.factories import exports as sheets
from tests.factories.exports import (
    CAMPAIGN,
    OTHER_CAMPAIGN,
    board,
    board_of,
    export,
    moment,
    pending,
    put,
    reason_codes,
    row_of,
    sent,
    sheet,
    states,
    student,
)
from tests.factories.samples import (
    EXPORTS,
    LANGUAGES,
    ExportFile,
    Generation,
    Layout,
    Student,
    big_export,
    morning,
    profiles_export,
)

pytestmark = pytest.mark.usefixtures("one_engine")

ELIGIBLE, NOT_ELIGIBLE = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE
NOT_SENT, TO_CHECK = Eligibility.NOT_SENT, Eligibility.TO_CHECK


def assert_true(file: ExportFile, folder: Path) -> None:
    """The board of this one export says what the generator knows."""
    snapshot = board(folder, file)
    assert snapshot.counts == file.counts()
    rows = {(row.last_name, row.first_name, row.division, row.group): row for row in snapshot.rows}
    for truth in file.truth:
        row = rows[truth.last_name, truth.first_name, truth.division, truth.group]
        assert row.eligibility is truth.eligibility, truth
        assert row.verdict.eligible_competences == truth.eligible_competences
        assert (row.pix, row.sent_at, row.submissions) == (truth.pix, truth.sent_at, truth.sends)
        assert (row.profile.levels if row.profile else None) == truth.levels
        assert (row.profile.competence_pix if row.profile else None) == truth.competence_pix


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "generation", [Generation.PARIS_MINUTES, Generation.WITH_CODE, Generation.WITH_CLASS]
)
def test_every_generation_in_every_language(tmp_path: Path, generation: Generation, language: str) -> None:
    assert_true(big_export(60, 8, generation, Layout(language=language)), tmp_path)


@pytest.mark.parametrize("number", range(len(EXPORTS)))
def test_the_demo_morning_after_each_export(tmp_path: Path, number: int) -> None:
    for file in morning()[:number]:
        file.write_to(tmp_path)
    assert_true(morning()[number], tmp_path)


@pytest.mark.parametrize(
    ("rule", "states_by_count"),
    [
        (Rule(), {3: NOT_ELIGIBLE, 4: NOT_ELIGIBLE, 5: ELIGIBLE, 6: ELIGIBLE}),
        (Rule(4, 1), {3: NOT_ELIGIBLE, 4: ELIGIBLE, 5: ELIGIBLE, 6: ELIGIBLE}),
        (Rule(6, 1), {3: NOT_ELIGIBLE, 4: NOT_ELIGIBLE, 5: NOT_ELIGIBLE, 6: ELIGIBLE}),
        (Rule(3, 2), {3: NOT_ELIGIBLE, 4: NOT_ELIGIBLE, 5: NOT_ELIGIBLE, 6: NOT_ELIGIBLE}),
    ],
)
def test_the_rule_can_be_set(tmp_path: Path, rule: Rule, states_by_count: dict[int, Eligibility]) -> None:
    people = [student(f"N{count}", "A", sent("09:31", count)) for count in states_by_count]
    snapshot = board(tmp_path, export(*people), rule=rule)
    assert states(snapshot) == {(f"N{count}", "3eA"): [state] for count, state in states_by_count.items()}


def test_the_nearest_competences(tmp_path: Path) -> None:
    row = row_of(board(tmp_path, export(student("DURIEUX", "Zoé", sent("09:31", 2)))))
    assert row.verdict.nearest[:2] == (Gap("1.3", 5), Gap("2.1", 5))


@pytest.mark.parametrize(
    ("claims", "codes"),
    [
        ({"claimed_certifiable": False}, ["pix_says_not_eligible"]),
        ({"claimed_count": 6}, ["pix_count_differs"]),
        ({"claimed_count": 4, "claimed_certifiable": False}, ["pix_count_differs", "pix_says_not_eligible"]),
        ({"drift": 4}, []),
        ({"drift": -4}, []),
    ],
)
def test_where_pix_disagrees_the_student_is_to_check(
    tmp_path: Path, claims: dict[str, int], codes: list[str]
) -> None:
    row = row_of(board(tmp_path, export(student("DURIEUX", "Zoé", sent("09:31", 5, **claims)))))
    assert row.eligibility is (TO_CHECK if codes else ELIGIBLE)
    assert reason_codes(row) == codes
    assert row.verdict.eligible_competences == 5


@pytest.mark.parametrize(
    ("label", "cell", "codes"),
    [
        (sheets.LEVEL, "2", ["level_does_not_fit_pix"]),
        (sheets.COMPETENCE_PIX, "7", ["level_does_not_fit_pix"]),
        (sheets.COMPETENCE_PIX, "NA", ["level_does_not_fit_pix"]),
        (sheets.LEVEL, "NA", ["level_unknown"]),
        (sheets.LEVEL, "", ["level_unknown"]),
        (sheets.SENT, "", ["send_state_unknown"]),
        (sheets.SENT, "Ouais", ["send_state_unknown"]),
        (sheets.SENT_AT, "NA", ["send_date_unknown"]),
        (sheets.SENT_AT, "30/02/2026 10:00", ["send_date_unknown"]),
        (sheets.CERTIFIABLE, "NA", ["cell_unreadable"]),
        (sheets.COUNT, "", ["cell_unreadable"]),
        (sheets.TOTAL, "12pix", ["cell_unreadable"]),
    ],
)
def test_a_cell_that_does_not_fit_makes_the_student_to_check(
    tmp_path: Path, label: str, cell: str, codes: list[str]
) -> None:
    row = row_of(board_of(tmp_path, sheet(student()).with_cell(label, cell).content()))
    assert row.eligibility is TO_CHECK
    assert reason_codes(row) == codes


def test_sent_with_nothing_but_na_is_to_check(tmp_path: Path) -> None:
    row = row_of(
        board_of(
            tmp_path, sheet(student("DURIEUX", "Zoé", pending())).with_cell(sheets.SENT, "Oui").content()
        )
    )
    assert row.eligibility is TO_CHECK
    assert "level_unknown" in reason_codes(row)


def test_a_total_far_from_the_sum_is_still_pix_own_figure(tmp_path: Path) -> None:
    row = row_of(board_of(tmp_path, sheet(student()).with_cell(sheets.TOTAL, "84").content()))
    assert (row.eligibility, row.pix) == (ELIGIBLE, 84)


# Several lines, several campaigns.


@pytest.mark.parametrize("turned", [False, True])
def test_the_latest_send_wins_whichever_order_the_lines_have(tmp_path: Path, turned: bool) -> None:
    someone = student("FERRAND", "Elouan", sent("2026-02-24T16:10", 5), sent("09:19", 3), pending("09:40"))
    written = sheet(someone)
    rows = written.rows[::-1] if turned else written.rows
    row = row_of(board_of(tmp_path, sheets.Sheet(written.header, rows).content()), "FERRAND")
    assert (row.eligibility, row.sent_at, row.submissions) == (NOT_ELIGIBLE, "2026-03-12T09:19", 2)


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_latest_send_wins_whichever_campaign_it_came_through(tmp_path: Path, newest_first: bool) -> None:
    here = student("FERRAND", "Elouan", sent("2026-02-24T16:10", 3))
    there = student("FERRAND", "Elouan", sent("09:19", 6))
    files = [
        export(here, at="09:45" if newest_first else "09:30"),
        export(there, at="09:30" if newest_first else "09:45", campaign=OTHER_CAMPAIGN),
    ]
    snapshot = board(tmp_path, *files)
    row = row_of(snapshot, "FERRAND")
    assert (row.eligibility, row.sent_at) == (ELIGIBLE, "2026-03-12T09:19")
    source = snapshot.source_of(row)
    assert source is not None
    assert source.campaign.code == OTHER_CAMPAIGN.code
    assert set(row.campaigns) == {str(CAMPAIGN.number), str(OTHER_CAMPAIGN.number)}


def test_two_profiles_of_one_minute_are_to_check(tmp_path: Path) -> None:
    row = row_of(
        board(tmp_path, export(student("FERRAND", "Elouan", sent("09:19", 5), sent("09:19", 3)))), "FERRAND"
    )
    assert row.eligibility is TO_CHECK
    assert "sends_tie" in reason_codes(row)


def test_two_profiles_of_one_day_are_to_check_where_the_file_has_no_time(tmp_path: Path) -> None:
    someone = student("FERRAND", "Elouan", sent("2024-03-12T08:10", 5), sent("2024-03-12T09:19", 3))
    file = export(someone, at="2024-03-12T09:45", generation=Generation.EVERY_PARTICIPATION)
    row = row_of(board(tmp_path, file), "FERRAND")
    assert row.eligibility is TO_CHECK
    assert "sends_tie" in reason_codes(row)


# Namesakes.


def test_two_pending_lines_of_one_name_and_class_are_namesakes(tmp_path: Path) -> None:
    people = [
        student("BERGER", "Camille", pending()),
        student("BERGER", "Camille", sent("09:31", 6), pending("09:40")),
    ]
    row = row_of(board(tmp_path, export(*people)), "BERGER")
    assert row.eligibility is TO_CHECK
    assert "namesakes" in reason_codes(row)


@pytest.mark.parametrize("generation", [Generation.WITH_CLASS, Generation.WITH_GROUP, Generation.WITH_CODE])
def test_two_lines_before_2024_are_namesakes(tmp_path: Path, generation: Generation) -> None:
    at = generation.sample_moment
    day = f"{at - timedelta(days=3):%Y-%m-%dT%H:%M}"
    people = [student("BERGER", "Camille", sent(day, 6)), student("BERGER", "Camille", sent(day, 7))]
    row = row_of(board(tmp_path, profiles_export(people, generation, Layout(), at, CAMPAIGN)), "BERGER")
    assert row.eligibility is TO_CHECK
    assert "namesakes" in reason_codes(row)


def test_the_same_lines_since_2024_are_one_student(tmp_path: Path) -> None:
    people = [
        student("BERGER", "Camille", sent("2026-03-01T10:00", 6)),
        student("BERGER", "Camille", sent("09:31", 7)),
    ]
    row = row_of(board(tmp_path, export(*people)), "BERGER")
    assert (row.eligibility, reason_codes(row), row.submissions) == (ELIGIBLE, [], 2)


def test_one_of_two_who_may_be_namesakes_is_eligible_with_that_doubt_only(tmp_path: Path) -> None:
    people = [
        student("BERGER", "Camille", sent("2026-03-01T10:00", 2)),
        student("BERGER", "Camille", sent("09:31", 7)),
    ]
    row = row_of(board(tmp_path, export(*people)), "BERGER")
    assert (row.eligibility, reason_codes(row)) == (ELIGIBLE, ["perhaps_namesakes"])


TOLD_APART: dict[str, tuple[Layout, Student, Student]] = {
    "class": (
        Layout(),
        student("BERGER", "Camille", sent("09:20", 6), place="3eB"),
        student("BERGER", "Camille", pending(), place="3eC"),
    ),
    "group": (
        Layout(division=False, group=True),
        student("BERGER", "Camille", sent("09:20", 6), group="L1 TD2"),
        student("BERGER", "Camille", pending(), group="L1 TD3"),
    ),
    "number": (
        Layout(division=False, group=True, student_number=True),
        student("BERGER", "Camille", sent("09:20", 6), group="L1", student_number="022104640"),
        student("BERGER", "Camille", pending(), group="L1", student_number="022104641"),
    ),
    "external id": (
        Layout(external_id="Matricule"),
        student("BERGER", "Camille", sent("09:20", 6), external_id="A12"),
        student("BERGER", "Camille", pending(), external_id="A13"),
    ),
    "external id called class": (
        Layout(external_id="Classe"),
        student("BERGER", "Camille", sent("09:20", 6), external_id="3e1"),
        student("BERGER", "Camille", pending(), external_id="3e2"),
    ),
}


@pytest.mark.parametrize("by", TOLD_APART)
def test_namesakes_told_apart_stay_two_students(tmp_path: Path, by: str) -> None:
    layout, one, other = TOLD_APART[by]
    for at in ("09:30", "09:45"):
        snapshot = board(tmp_path, export(one, other, at=at, layout=layout))
        assert sorted(row.eligibility for row in snapshot.rows) == [ELIGIBLE, NOT_SENT]
        assert all(reason_codes(row) == [] for row in snapshot.rows)
    assert [row.eligibility for row in snapshot.rows] == [NOT_SENT, ELIGIBLE]


def test_a_column_of_the_import_format_does_not_vouch_for_anyone(tmp_path: Path) -> None:
    layout = Layout(division=False, extra_columns=("Cycle",))
    people = [
        student("BERGER", "Camille", sent("2026-03-01T10:00", 2), extras=("Cycle 4",)),  # type: ignore[arg-type]
        student("BERGER", "Camille", sent("09:31", 7), extras=("Cycle 4",)),  # type: ignore[arg-type]
    ]
    row = row_of(board(tmp_path, export(*people, layout=layout)), "BERGER")
    assert reason_codes(row) == ["perhaps_namesakes"]


def test_a_campaign_with_ids_and_one_without_are_one_board(tmp_path: Path) -> None:
    asked = student("BERGER", "Camille", sent("2026-03-01T10:00", 2), external_id="lou@exemple.fr")
    elsewhere = student("BERGER", "Camille", sent("09:31", 7), external_id="0123")
    files = [
        export(asked, at="09:30", layout=Layout(external_id="Mail")),
        export(elsewhere, at="09:45", layout=Layout(external_id="N°"), campaign=OTHER_CAMPAIGN),
    ]
    row = row_of(board(tmp_path, *files), "BERGER")
    assert (row.eligibility, row.submissions, reason_codes(row)) == (ELIGIBLE, 2, [])


def test_an_anonymised_student_keeps_a_line_of_their_own(tmp_path: Path) -> None:
    snapshot = board(tmp_path, export(student("", "", sent("09:31", 6)), student()))
    row = next(row for row in snapshot.rows if not row.last_name)
    assert (row.eligibility, reason_codes(row)) == (ELIGIBLE, ["nameless"])
    two = board(
        tmp_path, export(student("", "", sent("09:31", 6)), student("", "", sent("09:20", 6)), at="10:00")
    )
    assert reason_codes(next(row for row in two.rows if not row.last_name)) == ["namesakes"]


# From export to export.


def test_who_is_gone_from_the_newest_export_leaves_the_board(tmp_path: Path) -> None:
    stays, leaves = (student(name, "A", sent("09:20", 5)) for name in ("DURIEUX", "MONIER"))
    assert states(board(tmp_path, export(stays, leaves, at="09:30"))) == {
        ("DURIEUX", "3eA"): [ELIGIBLE],
        ("MONIER", "3eA"): [ELIGIBLE],
    }
    assert states(board(tmp_path, export(stays))) == {("DURIEUX", "3eA"): [ELIGIBLE]}


def test_a_newest_export_without_a_line_does_not_empty_the_board(tmp_path: Path) -> None:
    snapshot = board(tmp_path, export(student("DURIEUX", "Zoé", sent("09:20", 5)), at="09:30"), export())
    assert states(snapshot) == {("DURIEUX", "3eA"): [ELIGIBLE]}
    assert snapshot.files_with(FileStatus.READ) == 2


def test_an_older_file_read_later_changes_nothing(tmp_path: Path) -> None:
    newer = export(student("DURIEUX", "Zoé", sent("09:31", 3)))
    before = board(tmp_path, newer).rows
    older = export(
        student("DURIEUX", "Zoé", sent("2026-03-01T10:00", 6)), student("MONIER"), at="2026-03-02T10:00"
    )
    os.utime(older.write_to(tmp_path), (2_000_000_000, 2_000_000_000))
    after = board(tmp_path).rows
    assert [(row.last_name, row.verdict) for row in after] == [(row.last_name, row.verdict) for row in before]


def test_the_same_bytes_under_a_later_name_make_the_board_fresher(tmp_path: Path) -> None:
    file = export(student(), at="09:30")
    assert board(tmp_path, file).newest_export_at == moment("09:30")
    later = file.name.replace("0930", "0945")
    put(tmp_path, later, file.content, moment("09:45"))
    snapshot = board(tmp_path)
    assert snapshot.newest_export_at == moment("09:45")
    assert snapshot.source_of(row_of(snapshot)) is not None
    assert [entry.status for entry in snapshot.files] == [FileStatus.READ] * 2


@pytest.mark.parametrize("name", ["copie.csv", "Resultats-Collecte-731958-2026-03-12-0945 (1).csv"])
def test_copies_and_touched_files_change_nothing(tmp_path: Path, name: str) -> None:
    file = export(student())
    before = board(tmp_path, file)
    late = datetime.fromisoformat("2026-06-01T10:00")
    put(tmp_path, name, file.content, late)
    put(tmp_path, file.name, file.content, late)
    after = board(tmp_path)
    assert after.newest_export_at == before.newest_export_at
    assert [row.verdict for row in after.rows] == [row.verdict for row in before.rows]


def test_two_downloads_of_one_minute(tmp_path: Path) -> None:
    first, second = export(student("DURIEUX", "Zoé", pending())), export(student())
    put(tmp_path, first.name, first.content, moment("09:45"))
    put(tmp_path, first.name.replace(".csv", " (1).csv"), second.content, moment("09:46"))
    assert states(board(tmp_path)) == {("DURIEUX", "3eA"): [ELIGIBLE]}


@pytest.mark.parametrize("hours", [("08:40", "09:45", "14:05"), ("09:10", "13:20", "16:30")])
def test_exports_of_2021_are_put_in_the_order_of_their_day(tmp_path: Path, hours: tuple[str, ...]) -> None:
    """Their names tell the hour in UTC on a 12-hour clock: 16:30 in June is 0230."""
    for number, hour in enumerate(hours):
        someone = student("DURIEUX", "Zoé", sent("2021-06-10T09:00", number + 3))
        export(someone, at=f"2021-06-15T{hour}", generation=Generation.WITH_CLASS).write_to(tmp_path)
    snapshot = board(tmp_path)
    assert row_of(snapshot).verdict.eligible_competences == len(hours) + 2
    assert snapshot.newest_export_at == datetime.fromisoformat(f"2021-06-15T{hours[-1]}")
    for path in tmp_path.iterdir():
        os.utime(path, (1_790_000_000, 1_790_000_000))
    assert board(tmp_path).newest_export_at == snapshot.newest_export_at
    assert row_of(board(tmp_path)).verdict.eligible_competences == len(hours) + 2
