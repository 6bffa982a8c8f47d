"""Which order the dates of a file have, by its cells alone, and which profiles a doubt makes rivals."""

from __future__ import annotations

from datetime import datetime

import pytest

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.open_dates import both_dates, may_be_later, open_date, shown_day, weighs
from pixsession.domain.pix.participation import Participation
from pixsession.readers.campaign.date_doubts import has_rivals, with_date_doubts
from pixsession.readers.campaign.date_order import DateOrder, order_notes, order_of

NOW = datetime(2026, 11, 26, 10, 0)  # noqa: DTZ001 - Paris time without zone
USUAL, OPEN, MIXED = DateOrder(), DateOrder(is_open=True), DateOrder(is_mixed=True)
MONTH_FIRST = DateOrder(month_first=True)
FREE = ReasonCode.SEND_DATE_AMBIGUOUS
LOW, HIGH, MOST = (";".join([str(level)] * len(CODES)) for level in (3, 4, 5))
PIX = {LOW: 25, HIGH: 33, MOST: 41}


def at(day: str) -> datetime:
    return datetime.fromisoformat(day + "T10:00")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        # One date that only one order can read.
        ({"26/11/2026 09:00", "03/10/2026 08:00"}, USUAL),
        (
            {"11/26/2026 09:00", "10/03/2026 08:00", "11/25/2026 09:00"},
            MONTH_FIRST._replace(witness="11/25/2026 09:00"),
        ),
        ({"11/26/2026 09:00", "26/11/2026 09:00"}, MIXED),
        # One that only one order can read decides, whatever is to come in it.
        ({"26/11/2026 09:00", "01/12/2026 09:00"}, USUAL),
        (
            {"11/26/2026 09:00", "12/01/2026 09:00"},
            MONTH_FIRST._replace(witness="11/26/2026 09:00"),
        ),
        # None, and the same day in either.
        (set[str](), USUAL),
        ({"hier"}, USUAL),
        ({"03/03/2026 08:00", "11/11/2026 08:00"}, USUAL),
        ({"03/03/2026 08:00", "10/03/2026 08:00"}, OPEN),
        # Hours counted twice a day are English, and so is most likely the order.
        ({"10/03/2026 8:00 AM", "04/02/2026 20:00"}, OPEN._replace(month_first=True)),
        # 1 December is to come, 12 January is not.
        ({"12/01/2026 09:00", "10/03/2026 08:00"}, USUAL),
        ({"01/12/2026 09:00", "10/03/2026 08:00"}, MONTH_FIRST._replace(witness="01/12/2026 09:00")),
        # Dates that a spreadsheet has understood, beside one that it has left as text.
        ({"2026-03-10 08:00"}, USUAL),
        ({"2026-03-10 08:00", "26/11/2026 09:00"}, MIXED),
        ({"2026-03-10 08:00", "11/26/2026 09:00"}, MIXED),
        ({"2026-03-03 08:00", "2026-03-10 08:00", "26/11/2026 09:00"}, MIXED),
        ({"2026-03-12 08:00", "26/11/2026 09:00"}, MIXED),
        ({"2026-03-13 08:00", "26/11/2026 09:00"}, USUAL),
        ({"2026-03-13 08:00", "2026-03-10 08:00", "26/11/2026 09:00"}, USUAL),
        ({"2026-03-03 08:00", "26/11/2026 09:00"}, USUAL),
        ({"2026-12-01 08:00"}, MIXED),  # to come, and 12 January is not
    ],
)
def test_what_the_dates_of_a_file_tell_of_their_order(cells: set[str], order: DateOrder) -> None:
    assert order_of(cells, NOW, untouched=False) == order
    assert order_of(cells, NOW, untouched=True) == USUAL


@pytest.mark.parametrize(
    ("exported", "cell", "order"),
    [
        ("2026-10-04", "05/10/2026 08:00", OPEN),  # the day after the export is in time: clocks are wrong
        ("2026-10-04", "10/05/2026 08:00", OPEN),
        ("2026-10-04", "06/10/2026 08:00", MONTH_FIRST._replace(witness="06/10/2026 08:00")),
        ("2026-10-04", "10/06/2026 08:00", USUAL),
        ("2026-10-04", "11/12/2026 08:00", OPEN),  # late in either order
        ("2026-10-04", "2026-10-05 08:00", USUAL),
        ("2026-10-04", "2026-10-06 08:00", MIXED),
        ("2026-10-04", "2026-12-11 08:00", USUAL),
        ("2026-05-09", "2026-10-05 08:00", MIXED),
        ("2026-05-08", "2026-10-05 08:00", USUAL),
    ],
)
def test_nothing_is_given_after_the_day_behind_the_export(exported: str, cell: str, order: DateOrder) -> None:
    assert order_of({cell}, at(exported), untouched=False) == order


