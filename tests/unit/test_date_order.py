"""Day or month first: what a file says of all its dates, and who is to check where it says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.readers.campaign.date_order import order_of
from pixsession.readers.dates import read_moment, readings_of
from tests.factories import exports as sheets
from tests.factories.exports import CAMPAIGN, SENT_AT, Sheet, entry, reason_codes, row_of, sent, student
from tests.factories.samples import Generation, Layout, Student, profiles_export
from tests.factories.workbooks import Cell, ods, typed, xlsx

pytestmark = pytest.mark.usefixtures("one_engine")

NOW = datetime(2026, 11, 26, 10, 0)  # noqa: DTZ001 - Paris time without zone
NAME = "Resultats-Collecte-731958-2026-11-26-1000.csv"
Form = Callable[[datetime], str]


def month_first(at: datetime) -> str:
    return f"{at:%m/%d/%Y %H:%M}"


def day_first(at: datetime) -> str:
    return f"{at:%d/%m/%Y %H:%M}"


def in_halves(at: datetime) -> str:
    return (
        f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at.minute:02} {'PM' if at.hour > 11 else 'AM'}"
    )


FORMS: list[Form] = [
    month_first,
    in_halves,
    lambda at: f"{at.month}/{at.day}/{at:%y} {at.hour}:{at.minute:02}",
    lambda at: f"{at:%m-%d-%Y %H:%M}",
    lambda at: f"{at:%m/%d/%Y}",
    lambda at: f"{at:%m/%d/%Y} 0:00",
    lambda at: f'="{at:%m/%d/%Y %H:%M}"',
    lambda at: f"{at:%d-%b-%y}",
    lambda at: f"{at:%Y-%m-%d %H:%M}",
    lambda at: f"{at:%d.%m.%Y %H:%M}",
    day_first,
]

# The older of her profiles is the latest where 3 October is read as 10 March, and 2 November as 11 February.
ROSE = student("TILLIER", "Rose", sent("2026-10-03T08:00", 2), sent("2026-02-11T08:00", 6))
PROOF = student("BRANLY", "Tom", sent("2026-11-25T09:00", 6))
OPEN = student("BRANLY", "Tom", sent("2026-10-04T09:00", 6))


def exported(*students: Student) -> Sheet:
    file = profiles_export(students, Generation.PARIS_MINUTES, Layout(), NOW, CAMPAIGN)
    return Sheet.of(file.content)


def with_dates(plain: Sheet, form: Form) -> Sheet:
    """The sheet as another program shows its dates."""
    at = plain.header.index(SENT_AT)
    rows = [list(row) for row in plain.rows]
    for row in rows:
        if row[at] != "NA":
            row[at] = form(datetime.strptime(row[at], "%d/%m/%Y %H:%M"))  # noqa: DTZ007
    return replace(plain, rows=tuple(map(tuple, rows)))


def board(folder: Path, content: bytes, rule: Rule | None = None, name: str = NAME) -> Snapshot:
    sheets.put(folder, name, content, NOW)
    return sheets.board(folder, rule=rule)


@pytest.mark.parametrize("form", FORMS)
def test_one_date_decides_for_all(tmp_path: Path, form: Form) -> None:
    found = board(tmp_path, with_dates(exported(ROSE, PROOF), form).content("utf-8", delimiter=","))
    row = row_of(found, "TILLIER")
    assert row.eligibility is Eligibility.NOT_ELIGIBLE
    assert (row.sent_at or "")[:10] == "2026-10-03"
    assert not reason_codes(row_of(found, "BRANLY"))


def test_the_date_that_decides_is_told_once(tmp_path: Path) -> None:
    found = board(tmp_path, with_dates(exported(ROSE, PROOF), month_first).content("utf-8"))
    assert entry(found, NAME).message == ("dates are read with the month first, as “11/25/2026 09:00” tells")


@pytest.mark.parametrize("cell", ["99/99/2026 08:00", "hier"])
def test_a_date_that_no_order_can_read_stays_a_doubt_beside_one_that_decides(
    tmp_path: Path, cell: str
) -> None:
    plain = with_dates(exported(PROOF, student("TILLIER", "Rose", sent("2026-10-03T08:00", 6))), month_first)
    place = next(place for place, cells in enumerate(plain.rows) if "TILLIER" in cells)
    found = board(tmp_path, plain.with_cell(SENT_AT, cell, place).content("utf-8"))
    row = row_of(found, "TILLIER")
    assert (row.eligibility, reason_codes(row)) == (Eligibility.TO_CHECK, ["send_date_unknown"])


@pytest.mark.parametrize("form", [month_first, day_first, in_halves])
def test_where_nothing_decides_a_student_on_whom_it_rests_is_to_check(tmp_path: Path, form: Form) -> None:
    found = board(tmp_path, with_dates(exported(ROSE, OPEN), form).content("utf-8"))
    row = row_of(found, "TILLIER")
    assert row.eligibility is Eligibility.TO_CHECK
    assert reason_codes(row) == ["send_date_ambiguous"]
    sentence = row.verdict.reasons[0].sentence()
    latest = ("02/11/2026", "11/02/2026") if form is month_first else ("03/10/2026", "10/03/2026")
    assert all(date in sentence for date in latest)
    assert row_of(found, "BRANLY").eligibility is Eligibility.ELIGIBLE
    assert "day or month first?" in (entry(found, NAME).message or "")


def test_where_nothing_rests_on_it_nothing_is_said(tmp_path: Path) -> None:
    one = student("TILLIER", "Rose", sent("2026-10-03T08:00", 6))
    same = student("SOREL", "Ana", sent("2026-10-03T08:00", 2), sent("2026-04-05T08:00", 6))
    found = board(tmp_path, with_dates(exported(one, same, OPEN), month_first).content("utf-8"))
    assert row_of(found, "TILLIER").eligibility is Eligibility.ELIGIBLE
    assert reason_codes(row_of(found, "SOREL")) == ["send_date_ambiguous"]  # 10 March, 4 May: it matters
    still = student("SOREL", "Ana", sent("2026-06-07T08:00", 2), sent("2026-05-06T08:00", 6))
    found = board(tmp_path, with_dates(exported(one, still, OPEN), month_first).content("utf-8"))
    assert row_of(found, "SOREL").eligibility is Eligibility.NOT_ELIGIBLE  # the later one either way
    assert entry(found, NAME).message is None


def test_the_rule_of_the_board_tells_whether_the_profiles_differ(tmp_path: Path) -> None:
    both = student("TILLIER", "Rose", sent("2026-10-03T08:00", 5), sent("2026-02-11T08:00", 6))
    content = with_dates(exported(both, OPEN), month_first).content("utf-8")
    assert row_of(board(tmp_path, content), "TILLIER").eligibility is Eligibility.ELIGIBLE
    row = row_of(board(tmp_path, content, Rule(min_competences=6)), "TILLIER")
    assert row.eligibility is Eligibility.TO_CHECK


@pytest.mark.parametrize("form", [month_first, day_first])
def test_nothing_is_sent_after_the_export(tmp_path: Path, form: Form) -> None:
    late = student("BRANLY", "Tom", sent("2026-01-12T09:00", 6))  # 1 December is to come
    found = board(tmp_path, with_dates(exported(ROSE, late), form).content("utf-8"))
    assert row_of(found, "TILLIER").eligibility is Eligibility.NOT_ELIGIBLE
    assert row_of(found, "BRANLY").sent_at == "2026-01-12T09:00"


def test_dates_of_both_orders_are_each_in_doubt(tmp_path: Path) -> None:
    other = student("ZOLA", "Max", sent("2026-09-17T09:00", 6))
    plain = with_dates(exported(ROSE, PROOF, other), month_first)
    at = next(i for i, row in enumerate(plain.rows) if "ZOLA" in row)
    found = board(tmp_path, plain.with_cell(SENT_AT, "17/09/2026 09:00", at).content("utf-8"))
    assert reason_codes(row_of(found, "TILLIER")) == ["send_date_ambiguous"]
    assert row_of(found, "ZOLA").sent_at == "2026-09-17T09:00"
    assert row_of(found, "BRANLY").sent_at == "2026-11-25T09:00"
    assert "contradict" in (entry(found, NAME).message or "")


def test_pix_writes_the_day_first_whatever_the_dates_say(tmp_path: Path) -> None:
    file = profiles_export((ROSE, OPEN), Generation.PARIS_MINUTES, Layout(), NOW, CAMPAIGN)
    row = row_of(board(tmp_path, file.content), "TILLIER")
    assert row.eligibility is Eligibility.NOT_ELIGIBLE
    damaged = file.content.replace(b'"04/10/2026 ', b'"04/23/2026 ')
    assert damaged != file.content
    found = board(tmp_path, damaged)
    assert row_of(found, "TILLIER").eligibility is Eligibility.NOT_ELIGIBLE
    assert reason_codes(row_of(found, "BRANLY")) == ["send_date_unknown"]


def _taken_in_english(cell: str) -> Cell:
    """A cell as a spreadsheet in English takes it from Pix's file: 03/10 is 10 March, 25/11 no date."""
    found = typed(cell)
    if not isinstance(found, datetime):
        return found
    return found.replace(day=found.month, month=found.day) if found.day <= 12 else cell


