"""Exports that another program has opened and saved: other encodings, separators, line ends and blanks."""

from __future__ import annotations

import csv

import pytest

from tests.factories import exports as sheets
from tests.factories.exports import MORNING, Sheet, export, read, sheet, student, told
from tests.factories.samples import Layout, crowd

pytestmark = pytest.mark.usefixtures("one_engine")

PLAIN = sheet(*crowd(30, 5, MORNING))
EXPECTED = told(read(PLAIN.content()))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_saved_again_with_another_separator_line_end_or_encoding(
    delimiter: str, end: str, encoding: str
) -> None:
    # csv does not quote a line feed where lines end otherwise.
    quoting = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL
    content = PLAIN.content(encoding, delimiter=delimiter, end=end, quoting=quoting)
    assert told(read(content)) == EXPECTED


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(mark: str) -> None:
    found = read(PLAIN.content(mark))
    assert told(found) == EXPECTED
    assert found.notes == (f"encoding guessed: {mark}",)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("language", ["fr", "en", "nl", "es", "de", "it"])
def test_the_encodings_of_french_spreadsheets(encoding: str, language: str) -> None:
    people = [student("MÜLLER-BÉNARD", "Zoé"), student("LEMAÎTRE", "Loïc"), student("ÇELIK", "Éléonore Ève")]
    written = sheet(*people, layout=Layout(language=language))
    if encoding == "cp850":  # it has no typographic apostrophe: spreadsheets write the straight one
        written = Sheet(tuple(cell.replace("’", "'") for cell in written.header), written.rows)
    found = read(written.content(encoding))
    assert told(found) == told(read(written.content()))
    assert f"encoding guessed: {encoding}" in found.notes


def test_everything_quoted_or_nothing_that_can_do_without() -> None:
    assert told(read(PLAIN.content(quoting=csv.QUOTE_ALL))) == EXPECTED
    assert told(read(PLAIN.content("cp1252", quoting=csv.QUOTE_MINIMAL).replace(b"\r", b""))) == EXPECTED


@pytest.mark.parametrize("above", ["sep=;\n", "sep=;\r\n", "SEP=;\n", "\n", "\n\n", ";;;;\n"])
def test_a_line_above_the_header(above: str) -> None:
    found = read(PLAIN.content(above=above))
    assert told(found) == EXPECTED
    assert found.at_lines[0] == 2 + above.count("\n")


def test_sep_with_a_comma() -> None:
    assert told(read(PLAIN.content(delimiter=",", above="sep=,\r\n", end="\r\n"))) == EXPECTED


def test_two_byte_order_marks() -> None:
    assert told(read(b"\xef\xbb\xbf" + PLAIN.content())) == EXPECTED


def test_blank_lines_between_and_below() -> None:
    lines = PLAIN.content().split(b"\n")
    lines[3:3] = [b"", b"   ", b";" * (len(PLAIN.header) - 1)]
    assert told(read(b"\n".join(lines) + b"\n\n;;;\n")) == EXPECTED


def test_empty_cells_at_the_end_of_lines_as_excel_leaves_them() -> None:
    header, *lines = PLAIN.content(end="\r\n").decode("utf-8-sig").split("\r\n")
    padded = [line + ";" * (3 if number % 16 else 0) for number, line in enumerate(lines) if line]
    assert told(read("\r\n".join([header, *padded, ""]).encode("utf-8-sig"))) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_without_a_line_end_after_the_last_line(encoding: str) -> None:
    for people in ([student()], [student("PICHON", "Mathéo", sheets.pending())]):
        content = sheet(*people).content(encoding)
        assert told(read(content.rstrip(b"\n"))) == told(read(content))


def test_the_original_bytes_without_their_last_line_end() -> None:
    file = export(student(), student("PICHON", "Mathéo", sheets.pending()))
    assert told(read(file.content[:-1])) == told(read(file.content))
