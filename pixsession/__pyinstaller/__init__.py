"""What PyInstaller must be told to pack this program: it asks each package by an entry point."""

from pathlib import Path


def hook_folders() -> list[str]:
    """The folders in which PyInstaller finds `hook-pixsession.py`."""
    return [str(Path(__file__).parent)]
