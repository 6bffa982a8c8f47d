"""What the rows of a campaign export begin with: which campaign, and who each row is about."""

from __future__ import annotations

from datetime import datetime

import pytest

from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.campaign.head_rows import (
    HeadReader,
    Identifiers,
    campaign_of_name,
    is_one_line_each,
    read_rows,
)
from pixsession.readers.campaign.labels import Column
from pixsession.readers.export import ExportedCampaign
from pixsession.readers.rows import Alignment
from tests.factories.exports import NAME
from tests.factories.tables import described

COLUMNS = (
    Column.ORGANISATION, Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE, Column.CAMPAIGN_NAME, Column.PATH,
    Column.LAST_NAME, Column.FIRST_NAME, Column.GROUP, Column.DIVISION, Column.STUDENT_NUMBER,
    Column.EXTERNAL_ID,
)  # fmt: skip
ROW = ["Collège", "731958", "ABCDEF789", "Collecte", "Rentrée", "SOREL", "Lou", "G1", "3eA", "0221", "m-7"]


def reader(*without: Column, untouched: bool = False) -> HeadReader:
    at = {column: place for place, column in enumerate(COLUMNS) if column not in without}
    return HeadReader(at, Alignment(len(COLUMNS)), untouched=untouched)


def with_cells(**cells: str) -> list[str]:
    return [cells.get(column.value, cell) for column, cell in zip(COLUMNS, ROW, strict=True)]


def campaign(row: list[str], *without: Column) -> ExportedCampaign | None:
    found = reader(*without)
    assert found.campaign is None
    assert found.fit(2, row) == row
    return found.campaign


@pytest.mark.parametrize(
    ("at", "from_name", "has_code", "is_one"),
    [
        ("2023-12-31T23:59", True, True, True),
        ("2024-01-01T00:00", True, True, False),
        ("2026-03-12T09:45", True, False, False),  # the code may have been taken out: the name says when
        ("2023-12-31T23:59", True, False, True),
        ("2023-12-31T23:59", False, True, True),
        ("2024-01-01T00:00", False, True, False),
        ("2026-03-12T09:45", False, False, True),  # saved today, of before June 2023
    ],
)
def test_before_2024_a_student_has_one_line(at: str, from_name: bool, has_code: bool, is_one: bool) -> None:
    file = described(at=datetime.fromisoformat(at))._replace(time_from_name=from_name)
    columns = {Column.LAST_NAME: 0} | ({Column.CAMPAIGN_CODE: 1} if has_code else {})
    assert is_one_line_each(columns, file) is is_one


def test_the_name_of_a_file_tells_the_number_of_its_campaign() -> None:
    assert campaign_of_name(NAME) == ExportedCampaign("731958", None, "")
    assert campaign_of_name("export.csv") is None


def test_the_campaign_is_that_of_the_first_row() -> None:
    everything = ExportedCampaign("731958", "ABCDEF789", "Collecte", "Rentrée", "Collège")
    assert campaign(ROW) == everything
    assert campaign(with_cells(campaign_name="'=Collecte ", path=" Rentrée")) == everything._replace(
        name="=Collecte"
    )
    assert campaign(with_cells(campaign_code="", path="", organisation="")) == ExportedCampaign(
        "731958", None, "Collecte", None, ""
    )
    assert campaign(ROW, Column.CAMPAIGN_CODE, Column.PATH, Column.ORGANISATION) == ExportedCampaign(
        "731958", None, "Collecte", None, ""
    )


