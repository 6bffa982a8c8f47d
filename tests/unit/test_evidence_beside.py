"""What a campaign's other exports show beside its list, without a database."""

from __future__ import annotations

from itertools import permutations

import pytest

from pixsession.domain.pix.participation import ExportLine, Participation
from pixsession.domain.pix.submissions import submission_of
from pixsession.store.evidence import LatestSubmissions, Sighting, unlisted_students, unseen_later
from pixsession.store.order import ExportOrder
from pixsession.store.rows import StoredExport
from tests.factories.stored import DAY, StoredExports, at, pending, sent

Told = tuple[str, int, str, str]  # clock of the submission, pix, time and name of the export
NEXT_DAY = "2026-03-13"


def latest(*told: Told) -> list[Told]:
    """What is kept of one student."""
    found = LatestSubmissions()
    for clock, pix, exported_at, file in told:
        sent_at = clock if clock == DAY else f"{DAY}T{clock}"
        found.note("731958", 4, sent_at, pix, at(exported_at), file)
    kept = found.by_campaign["731958"][4]
    clocks = [str(one.sent_at).removeprefix(f"{DAY}T") for one in kept]
    return [
        (clock, one.submission.pix or 0, f"{one.exported_at:%H:%M}", one.file)
        for clock, one in zip(clocks, kept, strict=True)
    ]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([("08:10", 7, "09:10", "a")], [0]),
        ([("08:10", 9, "09:30", "a"), ("08:11", 7, "09:10", "b"), ("08:09", 8, "09:40", "c")], [1]),
        # One submission is shown by the last export with it: by its time, then by its name.
        ([("08:10", 7, "09:10", "b"), ("08:10", 7, "09:20", "a")], [1]),
        ([("08:10", 7, "09:10", "a"), ("08:10", 7, "09:10", "b")], [1]),
        ([(DAY, 7, "09:10", "a"), ("08:10", 7, "09:20", "b")], [1]),
        # Several of one moment stay, the oldest export first.
        ([("08:10", 7, "09:10", "a"), ("08:10", 8, "09:20", "a"), ("08:10", 9, "09:15", "a")], [0, 2, 1]),
        ([("08:10", 7, "09:10", "b"), ("08:10", 8, "09:10", "a")], [1, 0]),
        ([("08:10", 7, "09:10", "a"), ("08:10", 8, "09:20", "b"), ("08:10", 7, "09:30", "c")], [1, 2]),
        ([("08:10", 7, "09:10", "a"), ("08:10", 8, "09:20", "b"), ("08:11", 6, "09:15", "c")], [2]),
    ],
)
def test_the_latest_submissions_are_the_same_in_any_order_of_arrival(
    told: list[Told], kept: list[int]
) -> None:
    for order in permutations(told):
        assert latest(*order) == [told[place] for place in kept]


def test_each_student_of_each_campaign_has_their_own() -> None:
    found = LatestSubmissions()
    for campaign, student, pix in (("1", 4, 10), ("1", 5, 11), ("2", 4, 12)):
        found.note(campaign, student, f"{DAY}T08:10", pix, at("09:10"), "a")
    kept = {
        (campaign, student): [one.submission.pix for one in mine]
        for campaign, students in found.by_campaign.items()
        for student, mine in students.items()
    }
    assert kept == {("1", 4): [10], ("1", 5): [11], ("2", 4): [12]}


def unlisted(store: StoredExports, *exports: StoredExport) -> list[tuple[str, str]]:
    """Who is not in the list, and which file has them."""
    found = unlisted_students(ExportOrder(store).chain(exports), store)
    assert all(len(one.participation.last_name) == one.student_id for one in found)
    return sorted((one.participation.last_name, one.export.source.file) for one in found)


ANA, TOM, ZOE = sent("A", "08:10"), sent("BB", "08:20"), sent("CCC", "08:30")


def test_whom_a_later_stamped_list_lacks_was_deleted() -> None:
    store = StoredExports()
    old, new = store.add("old", ANA, TOM, stamp="09:10"), store.add("new", ANA, stamp="09:20")
    assert unlisted(store, old, new) == []
    assert unlisted(store, new) == []
    assert unlisted(store, store.add("empty", stamp="09:30")) == []
    # Nor does a file without stamp bring back whom a stamped one has named and lost.
    loose = store.add("loose", TOM, ZOE, modified="18:00")
    assert unlisted(store, old, new, loose) == [("CCC", "loose")]


