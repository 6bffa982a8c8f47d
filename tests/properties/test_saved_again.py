"""A collection that went through another program: read the same, or refused in words."""

from __future__ import annotations

import csv

from hypothesis import given
from hypothesis import strategies as st

from pixsession.foundation.errors import PixSessionError
from pixsession.readers import Contents, ExportKind
from tests.factories.examples import examples
from tests.factories.exports import MORNING, Sheet, read, sheet, told
from tests.factories.reached import reached
from tests.factories.samples import Layout, Student
from tests.factories.workbooks import Rows, ods, typed, xlsx
from tests.properties.drawn import schools

_ENCODINGS = ("utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850")
_EIGHT_BITS = _ENCODINGS[5:]


def cells_of(plain: Sheet) -> Rows:
    """The cells as a spreadsheet has them once it has opened the CSV."""
    return [list(plain.header), *([typed(cell) for cell in row] for row in plain.rows)]


def read_or_refused(content: bytes) -> Contents | None:
    """What is read; None where it is refused in words."""
    try:
        return read(content)
    except PixSessionError as error:
        assert error.message
        return None


@examples(50)
@given(
    school=schools(MORNING, most=4),
    encoding=st.sampled_from(_ENCODINGS),
    delimiter=st.sampled_from(";,\t"),
    end=st.sampled_from(("\n", "\r\n")),
    quoting=st.sampled_from((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)),
)
def test_saved_as_another_csv(
    school: tuple[Student, ...], encoding: str, delimiter: str, end: str, quoting: int
) -> None:
    plain = sheet(*school)
    if encoding in _EIGHT_BITS:  # what it does not know, a spreadsheet writes another way before
        known = str.maketrans("’", "'")
        rows = tuple(tuple(cell.translate(known) for cell in row) for row in plain.rows)
        plain = Sheet(tuple(cell.translate(known) for cell in plain.header), rows)
    found = read(plain.content(encoding, delimiter=delimiter, end=end, quoting=quoting))
    reached()
    assert told(found) == told(read(plain.content()))
    assert found.origin.guessed is (encoding in {*_EIGHT_BITS, "utf-16-le", "utf-16-be"})
    assert bool(found.notes) >= found.origin.guessed


@examples(50)
@given(school=schools(MORNING, most=4), form=st.sampled_from((xlsx, ods)), external=st.booleans())
def test_saved_as_a_workbook(school: tuple[Student, ...], form: object, external: bool) -> None:
    plain = sheet(*school, layout=Layout(external_id="Matricule" if external else None))
    cells = cells_of(plain)
    found = read((xlsx if form is xlsx else ods)(cells))
    # A number loses its leading zeros, and a text its apostrophe, before this program sees it.
    reached()
    assert told(found) == told(read(plain.content()))


@examples(50)
@given(
    school=schools(MORNING, most=2),
    form=st.sampled_from((xlsx, ods)),
    cut=st.floats(0, 1),
    noise=st.binary(max_size=20),
)
def test_a_workbook_cut_or_damaged_is_read_the_same_or_refused(
    school: tuple[Student, ...], form: object, cut: float, noise: bytes
) -> None:
    plain = sheet(*school)
    content = (xlsx if form is xlsx else ods)(cells_of(plain))
    at = int(cut * len(content))
    for damaged in (content[:at], content[:at] + noise + content[at + len(noise) :]):
        found = read_or_refused(damaged)
        reached()
        assert found is None or told(found) == told(read(plain.content()))


@examples(50)
@given(
    content=st.binary(max_size=300),
    start=st.sampled_from(
        (
            b"",
            b"PK\x03\x04",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b'"Nom";"Mot de passe"\n',
            b'"Nom du Participant";',
        )
    ),
)
def test_any_bytes_are_told_in_words(content: bytes, start: bytes) -> None:
    found = read_or_refused(start + content)
    reached()
    assert found is None or found.kind is not ExportKind.CREDENTIALS
