"""The portable folder for Windows: python.org's signed python.exe, the wheels by their digests, and what to
double-click. Needs no installing and no rights; runs from a stick or a share that is read-only.

    python .github/portable.py python-3.13.x-embed-amd64.zip dist/pixsession-*.whl portable/

The first file is the "Windows embeddable package (64-bit)" of python.org.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import zipfile
from pathlib import Path

LOCKED = Path(__file__).with_name("locked.txt")
# %~dp0 is the folder of the file itself, with a backslash at its end; 65001 is UTF-8.
LAUNCHER = """@echo off\r
chcp 65001 >nul\r
"%~dp0python\\python.exe" -X utf8 -m pixsession {arguments}\r
{end}"""
FILES = {
    "pixsession.cmd": LAUNCHER.format(arguments="%*", end=""),
    "Tableau.cmd": LAUNCHER.format(arguments="watch %*", end="pause\r\n"),
    "Demonstration.cmd": LAUNCHER.format(arguments="demo %*", end="pause\r\n"),
    "Manuel.cmd": LAUNCHER.format(arguments="guide", end="pause\r\n"),
    "LISEZMOI.txt": "Double-cliquez sur Demonstration.cmd pour essayer, sur Tableau.cmd pour le tableau "
    "de vos téléchargements,\r\nsur Manuel.cmd pour le manuel. Rien n'est installé : pour l'enlever, "
    "supprimez ce dossier.\r\n",
}


def build(python: Path, wheel: Path, folder: Path) -> None:
    """Make the folder; raises CalledProcessError where a wheel is missing, or another than is locked."""
    major, minor = version_of(python)
    home = folder / "python"
    with zipfile.ZipFile(python) as archive:
        archive.extractall(home)
    packages = home / "Lib" / "site-packages"
    platform = ["--platform", "win_amd64", "--python-version", f"{major}.{minor}", "--only-binary=:all:"]
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", str(packages), *platform]
    # Markers follow the system that pip runs on: everything is named, with its digest.
    subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", str(LOCKED)], check=True)  # noqa: S603
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)  # noqa: S603
    # Where python.exe looks for modules, and nowhere else: no variable of the computer changes it.
    paths = home / f"python{major}{minor}._pth"
    paths.write_text(f"{paths.read_text()}\nLib\\site-packages\n")
    for name, text in FILES.items():
        (folder / name).write_bytes(text.encode())


def version_of(python: Path) -> tuple[int, int]:
    """Of the embeddable package: its library is called `python313.dll`."""
    with zipfile.ZipFile(python) as archive:
        names = [Path(name).stem for name in archive.namelist() if name.endswith(".dll")]
    digits = next(name.removeprefix("python") for name in names if name[:7] == "python3" and len(name) > 7)
    return int(digits[0]), int(digits[1:])


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    for name in ("python", "wheel", "folder"):
        reader.add_argument(name, type=Path)
    given = reader.parse_args()
    build(given.python, given.wheel, given.folder)