def test_late_dates_of_both_orders_tell_nothing() -> None:
    cells = {"06/10/2026 08:00", "10/06/2026 08:00"}
    assert order_of(cells, at("2026-10-04"), untouched=False) == OPEN


@pytest.mark.parametrize(
    ("cells", "only_days"),
    [
        ({"26/11/2026"}, False),  # nothing was lost: no cell ever says midnight
        ({"26/11/2026 00:00"}, True),
        ({"26/11/2026 00:00", "25/11/2026"}, True),
        ({"26/11/2026 00:00", "25/11/2026 08:00"}, False),
        ({"26/11/2026 00:00", "NA"}, True),
    ],
)
def test_times_are_lost_where_every_one_is_midnight(cells: set[str], only_days: bool) -> None:
    assert order_of(cells, NOW, untouched=False).only_days is only_days


def test_times_in_utc_are_read_so_in_every_order() -> None:
    order = order_of({"12/01/2026 08:45"}, NOW, untouched=False, utc=True)
    assert order.utc
    assert order.moment("12/01/2026 08:45") == "2026-01-12T09:45"
    assert DateOrder(is_open=True, utc=True).other("12/01/2026 08:45") == "2026-12-01T09:45"


@pytest.mark.parametrize(
    ("order", "cell", "moment", "other"),
    [
        (USUAL, "10/03/2026 08:00", "2026-03-10T08:00", None),
        (USUAL, "11/26/2026 08:00", None, None),
        (MONTH_FIRST, "10/03/2026 08:00", "2026-10-03T08:00", None),
        (MONTH_FIRST, "26/11/2026 08:00", "2026-11-26T08:00", None),
        (OPEN, "10/03/2026 08:00", "2026-03-10T08:00", "2026-10-03T08:00"),
        (OPEN._replace(month_first=True), "10/03/2026 08:00", "2026-10-03T08:00", "2026-03-10T08:00"),
        (OPEN, "11/26/2026 08:00", "2026-11-26T08:00", None),
        (OPEN, "03/03/2026 08:00", "2026-03-03T08:00", None),
        (OPEN, "2026-03-10 08:00", "2026-03-10T08:00", None),
        (OPEN, "hier", None, None),
        (OPEN._replace(only_days=True), "10/03/2026 00:00", "2026-03-10", "2026-10-03"),
        (MIXED, "10/03/2026 08:00", "2026-03-10T08:00", "2026-10-03T08:00"),
        (MIXED, "11/26/2026 08:00", "2026-11-26T08:00", None),
        (MIXED, "2026-03-10 08:00", "2026-03-10T08:00", "2026-10-03T08:00"),
        (MIXED, "2026-11-26 08:00", "2026-11-26T08:00", None),
        (MIXED, "2026-03-03 08:00", "2026-03-03T08:00", None),
        (MIXED, "hier", None, None),
        (DateOrder(only_days=True), "26/11/2026 00:00", "2026-11-26", None),
        (DateOrder(only_days=True), "hier", None, None),
        (MONTH_FIRST._replace(only_days=True), "hier", None, None),
    ],
)
def test_a_cell_in_the_order_of_its_file(
    order: DateOrder, cell: str, moment: str | None, other: str | None
) -> None:
    assert (order.moment(cell), order.other(cell)) == (moment, other)


def test_an_order_is_usual_where_nothing_is_to_be_done() -> None:
    others = (MONTH_FIRST, OPEN, MIXED, DateOrder(only_days=True))
    assert USUAL.is_usual
    assert DateOrder(utc=True).is_usual
    assert [order.is_usual for order in others] == [False] * len(others)


def test_what_is_said_of_the_order_of_a_file() -> None:
    told = MONTH_FIRST._replace(witness="11/26/2026 " + "9" * 60)
    for matters in (True, False):
        assert order_notes(USUAL, matters=matters) == ()
        assert "contradict" in " ".join(order_notes(MIXED, matters=matters))
        (note,) = order_notes(told, matters=matters)
        assert "11/26/2026" in note
        assert "9" * 40 not in note
    assert "nothing in the file tells" in " ".join(order_notes(OPEN, matters=True))
    assert order_notes(OPEN, matters=False) == ()
    assert order_notes(OPEN._replace(month_first=True), matters=False) == ()


