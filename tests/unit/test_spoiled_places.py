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
        ("3,00E1", "3e1"),
        ("3,00e+01", "3e1"),
        ("3,00E+12", "3ème 12"),  # no month of the year 12
        ("03-janv", "31"),
        ("10000", "10e3"),
        # Of what is no French writing of a day, day and month may stand either way round.
        ("2026-01-03", "1-3"),
        ("2026-03-03", "3-3"),
        ("03/01/26", "1-3"),
        ("46025", "1-3"),
        ("03-Jan", "1-3"),
        ("Jan-03", "3-1"),
        ("Jan-03", "1-3"),
        ("avr-03", "4-3"),
        ("avr-03", "3-4"),
        ("36526", "1-1"),  # the first day of 2000, and the last of 2099
        ("73050", "31-12"),
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
        (["3E1"], ["3-1"]),
        (["30", "3E1"], ["3e1"]),
        (["3000"], ["30e2", "3e3"]),
        (["11100"], ["11e3"]),
        (["30"], ["31"]),
        (["31-foo"], ["31-1"]),
        (["00"], ["0e1", "0-0"]),
        (["36525"], ["31-12"]),
        (["73051"], ["1-1"]),
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


@pytest.mark.parametrize(
    ("export", "others", "meant"),
    [
        (["3,00E+01", "3e1"], [], {"3,00E+01": "3e1"}),  # no class is called so beside the true one
        (["3,00E+01", "301"], ["3e1"], {"3,00E+01": "3e1"}),
        (["30", "40"], ["3e1", "4e1"], {"30": "3e1", "40": "4e1"}),  # no classes that are counted
        (["30"], ["3-1", "3e1"], {"30": "3-1"}),  # one class, of which somebody writes the exponent
        (["06-juin", "3,00E+01", "3A"], ["6-6", " 3e1 "], {"06-juin": "6-6", "3,00E+01": "3e1"}),
    ],
)
def test_what_stands_beside_a_spoiled_class_may_say_what_it_is(
    export: list[str], others: list[str], meant: dict[str, str]
) -> None:
    found = spoiled_places([("export.csv", export), ("liste.csv", others)])
    assert found.meant == meant
    assert found.files == {"export.csv": tuple(sorted(meant))}


@pytest.mark.parametrize(
    "months",
    [
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv fev mars avr mai juin juil aout sept oct nov dec",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    ],
)
def test_the_months_of_spreadsheets_are_known(months: str) -> None:
    for number, month in enumerate(months.split(), 1):
        found = spoiled_places([("export.csv", [f"15-{month}"]), ("liste.csv", [f"15-{number}"])])
        assert found.of(f"15-{month}") == f"15-{number}"


def test_of_two_ways_as_many_files_have_it_is_the_first_in_the_alphabet() -> None:
    for others in (["3e1", "3E1"], ["3E1", "3e1"]):
        found = spoiled_places([("a", ["3,00E+01"]), *((one, [one]) for one in others)])
        assert found.meant == {"3,00E+01": "3E1"}


def test_a_number_is_a_class_for_all_files_where_one_of_them_counts_its_classes() -> None:
    counted, other = ("a", ["30", "31"]), ("b", ["30", "3A"])
    for files in ((counted, other), (other, counted)):
        assert spoiled_places([*files, ("c", ["3e1"])]) == ({}, {})
