"""Bounds of what a file may hold: each is kept to, and told; the table is on the page of the architecture."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.readers import files, read_export, rows
from pixsession.readers.apart.process import Limits
from pixsession.readers.lists import remarks
from pixsession.readers.workbook import archives, peek, sheets
from pixsession.reports.inspection.contract import inspection_json
from pixsession.reports.inspection.file import inspected
from tests.factories.exports import put
from tests.factories.samples.results import ResultForm, certified, session_results
from tests.factories.workbooks import packed

HEAD = "Nom;Prénom;Classe\n"
PAGE = (Path(__file__).parents[2] / ".github" / "ARCHITECTURE.md").read_text(encoding="utf-8")


def a_list(folder: Path, body: str) -> Path:
    return put(folder, "liste.csv", (HEAD + body).encode())


def test_of_very_many_lines_left_out_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    found = read_export(a_list(tmp_path, "ROY;Ana;3eB\n" + "a\n" * (remarks.MOST_REJECTS + 7))).contents
    assert found.line_count == 1
    assert len(found.rejects) == remarks.MOST_REJECTS + 1
    assert found.rejects[-1].cause == "7 more lines are left out"


def test_a_text_of_too_many_lines_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_LINES", 50)
    assert read_export(a_list(tmp_path, "ROY;Ana;3eB\n" * 40)).contents.line_count == 1
    with pytest.raises(UnreadableExport, match="more than 50 lines") as refused:
        read_export(a_list(tmp_path, "ROY;Ana;3eB\n" * 60))
    assert refused.value.line == 51


def test_a_line_of_too_many_cells_is_refused_before_they_are_made(tmp_path: Path) -> None:
    wide = "ROY;Ana;3eB\n" + ";" * 1_000_000 + "\n"
    with pytest.raises(UnreadableExport, match="more than 4096 cells in a line") as refused:
        read_export(a_list(tmp_path, wide))
    assert refused.value.line == 3


def test_a_number_of_thousands_of_digits_stays_a_text(tmp_path: Path) -> None:
    sample = session_results(certified(3, 1), ResultForm.LEVEL_AND_SCORE)
    number = sample.truth[0].certification_number
    content = sample.content.replace(number.encode(), b"7" * 5000)
    found = inspected(put(tmp_path, sample.name, content))
    assert found.contents is not None
    assert "7" * 5000 in inspection_json(found)


def test_an_archive_of_too_many_files_is_passed_over(tmp_path: Path) -> None:
    parts = {f"{number}.csv": HEAD + "ROY;Ana;3eB\n" for number in range(archives.MOST_FILES + 1)}
    with pytest.raises(NotPix):
        read_export(put(tmp_path, "liste.zip", packed(parts)))


def test_the_page_says_each_bound_as_it_is() -> None:
    table = PAGE.partition("## Bounds")[2].partition("\n## ")[0]
    limits = Limits()
    for said in (
        f"{files.MAX_BYTES // 2**20} MB",
        f"{rows.MOST_LINES:,}".replace(",", " "),
        f"{rows.MOST_CELLS:,}".replace(",", " "),
        f"{remarks.MOST_REJECTS:,}".replace(",", " "),
        f"{archives.MOST_FILES} files",
        f"{peek.MOST_SHEETS} sheets",
        f"{sheets.MAX_CELLS:,}".replace(",", " "),
        f"{archives.MAX_INFLATED // 2**20} MB",
        f"{limits.seconds:g} s",
        f"{limits.megabytes:g} MB",
    ):
        assert said in table, said
