"""Totals and remarks that a spreadsheet puts under and between the rows; what may be a student is refused."""

from __future__ import annotations

import pytest

from pixsession.foundation.errors import UnreadableExport
from tests.factories import exports as sheets
from tests.factories.exports import Sheet, pending, read, sent, sheet, student, told
from tests.factories.samples import Layout
from tests.factories.workbooks import ods, typed, xlsx

PEOPLE = (student(), student("PICHON", "Mathéo", pending()), student("", "", sent("09:12", 6)))
PLAIN = sheet(*PEOPLE)
LINES = PLAIN.content("utf-8", delimiter=";").decode().splitlines(keepends=True)
EXPECTED = told(read("".join(LINES).encode()))
WIDE = len(PLAIN.header)


def saved(*extra: str, at: int = len(LINES)) -> bytes:
    """The sheet with more lines before this one."""
    return "".join([*LINES[:at], *(line + "\n" for line in extra), *LINES[at:]]).encode()


@pytest.mark.parametrize(
    "foot",
    [
        ["Total;;;25"],
        ["Total;;;;;;;2 envois sur 3" + ";" * 40],
        [";2195874;;;Total;;;;;126;;14;" + ";".join(["3"] * 32)],
        [";2195874;;;;;;;;126;;14;" + ";".join(["3"] * 32)],
        [";2 195 874,5;;;;;;;;126;;14;" + ";".join(["3"] * 32)],
        ["3;3;3;3;2;2;3;3;1"],
        ["Moyenne;;;;;;;;;42"],
        [";;3eA;;;;Total;;;54"],  # a remark stands anywhere in a row that speaks of totals
        [";Total de la 3eA;;;;;;;;54"],
        [";" * 43, "", "Total général;;;;;;;3", ";;;;;;;Oui : 2", "Relevé de Mme Ariel, salle 12"],
    ],
)
def test_totals_under_the_rows_are_left_out_and_said(foot: list[str]) -> None:
    found = read(saved(*foot))
    assert told(found) == EXPECTED
    (note,) = found.notes
    assert "left out" in note
    assert str(len(LINES) + len(foot)) in note
    assert found.campaign is not None
    assert found.campaign.number == "731958"


@pytest.mark.parametrize(
    "between",
    [";;;;;;Sous-total 3eA;;;54", ";;;;;;3eA Total;;;54", ";;;;;;3eA Somme;;;54", "3eA", ";;;;;;3eA"],
)
@pytest.mark.parametrize("at", [2, 3])
def test_subtotals_and_titles_between_the_rows(between: str, at: int) -> None:
    found = read(saved(between, at=at))
    assert told(found) == EXPECTED
    assert found.notes == (f"line {at + 1} is a total or a remark: it is left out",)


def test_a_total_without_a_line_end() -> None:
    assert told(read(saved("Total;;;25").rstrip(b"\n"))) == EXPECTED


def test_a_total_over_the_first_student_is_left_out() -> None:
    found = read(saved("Total;;;25", at=1))
    assert told(found) == EXPECTED
    assert found.notes == ("line 2 is a total or a remark: it is left out",)


def test_a_remark_over_the_first_student_may_be_what_is_left_of_one() -> None:
    with pytest.raises(UnreadableExport) as refused:
        read(saved("Relevé de Mme Ariel", at=1))
    assert refused.value.line == 2


def test_a_file_without_totals_may_end_without_a_line_end() -> None:
    assert told(read("".join(LINES).rstrip("\n").encode())) == EXPECTED


@pytest.mark.parametrize(("count", "more"), [(5, ""), (6, "…"), (7, "…")])
def test_several_are_told_in_one_note(count: int, more: str) -> None:
    found = read(saved(*["Total;;;25"] * count))
    assert found.notes == (f"lines 5, 6, 7, 8, 9{more} are totals or remarks: they are left out",)
    assert read("".join(LINES).encode()).notes == ()


@pytest.mark.parametrize("form", [xlsx, ods])
def test_a_workbook_with_a_title_and_totals(form: type) -> None:
    rows = [[typed(cell) for cell in row] for row in (PLAIN.header, *PLAIN.rows)]
    found = read(form([["Collecte de la 3eA"], [], *rows, [], ["Total", None, None, 3, None, None, None, 2]]))
    assert told(found) == EXPECTED
    assert found.notes == ("line 8 is a total or a remark: it is left out",)


@pytest.mark.parametrize("above", ["Collecte de la 3eA;;;\n", "\n\n", "Collecte\n\n;;;\n"])
def test_a_title_above_and_a_total_below(above: str) -> None:
    assert told(read(above.encode() + saved("Total;;;25"))) == EXPECTED


