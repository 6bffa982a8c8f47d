"""The session file of a drive that several posts share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def session_file(tmp_path: Path) -> Path:
    drive = tmp_path / "drive"
    drive.mkdir()
    file = drive / "session.toml"
    file.write_text("share = true\n")
    return file