@pytest.mark.parametrize(("form", "end"), [(xlsx, "xlsx"), (ods, "ods")])
def test_typed_dates_are_sure_unless_the_others_stayed_texts(
    tmp_path: Path, form: Callable[..., bytes], end: str
) -> None:
    plain = exported(ROSE, PROOF)
    name = NAME.replace("csv", end)
    cells = [list(plain.header), *([typed(cell) for cell in row] for row in plain.rows)]
    row = row_of(board(tmp_path, form(cells), name=name), "TILLIER")
    assert row.eligibility is Eligibility.NOT_ELIGIBLE
    cells = [list(plain.header), *([_taken_in_english(cell) for cell in row] for row in plain.rows)]
    row = row_of(board(tmp_path, form(cells), name=name), "TILLIER")
    assert row.eligibility is Eligibility.TO_CHECK
    assert reason_codes(row) == ["send_date_ambiguous"]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("26-Nov-26", "2026-11-26"),
        ("26-nov.-26", "2026-11-26"),
        ("26 novembre 2026 9:40", "2026-11-26T09:40"),
        ("jeudi 26 novembre 2026", "2026-11-26"),
        ("1er déc. 2026 09h40", "2026-12-01T09:40"),
        ("Nov 26, 2026 9:40 PM", "2026-11-26T21:40"),
        ("Thursday, November 26, 2026", "2026-11-26"),
        ("26/11/26 09:40", "2026-11-26T09:40"),
        ("2026/11/26 9:40", "2026-11-26T09:40"),
        ("26.11.2026 09:40", "2026-11-26T09:40"),
        ("11/12/2026 12:05 AM", "2026-12-11T00:05"),
        ("11/12/2026 12:05\u202fp.m.", "2026-12-11T12:05"),
        ('="26/11/2026 09:40"', "2026-11-26T09:40"),
        ("11/12/2026 13:05 PM", None),
        ("26 brumaire 2026", None),
        ("11/26/2026 09:40", None),
    ],
)
def test_dates_of_spreadsheets(cell: str, moment: str | None) -> None:
    assert read_moment(cell) == moment