def line(
    sent_at: str | None, levels: str = LOW, *, name: str = "TILLIER", first: str = "Rose", **facts: object
) -> Participation:
    pix = ";".join([str(PIX[levels])] * len(CODES))
    plain = Participation(
        name, first, None, None, None, None, True, sent_at, None, True, len(CODES), levels, pix
    )
    return plain._replace(**facts)  # type: ignore[arg-type]


def marks(order: DateOrder, *lines: tuple[Participation, str | None]) -> list[tuple[str, ...]]:
    """What the doubt on the date of each line says, nothing where it has none."""
    found = with_date_doubts([one for one, _other in lines], [other for _one, other in lines], order)
    assert [one._replace(doubts=()) for one in found] == [one._replace(doubts=()) for one, _other in lines]
    values = []
    for after, (before, _other) in zip(found, lines, strict=True):
        assert after.doubts[: len(before.doubts)] == before.doubts
        added = after.doubts[len(before.doubts) :]
        assert [doubt.code for doubt in added] == [FREE] * len(added)
        values.append(sum((doubt.values for doubt in added), ()))
        assert len(added) < 2
    return values


MARCH, OCTOBER, MAY = "2026-03-10T08:00", "2026-10-03T08:00", "2026-05-20T08:00"
BOTH = ("10/03/2026", "03/10/2026")


def test_an_open_date_is_marked_with_both_days() -> None:
    assert marks(OPEN, (line(MARCH), OCTOBER)) == [BOTH]
    assert marks(OPEN, (line(MARCH), None)) == [()]
    assert marks(OPEN, (line(None), None)) == [()]
    assert marks(OPEN, (line(MARCH, sent=False), OCTOBER), (line(MARCH, sent=None), OCTOBER)) == [(), ()]


def test_the_mark_comes_after_the_doubts_that_there_were() -> None:
    known = Reason(ReasonCode.CELL_UNREADABLE, ("3", "x"))
    assert marks(OPEN, (line(MARCH, doubts=(known,)), OCTOBER)) == [BOTH]


def test_rivals_are_the_profiles_that_one_order_or_the_other_makes_the_latest() -> None:
    assert marks(OPEN, (line(MARCH), OCTOBER), (line(MAY, HIGH), None)) == [(*BOTH, HIGH), (*BOTH, LOW)]
    assert marks(OPEN, (line(MARCH), OCTOBER), (line(MAY), None)) == [BOTH, ()]  # equal profiles
    assert marks(OPEN, (line(OCTOBER), MARCH), (line("2026-02-01T08:00", HIGH), None)) == [BOTH[::-1], ()]
    assert marks(
        OPEN, (line("2026-10-05T08:00"), "2026-05-10T08:00"), (line("2026-02-03", HIGH), "2026-03-02")
    ) == [
        ("05/10/2026", "10/05/2026"),
        ("03/02/2026", "02/03/2026"),
    ]


def test_where_both_dates_are_open_each_says_its_own() -> None:
    found = marks(OPEN, (line(MARCH), OCTOBER), (line("2026-11-02T08:00", HIGH), "2026-02-11T08:00"))
    assert found == [(*BOTH, HIGH), ("02/11/2026", "11/02/2026", LOW)]


def test_students_are_told_by_name_however_it_is_dressed() -> None:
    dressed = line(MAY, HIGH, name="Tillier", first="ROSÉ")
    assert marks(OPEN, (line(MARCH, first="Rosé"), OCTOBER), (dressed, None)) == [(*BOTH, HIGH), (*BOTH, LOW)]
    for other in (line(MAY, HIGH, name="SOREL"), line(MAY, HIGH, first="Ana")):
        assert marks(OPEN, (line(MARCH), OCTOBER), (other, None)) == [BOTH, ()]


def test_a_date_without_a_time_may_be_the_latest_of_its_day() -> None:
    found = marks(OPEN, (line("2026-05-04"), "2026-04-05"), (line("2026-05-04T08:00", HIGH), None))
    assert found == [("04/05/2026", "05/04/2026", HIGH), ("04/05/2026", "05/04/2026", LOW)]


