"""Exports saved again as workbooks, and workbooks that are none of ours, or made to do harm."""

from __future__ import annotations

import io
import time as clock
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from pixsession.foundation.errors import NotPix, PixSessionError, UnreadableExport
from pixsession.readers import ExportKind
from pixsession.readers.documents import document_of
from pixsession.readers.workbook.archives import MAX_INFLATED, ArchiveKind
from pixsession.readers.workbook.sheets import read_workbook
from tests.factories import workbooks as books
from tests.factories.exports import MORNING, Sheet, read, sheet, student, told
from tests.factories.samples import Generation, Layout, big_export, crowd
from tests.factories.workbooks import Cell, Rows, ods, typed, xlsx

Save = Callable[..., bytes]
SAVES: dict[str, Save] = {
    "xlsx": xlsx,
    "xlsx, texts in the cells": lambda *sheets: xlsx(*sheets, shared=False),
    "ods": ods,
}
PLAIN = sheet(*crowd(20, 5, MORNING))


def rows_of(plain: Sheet) -> Rows:
    """The cells as a spreadsheet has them once it has opened the CSV."""
    return [list(plain.header), *([typed(cell) for cell in row] for row in plain.rows)]


@pytest.fixture(params=SAVES)
def save(request: pytest.FixtureRequest) -> Save:
    """Each of the forms in which a spreadsheet saves a table."""
    return SAVES[request.param]


@pytest.mark.parametrize("generation", list(Generation))
def test_a_collection_saved_as_a_workbook_reads_the_same(save: Save, generation: Generation) -> None:
    plain = Sheet.of(big_export(20, 7, generation).content)
    found = read(save(rows_of(plain)))
    assert told(found) == told(read(plain.content()))
    assert found.kind is ExportKind.PROFILES
    assert (found.origin.encoding, found.origin.delimiter, found.origin.guessed) == (None, None, False)


def test_a_class_that_became_a_number_is_the_class(save: Save) -> None:
    plain = sheet(student(place="301"), student("PETIT", place="007"))
    assert {line.division for line in read(save(rows_of(plain))).participations} == {"301", "007"}


def test_the_form_is_said(save: Save) -> None:
    assert read(save(rows_of(PLAIN))).origin.form in {"xlsx", "ods"}


def test_typed_cells_become_text(save: Save) -> None:
    cells = [
        12,
        12.0,
        0.33,
        0.1 + 0.2,
        date(2011, 2, 3),
        datetime(2026, 6, 2, 8, 30),  # noqa: DTZ001
        time(8, 30),
        True,
        False,
    ]
    content = save([["Envoi (O/N)", "Nombre de pix total"], cells])
    table = document_of(content).table
    assert table is not None
    ((line, row),) = table.rows
    assert line == 2
    assert row == ["12", "12", "0.33", "0.3", "2011-02-03", "2026-06-02T08:30", "08:30", "Oui", "Non"]


def test_the_sheet_with_a_header_that_is_known_is_read_and_the_others_are_named(save: Save) -> None:
    others: Rows = [["Notes", "de la semaine"], ["à faire", 3]]
    found = read(save([], others, rows_of(PLAIN)))
    assert told(found) == told(read(PLAIN.content()))
    (note,) = found.notes
    assert note.startswith("“Feuil")
    assert note.endswith("2” is not read: not an export of Pix")


def test_two_campaign_exports_in_one_workbook_are_refused_by_name(save: Save) -> None:
    content = save(rows_of(PLAIN), [], rows_of(sheet(student("AUTRE"))))
    with pytest.raises(UnreadableExport, match="several exports in one workbook") as no:
        read(content)
    assert "1 »" in no.value.message
    assert "3 »" in no.value.message
    assert no.value.kind == "profiles"


def test_a_campaign_export_and_a_class_list_in_one_workbook_are_refused(save: Save) -> None:
    roster: Rows = [["Nom", "Prénom", "Classe"], ["ROY", "Ana", "3eB"]]
    with pytest.raises(UnreadableExport, match="save each sheet as a file of its own"):
        read(save(rows_of(PLAIN), roster))


@pytest.mark.parametrize("above", [1, 11, 39])
def test_what_stands_over_the_header(save: Save, above: int) -> None:
    title: Rows = [["Classe de 3eA", None, date(2026, 3, 12)], *([[None]] * (above - 1))]
    content = save([*title, *rows_of(PLAIN)])
    table = document_of(content).table
    assert table is not None
    assert table.header_line == above + 1
    assert table.above == ((1, ["Classe de 3eA", "", "2026-03-12", *[""] * (len(PLAIN.header) - 3)]),)
    assert told(read(content)) == told(read(PLAIN.content()))
    assert read(content).at_lines[0] == above + 2


def test_a_header_too_far_down_is_none(save: Save) -> None:
    with pytest.raises(NotPix):
        read(save([*([["x"]] * 40), *rows_of(PLAIN)]))


def test_blank_rows_and_columns_at_the_end_are_dropped(save: Save) -> None:
    rows = [[*row, None, "  "] for row in rows_of(PLAIN)]
    found = read(save([*rows, *[[None, " "]] * 30]))
    assert told(found) == told(read(PLAIN.content()))


