"""Where shipped and user files are; creates nothing."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from platformdirs import PlatformDirs

_CASE_SENSITIVE = 11  # _PC_CASE_SENSITIVE of macOS' <unistd.h>; Python has no name for it


def shipped(folder: str) -> Traversable:
    """A folder shipped with the program ("styles", "sample_exports"): in the package, which may be in an
    archive, or beside it in a checkout.
    """
    package = Path(__file__).parent.parent
    for place in (package / folder, package.parent / folder):
        if place.is_dir():
            return place
    from importlib import resources  # noqa: PLC0415 - (d): 7 ms of archives, and few programs are one

    return resources.files("pixsession") / folder


def downloads_folder() -> Path:
    return _of_user(lambda dirs: dirs.user_downloads_dir)


def state_folder() -> Path:
    """Where dossiers are kept: PIXSESSION_STATE, else the user's state folder of the system."""
    if chosen := os.environ.get("PIXSESSION_STATE"):
        return at_home(chosen)
    return _of_user(lambda dirs: dirs.user_state_dir)


def settings_file() -> Path:
    """The user's settings: PIXSESSION_CONFIG, else `config.toml` in the system's configuration folder."""
    if chosen := os.environ.get("PIXSESSION_CONFIG"):
        return at_home(chosen)
    return _of_user(lambda dirs: dirs.user_config_dir) / "config.toml"


def _of_user(asked: Callable[[PlatformDirs], str]) -> Path:
    from platformdirs import PlatformDirs  # noqa: PLC0415 - (c): 3 ms, not needed where folders are named

    try:
        return at_home(asked(PlatformDirs("pixsession", appauthor=False)))
    except RuntimeError:  # an account that has no folder, or none at all
        words = _(
            "this account has no folder of its own: set PIXSESSION_STATE and PIXSESSION_CONFIG, "
            "name a folder."
        )
        raise PixSessionError(words) from None


def at_home(written: str) -> Path:
    """This path with `~` for the user's folder; raises PixSessionError where nobody knows whose it is."""
    try:
        return Path(written).expanduser()
    except RuntimeError:
        words = _("{path}: the folder that ~ stands for is not known. Write the whole path instead.")
        raise PixSessionError(words.format(path=shown(written, 1000))) from None


def computer_of(path: str) -> str:
    r"""The computer that a Windows path names (\\computer\share…, also \\?\UNC\…); empty: this one."""
    drive = PureWindowsPath(path).drive.casefold()
    if drive.startswith("\\\\?\\unc\\"):
        return drive.split("\\")[4]
    is_share = drive.startswith("\\\\") and drive[2:4] not in {"?\\", ".\\"}
    return drive.split("\\")[2] if is_share else ""


def refuse_foreign(folder: Path) -> None:
    """Raise PixSessionError where another account made this folder, and others may look into it."""
    if sys.platform == "win32":  # where rights are otherwise, and a profile is its owner's
        return
    try:
        status = folder.stat()
    except OSError:
        return
    if status.st_uid != os.geteuid() and status.st_mode & 0o077:
        words = _(
            "{folder} was made by another account, and others may look into it: delete it, or set "
            "PIXSESSION_STATE to a folder of yours."
        )
        raise PixSessionError(words.format(folder=shown(str(folder), 1000)))


def dossier_folder(state_folder: Path, folder: Path) -> Path:
    """Where what was read from this folder is kept: one dossier for each watched folder."""
    real = os.path.realpath(folder)
    key = spelling_key(real, sys.platform, is_case_blind(real))
    slug = re.sub(r"[^a-z0-9]+", "-", Path(real).name.casefold()).strip("-")[:24] or "folder"
    return state_folder / "dossiers" / f"{slug}-{hashlib.sha256(os.fsencode(key)).hexdigest()[:12]}"


def spelling_key(real: str, system: str, case_blind: bool) -> str:
    """What all spellings of one path have in common; `system` as `sys.platform`.

    macOS takes an accented letter and its two halves for one name, whatever its disks say of case.
    """
    key = unicodedata.normalize("NFC", real) if system == "darwin" else real
    return key.casefold() if case_blind else key


def is_case_blind(real: str) -> bool:
    """Whether capitals make no difference in this place, which need not exist."""
    if sys.platform != "darwin":
        return sys.platform == "win32"
    place = Path(real)
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return os.pathconf(place, _CASE_SENSITIVE) == 0
    except (OSError, ValueError):
        return True  # as disks of macOS are unless somebody chose otherwise
