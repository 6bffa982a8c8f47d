"""The cells of lists of students and candidates: sex, extra time, clock times, whole names."""

from __future__ import annotations

import re

from pixsession.domain.people.students import name_key

_CLOCK = re.compile(r"(?:\d{4}-\d{2}-\d{2}[ T])?(\d{1,2}) ?[:hH] ?(\d{2})?(?::\d{2})?", re.ASCII)
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s*(%?)", re.ASCII)
_SEX = {"m": "M", "masculin": "M", "garcon": "M", "g": "M", "h": "M", "homme": "M"} | {
    "f": "F", "feminin": "F", "fille": "F", "femme": "F"
}  # fmt: skip
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "les", "da", "dos", "van", "von", "der", "den", "el"})


def read_clock(cell: str) -> str | None:
    """A time of the day as "08:30", from "08:30", "8h30", "8 h", "08:30:00"; None for anything else."""
    match = _CLOCK.fullmatch(cell.strip())
    if match is None or (match[2] is None and ":" in cell):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def read_sex(cell: str) -> str | None:
    """ "M" or "F"; None for anything else."""
    return _SEX.get(name_key(cell))


def read_extra_time(cell: str) -> float | None:
    """Extra time as a fraction: 0.33 from "33%", "33", "0.33", "0,33"; None for what is no share of a time.

    From 1 on the number is a percentage, as in Pix's import of sessions.
    """
    match = _SHARE.fullmatch(cell.strip().replace("\u202f", "").replace("\u00a0", ""))
    if match is None:
        return None
    share = float(match[1].replace(",", "."))
    if match[2] or share >= 1:
        share /= 100
    return round(share, 4) if share <= 1 else None


def split_student(text: str) -> tuple[str, str] | None:
    """Last and first name of a whole name: capitals at one end are the last name, or a comma separates them.

    None where that is not sure: all in capitals, none in capitals, capitals on both sides of other words.
    """
    last, comma, first = text.partition(",")
    if comma:
        return (last.strip(), first.strip()) if last.strip() and first.strip() else None
    words = text.split()
    capitals = [_is_capitals(word) for word in words]
    end = _lead(words, capitals)
    if _is_name(words[:end]) and end < len(words) and not any(map(_is_long, words[end:])):
        return " ".join(words[:end]), " ".join(words[end:])
    start = len(words)
    while start and capitals[start - 1]:
        start -= 1
    while start and words[start - 1] in _PARTICLES:
        start -= 1
    if _is_name(words[start:]) and start and not any(map(_is_long, words[:start])):
        return " ".join(words[start:]), " ".join(words[:start])
    return None


def _lead(words: list[str], capitals: list[bool]) -> int:
    """How many words at the start are of the last name: capitals, and small particles before them."""
    end = 0
    for position, word in enumerate(words):
        if capitals[position]:
            end = position + 1
        elif word not in _PARTICLES or not any(capitals[position + 1 :]):
            break
    return end


def _is_capitals(word: str) -> bool:
    """Whether a word ends in capitals, as DUPONT, d'ALMEIDA, McDONALD, ROCHEFOUCAULD-M. do."""
    letters = [character for character in word if character.isalpha()]
    if not letters or not letters[-1].isupper():
        return False
    return len(letters) == 1 or letters[-2].isupper() or word.endswith(".")


def _is_long(word: str) -> bool:
    """Whether a word in capitals is more than an initial."""
    return _is_capitals(word) and sum(character.isalpha() for character in word) > 1


def _is_name(words: list[str]) -> bool:
    return any(_is_long(word) for word in words)
