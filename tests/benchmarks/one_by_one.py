"""`watch`, each export read whole and written by itself: a first board without any work that is shared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from pixsession.__main__ import main
from pixsession.domain.board.snapshot import FileEntry
from pixsession.engine.board.intake import Intake
from pixsession.readers import Export, FileDescription
from pixsession.readers.campaign.line_memory import LineMemory
from pixsession.readers.files import export_of
from pixsession.readers.kinds import Columns

_take = Intake.take


def _read_whole(
    _memory: LineMemory, content: bytes, file: FileDescription, columns: Columns | None = None
) -> Export:
    return export_of(content, file, columns)


def _take_and_write(intake: Intake, path: Path) -> FileEntry:
    entry = _take(intake, path)
    intake.write_down()
    return entry


@contextmanager
def one_by_one() -> Iterator[None]:
    """Inside, each export is read whole and written by itself."""
    with patch.object(LineMemory, "export_of", _read_whole), patch.object(Intake, "take", _take_and_write):
        yield


if __name__ == "__main__":
    with one_by_one():
        main()
