"""The pictures of the handbook: those that the tests took, without the addresses of their fonts.

`python -m tests.handbook` takes them over.
"""

from __future__ import annotations

import re
from pathlib import Path

HANDBOOK = Path(__file__).parents[1] / "pixsession" / "handbook"
_TAKEN = Path(__file__).parent / "ui" / "__snapshots__" / "test_pictures"
PICTURES = {
    "board.svg": "test_board[100x30-fr].svg",
    "student.svg": "test_student[100x30].svg",
    "session.svg": "test_of_the_handbook[session].svg",
    "lesson.svg": "test_of_the_handbook[lesson].svg",
    "files.svg": "test_of_the_handbook[files].svg",
}
_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def picture(taken: str) -> str:
    """A picture that fetches nothing: a font of this computer with letters of one width is used."""
    text = _FONT.sub("", (_TAKEN / taken).read_text(encoding="utf-8"))
    return text.replace("Fira Code,", "Fira Code, Consolas, Menlo,")


if __name__ == "__main__":
    for name, taken in PICTURES.items():
        (HANDBOOK / name).write_text(picture(taken), encoding="utf-8", newline="\n")