@pytest.mark.parametrize(
    ("without", "number"),
    [
        ((), "731958"),
        ((Column.CAMPAIGN_ID,), "ABCDEF789"),
        ((Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE), "Collecte"),
        ((Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE, Column.CAMPAIGN_NAME), ""),
    ],
)
def test_a_campaign_is_known_by_its_number_else_its_code_else_its_name(
    without: tuple[Column, ...], number: str
) -> None:
    found = campaign(ROW, *without)
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    ("without", "cells", "is_other"),
    [
        ((), {"campaign_id": "999"}, True),
        ((), {"campaign_id": '="731958"'}, False),  # as a program keeps a text
        ((), {"campaign_id": "'731958"}, False),
        ((), {"campaign_code": "KRTPLM447", "campaign_name": "Autre"}, False),  # the number tells
        ((Column.CAMPAIGN_ID,), {"campaign_code": "KRTPLM447"}, True),
        ((Column.CAMPAIGN_ID,), {"campaign_name": "Autre"}, False),
        ((Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE), {"campaign_name": "Autre"}, True),
        ((Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE, Column.CAMPAIGN_NAME), {"path": "Autre"}, False),
    ],
)
def test_another_campaign_in_one_file_is_refused_with_its_line(
    without: tuple[Column, ...], cells: dict[str, str], is_other: bool
) -> None:
    found = reader(*without)
    found.fit(2, ROW)
    found.fit(3, ROW)
    if not is_other:
        assert found.fit(4, with_cells(**cells)) == found.last_row
        return
    with pytest.raises(UnreadableExport, match="two campaigns in one file") as refused:
        found.fit(4, with_cells(**cells))
    assert refused.value.line == 4


def test_a_row_that_is_too_long_is_fitted_before_it_is_read() -> None:
    found = reader()
    assert found.last_row is None
    assert found.fit(2, [*ROW, "", " "]) == ROW
    assert found.last_row == ROW
    with pytest.raises(UnreadableExport, match="cells instead of"):
        found.fit(3, ROW[:-1])


@pytest.mark.parametrize(
    ("cells", "untouched", "expected"),
    [
        ({}, True, ("SOREL", "Lou", "3eA", "G1", "0221", "m-7")),
        ({"division": "", "group": " ", "student_number": "\u00a0", "external_id": ""}, True,
         ("SOREL", "Lou", None, None, None, None)),
        ({"last_name": "'=A", "division": "'@3", "external_id": "'-7"}, True,
         ("=A", "Lou", "@3", "G1", "0221", "-7")),
        # Where a program has saved the file, an apostrophe marks texts of digits; Pix writes none there.
        ({"division": "'601", "student_number": '="0221"'}, False,
         ("SOREL", "Lou", "601", "G1", "0221", "m-7")),
        ({"division": "'601"}, True, ("SOREL", "Lou", "'601", "G1", "0221", "m-7")),
        ({"last_name": "", "first_name": " "}, False, ("", " ", "3eA", "G1", "0221", "m-7")),
    ],
)  # fmt: skip
def test_who_a_row_is_about(cells: dict[str, str], untouched: bool, expected: Identifiers) -> None:
    assert reader(untouched=untouched).identifiers(with_cells(**cells)) == expected


@pytest.mark.parametrize("place", range(4))
def test_what_has_no_column_is_unknown(place: int) -> None:
    columns = (Column.DIVISION, Column.GROUP, Column.STUDENT_NUMBER, Column.EXTERNAL_ID)
    whole = reader().identifiers(ROW)
    expected = (*whole[: place + 2], None, *whole[place + 3 :])
    assert reader(columns[place]).identifiers(ROW) == expected


def test_one_text_is_held_of_equal_names_classes_and_groups() -> None:
    rows = [[f"{cell} "[:-1] for cell in ROW] for _time in range(2)]
    one, other = (reader().identifiers(row) for row in rows)
    assert [mine is theirs for mine, theirs in zip(one[:4], other[:4], strict=True)] == [True] * 4


class _Echo:
    """Reads a row as its line and its first cell."""

    head = reader()

    def read(self, line: int, row: list[str]) -> tuple[int, str]:
        return line, row[0]


def test_rows_are_read_in_their_order_with_their_lines() -> None:
    assert read_rows(_Echo(), []) == ((), ())
    assert read_rows(_Echo(), [(2, ["a"]), (5, ["b"])]) == ((2, 5), ((2, "a"), (5, "b")))