def test_where_each_date_has_its_own_order_all_that_may_be_last_are_rivals() -> None:
    lines = (
        (line(MARCH), OCTOBER),
        (line(MAY, HIGH), None),
        (line("2026-02-11T08:00", MOST), "2026-11-02T08:00"),
        (line("2026-01-05T08:00", HIGH), None),
    )
    latest = ("11/02/2026", "02/11/2026")
    # Of one order for all, March is never the latest: May is, day first, and 2 November month first.
    assert marks(OPEN, *lines) == [BOTH, (*latest, MOST), (*latest, HIGH), ()]
    assert marks(MIXED, *lines) == [(*BOTH, HIGH, MOST), (*BOTH, LOW, MOST), (*latest, LOW, HIGH), ()]


@pytest.mark.parametrize(
    "facts",
    [
        {"doubts": (Reason(ReasonCode.CELL_UNREADABLE, ("3", "x")),)},
        {"certifiable": False},  # Pix's own word says otherwise than the levels
        {"levels": None},
    ],
)
def test_a_rival_that_is_in_doubt_itself_tells_no_levels(facts: dict[str, object]) -> None:
    rival = line(MAY, HIGH)._replace(**facts)  # type: ignore[arg-type]
    assert marks(OPEN, (line(MARCH), OCTOBER), (rival, None))[0] == (*BOTH, "")


def test_a_doubt_has_rivals_where_it_names_more_than_two_dates() -> None:
    assert not has_rivals(line(MARCH))
    assert not has_rivals(line(MARCH, doubts=(Reason(FREE, BOTH),)))
    assert has_rivals(line(MARCH, doubts=(Reason(FREE, BOTH), Reason(FREE, (*BOTH, LOW)))))
    assert not has_rivals(line(MARCH, doubts=(Reason(ReasonCode.CELL_UNREADABLE, ("3", "x", "y")),)))


# What the doubt says of one moment.

TURNED, SAME = Reason(FREE, BOTH), Reason(FREE, ("10/03/2026", "10/03/2026"))  # the second is a rival's


@pytest.mark.parametrize(
    ("moment", "doubts", "found"),
    [
        (MARCH, (TURNED,), TURNED),
        ("2026-03-10", (TURNED,), TURNED),
        (OCTOBER, (TURNED,), None),  # another one's
        (MARCH, (SAME,), None),
        (MARCH, (Reason(ReasonCode.CELL_UNREADABLE, BOTH), TURNED), TURNED),
        (MARCH, (Reason(ReasonCode.CELL_UNREADABLE, BOTH),), None),
        (MARCH, (), None),
        (None, (TURNED,), None),
    ],
)
def test_a_moment_is_open_where_a_doubt_names_its_day_and_another_one(
    moment: str | None, doubts: tuple[Reason, ...], found: Reason | None
) -> None:
    assert open_date(moment, doubts) is found
    turned = {MARCH: OCTOBER, "2026-03-10": "2026-10-03"}
    assert both_dates(moment, doubts) == ((moment, turned[moment or ""]) if found else (moment or "",))


def test_a_day_is_shown_as_french_writes_it() -> None:
    assert (shown_day(MARCH), shown_day("2026-03-10"), shown_day("")) == ("10/03/2026", "10/03/2026", "?")


@pytest.mark.parametrize(
    ("others", "than", "may_be"),
    [
        ([OCTOBER], [MARCH], True),
        ([MARCH], [OCTOBER], False),
        ([MARCH, OCTOBER], [MAY], True),  # the later of those
        ([MAY], [MARCH, OCTOBER], True),  # than the earlier of these
        ([MARCH], [MARCH], True),
        (["2026-03-10T07:59"], [MARCH], False),
        (["2026-03-10"], [MARCH], True),  # at any hour of that day
        ([MARCH], ["2026-03-10"], True),
        (["2026-03-09"], [MARCH], False),
    ],
)
def test_whether_one_of_some_moments_may_be_the_later_one(
    others: list[str], than: list[str], may_be: bool
) -> None:
    assert may_be_later(others, than) is may_be


def test_a_doubt_about_a_date_weighs_by_a_rival_that_is_judged_otherwise_or_unknown() -> None:
    def differs(levels: str) -> bool:
        assert levels  # nothing is asked of a rival of whom nothing is known
        return levels == HIGH

    for rivals, weighty in (((), False), ((LOW,), False), ((LOW, HIGH), True), (("",), True)):
        assert weighs(Reason(FREE, (*BOTH, *rivals)), differs) is weighty
    assert weighs(Reason(ReasonCode.CELL_UNREADABLE, ("3", "x")), differs)
