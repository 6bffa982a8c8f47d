"""`pixsession forget`: a file counts no more, or again, without a screen."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.runs import Run, folder_with, reaching


def test_a_file_counts_no_more_and_again(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (path,) = folder_with(folder, reaching("ROUX")).iterdir()
    assert run("check", folder).status == 0
    assert run("forget", path).status == 0
    found = run("check", folder)
    assert found.status == 2
    assert "ROUX" not in found.out
    assert run("forget", "--undo", path).status == 0
    assert "ROUX" in run("check", folder).out
    again = run("forget", "--undo", path)
    assert again.status == 2
    assert path.name in again.err


def test_a_file_that_was_never_read_is_named(run: Run, tmp_path: Path) -> None:
    found = run("forget", tmp_path / "nothing.csv")
    assert found.status == 2
    assert "nothing.csv" in found.err
