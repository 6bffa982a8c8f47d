"""Names of exports: what their time is worth, by the year."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from pixsession.readers.file_names import campaign_number, copy_number, export_time
from tests.factories.samples import SampleCampaign
from tests.factories.samples.generations import file_name

YEARS_LATER = datetime(2026, 7, 1, 3, 0)  # noqa: DTZ001 - Paris time without zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_name_says_paris_time() -> None:
    assert export_time("Resultats-Collecte-512407-2026-03-12-0945.csv", YEARS_LATER) == at("2026-03-12T09:45")


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("Resultats-Collecte 3_me B _ n_2-123456-2026-05-12-1408.csv", "2026-05-12T14:08"),
        ("Resultats-Bilan 2025-06-01-1000 - suite-7-2026-05-12-1408.csv", "2026-05-12T14:08"),
        ("Resultats-x-7-2026-05-12-1408 (2).csv", "2026-05-12T14:08"),
        ("Results-x-7-2026-05-12-0000.csv", "2026-05-12T00:00"),
        ("Resultats-x-7-2023-02-01-0900.csv", "2023-02-01T09:00"),
    ],
)
def test_the_last_date_of_the_name_counts(name: str, moment: str) -> None:
    assert export_time(name, YEARS_LATER) == at(moment)


@pytest.mark.parametrize(
    "name",
    [
        "export.csv",
        "Resultats-x-7-2026-13-12-1408.csv",
        "Resultats-x-7-2026-05-12-2508.csv",
        "Resultats-x-7-2026-05-12-14088.csv",
        "Resultats-x-7-0000-00-00-0000.csv",
        "Resultats-x-7-٢٠٢٦-05-12-1408.csv",
        "",
    ],
)
def test_names_without_a_time(name: str) -> None:
    assert export_time(name, YEARS_LATER) is None


@pytest.mark.parametrize(
    ("name", "day", "hour"),
    [
        ("x-1-0001-01-01-0000.csv", date(1, 1, 1), 0),
        ("x-1-0001-01-01-1200.csv", date(1, 1, 1), 12),
        ("x-1-9999-12-31-2359.csv", date(9999, 12, 31), 23),
    ],
)
def test_absurd_years_do_no_harm(name: str, day: date, hour: int) -> None:
    found = export_time(name, YEARS_LATER)
    assert found is not None
    assert (found.date(), found.hour) == (day, hour)


@pytest.mark.parametrize(
    "moment",
    [
        "2020-06-16T16:30",
        "2021-03-18T09:45",
        "2021-12-16T08:45",
        "2022-07-01T00:20",
        "2022-11-03T13:05",
        "2022-01-10T12:30",
    ],
)
def test_before_2023_the_files_own_time_tells_morning_from_afternoon(moment: str) -> None:
    name = file_name("Collecte", 731958, at(moment))
    for late in (timedelta(0), timedelta(minutes=3), timedelta(hours=4)):
        assert export_time(name, at(moment) + late) == at(moment)


@pytest.mark.parametrize(
    "moment", ["2020-06-16T16:30", "2021-12-16T08:45", "2022-11-03T13:05", "2022-01-10T12:30"]
)
def test_before_2023_a_copy_made_years_later_is_of_the_hours_of_school(moment: str) -> None:
    assert export_time(file_name("Collecte", 731958, at(moment)), YEARS_LATER) == at(moment)


@pytest.mark.parametrize("clock", ["0000", "1315", "2359"])
def test_before_2023_an_hour_that_no_12_hour_clock_has_is_taken_as_it_is(clock: str) -> None:
    found = export_time(f"Resultats-x-7-2023-01-25-{clock}.csv", YEARS_LATER)
    assert found is not None
    assert f"{found:%Y-%m-%dT%H%M}" == f"2023-01-25T{clock}"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Resultats-Collecte-512407-2026-03-12-0945.csv", "512407"),
        ("Resultats-Collecte 2026-03-12-4-512407-2026-03-12-0945 (1).csv", "512407"),
        ("Resultats-Collecte-2026-03-12-0945.csv", None),
        ("export.csv", None),
    ],
)
def test_the_campaign_is_the_last_group_of_digits_before_the_date(name: str, number: str | None) -> None:
    assert campaign_number(name) == number


def test_the_names_of_the_generator_are_understood() -> None:
    campaign = SampleCampaign("x", 864209, "PLMTRV208", 'Collecte "3ème" 2026-01-01-0800; été')
    name = file_name(campaign.name, campaign.number, at("2026-03-12T09:45"))
    assert campaign_number(name) == "864209"
    assert export_time(name, YEARS_LATER) == at("2026-03-12T09:45")


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("a.csv", 0),
        ("a (1).csv", 1),
        ("a (12).csv", 12),
        ("a(3).csv", 3),
        ("a (3)", 3),
        ("a (99999999999999).csv", 0),
    ],
)
def test_the_number_of_a_second_download(name: str, number: int) -> None:
    assert copy_number(name) == number
