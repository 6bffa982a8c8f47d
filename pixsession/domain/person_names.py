"""Names taken apart into words: when two spellings are one name, and when one name includes the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pixsession.domain.students import name_key

# They tell nobody apart: a particle shared is no word of a last name shared.
_PARTICLES = frozenset(
    ("al", "bel", "ben", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "des", "di")
).union(("do", "dos", "du", "el", "l", "la", "le", "les", "ter", "van", "von"))
# "LAMOTTE ép. CARREL", "LAMOTTE née CARREL": words about the name, none of the name.
_ABOUT = frozenset({"ep", "epouse", "nee"})
_HYPHENS = re.compile(r"(?<=\w)\s*[-‐‑–]\s*(?=\w)")
_ENDS_CUT = re.compile(r"(?:\.\.\.|…)\s*$")


class Name(NamedTuple):
    """A person's name for comparison; all words as keys (see `name_key`).

    `exact` holds (last, first) without any space, one for each last name and with or without the further
    first names. `least` holds, for each last name, the words without which this name is not this name;
    `last` and `first` all that may stand in the two, `lasts` each last name alone. `compounds` are hyphenated
    first names: "Marie-Lou" is one name, no "Marie". `cut` are words of which only the beginning stands
    there. `words` are the whole words that tell somebody (see `significant`); `called` is the first word of
    the first name.
    """

    exact: frozenset[tuple[str, str]]
    least: tuple[frozenset[str], ...]
    last: frozenset[str]
    first: frozenset[str]
    compounds: tuple[frozenset[str], ...]
    cut: frozenset[str]
    words: frozenset[str]
    lasts: tuple[frozenset[str], ...]
    called: str


@lru_cache(maxsize=16384)
def name_of(last: str, first: str, used: str | None = None, others: tuple[str, ...] = ()) -> Name:
    """The name of a person as a list writes it; `used` is a second last name, `others` more first names."""
    lasts = [words for words in (_words(last), _words(used or "")) if words]
    firsts = _words(first)
    further = [word for other in others for word in _words(other)]
    exact = {("".join(words), "".join(firsts)) for words in lasts if firsts}
    exact |= {("".join(words), "".join([*firsts, *further])) for words in lasts if firsts}
    cut = {words[-1] for text, words in ((last, _words(last)), (first, firsts)) if _is_cut(text, words)}
    all_last, all_first = frozenset[str]().union(*lasts), frozenset([*firsts, *further])
    return Name(
        frozenset(exact),
        tuple(frozenset([*words, *firsts]) for words in lasts) if firsts else (),
        all_last,
        all_first,
        tuple(compound for text in (first, *others) for compound in _compounds(text)),
        frozenset(cut),
        significant((all_last | all_first) - cut),
        tuple(frozenset(words) for words in lasts),
        firsts[0] if firsts else "",
    )


def significant(words: Iterable[str]) -> frozenset[str]:
    """The words that tell somebody: neither particles nor initials."""
    return frozenset(word for word in words if len(word) > 1 and word not in _PARTICLES)


def includes(longer: Name, shorter: Name) -> bool:
    """Whether all words of the shorter name stand in the longer one, wherever they stand.

    A word of the last and another one of the first name, of either, must be among them.
    """
    return any(_covered(least, shorter, longer) is not None for least in shorter.least)


def includes_whole(longer: Name, shorter: Name) -> bool:
    """The same, where the words left out are no reason to think of somebody else.

    No hyphenated first name is broken: "Marie-Lou" does not include "Marie". And what is left out is part of
    the last name or the usual first name, not both: "HOARAU Milan" is not enough for the Émile, Milan of the
    MARTINEAU-HOARAU.
    """
    for least in shorter.least:
        found = _covered(least, shorter, longer)
        if (
            found is not None
            and all(not part & found or part <= found for part in longer.compounds)
            and (longer.called in found or any(last <= found for last in longer.lasts))
        ):
            return True
    return False


def _covered(least: frozenset[str], shorter: Name, longer: Name) -> frozenset[str] | None:
    """The words of the longer name that the shorter one accounts for; None when one of its own is left."""
    whole = least - shorter.cut
    known = longer.last | longer.first
    if not (whole <= known and _anchored(whole, longer) and _anchored(whole, shorter)):
        return None
    found = whole
    for beginning in sorted(least & shorter.cut):
        meant = [word for word in known - found if word.startswith(beginning)]
        if not meant:
            return None
        found |= frozenset(meant)
    return found


def _anchored(words: frozenset[str], name: Name) -> bool:
    last, first = significant(words & name.last), significant(words & name.first)
    return bool(last) and bool(first) and len(last | first) > 1


def _words(text: str) -> list[str]:
    words = name_key(text).split()
    return [word for word in words if word not in _ABOUT] or words


def _is_cut(text: str, words: list[str]) -> bool:
    """A last initial abbreviates ("DE LA ROCHEFOUCAULD-M."); three dots say that the text was too long."""
    return bool(words) and len(words) > 1 and (len(words[-1]) == 1 or _ENDS_CUT.search(text) is not None)


def _compounds(text: str) -> list[frozenset[str]]:
    parts = (frozenset(name_key(part).split()) for part in _HYPHENS.sub("-", text).split())
    return [part for part in parts if len(part) > 1]
