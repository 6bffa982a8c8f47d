"""A cheap test before decoding: whether the beginning of a file has any word of a known header.

A folder of downloads holds thousands of other files, which must cost nothing. What is looked for is made of
the labels that the readers know: one that is read but not looked for would lose people without a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from pixsession.readers.lists.labels import NAME_LABELS

# In lower case and without spaces: one of these is in the header of each file of Pix, in every language and
# encoding.
_MARKS = (b"organi", b"campa", b"kampagne", b"/n)", b"/no)", b"motdepasse", b"password")
_MARKS_OF_LISTS = (b"certification", b"naissance", b"famille", b"surveill")
_FIRST = 256
_NEAR = 16 * 1024  # bytes of one each: no header begins further down

_MARKS_AND_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"
# NUL is every second byte of UTF-16, 26 ends some old files.
_CONTROLS = bytes({*range(1, 32), 127} - {9, 10, 12, 13, 26})
_ACCENTED = "[^ -~]{1,4}"  # one letter beyond ASCII, in any encoding, read as bytes or as Latin-1


def _first_words(labels: Sequence[str]) -> tuple[str, ...]:
    """The words that labels begin with, each once, in lower case."""
    return tuple(dict.fromkeys(re.split(r"[\s'’/(.]", label.casefold(), maxsplit=1)[0] for label in labels))


def _in_any_encoding(word: str) -> str:
    """A word as a pattern that finds it with its accents in any encoding, decomposed, or without them."""
    letters = []
    for letter in word:
        plain = unicodedata.normalize("NFD", letter)[0]
        letters.append(letter if letter == plain else f"(?:{plain}(?:{_ACCENTED})?|{_ACCENTED})")
    return "".join(letters)


_NAME_WORDS = tuple(map(_in_any_encoding, _first_words(NAME_LABELS)))
# A cell that begins as one of names does; bytes that `re` compiles when it is first asked, as below.
_NAME_CELL = rf"""(?:^|[;,\t\r\n">])[*\s="]{{0,16}}(?:{"|".join(_NAME_WORDS)})(?![a-z])""".encode("ascii")


def _anywhere(word: str) -> str:
    """The same for a search, which skips to a letter: one with an accent is looked back to from the next."""
    plain = unicodedata.normalize("NFD", word[0])[0]
    if plain == word[0]:
        return _in_any_encoding(word)
    return f"{word[1]}(?<=[^ -~]{word[1]}|{plain}{word[1]}){_in_any_encoding(word[2:])}"


_SHORT = ("nom", "name", "naam")  # in every label of a name in the files of Pix, and in most of lists
_OTHER_WORDS = _first_words([label for label in NAME_LABELS if not any(x in label.lower() for x in _SHORT)])
# In lower case, as to ignore case takes twice as long; text that `re` compiles when it is first asked.
_NAMES = "|".join((*_SHORT, "passe", *map(_anywhere, _OTHER_WORDS), "password"))


def may_be_known(head: bytes, columns: Mapping[str, str] | None = None) -> bool:
    """Whether the first bytes of a file hold any word of a known header, in whatever encoding.

    `columns`: what headers of the user's own lists mean.
    """
    if _is_binary(head):
        return False
    near = head[: 2 * _NEAR].replace(b"\x00", b"").lower()[:_NEAR].lstrip(_MARKS_AND_BLANKS)
    if near.startswith((b"<", b"{")):
        return False  # a web page, or program output
    joined = near.replace(b" ", b"")
    first = joined[:_FIRST]  # Pix's own say it there, and a name soon: what takes long is asked last
    if any(mark in first for mark in _MARKS) or re.search(_NAME_CELL, near):
        return True
    if any(mark in joined for mark in _MARKS) or any(mark in near for mark in _MARKS_OF_LISTS):
        return True
    return bool(columns) and any(_plainest(header) in near for header in columns or ())


def has_a_name(row: Sequence[str]) -> bool:
    """Whether any of these cells could be the label of names, or of passwords."""
    return says_a_name(" ".join(row))


def says_a_name(text: str) -> bool:
    """Whether a line may hold labels of names; bytes of an unknown encoding may be given as Latin-1."""
    return re.search(_NAMES, text.lower()) is not None


def _is_binary(head: bytes) -> bool:
    """Pictures, films, documents: one byte in twenty is of those that texts are without."""
    start = head[:1024]
    return len(start) - len(start.translate(None, _CONTROLS)) > len(start) // 20


def _plainest(header: str) -> bytes:
    """The longest part of a header that is the same bytes in every encoding."""
    return max(
        re.split(rb"[^ -~]+", header.lower().encode("ascii", "replace").replace(b"?", b"\xff")), key=len
    )
