"""What every campaign export begins with: columns by name, by order, and among those of a school."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pixsession.readers.campaign.head import Head, Pivot, distinct_names, read_head
from pixsession.readers.campaign.labels import Column

ORGANISATION, NUMBER, CODE = Column.ORGANISATION, Column.CAMPAIGN_ID, Column.CAMPAIGN_CODE
TITLE, LAST, FIRST, CLASS = Column.CAMPAIGN_NAME, Column.LAST_NAME, Column.FIRST_NAME, Column.DIVISION
SENT, SENT_AT, PIX = Column.SENT, Column.SENT_AT, Column.PIX
START = [ORGANISATION, NUMBER, CODE, TITLE, LAST, FIRST]
RESULTS = [SENT, SENT_AT, PIX]
Columns = Sequence[Column | None]


def head_of(columns: Columns, *, start: int | None = None, results: Sequence[int] = ()) -> Head:
    """The head of a file whose last sent column is its pivot; at `results` labels say that they are some."""
    at = max((place for place, column in enumerate(columns) if column is SENT), default=-1)
    pivot = Pivot(at, at if start is None else start, SENT, (SENT_AT, PIX))
    return read_head(list(columns), pivot, results.__contains__)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([TITLE, FIRST, FIRST, SENT], [TITLE, LAST, FIRST, SENT]),
        ([Column.PATH, FIRST, FIRST, SENT], [Column.PATH, LAST, FIRST, SENT]),
        ([TITLE, FIRST, FIRST, LAST, SENT], [TITLE, LAST, FIRST, LAST, SENT]),  # "Nom" typed by its creator
        ([FIRST, None, FIRST, TITLE], [LAST, None, FIRST, TITLE]),
        # Nothing has two names: a file without a last name gets none by this.
        ([TITLE, FIRST, SENT], [TITLE, FIRST, SENT]),
        ([TITLE, FIRST], [TITLE, FIRST]),
        # "Prénom" typed by its creator, or columns moved by hand.
        ([TITLE, LAST, FIRST, FIRST, SENT], [TITLE, LAST, FIRST, FIRST, SENT]),
        ([TITLE, FIRST, None, FIRST, LAST], [TITLE, FIRST, None, FIRST, LAST]),
        ([FIRST, FIRST, LAST, TITLE], [FIRST, FIRST, LAST, TITLE]),
    ],
)
def test_of_two_columns_of_one_label_the_first_is_the_last_name(columns: Columns, expected: Columns) -> None:
    assert distinct_names(list(columns)) == expected


def test_the_columns_of_a_file_in_the_order_of_pix() -> None:
    found = head_of([*START, None, CLASS, Column.STUDENT_NUMBER, None, *RESULTS])
    places = dict(zip(START, range(6), strict=True))
    places |= {CLASS: 7, Column.STUDENT_NUMBER: 8, Column.EXTERNAL_ID: 9, SENT: 10, SENT_AT: 11, PIX: 12}
    assert found == Head(places, range(6, 10), (), 6)


@pytest.mark.parametrize("results", [(), (6,)])
def test_the_last_free_column_has_the_label_that_was_typed(results: tuple[int, ...]) -> None:
    found = head_of([*START, None, *RESULTS], results=results)
    assert found.at.get(Column.EXTERNAL_ID) == (None if results else 6)
    assert Column.EXTERNAL_ID not in head_of([*START, None, CLASS, *RESULTS]).at
    assert Column.EXTERNAL_ID not in head_of([*START, *RESULTS]).at


def test_the_free_columns_end_where_the_block_of_results_begins() -> None:
    found = head_of([*START, None, None, None, SENT], start=7)
    assert found.free == range(6, 7)
    assert found.at[Column.EXTERNAL_ID] == 6


@pytest.mark.parametrize(
    ("columns", "in_order"),
    [
        ([*START, *RESULTS], True),
        ([*START, SENT, PIX], True),  # what is not there is not out of order
        ([*START, SENT], True),
        ([ORGANISATION, NUMBER, TITLE, LAST, FIRST, *RESULTS], True),
        ([ORGANISATION, NUMBER, None, TITLE, LAST, FIRST, *RESULTS], True),  # under an unknown label
        ([*START, PIX, SENT, SENT_AT], True),  # the label of a free column
        ([*START, SENT, PIX, SENT_AT], False),
        ([*START, SENT, None, PIX, SENT_AT], False),
        ([ORGANISATION, NUMBER, LAST, TITLE, FIRST, *RESULTS], False),
        ([ORGANISATION, NUMBER, FIRST, TITLE, LAST, *RESULTS], True),  # a last name that was typed
        ([NUMBER, ORGANISATION, TITLE, LAST, FIRST, *RESULTS], False),
        ([TITLE, LAST, FIRST, *RESULTS], False),
        ([*RESULTS, *START], False),
        ([*START, SENT_AT, PIX], False),  # no column says whether anything was sent
    ],
)
def test_where_cells_without_labels_may_stand(columns: Columns, in_order: bool) -> None:
    first = columns.index(FIRST)
    assert head_of(columns).surplus_at == (first + 1 if in_order else None)


def test_a_file_without_a_first_name_or_what_was_sent_has_none() -> None:
    nameless = head_of([ORGANISATION, NUMBER, TITLE, LAST, *RESULTS])
    assert (FIRST in nameless.at, nameless.surplus_at, list(nameless.free)) == (False, None, [])
    assert SENT not in head_of([*START, SENT_AT, PIX]).at


def test_columns_moved_by_hand_are_found_by_name() -> None:
    found = head_of([SENT, LAST, FIRST, PIX])
    assert found.at == {SENT: 0, LAST: 1, FIRST: 2, PIX: 3}
    assert list(found.free) == []
    among = head_of([LAST, FIRST, PIX, TITLE, None, SENT])
    assert among.at == {LAST: 0, FIRST: 1, PIX: 2, TITLE: 3, SENT: 5}
    # In Pix's order a campaign among the free columns is a label that somebody typed.
    typed = head_of([ORGANISATION, NUMBER, LAST, FIRST, TITLE, None, *RESULTS])
    assert TITLE not in typed.at


def test_a_column_that_stands_twice_is_the_first_of_them() -> None:
    found = head_of([*START, *RESULTS, PIX, PIX])
    assert (found.at[PIX], found.repeated) == (8, (9, 10))


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        ([CLASS, LAST, FIRST, None, CLASS, CLASS, SENT], 4),  # where Pix has it
        ([None, CLASS, LAST, FIRST, SENT], 1),
        ([LAST, FIRST, SENT, None, CLASS], 4),
    ],
)
def test_a_class_is_the_first_of_the_free_columns_that_say_so(columns: Columns, place: int) -> None:
    assert head_of(columns).at[CLASS] == place


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        ([ORGANISATION, NUMBER, None, TITLE, LAST, FIRST, SENT], 2),
        ([NUMBER, None, TITLE, LAST, FIRST, SENT], 1),
        ([ORGANISATION, NUMBER, TITLE, LAST, FIRST, SENT], None),
        ([ORGANISATION, NUMBER, None, None, TITLE, LAST, FIRST, SENT], None),
        ([ORGANISATION, None, TITLE, LAST, FIRST, SENT], None),
        ([ORGANISATION, NUMBER, None, LAST, FIRST, SENT], None),
        ([CODE, NUMBER, None, TITLE, LAST, FIRST, SENT], 0),
        ([NUMBER, Column.PATH, TITLE, LAST, FIRST, SENT], None),
    ],
)
def test_the_code_has_its_name_or_its_place(columns: Columns, place: int | None) -> None:
    assert head_of(columns).at.get(CODE) == place
