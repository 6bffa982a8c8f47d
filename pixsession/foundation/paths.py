"""Where shipped and user files are; creates nothing."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def shipped(folder: str) -> Path:
    """A folder shipped with the program ("styles", "sample_exports"), installed or in a checkout."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def downloads_folder() -> Path:
    import platformdirs  # noqa: PLC0415 - 20 ms that most commands do not need

    return Path(platformdirs.user_downloads_dir())


def state_folder() -> Path:
    """Where dossiers are kept: PIXSESSION_STATE, else the user's state folder of the system."""
    if chosen := os.environ.get("PIXSESSION_STATE"):
        return Path(chosen)
    import platformdirs  # noqa: PLC0415 - likewise

    return Path(platformdirs.user_state_dir("pixsession", appauthor=False))


def settings_file() -> Path:
    """The user's settings: PIXSESSION_CONFIG, else `config.toml` in the system's configuration folder."""
    if chosen := os.environ.get("PIXSESSION_CONFIG"):
        return Path(chosen)
    import platformdirs  # noqa: PLC0415 - likewise

    return Path(platformdirs.user_config_dir("pixsession", appauthor=False)) / "config.toml"


def dossier_folder(state_folder: Path, folder: Path) -> Path:
    """Where what was read from this folder is kept: one dossier for each watched folder."""
    real = os.path.realpath(folder)
    slug = re.sub(r"[^a-z0-9]+", "-", Path(real).name.casefold()).strip("-")[:24] or "folder"
    return state_folder / "dossiers" / f"{slug}-{hashlib.sha256(os.fsencode(real)).hexdigest()[:12]}"
