"""A clock that does not agree with the stamps of Pix, and files that do not agree with the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pixsession.domain.board.clock_words import clock_notices, lag_words, slow_words
from pixsession.domain.board.snapshot import Campaign, Source
from pixsession.engine.board.clock_check import ClockCheck
from pixsession.foundation.i18n import use_language
from pixsession.readers import ExportKind
from pixsession.store.rows import StoredExport

NOON = datetime.fromisoformat("2026-03-12T12:00:20")  # what it is really, Paris
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Computer:
    """A computer whose clock is `wrong` by so much; time passes by hand."""

    def __init__(self, wrong: timedelta = timedelta()) -> None:
        self.true, self.wrong, self._seconds = NOON, wrong, 0.0
        self._exports: list[StoredExport] = []
        self.check = ClockCheck(self.now, lambda: self._seconds)

    def now(self) -> datetime:
        return self.true + self.wrong

    def wait(self, span: timedelta) -> None:
        self.true += span
        self._seconds += span.total_seconds()
        self.check.look(self._exports)

    def take(self, name: str, made: datetime, landed: datetime) -> StoredExport:
        number = len(self._exports) + 1
        source = Source(name, Campaign("1", None, "C"), made.replace(second=0))
        export = StoredExport(number, number, ExportKind.PROFILES, "", source, landed, 0, True, 1, "", ())
        self._exports.append(export)
        self.check.look(self._exports)
        return export

    def download(self, ago: timedelta = timedelta()) -> StoredExport:
        """An export made so long ago, saved at once by this computer."""
        at = self.true - ago
        return self.take(stamped(at), at, self.now() - ago)


def stamped(at: datetime) -> str:
    return f"Resultats-Collecte-12345-{at:%Y-%m-%d-%H%M}.csv"


def near(span: timedelta, expected: timedelta) -> bool:
    return abs(span - expected) <= MINUTE


@pytest.mark.parametrize("slow", [3 * MINUTE, HOUR, 3 * HOUR, timedelta(days=143), timedelta(days=2200)])
def test_an_export_from_the_future_shows_how_slow_the_clock_is(slow: timedelta) -> None:
    computer = Computer(-slow)
    export = computer.download()
    assert near(computer.check.behind, slow)
    assert computer.check.odd_files == ()
    computer.wait(25 * MINUTE)
    age = computer.now() + computer.check.behind - computer.check.time_of(export)
    assert near(age, 25 * MINUTE)


@pytest.mark.parametrize("wrong", [timedelta(), -MINUTE, 5 * MINUTE, 3 * HOUR])
def test_nothing_is_said_of_a_clock_that_may_be_right_or_is_fast(wrong: timedelta) -> None:
    computer = Computer(wrong)
    computer.download(2 * HOUR)
    computer.wait(10 * MINUTE)
    computer.download()
    assert computer.check.behind == timedelta()
    assert computer.check.odd_files == ()


def test_exports_of_yesterday_say_nothing_for_a_slow_clock() -> None:
    """They were saved at the right time: that was another day."""
    computer = Computer(-3 * HOUR)
    old = computer.true - timedelta(days=1)
    computer.take(stamped(old), old, old + MINUTE)
    computer.download()
    assert near(computer.check.behind, 3 * HOUR)


def test_an_export_that_has_waited_tells_the_whole_of_it() -> None:
    computer = Computer(-3 * HOUR)
    computer.download(40 * MINUTE)
    assert near(computer.check.behind, 3 * HOUR)


def test_a_file_from_another_computer_tells_the_least_it_can() -> None:
    computer = Computer(-3 * HOUR)
    made = computer.true - 30 * MINUTE
    computer.take(stamped(made), made, made)  # its own time is later than the clock: that says no more
    assert near(computer.check.behind, 2.5 * HOUR)


@pytest.mark.parametrize("ahead", [timedelta(days=3), 2 * HOUR, timedelta(days=365 * 7973)])
@pytest.mark.parametrize("comes_first", [True, False])
def test_a_file_of_the_future_is_odd_where_the_clock_is_right_for_others(
    ahead: timedelta, comes_first: bool
) -> None:
    computer = Computer()
    made, landed = computer.true + ahead, computer.true - 5 * MINUTE
    if not comes_first:
        computer.download(20 * MINUTE)
    odd = computer.take(stamped(made), made, landed)
    if comes_first:
        computer.wait(MINUTE)
        computer.download()
    assert computer.check.behind == timedelta()
    assert computer.check.odd_files == (odd.source.file,)
    assert computer.check.time_of(odd) == landed


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("saved_ago", "after_its_stamp", "is_right"),
    [
        (timedelta(), timedelta(), True),
        (timedelta(), 3 * MINUTE, True),
        (timedelta(), 3 * MINUTE + SECOND, False),  # copied: this computer has not downloaded it
        (timedelta(), -SECOND, False),  # by another clock
        (12 * HOUR, MINUTE, True),
        (12 * HOUR + SECOND, MINUTE, False),  # that was another day
        (-SECOND, MINUTE, False),  # a time that is still to come
        (-MINUTE, timedelta(), False),
    ],
)
def test_a_download_of_late_saved_at_once_shows_that_the_clock_is_right(
    saved_ago: timedelta, after_its_stamp: timedelta, is_right: bool
) -> None:
    def download() -> None:
        at = computer.now() - saved_ago - after_its_stamp
        computer.take(stamped(at), at, at + after_its_stamp)

    computer = Computer()
    computer.true = NOON.replace(second=0) + after_its_stamp % MINUTE + saved_ago % MINUTE
    computer.check = ClockCheck(computer.now, lambda: computer._seconds)
    download()
    odd = computer.true + HOUR
    computer.take(stamped(odd), odd, odd)
    assert bool(computer.check.odd_files) is is_right
    assert bool(computer.check.behind) is not is_right


@pytest.mark.parametrize(("ahead", "is_odd"), [(2 * MINUTE, False), (3 * MINUTE, True)])
def test_two_right_clocks_may_differ_by_two_minutes(ahead: timedelta, is_odd: bool) -> None:
    for comes_first in (True, False):
        computer = Computer(timedelta(seconds=-20))
        made, landed = computer.now() + ahead, computer.now() - HOUR
        if not comes_first:
            computer.download()
        odd = computer.take(stamped(made), made, landed)
        if comes_first:
            computer.download()
        assert computer.check.odd_files == ((odd.source.file,) if is_odd else ())
        assert computer.check.time_of(odd) == (landed if is_odd else made)
        assert computer.check.behind == timedelta()


def test_odd_files_are_named_in_order_until_their_time_has_come() -> None:
    computer = Computer()
    computer.download()
    late, soon = computer.true + 2 * HOUR, computer.true + HOUR
    names = [computer.take(stamped(at), at, computer.true).source.file for at in (late, soon)]
    assert [*computer.check.odd_files] == sorted(names)
    computer.wait(HOUR - 3 * MINUTE)
    assert [*computer.check.odd_files] == sorted(names)
    computer.wait(2 * MINUTE)
    assert [*computer.check.odd_files] == names[:1]
    computer.wait(2 * HOUR)
    assert [*computer.check.odd_files] == []


def test_a_clock_that_has_missed_the_change_to_summer_time_is_told_as_clocks_show_it() -> None:
    computer = Computer()
    computer.true = datetime.fromisoformat("2026-03-29T12:00:00")
    computer.wrong = timedelta(hours=-13)  # it shows 23:00, which was twelve hours ago
    computer.check = ClockCheck(computer.now, lambda: 0.0)
    computer.download()
    assert computer.check.behind == 13 * HOUR


def test_of_several_exports_ahead_the_one_farthest_counts() -> None:
    for order in ((HOUR, 3 * HOUR), (3 * HOUR, HOUR)):
        computer = Computer(-3 * HOUR)
        for ahead in order:
            made = computer.now() + ahead
            computer.take(stamped(made), made, computer.now() - 24 * HOUR)
        assert near(computer.check.behind, 3 * HOUR)


def test_a_clock_put_back_is_no_longer_trusted() -> None:
    for back, is_trusted in ((2 * MINUTE, True), (2 * MINUTE + SECOND, False)):
        computer = Computer()
        computer.download(10 * MINUTE)
        computer.wrong = -back
        computer.wait(timedelta())
        made = computer.true + HOUR
        computer.take(stamped(made), made, made)
        assert bool(computer.check.odd_files) is is_trusted


def test_a_file_whose_time_has_come_before_the_clock_is_known_to_be_right_is_not_odd() -> None:
    for waited, is_odd in ((30 * MINUTE, True), (2 * HOUR, False)):
        computer = Computer()
        made, landed = computer.true + HOUR, computer.true - MINUTE
        early = computer.take(stamped(made), made, landed)
        computer.wait(waited)
        computer.download()
        assert computer.check.time_of(early) == (landed if is_odd else early.source.exported_at)
        assert computer.check.odd_files == ((early.source.file,) if is_odd else ())
        assert computer.check.behind == timedelta()


def test_a_file_of_the_year_9999_alone_shows_nothing_of_the_clock() -> None:
    computer = Computer()
    made = datetime.fromisoformat("9999-12-31T23:59")
    odd = computer.take(stamped(made), made, computer.true)
    assert (computer.check.behind, computer.check.odd_files) == (timedelta(), (odd.source.file,))


def test_a_time_that_comes_from_the_file_says_nothing() -> None:
    computer = Computer()
    computer.take("export.csv", computer.true + HOUR, computer.true + HOUR)
    assert (computer.check.behind, computer.check.odd_files) == (timedelta(), ())


def test_a_clock_put_back_while_the_board_runs_stops_no_alarm() -> None:
    computer = Computer()
    export = computer.download()
    computer.wait(10 * MINUTE)
    assert computer.check.behind == timedelta()
    computer.wrong = -HOUR
    computer.wait(10 * MINUTE)
    assert near(computer.check.behind, HOUR)
    assert near(computer.now() + computer.check.behind - computer.check.time_of(export), 20 * MINUTE)
    computer.download()  # it agrees with the exports, not with the clock
    assert near(computer.check.behind, HOUR)
    assert computer.check.odd_files == ()


def test_a_clock_set_right_is_right() -> None:
    computer = Computer(-3 * HOUR)
    computer.download()
    assert computer.check.behind
    computer.wrong = timedelta()
    computer.wait(MINUTE)
    assert computer.check.behind == timedelta()
    computer.download()
    computer.wait(10 * MINUTE)
    assert computer.check.behind == timedelta()
    assert computer.check.odd_files == ()


def test_what_is_told_does_not_waver() -> None:
    computer = Computer(-(3 * HOUR))
    computer.download()
    told = computer.check.behind
    for _ in range(20):
        computer._seconds += 0.7  # the clock is read to the second
        computer.wait(timedelta(seconds=3))
        assert computer.check.behind == told
        computer._seconds -= 0.7
        assert computer.check.behind == told
    computer._seconds -= 21
    assert computer.check.behind == told - timedelta(seconds=21)  # somebody has set it


def test_the_hour_that_comes_twice_is_no_slow_clock() -> None:
    computer = Computer()
    computer.true = datetime.fromisoformat("2026-10-25T02:05:10").replace(fold=1)
    made = datetime.fromisoformat("2026-10-25T02:50")  # a quarter of an hour ago, before the change
    computer.check = ClockCheck(lambda: computer.true, lambda: 0.0)
    computer.take(stamped(made), made, made)
    assert computer.check.behind == timedelta()


@pytest.mark.parametrize(
    ("behind", "words", "french"),
    [
        (timedelta(minutes=2, seconds=40), "3 min", "3\u00a0min"),
        (timedelta(hours=2, minutes=59, seconds=10), "3 h", "3 h"),
        (timedelta(hours=1, minutes=31), "1 h 30", "1\u00a0h\u00a030"),
        (timedelta(days=143), "143 days", "143 jours"),
    ],
)
def test_how_slow_a_clock_is_in_words(behind: timedelta, words: str, french: str) -> None:
    assert lag_words(behind) == words
    use_language("fr")
    assert slow_words(behind) == f"horloge en retard de {french}"
    (notice,) = clock_notices(behind, ())
    assert notice.startswith(f"l’horloge de cet ordinateur retarde de {french}\u00a0:")
    assert [*clock_notices(timedelta(), ())] == []
