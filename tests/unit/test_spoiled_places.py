"""Classes that a spreadsheet took for numbers or dates: read back only where the folder knows the class."""

from __future__ import annotations

import pytest

from pixsession.domain.people.spoiled_places import spoiled_places

pytestmark = pytest.mark.usefixtures("one_engine")


@pytest.mark.parametrize(
    ("spoiled", "known"),
    [
        ("3,00E+01", "3e1"),
        ("3.00E+01", "3E1"),
        ("3E+01", "3E1"),
        ("3,00E+02", "3e2"),
        ("3,00E+01", "3ème 1"),
        ("3,00E+10", "3e10"),
        ("1,10E+03", "11e2"),
        ("30", "3e1"),
        ("30,0", "3e1"),
        ("300", "3E2"),
        ("6000", "6e3"),
        ("03-janv", "3-1"),
        ("3-janv.", "3-1"),
        ("03/01/2026", "3-1"),
        ("03-Jan", "3-1"),
        ("1-Mar", "3-1"),
        ("2026-01-03", "3-1"),
        ("2026-01-03T00:00", "3-1"),
        ("04-févr", "4-2"),
        ("05-août", "5.8"),
        ("06-déc.", "6-12"),
        ("46025", "3-1"),
        ("03-janv", "3e1"),
    ],
)
def test_a_spoiled_class_is_the_one_that_another_file_has(spoiled: str, known: str) -> None:
    found = spoiled_places([("export.csv", [spoiled, "3A", None]), ("liste.csv", [known, "3A"])])
    assert found.of(spoiled) == known
    assert found.files == {"export.csv": (spoiled,)}
    assert found.of("3A") == "3A"
    assert found.of(None) is None


@pytest.mark.parametrize(
    ("export", "others"),
    [
        (["3,00E+01"], ["3e2"]),  # another class
        (["03-janv"], ["1-3"]),  # the French put the day first
        (["2026-01-03"], ["3-1", "1-3"]),  # two come into question
        (["30"], ["3-1"]),  # of which a spreadsheet makes a date
        (["30", "3e1"], ["3e1"]),  # one file that has both: 30 is a class of its own
        (["300", "301"], ["3e2"]),  # classes that are counted
        (["3E1"], ["3e2"]),
        (["31"], ["3e1"]),
        (["31-janv"], ["3-11"]),
        (["3 A"], ["3-1"]),
        (["janvier"], ["1-3"]),
    ],
)
def test_what_the_folder_does_not_know_stays_as_it_is(export: list[str], others: list[str]) -> None:
    found = spoiled_places([("export.csv", export), ("liste.csv", others)])
    assert [found.of(place) for place in export] == export
    assert not found.files


def test_the_class_is_written_as_most_files_write_it_in_whatever_order_they_come() -> None:
    files = [("a", ["3,00E+01"]), ("b", ["3E1"]), ("c", ["3e1"]), ("d", ["3e1"])]
    for order in (files, files[::-1]):
        found = spoiled_places(order)
        assert found.meant == {"3,00E+01": "3e1"}
        assert list(found.files) == ["a"]