@pytest.mark.parametrize(
    "row",
    [
        ";;;;;;3eA;;12/03/2026 08:40;54;;6;" + ";".join(["3"] * 32),  # nothing but results is left of it
        ";;;;;;3eA;Oui;12/03/2026 08:40;54;Oui;6;" + ";".join(["3"] * 32),
        ";;;;;;3eA;Non" + ";NA" * 36,
        ";;;;;;3eA;" + ";NA" * 36,
        ";;;;;;3eA;;;54",
        ";;;;ARNAUD;Zoé;3eA;;12/03/2026 08:40;54;;6;" + ";".join(["3"] * 32),
        "Collège de la Lune",
        "Collège de la Lune-Rousse;731958",
        ";731958;;;;;;;;",
        ";".join(["3"] * WIDE),
    ],
)
def test_what_may_be_left_of_a_student_is_never_left_out(row: str) -> None:
    with pytest.raises(UnreadableExport) as refused:
        read(saved(row, at=2))
    assert refused.value.line == 3


@pytest.mark.parametrize(
    "row",
    [
        ";;;;;;3eA;Oui;12/03/2026 08:40;54;Oui;6;" + ";".join(["3"] * 32),
        ";;;;;;3eA;Non;;;;;" + ";" * 31,
        ";;;;;;3eA;" + ";NA" * 36,  # what Pix writes of a participant who has sent nothing
        ";;;;ARNAUD;Zoé;3eA;;;54",
        ";;;;ARNAUD;;3eA;;;54",
        ";;;;;Zoé;3eA;;;54",
        "Collège de la Lune",
        "Collège de la Lune-Rousse;731958",
        "Total;731958",
        ";;FDVRGZ586;;;;3eA;;;54",
        ";;FDVR;;;;3eA;;;54",
        ";;KRTPLM447;;;;3eA;;;54",  # of another campaign
        ";;;Collecte;;;3eA;;;54",
    ],
)
def test_under_the_rows_too_what_may_be_a_student_is_refused(row: str) -> None:
    with pytest.raises(UnreadableExport) as refused:
        read(saved(row))
    assert refused.value.line == len(LINES) + 1


def test_a_number_is_none_of_a_total_where_the_campaign_is_called_so() -> None:
    named = [line.replace(";Collecte;", ";301;") for line in LINES]
    assert len(read("".join([*named, ";;;302;;;;;;54\n"]).encode()).participations) == len(PEOPLE)
    with pytest.raises(UnreadableExport):
        read("".join([*named, ";;;301;;;;;;54\n"]).encode())


@pytest.mark.parametrize("cut", ["Coll", "Collège de la Lune-Rousse;7319", "3", ";;;;;;3eA"])
def test_a_line_that_is_cut_is_no_remark(cut: str) -> None:
    with pytest.raises(UnreadableExport):
        read(saved(cut).rstrip(b"\n"))


def test_a_cut_line_of_a_school_called_total_is_none_of_totals() -> None:
    school = "Collège du Total Espoir"
    named = "".join(LINES).replace("Collège de la Lune-Rousse", school)
    assert len(read((named + "Total\n").encode()).participations) == len(PEOPLE)
    with pytest.raises(UnreadableExport):
        read((named + "Collège du Total").encode())


def test_thousands_of_remarks_are_no_export() -> None:
    with pytest.raises(UnreadableExport) as refused:
        read(saved(*["a"] * 100_000))
    assert refused.value.line == len(LINES) + 501


def test_a_student_called_total() -> None:
    people = (student("TOTAL", "Zoé"), student("MOYENNE", "Max", pending()))
    found = read(sheet(*people).content("cp1252"))
    assert {line.last_name for line in found.participations} == {"TOTAL", "MOYENNE"}


def test_without_the_columns_of_the_campaign() -> None:
    short = PLAIN.without("Nom de l'organisation", "ID Campagne", "Code", "Nom de la campagne")
    total = ("Total", *[""] * (len(short.header) - 1))
    content = Sheet(short.header, (*short.rows, total)).content("utf-8")
    for written in (content, content.removesuffix(b"\n")):
        found = read(written)
        assert len(found.participations) == 3
        assert found.notes == ("line 5 is a total or a remark: it is left out",)


def test_texts_that_were_kept_as_texts() -> None:
    wrapped = sheet(student(place="601"), student("PICHON", "Zoé", place="3eB"), layout=Layout())
    for label in wrapped.header:
        cell = wrapped.rows[0][wrapped.header.index(label)]
        wrapped = wrapped.with_cell(label, f'="{cell}"')
    wrapped = wrapped.with_cell("Classe", "'3eB", 1)
    expected = told(read(sheet(student(place="601"), student("PICHON", "Zoé", place="3eB")).content()))
    found = read(wrapped.content("cp1252"))
    assert told(found) == expected
    assert found.campaign is not None
    assert found.campaign.number == str(sheets.CAMPAIGN.number)
