"""What people did, as the journal keeps it: one entry each, and the decisions that the entries amount to."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from pixsession.domain.people.matches import Decisions
from pixsession.domain.share.place import Post

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class Entry(NamedTuple):
    """One thing that somebody did.

    `id` is unique over all files of a journal. `at` is ISO 8601, Paris time without zone, as everywhere here.
    `origin` is the name of the file that holds it. `order` is a time too, that at which it takes its place:
    it comes after what its program had done and read before, whatever the clock said; empty: as `at`.
    Of a shared session, `post` wrote it, `offset` seconds behind the common clock (None: nobody knew).
    """

    id: str
    at: str
    kind: str
    facts: Mapping[str, Json]
    origin: str
    order: str = ""
    post: Post | None = None
    offset: float | None = None

    @property
    def rank(self) -> tuple[str, str]:
        """Sort key: the order in which entries count."""
        return self.order or self.at, self.id


def just_after(order: str) -> str:
    """The next moment after an `order`."""
    return (datetime.fromisoformat(order) + timedelta(microseconds=1)).isoformat()


class MatchEntry(StrEnum):
    """The kinds of entries about who is who.

    SAME and DIFFERENT have the facts `base` and `incoming`, two keys; UNDO has `entry`, the id it takes back.
    """

    SAME = "match.same"
    DIFFERENT = "match.different"
    UNDO = "match.undo"


class FileEntryKind(StrEnum):
    """The kinds of entries about files that count or not.

    TAKE_BACK has the facts `digest`, `exported_at` and `name`; COUNT has `entry`, the id that it takes back.
    """

    TAKE_BACK = "file.take_back"
    COUNT = "file.count"


class DecidedEntry(NamedTuple):
    """A decision in force, with the id of the entry to name when it is taken back."""

    entry_id: str
    base: str
    incoming: str
    same: bool
    at: str


def decisions_of(entries: Iterable[Entry]) -> tuple[Decisions, tuple[DecidedEntry, ...]]:
    """The decisions in force after these entries, in their order; of two on a pair the later one counts.

    What was taken back, wherever the undoing stands, is as if it had never been said. Entries of other kinds,
    or that do not say what they should, change nothing.
    """
    listed = list(entries)
    undone = {entry.facts.get("entry") for entry in listed if entry.kind == MatchEntry.UNDO}
    by_pair: dict[frozenset[str], DecidedEntry] = {}
    for entry in listed:
        decided = _decided(entry)
        if decided is not None and decided.entry_id not in undone:
            pair = frozenset({decided.base, decided.incoming})
            by_pair.pop(pair, None)  # keep the newest decision last
            by_pair[pair] = decided
    decided_entries = tuple(by_pair.values())
    same, different = (
        frozenset((d.base, d.incoming) for d in decided_entries if d.same is wanted)
        for wanted in (True, False)
    )
    return Decisions(same, different), decided_entries


def _decided(entry: Entry) -> DecidedEntry | None:
    base, incoming = entry.facts.get("base"), entry.facts.get("incoming")
    if entry.kind not in {MatchEntry.SAME, MatchEntry.DIFFERENT}:
        return None
    if not (isinstance(base, str) and isinstance(incoming, str) and base and incoming and base != incoming):
        return None
    return DecidedEntry(entry.id, base, incoming, entry.kind == MatchEntry.SAME, entry.at)
