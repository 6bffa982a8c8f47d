"""Right and wrong merges of typed names, by what was done to the name, and the time of large lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pixsession.domain.people.matches import Decisions
from pixsession.domain.people.matching import match
from tests.factories.samples.typed_names import Typed, typed_school

from .figures import Figure, in_turns, milliseconds, told

_COUNTED = ("right", "doubt", "left alone", "WRONG")


def outcome(school: Typed, key: str, found: str | None, doubtful: frozenset[str]) -> str:
    """What became of a typed entry; for somebody of no list, left alone is right."""
    if found is not None:
        return "right" if found == school.truth[key] else "WRONG"
    if key in doubtful:
        return "doubt"
    return "left alone" if school.truth[key] else "right"


def counted(seeds: range) -> Counter[tuple[str, str]]:
    """(what was done to the name, what became of it), over the schools of these seeds."""
    counts: Counter[tuple[str, str]] = Counter()
    for seed in seeds:
        school = typed_school(seed)
        matching = match(school.listed, school.typed, Decisions())
        doubtful = frozenset(doubt.key for doubt in matching.doubts)
        for key, alteration in school.alterations.items():
            found = matching.pairs.get(key, (None,))[0]
            counts[alteration, outcome(school, key, found, doubtful)] += 1
    return counts


def typed_names(*, quick: bool) -> Iterator[Figure]:
    """(k) Wrong merges of typed names, and what one match of 2 000 against 2 000 takes."""
    counts = counted(range(5 if quick else 60))
    whole = sum(counts.values())
    for alteration in sorted({alteration for alteration, _ in counts}):
        here = {fate: counts[alteration, fate] for fate in _COUNTED}
        detail = ", ".join(f"{count} {fate}" for fate, count in here.items())
        share = 100 * here["right"] / sum(here.values())
        yield Figure(f"(k) right merges, {alteration}", share, "%", detail=detail)
    wrong = sum(count for (_, fate), count in counts.items() if fate == "WRONG")
    yield Figure(f"(k) wrong merges of {whole} typed names", wrong, "", target=0)
    large = typed_school(1, 67)
    size = len(large.listed)
    medians = in_turns(
        3 if quick else 7,
        {
            "typed": lambda _n: milliseconds(lambda: match(large.listed, large.typed, Decisions())),
            "equal": lambda _n: milliseconds(lambda: match(large.listed, large.listed, Decisions())),
        },
    )
    yield Figure(f"(k) {size} against {len(large.typed)}", medians["typed"], "ms", 300, told(medians))
