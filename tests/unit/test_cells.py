"""Single cells: as Pix writes them, as spreadsheets leave them, and what no one can read."""

from __future__ import annotations

import pytest

from pixsession.readers.cells import (
    bare_text,
    is_missing,
    packed_numbers,
    read_fraction,
    read_number,
    read_saved_text,
    read_text,
    read_yes_no,
)
from pixsession.readers.dates import has_halves, read_day, read_moment, readings_of, turned


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=AB1", "=AB1"),
        ("'-Jean", "-Jean"),
        ("'@Campagne", "@Campagne"),
        ("'+33", "+33"),
        ("''-Jean", "''-Jean"),
        ("'t Hooft", "'t Hooft"),
        ("'", "'"),
        ("", ""),
        ("'-", "-"),
        ("=-", "=-"),
        ("(-Jean", "(-Jean"),
        ('="3B"', "3B"),
        (' ="3B" ', "3B"),
        ("-", "-"),
        ("301", "301"),
        ("3e1", "3e1"),
        ("L’HOSTIS", "L’HOSTIS"),
    ],
)
def test_one_apostrophe_before_a_formula_sign_goes(cell: str, text: str) -> None:
    assert read_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="3B"', "3B"),
        ('="3""B"', '3"B'),
        ('="3\nB"', "3\nB"),
        ('=""', ""),
        ('="3B', '="3B'),
        ('x="3B"', 'x="3B"'),
        ("=3B", "=3B"),
        ("3B", "3B"),
    ],
)
def test_a_text_that_a_formula_keeps_one(cell: str, text: str) -> None:
    assert bare_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'601", "601"),
        ("'6", "6"),
        ("'12", "12"),
        ("'t Hooft", "'t Hooft"),
        ("'t2", "'t2"),
        ("''6", "''6"),
        ("601", "601"),
        ("x601", "x601"),
        ("'", "'"),
        ("'=A", "=A"),
        ("", ""),
    ],
)
def test_an_apostrophe_before_a_digit_goes_where_another_program_has_saved(cell: str, text: str) -> None:
    assert read_saved_text(cell) == text
    assert read_text("'601") == "'601"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0,67", 0.67),
        ("0.67", 0.67),
        ("67 %", 0.67),
        ("67%", 0.67),
        ("100 %", 1),
        ("1", 1),
        ("67", 67),
        ("'0,5", 0.5),
        ("0", 0),
        ("67\u202f%", 0.67),
        ("-1", None),
        ("NA", None),
        ("", None),
        ("67 % %", None),
        ("1234", None),
    ],
)
def test_fractions(cell: str, number: float | None) -> None:
    assert read_fraction(cell) == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize("cell", ["Oui", "oui", "OUI", " Oui ", "O", "Yes", "Y", "Ja", "J", "Sí", "Sì", "S"])
def test_yes_in_every_language(cell: str) -> None:
    assert read_yes_no(cell) is True


@pytest.mark.parametrize("cell", ["Non", "NON", "No", "N", "Geen", "Nee", "Nicht", "Nein"])
def test_no_in_every_language(cell: str) -> None:
    assert read_yes_no(cell) is False


@pytest.mark.parametrize("cell", ["", "NA", "-", "1", "O/N", "Oui Non", "Peut-être", "Ouii", "\x00"])
def test_neither_yes_nor_no(cell: str) -> None:
    assert read_yes_no(cell) is None


@pytest.mark.parametrize("cell", ["NA", "na", " NA ", "", "-", "Non Disponible", "N/A", '="NA"', '=""'])
def test_nothing_there(cell: str) -> None:
    assert is_missing(cell)
    assert read_number(cell) is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [("0", 0), ("7", 7), ("56", 56), ("12,0", 12), ("12.0", 12), (" 5 ", 5), ("1\u202f024", 1024)],
)
def test_whole_numbers(cell: str, number: int) -> None:
    assert read_number(cell) == number


@pytest.mark.parametrize(
    "cell", ["-3", "+3", "1,5", "1e3", "0x10", "٣", "１２", "12 34", "9" * 10, "9" * 5000, "²"]
)
def test_no_whole_numbers(cell: str) -> None:
    assert read_number(cell) is None


@pytest.mark.parametrize("cell", ["0", "1", "NAN", "Oui", "'", '"NA"'])
def test_something_is_there(cell: str) -> None:
    assert not is_missing(cell)


def test_sixteen_numbers_are_packed() -> None:
    assert packed_numbers(["100", "007"]) == ("100;7", [])
    assert packed_numbers(["0", "7", "12"]) == ("0;7;12", [])


def test_missing_numbers_are_empty_and_no_surprise() -> None:
    assert packed_numbers(["1", "NA", ""]) == ("1;;", [])


