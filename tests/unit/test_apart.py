"""The process of their own in which workbooks and archives are read: what goes wrong there ends one file."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.foundation.i18n import use_language
from pixsession.foundation.own_process import READ_APART, command_of
from pixsession.readers.apart.child import LENGTH
from pixsession.readers.apart.process import Limits, Reader
from pixsession.readers.export import FileDescription
from tests.factories.exports import MORNING, Sheet, put
from tests.factories.samples import big_export
from tests.factories.workbooks import Cell, ods, packed, typed, xlsx, xlsx_of

FILE = FileDescription("liste.xlsx", MORNING, False, MORNING)
ROWS = [["Nom", "Prénom", "Classe"], ["ROY", "Ana", "3eB"]]
LIST = xlsx(ROWS)
GIVEN_UP = "takes too much time or memory"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="no other system keeps to this limit")


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader(Limits(seconds=1.0, megabytes=60))
    yield made
    made.close()


def lines(reader: Reader, content: bytes) -> int:
    reading = reader.ask("read", (content, FILE, None), len(content))
    return reading.contents.line_count if reading.contents else -1


def child(reader: Reader) -> int:
    assert reader._process is not None
    return reader._process.pid


def test_one_child_reads_one_workbook_after_the_other(reader: Reader) -> None:
    assert lines(reader, LIST) == 1
    first = child(reader)
    assert lines(reader, ods(ROWS)) == 1
    assert child(reader) == first


def test_a_refusal_comes_back_as_it_was_raised_and_in_the_language_in_use(reader: Reader) -> None:
    with pytest.raises(NotPix, match="not an export of Pix"):
        lines(reader, xlsx([["Date", "Montant"], ["12/03", 3]]))
    use_language("fr")
    plain = Sheet.of(big_export(3, 7).content)
    rows: list[list[Cell]] = [list(plain.header), *([typed(cell) for cell in row] for row in plain.rows)]
    with pytest.raises(UnreadableExport, match="plusieurs exports") as refused:
        lines(reader, xlsx(rows, rows))
    assert refused.value.kind == "profiles"


def test_a_child_that_was_killed_is_followed_by_another(reader: Reader) -> None:
    assert lines(reader, LIST) == 1
    os.kill(child(reader), 9)
    time.sleep(0.05)  # until the system has ended it
    assert lines(reader, LIST) == 1


@linux_only
def test_a_small_file_that_fills_the_memory_is_given_up_and_the_next_one_is_read(reader: Reader) -> None:
    cells = zip("ABC", ROWS[0], strict=True)
    head = "".join(f'<c r="{at}1" t="inlineStr"><is><t>{cell}</t></is></c>' for at, cell in cells)
    text = "y" * 30_000
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 20_000))
    hostile = xlsx_of([f'<row r="1">{head}</row>{rows}'], [text])
    assert len(hostile) < 200_000
    with pytest.raises(UnreadableExport, match=GIVEN_UP):
        lines(reader, hostile)
    assert lines(reader, LIST) == 1


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_given_up_and_not_for_ever(reader: Reader, tmp_path: Path) -> None:
    hostile = packed({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": "<si>" * 2_000_000})
    path = put(tmp_path, "lent.xlsx", hostile)
    for _try in range(2):
        with pytest.raises(UnreadableExport, match=GIVEN_UP):
            reader.ask("check", (path, None), len(hostile))
    assert reader._process is None
    with pytest.raises(UnreadableExport, match=GIVEN_UP):
        reader.ask("check", (path, None), len(hostile))
    assert reader._process is None  # no child was started a third time
    assert lines(reader, LIST) == 1


def test_a_program_that_ends_waits_for_no_file(tmp_path: Path) -> None:
    """The child is busy for seconds when the board is closed."""
    patient = Reader(Limits(seconds=30))
    hostile = packed({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": "<si>" * 2_000_000})
    path = put(tmp_path, "lent.xlsx", hostile)
    refused: list[str] = []

    def asking() -> None:
        try:
            patient.ask("check", (path, None), len(hostile))
        except UnreadableExport as error:
            refused.append(error.message)

    assert lines(patient, LIST) == 1
    waiting = threading.Thread(target=asking)
    waiting.start()
    time.sleep(0.1)  # until it is being read
    began = time.monotonic()
    patient.close()
    waiting.join(5)
    assert time.monotonic() - began < 2
    assert len(refused) == 1


def test_an_error_that_nobody_expects_refuses_the_file_by_its_name_in_python(reader: Reader) -> None:
    with pytest.raises(UnreadableExport, match=r"cannot be read \(KeyError\)"):
        reader.ask("no such task", (), 0)
    assert lines(reader, LIST) == 1


def test_what_a_library_prints_garbles_no_answer(reader: Reader) -> None:
    damaged = bytearray(xlsx([*ROWS, *([["A", "B", "3eB"]] * 50)]))
    damaged[200:210] = b"\x00" * 10
    with pytest.raises((UnreadableExport, NotPix)):
        lines(reader, bytes(damaged))
    assert lines(reader, LIST) == 1


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command_of("pixsession.readers.apart.child", READ_APART) == [sys.executable, READ_APART]


@pytest.mark.parametrize(
    "start",
    [("-m", "pixsession"), ("-c", "from pixsession.cli.program import main; main()")],
    ids=["module", "script of another"],
)
def test_the_program_asked_to_read_apart_leaves_when_nobody_asks(start: tuple[str, str]) -> None:
    """However a packer starts it: PyInstaller is given a script, pip makes one of its own."""
    done = subprocess.run([sys.executable, *start, READ_APART], input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, LENGTH.pack(0), b"")  # it said that it is ready
