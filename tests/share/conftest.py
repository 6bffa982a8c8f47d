"""The session file of a drive that several posts share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.engine.share import sync


@pytest.fixture
def quick_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Posts that look at their share more often than a school's network would like."""
    monkeypatch.setattr(sync, "IDLE_SECONDS", 0.2)
    monkeypatch.setattr(sync, "BUSY_SECONDS", 0.1)


@pytest.fixture
def session_file(tmp_path: Path) -> Path:
    drive = tmp_path / "drive"
    drive.mkdir()
    file = drive / "session.toml"
    file.write_text("share = true\n")
    return file
