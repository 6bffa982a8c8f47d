"""The class in a title or in the name of a sheet: "Classe de 3e B", "3B", "Terminale G2"; or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pixsession.domain.people.students import name_key

_LONGEST = 80  # characters of a title
# Patterns as text: `re` compiles one where it is first asked, which few starts of the program need.
_PARTS = r"\s[-–—|/]\s|[|;,:()\n–—]"
_AFTER_WORD = r"\b(?:classe|division|class)\s+(?:(?:de|du|n°)\s+|de\s+la\s+|d['’])?(.+)"
_MOST_WORDS = 3  # of a class inside a title

_ORDINAL = r"(?:e|eme|ieme|er|ere|re|de|nde|nd)"
# As keys: lower case, no accents, one space between words. `Sure` ones are known in the middle of a title.
_SURE = (
    r"[3-6] ?(?:e|eme|ieme) ?(?:[a-z]|[a-z]?\d{1,2}|\d[a-z]|segpa|ulis|prepa(?: pro)?|pro) ?\d?"
    r"|[1-6](?:[a-df-z]|[a-z]\d{1,2})"
    rf"|[12] ?{_ORDINAL} ?(?:gt|g|pro|st[a-z]{{1,4}}|[a-z])? ?\d{{1,2}}"
    rf"|[12] ?{_ORDINAL} (?:[a-z]|es|gt|pro|st[a-z]{{1,4}})"
    r"|[12](?:gt|g|st[a-z]{1,4}|[a-z]{2,3}) ?\d{1,2}"
    r"|t(?:g|s|es|l|pro|st[a-z]{1,4}) ?\d{1,2}"
    r"|(?:seconde|premiere|terminale|term|tle) ?(?:g|s|es|l|pro|st[a-z]{1,4}|[a-z]{2,4})? ?\d{1,2}"
    r"|(?:seconde|premiere|terminale|term|tle) (?:[a-z]|es|st[a-z]{1,4})"
    r"|(?:sixieme|cinquieme|quatrieme|troisieme) (?:[a-z]|\d{1,2})"
    r"|(?:ce|cm)[12] ?(?:[a-z]|(?:ce|cm)[12])?"
    r"|(?:year|grade) \d{1,2} ?[a-z]?"
)
_WHOLE = (
    r"[1-6]0\d|[1-6] [a-z]|[1-6] \d|cp ?(?:[a-z]|\d|ce1)?|(?:ulis|segpa|upe2a)(?: ?\w{1,3})?"
    r"|seconde|terminale|[12] ?(?:bts|cap|but)(?: [a-z]{1,5})?(?: ?\d)?|(?:bts|cap|but) [a-z]{1,5} ?\d?"
    r"|[1-6] (?:segpa|ulis|prepa)|[12t]st[a-z]{1,4}"
)
_NEVER = r"trimestre|semestre|periode|annee|semaine|jour|salle|exercice|seance|\b(?:19|20)\d\d\b"
_DATES = r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}/\d{1,2}\b|\b20\d\d(?:\s?[-/]\s?(?:20)?\d\d)?\b"


def class_of_title(text: str) -> str | None:
    """The one class in a title, as it is written there; None where there is none, or several."""
    found = {name_key(name): name for name in _classes_of(text[:_LONGEST])}
    return next(iter(found.values())) if len(found) == 1 else None


def class_of_rows(rows: Iterable[tuple[int, Sequence[str]]]) -> str | None:
    """The one class in the rows over a header; None for none, or several."""
    cells = (cell for _line, row in rows for cell in row if cell.strip())
    found = {name_key(name): name for cell in cells if (name := class_of_title(cell))}
    return next(iter(found.values())) if len(found) == 1 else None


def _classes_of(text: str) -> Iterable[str]:
    for words_of_part in re.split(_PARTS, re.sub(_DATES, " ", text)):
        plain = words_of_part.strip(" .-_")
        match = re.search(_AFTER_WORD, plain, re.IGNORECASE)
        part = match[1].strip() if match else plain
        if _is_class(part, whole=True):
            yield part
            continue
        words = [] if re.search(_NEVER, name_key(part)) else part.split()
        for count in range(min(_MOST_WORDS, len(words)), 0, -1):
            inside = [" ".join(words[at : at + count]) for at in range(len(words) - count + 1)]
            found = [name for name in inside if _is_class(name, whole=False)]
            if found:
                yield from found
                break


def _is_class(text: str, *, whole: bool) -> bool:
    key = name_key(text)
    if not key or re.search(_NEVER, key):
        return False
    return bool(re.fullmatch(_SURE, key) or (whole and re.fullmatch(_WHOLE, key)))
