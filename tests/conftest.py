"""Every test runs away from the user's own files, settings, language and terminal."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pixsession.foundation.i18n import use_language
from pixsession.foundation.room_time import use_room_zone
from pixsession.settings.config import VARIABLES

# What would change a screen, a text or a path from one machine to another.
_FOREIGN = (
    *VARIABLES,
    "PIXSESSION_DEBUG",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLORTERM",
    "COLUMNS",
    "LINES",
    "SSH_CONNECTION",
    "SSH_CLIENT",
    "SSH_TTY",
    "TMUX",
    "TEXTUAL",
    "TEXTUAL_ANIMATIONS",
    "TEXTUAL_COLOR_SYSTEM",
    "TEXTUAL_DEBUG",
    "TEXTUAL_DRIVER",
    "TEXTUAL_LOG",
    "TEXTUAL_THEME",
)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders, each for one test: `mktemp` looks at all that it made before, seven thousand times."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def elsewhere(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """State, settings and downloads in a folder of this test alone; English, until a test speaks French."""
    home = next(homes)
    home.mkdir()
    for variable in _FOREIGN:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PIXSESSION_STATE", str(home / "state"))
    monkeypatch.setenv("PIXSESSION_CONFIG", str(home / "config.toml"))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(home / "downloads"))
    monkeypatch.setenv("TERM", "xterm-256color")
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "Europe/Paris")
        time.tzset()
    else:  # Windows has one zone for all programs: none chosen counts as Paris
        monkeypatch.setattr(time, "tzname", ("UTC", "UTC"))
    use_language("en")
    use_room_zone(None)
    yield home
    use_language("en")
    use_room_zone(None)
