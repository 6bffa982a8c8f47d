"""Names in a column that is too narrow for them: who is who is still seen."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from pixsession.ui.board.grid.columns import name_within
from tests.factories.snapshots import row


def _named(last_name: str, first_name: str, width: int) -> str:
    return name_within(row(1, last_name, first_name), width)


@pytest.mark.parametrize(
    ("last_name", "first_name", "width", "shown"),
    [
        ("MARTIN", "Lou", 10, "MARTIN Lou"),
        ("DE LA ROCHEFOUCAULD", "Anne", 18, "DE LA ROCHEF… Anne"),
        ("DE LA ROCHEFOUCAULD", "Jean", 18, "DE LA ROCHEF… Jean"),
        ("DE LA ROCHEFOUCAULD", "Marie-Antoinette", 18, "DE LA ROCH… Marie…"),
        ("LE ROUX", "Fatima-Zahra", 18, "LE ROUX Fatima-Za…"),
        ("EL AMRANI", "Youssef", 13, "EL AMRANI Yo…"),
        ("WAGNER-COURTOIS", "Hadrien", 22, "WAGNER-COURTOIS Hadri…"),
        ("ROCHEFOUCAULD-MONTMORENCY", "", 12, "ROCHEFOUCAU…"),
        ("MONTMORENCY", "Anne", 8, "MONTMOR…"),
    ],
)
def test_a_long_last_name_leaves_room_for_the_first(
    last_name: str, first_name: str, width: int, shown: str
) -> None:
    assert _named(last_name, first_name, width) == shown


@pytest.mark.parametrize("width", range(1, 40))
def test_no_name_is_wider_than_its_column(width: int) -> None:
    names = [("李" * 20, "小龙" * 9), ("DE LA ROCHEFOUCAULD", "Zoé"), ("", "Zoé"), ("", "")]
    assert all(cell_len(_named(last, first, width)) <= width for last, first in names)