def test_both_readings_of_a_cell() -> None:
    assert readings_of("10/03/2026 08:00")[:2] == ("2026-03-10T08:00", "2026-10-03T08:00")
    assert readings_of("11/26/2026 08:00")[:2] == (None, "2026-11-26T08:00")
    assert readings_of("2026-10-03")[:2] == ("2026-10-03", "2026-10-03")


def test_a_file_time_before_every_date_tells_nothing() -> None:
    cells = {"10/03/2026 08:00", "11/02/2026 08:00"}
    order = order_of(cells, datetime(1970, 1, 1), untouched=False)  # noqa: DTZ001
    assert order.is_open
    assert not order.month_first


def test_midnight_everywhere_is_a_time_that_was_lost() -> None:
    order = order_of({"26/11/2026 00:00", "25/11/2026 0:00"}, NOW, untouched=False)
    assert order.moment("26/11/2026 00:00") == "2026-11-26"
    order = order_of({"26/11/2026 00:00", "25/11/2026 08:00"}, NOW, untouched=False)
    assert order.moment("26/11/2026 00:00") == "2026-11-26T00:00"


@pytest.mark.parametrize(("count", "state"), [(2, Eligibility.TO_CHECK), (5, Eligibility.ELIGIBLE)])
def test_an_open_date_may_make_the_profile_of_another_campaign_the_latest(
    tmp_path: Path, count: int, state: Eligibility
) -> None:
    """3 October day first, 10 March month first; the other campaign, sure of its dates, says May."""
    open_one = student("TILLIER", "Rose", sent("2026-10-03T08:00", 6))
    sheets.put(tmp_path, NAME, with_dates(exported(open_one, OPEN), day_first).content("utf-8"), NOW)
    sure = student("TILLIER", "Rose", sent("2026-05-20T08:00", count))
    other = profiles_export((sure,), Generation.PARIS_MINUTES, Layout(), NOW, sheets.OTHER_CAMPAIGN)
    sheets.put(tmp_path, other.name, other.content, NOW)
    found = sheets.board(tmp_path)
    row = row_of(found, "TILLIER")
    assert row.eligibility is state
    assert reason_codes(row) == (["send_date_ambiguous"] if count == 2 else [])
    assert row_of(found, "BRANLY").eligibility is Eligibility.ELIGIBLE


def test_an_open_date_that_is_later_either_way_is_no_doubt(tmp_path: Path) -> None:
    open_one = student("TILLIER", "Rose", sent("2026-10-03T08:00", 6))
    sheets.put(tmp_path, NAME, with_dates(exported(open_one, OPEN), day_first).content("utf-8"), NOW)
    sure = student("TILLIER", "Rose", sent("2026-01-20T08:00", 2))
    other = profiles_export((sure,), Generation.PARIS_MINUTES, Layout(), NOW, sheets.OTHER_CAMPAIGN)
    sheets.put(tmp_path, other.name, other.content, NOW)
    row = row_of(sheets.board(tmp_path), "TILLIER")
    assert row.eligibility is Eligibility.ELIGIBLE
    assert not reason_codes(row)