def test_blank_rows_repeated_to_the_end_of_the_sheet() -> None:
    blank = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = "".join(map(books._ods_row, rows_of(PLAIN)))
    content = books.ods_of(f'<table:table table:name="A">{rows}{blank}</table:table>')
    assert told(read(content)) == told(read(PLAIN.content()))


# Passwords.


@pytest.mark.parametrize(
    "header",
    [
        ["Classe", "Nom", "Prénom", "Identifiant", "Mot de passe"],
        ["Identifiant", "Mot de passe", "Classe"],
        ["Mot de passe", "Prénom", "Identifiant", "Nom", "Classe"],
    ],
)
@pytest.mark.parametrize("first_sheet", [[], rows_of(PLAIN)], ids=["alone", "behind a collection"])
def test_passwords_in_a_workbook_are_refused(save: Save, header: list[str], first_sheet: Rows) -> None:
    secrets = ["s3cr3t!42"] * len(header)
    with pytest.raises(UnreadableExport, match="holds passwords") as refusal:
        read(save(first_sheet, [["Identifiants de la 3eA"], header, secrets]))
    assert refusal.value.kind == "credentials"
    assert "s3cr3t" not in repr(refusal.value)


# Archives of others, and those made to do harm.


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"},
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "Nom Prénom Classe"},
        {"photo.jpg": b"\xff\xd8", "export.csv": b"Date;Montant\n"},
        {"a.xml": "<a/>"},
        {"META-INF/MANIFEST.MF": "x", "A.class": "Envoi (O/N) Nombre de pix total"},
    ],
    ids=["document", "text", "photos", "some XML", "program"],
)
def test_archives_of_others(parts: dict[str, str | bytes]) -> None:
    with pytest.raises(NotPix, match="not an export of Pix"):
        read(books.packed(parts))


@pytest.mark.parametrize("cut", [30, 200, 900, -30, -1])
def test_an_archive_that_is_cut(save: Save, cut: int) -> None:
    with pytest.raises(PixSessionError):
        read(save(rows_of(PLAIN))[:cut])


def test_a_workbook_damaged_inside(save: Save) -> None:
    content = bytearray(save(rows_of(PLAIN)))
    middle = len(content) // 2
    content[middle : middle + 40] = bytes(40)
    with pytest.raises(PixSessionError):
        read(bytes(content))


def bomb(**parts: bytes) -> bytes:
    """A workbook with a part more, or another part."""
    content = xlsx(rows_of(PLAIN))
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, more in parts.items():
            archive.writestr(f"xl/{name}.xml", more)
    return stream.getvalue()


def test_a_part_that_is_nothing_but_zeros_is_not_inflated() -> None:
    content = bomb(zeros=bytes(MAX_INFLATED // 2))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableExport, match="far too large"):
            read(content)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("definition", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b'<!ENTITY b "&a;&a;">'])
def test_definitions_in_the_xml_are_refused(definition: bytes) -> None:
    with pytest.raises(UnreadableExport, match="definitions"):
        read(bomb(entities=definition + b"<x>&b;</x>"))


def test_an_entity_that_nothing_defines() -> None:
    body = '<row r="1"><c r="A1" t="inlineStr"><is><t>Envoi (O/N)</t></is></c>'
    body += '<c r="B1" t="inlineStr"><is><t>Nombre de pix total</t></is></c></row>'
    body += '<row r="2"><c r="A2" t="inlineStr"><is><t>&lol;</t></is></c></row>'
    with pytest.raises(UnreadableExport, match="damaged"):
        read(books.xlsx_of([body]))


def header_of_xlsx() -> str:
    return (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Envoi (O/N)</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Nombre de pix total</t></is></c>'
        '<c r="C1" t="inlineStr"><is><t>Nom du Participant</t></is></c></row>'
    )


def test_a_cell_at_the_other_end_of_the_sheet_takes_no_room() -> None:
    far = header_of_xlsx() + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(UnreadableExport, match="far too large"):
        read(books.xlsx_of([far]))


@pytest.mark.parametrize("times", ["1048576", "99999999999999999999", "-1", "&#49;000000", "x"])
def test_cells_repeated_without_end_take_no_room(times: str) -> None:
    header = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{label}</text:p></table:table-cell>'
        for label in ("Envoi (O/N)", "Nombre de pix total", "Nom du Participant")
    )
    row = (
        f'<table:table-row table:number-rows-repeated="{times}"><table:table-cell'
        ' table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
        "</table:table-row>"
    )
    content = books.ods_of(
        f'<table:table table:name="A"><table:table-row>{header}</table:table-row>{row * 200}</table:table>'
    )
    with pytest.raises(UnreadableExport, match="far too large"):
        read(content)


def test_a_large_workbook_of_others_is_not_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[Cell]] = [["Date", "Montant"]]
    rows += [[f"achat {number}", number * 1.5] for number in range(30_000)]
    content = xlsx(rows)
    began = clock.process_time()
    with pytest.raises(NotPix):
        read_workbook(content, ArchiveKind.XLSX)
    assert clock.process_time() - began < 0.2


def test_empty_labels_leave_their_cells(save: Save) -> None:
    layout = Layout(extra_columns=("",), external_id="Id")
    plain = Sheet.of(sheet(*crowd(10, 4, MORNING), layout=layout).content())
    assert told(read(save(rows_of(plain)))) == told(read(plain.content()))
