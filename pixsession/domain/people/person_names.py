"""Names taken apart into words: when two spellings are one name, and when one name includes the other."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from pixsession.domain.people.students import name_key

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

    What each comparison asks for is worked out once: `needed` holds of each of `least` that stands for itself
    (see `includes`) the whole words and those cut; `known` all words; `last_told` and `first_told` those of
    the two that tell somebody; `pairs` the words that tell, two by two, and `across` the pairs of any word of
    the last with any of the first name.
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
    spelled: frozenset[tuple[str, ...]]
    is_unsplit: bool
    needed: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    known: frozenset[str]
    last_told: frozenset[str]
    first_told: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    across: tuple[tuple[str, str], ...]


_MOST_PAIRED = 12  # words of a name that are paired: who has more has typed a sentence


@lru_cache(maxsize=16384)
def name_of(last: str, first: str, used: str | None = None, others: tuple[str, ...] = ()) -> Name:
    """The name of a person as a list writes it; `used` is a second last name, `others` more first names."""
    last_words, firsts = _words(last), _words(first)
    lasts = [words for words in (last_words, _words(used) if used else []) if words]
    further = [word for other in others for word in _words(other)]
    firsts_known = {tuple(firsts), (*firsts, *further)}
    written = ("".join(firsts), "".join([*firsts, *further]))
    exact = {("".join(words), called) for words in lasts for called in written} if firsts else set()
    cut = {words[-1] for text, words in ((last, last_words), (first, firsts)) if _is_cut(text, words)}
    all_last, all_first = frozenset[str]().union(*lasts), frozenset([*firsts, *further])
    least = tuple(frozenset([*words, *firsts]) for words in lasts) if firsts else ()
    last_told, first_told = significant(all_last), significant(all_first)
    told = (last_told | first_told) - cut
    wholes = ((needed - cut, tuple(sorted(needed & cut))) for needed in least)
    return Name(
        frozenset(exact),
        least,
        all_last,
        all_first,
        tuple(compound for text in (first, *others) for compound in _compounds(text)),
        frozenset(cut),
        told,
        tuple(frozenset(words) for words in lasts),
        firsts[0] if firsts else "",
        frozenset(tuple(sorted([*words, *called])) for words in lasts for called in firsts_known),
        len(last_words) > 1 and not firsts,
        tuple((whole, rest) for whole, rest in wholes if _anchored(whole, last_told, first_told)),
        all_last | all_first,
        last_told,
        first_told,
        tuple(combinations(sorted(told)[:_MOST_PAIRED], 2)),
        tuple({(min(a, b), max(a, b)) for a in told & all_last for b in told & all_first if a != b}),
    )


def significant(words: Iterable[str]) -> frozenset[str]:
    """The words that tell somebody: neither particles nor initials."""
    return frozenset(word for word in words if len(word) > 1 and word not in _PARTICLES)


def includes(longer: Name, shorter: Name) -> bool:
    """Whether all words of the shorter name stand in the longer one, wherever they stand.

    A word of the last and another one of the first name, of either, must be among them.
    """
    return any(_covered(*needed, longer) is not None for needed in shorter.needed)


def includes_whole(longer: Name, shorter: Name) -> bool:
    """The same, where the words left out are no reason to think of somebody else.

    No hyphenated first name is broken: "Marie-Lou" does not include "Marie". And what is left out is part of
    the last name or the usual first name, not both: "HOARAU Milan" is not enough for the Émile, Milan of the
    MARTINEAU-HOARAU.
    """
    for needed in shorter.needed:
        found = _covered(*needed, longer)
        if (
            found is not None
            and all(not part & found or part <= found for part in longer.compounds)
            and (longer.called in found or any(last <= found for last in longer.lasts))
        ):
            return True
    return False


def _covered(whole: frozenset[str], cut: Sequence[str], longer: Name) -> frozenset[str] | None:
    """The words of the longer name that these account for; None when one of its own is left."""
    if not (whole <= longer.known and _anchored(whole, longer.last_told, longer.first_told)):
        return None
    found = whole
    for beginning in cut:
        meant = [word for word in longer.known - found if word.startswith(beginning)]
        if not meant:
            return None
        found |= frozenset(meant)
    return found


def _anchored(words: frozenset[str], last_told: frozenset[str], first_told: frozenset[str]) -> bool:
    last, first = words & last_told, words & first_told
    return bool(last) and bool(first) and len(last | first) > 1


def _words(text: str) -> list[str]:
    words = name_key(text).split()
    return [word for word in words if word not in _ABOUT] or words


def _is_cut(text: str, words: list[str]) -> bool:
    """A last initial abbreviates ("DE LA ROCHEFOUCAULD-M."); three dots say that the text was too long."""
    return len(words) > 1 and (len(words[-1]) == 1 or _ENDS_CUT.search(text) is not None)


def _compounds(text: str) -> list[frozenset[str]]:
    if " " not in name_key(text):
        return []
    parts = (frozenset(name_key(part).split()) for part in _HYPHENS.sub("-", text).split())
    return [part for part in parts if len(part) > 1]