def test_what_is_no_number_is_named() -> None:
    assert packed_numbers(["1", "deux", "3,0", "4;5"]) == ("1;;3;", ["deux", "4;5"])


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("12/05/2026 14:08", "2026-05-12T14:08"),
        ("02/03/2019 00:04", "2019-03-02T00:04"),
        ("12/05/2026 14:08:00", "2026-05-12T14:08"),
        ("12/05/2026 14:08:31", "2026-05-12T14:08:31"),
        ("1/5/2026 9:08", "2026-05-01T09:08"),
        ("12/05/2026", "2026-05-12"),
        ("2021-12-16", "2021-12-16"),
        ("2026-05-12 14:08", "2026-05-12T14:08"),
        (" 2021-12-16 ", "2021-12-16"),
        # A few days of December 2024: UTC, an hour less than in Paris in winter, two in summer.
        ("2024-12-12T08:45:31Z", "2024-12-12T09:45"),
        ("2024-12-12 08:45 UTC", "2024-12-12T09:45"),
        ("2024-06-30T22:30:00.000Z", "2024-07-01T00:30"),
        ("2024-12-12 08:45 utc", "2024-12-12T09:45"),
        ("2024-12-12T09:45:00+01:00", "2024-12-12T09:45"),
        ("2024-12-12T03:45-0500", "2024-12-12T09:45"),
        # The years of Pix, and hours that count to twelve.
        ("01/01/2016 08:00", "2016-01-01T08:00"),
        ("31/12/2100 08:00", "2100-12-31T08:00"),
        ("31/12/2015 08:00", None),
        ("01/01/2101 08:00", None),
        ("12/05/2026 1:08 PM", "2026-05-12T13:08"),
        ("12/05/2026 12:08 AM", "2026-05-12T00:08"),
        ("12/05/2026 0:08 AM", None),
        ("12/05/2026 13:08 PM", None),
        ("12/05/26 14:08", "2026-05-12T14:08"),
    ],
)
def test_dates_in_both_forms(cell: str, moment: str | None) -> None:
    assert read_moment(cell) == moment


def test_a_time_of_utc_by_the_label_of_its_column() -> None:
    assert read_moment("2024-12-12 08:45", utc=True) == "2024-12-12T09:45"
    assert read_moment("12/12/2024 08:45", utc=True) == "2024-12-12T09:45"
    assert read_moment("2024-12-12", utc=True) == "2024-12-12"


@pytest.mark.parametrize(
    "cell",
    [
        "", "NA", "31/02/2026 10:00", "12/05/15", "12/05/2026 25:00", "05/2026", "hier", "2026-13-01",
        "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "01/01/0001 00:00", "01/01/1970 00:00",
        "2024-12-12T08:45+99:00", "١٢/٠٥/٢٠٢٦", "46154,59", "2026-05-12T14:08:00ZZ",
    ],
)  # fmt: skip
def test_no_dates(cell: str) -> None:
    assert read_moment(cell) is None


def test_only_dates_of_numbers_leave_their_order_open() -> None:
    assert readings_of("10/03/2026").is_open
    assert readings_of("10/03/2026").either() == {"2026-03-10", "2026-10-03"}
    assert readings_of("26/11/2026").either() == {"2026-11-26"}
    assert readings_of("hier").either() == set()
    for cell in ("2026-03-10", "10.03.2026", "10 mars 2026", "hier"):
        assert not readings_of(cell).is_open


@pytest.mark.parametrize(
    ("moment", "other"),
    [
        ("2026-03-10T08:31", "2026-10-03T08:31"),
        ("2026-10-03", "2026-03-10"),
        ("2026-12-12T08:00", "2026-12-12T08:00"),
        ("2026-01-12", "2026-12-01"),
        ("2026-01-13", None),
        ("2026-12-31T08:00", None),
    ],
)
def test_day_and_month_exchanged(moment: str, other: str | None) -> None:
    assert turned(moment) == other


@pytest.mark.parametrize(
    ("cell", "halves"),
    [
        ("11/12/2026 9:40 AM", True),
        ("11/12/2026 9:40 p.m. ", True),
        ("11/12/2026 9:40", False),
        ("am 12.11.2026", False),
        ("11/12/2026 9:40 a", False),
    ],
)
def test_hours_that_are_counted_twice_a_day(cell: str, halves: bool) -> None:
    assert has_halves(cell) is halves


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("17/05/2011", "2011-05-17"),
        (" 7-5-2011 ", "2011-05-07"),
        ("17.05.2011 00:00", "2011-05-17"),
        ("2011-05-17", "2011-05-17"),
        ("2011-05-17T00:00:00", "2011-05-17"),
        ("01/01/1900", "1900-01-01"),
        ("31/12/1899", None),
        ("31/12/2100", "2100-12-31"),
        ("2101-01-01", None),
        ("05/17/2011", None),
        ("31/02/2011", None),
        ("17/05/11", None),
        ("17/05/2011 08:00", None),
        ("", None),
    ],
)
def test_days_of_birth(cell: str, day: str | None) -> None:
    assert read_day(cell) == day