def test_of_two_files_of_one_minute_each_may_have_students_of_its_own() -> None:
    store = StoredExports()
    one = store.add("one", ANA, stamp="09:10")
    two = store.add("two", ANA, sent("BB", "08:40"), stamp="09:10", copy=1)
    three = store.add("three", ANA, ZOE, stamp="09:10")
    assert unlisted(store, one, two) == []
    assert unlisted(store, two, three) == [("CCC", "three")]
    # Not where the file itself was written again: it names them no more.
    again = store.add("three", ANA, TOM, stamp="09:10", modified="13:00")
    assert unlisted(store, three, again) == []


def test_beside_a_list_without_stamp_the_newest_stamped_export_with_a_line_counts() -> None:
    store = StoredExports()
    oldest = store.add("oldest", ANA, sent("DDDD", "08:05"), stamp="09:00")
    newest = store.add("newest", ANA, TOM, stamp="09:10")
    header = store.add("header", stamp="09:20")
    loose = store.add("loose", sent("A", "09:30"), modified="18:00")
    older = store.add("older", TOM, ZOE, sent("DDDD", "08:05"), modified="17:00")
    assert unlisted(store, oldest, newest, loose) == [("BB", "newest")]
    assert unlisted(store, oldest, newest, header, loose) == [("BB", "newest")]
    # And each other file without stamp, of those whom the list lacks.
    assert unlisted(store, newest, loose, older) == [("BB", "newest"), ("CCC", "older"), ("DDDD", "older")]
    assert unlisted(store, loose, older) == [("BB", "older"), ("CCC", "older"), ("DDDD", "older")]


def test_the_newest_export_that_names_a_student_is_the_one_shown_with_all_its_lines() -> None:
    store = StoredExports()
    stamped = store.add("stamped", ANA, stamp="09:10")
    first = store.add("first", ZOE, TOM)
    second = store.add("second", sent("CCC", "08:40"), sent("CCC", "08:35"))
    found = unlisted(store, stamped, second, first)
    assert found == [("BB", "first"), ("CCC", "second"), ("CCC", "second")]


def seen(clock: str, pix: int = 7, file: str = "other") -> Sighting:
    moment = clock if "-" in clock else f"{DAY}T{clock}"
    return Sighting(submission_of(moment, pix), moment, at("09:10"), file)


def line(participation: Participation, *, one_line_each: bool = False) -> ExportLine:
    return ExportLine("list", one_line_each, participation)


@pytest.mark.parametrize(
    ("clock", "file", "is_told"),
    [
        ("08:09", "other", False),
        ("08:10", "other", True),  # another profile of one minute: nobody knows which is later
        ("08:11", "other", True),
        (DAY, "other", True),
        ("2026-03-11", "other", False),
        ("08:10", "listing", False),  # that file has said something else since
        (DAY, "listing", False),
        ("08:11", "listing", True),
    ],
)
def test_what_no_line_shows_counts_where_it_is_no_older(clock: str, file: str, is_told: bool) -> None:
    counted = line(sent("A", "08:10", 8))
    sighting = seen(clock, 7, file)
    assert unseen_later([sighting], [counted], counted, "listing") == ((sighting,) if is_told else ())


@pytest.mark.parametrize(
    ("clock", "file", "is_told"),
    [
        ("2026-03-11", "other", False),
        (DAY, "other", False),  # replaced on that day by the one that counts
        (NEXT_DAY, "other", True),
        (NEXT_DAY, "listing", True),
    ],
)
def test_where_each_student_has_one_line_only_a_later_day_counts(
    clock: str, file: str, is_told: bool
) -> None:
    counted = line(sent("A", DAY, 8), one_line_each=True)
    sighting = seen(clock, 7, file)
    assert unseen_later([sighting], [counted], counted, "listing") == ((sighting,) if is_told else ())


def test_what_a_line_of_today_shows_is_not_told_again() -> None:
    counted, older = line(sent("A", "08:10", 8)), line(sent("A", "08:05", 6))
    told = [seen("08:10", 8), seen("08:20", 7), seen("08:30", 9), seen(DAY, 6)]
    assert unseen_later(told, [counted, older], counted, "listing") == tuple(told[1:3])
    assert unseen_later([], [counted], counted, "listing") == ()


def test_beside_a_student_who_is_pending_all_count_unless_the_form_hides_what_was_sent() -> None:
    told = [seen("08:10", 8, "listing"), seen("08:20", 7)]
    waiting = line(pending("A")._replace(sent_at=f"{DAY}T08:10", pix=8))
    assert unseen_later(told, [waiting], waiting, "listing") == tuple(told)
    one_line = line(pending("A"), one_line_each=True)
    assert unseen_later(told, [one_line], one_line, "listing") == ()
