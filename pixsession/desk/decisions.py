"""Who is whom by decision of people: kept in the journal of the dossier, in memory without one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from pixsession.domain.clock import Clock
from pixsession.domain.entries import DecidedEntry, Entry, Json, MatchEntry, decisions_of
from pixsession.domain.matching import Decided, Decisions, OpenDoubt, PersonLabel
from pixsession.store.journal import Journal


class DecisionBook:
    """The decisions of one dossier, with those of every other program on it."""

    def __init__(self, dossier: Path | None, now: Clock) -> None:
        """Without a dossier decisions last as long as the program."""
        self._journal = Journal(dossier / "journal", now) if dossier else None
        self._now = now
        self._lock = Lock()  # people decide on another thread than the one that reads files
        self._entries: list[Entry] = []
        self._standing: tuple[DecidedEntry, ...] = ()
        self.decisions = Decisions()
        self.look()

    @property
    def troubles(self) -> tuple[str, ...]:
        """What of the journal could not be read as it stands."""
        return self._journal.troubles if self._journal else ()

    def look(self) -> bool:
        """Take in what was decided elsewhere; true when there was something."""
        with self._lock:
            news = self._journal.read_new() if self._journal else ()
            if news:
                self._add(news)
        return bool(news)

    def decide(self, person: PersonLabel, other: PersonLabel, *, same: bool) -> None:
        """Write down that two are one student, or two; raises JournalError, and then nothing has changed."""
        facts: dict[str, Json] = {
            "incoming": person.key,
            "base": other.key,
            "labels": [list(person), list(other)],
        }
        self._write(MatchEntry.SAME if same else MatchEntry.DIFFERENT, facts)

    def undo(self, key: str, other: str) -> None:
        """Take a decision back; raises JournalError."""
        for decided in self._standing:
            if {decided.incoming, decided.base} == {key, other}:
                self._write(MatchEntry.UNDO, {"entry": decided.entry_id})

    def listed(self) -> tuple[Decided, ...]:
        """What stands, newest first, as the screen shows it."""
        by_id = {entry.id: entry for entry in self._entries}
        found = []
        for decided in reversed(self._standing):
            person, other = _labels(by_id[decided.entry_id], decided)
            found.append(Decided(person, other, decided.same, decided.at))
        return tuple(found)

    def _write(self, kind: MatchEntry, facts: dict[str, Json]) -> None:
        if self._journal:
            self._journal.append(kind, facts)
            self.look()
            return
        with self._lock:
            number = f"{len(self._entries):06}"
            self._add([Entry(number, self._now().isoformat(), kind, facts, "")])

    def _add(self, entries: Sequence[Entry]) -> None:
        self._entries = sorted([*self._entries, *entries], key=lambda entry: (entry.at, entry.id))
        self.decisions, self._standing = decisions_of(self._entries)


def label_of(doubts: Sequence[OpenDoubt], key: str) -> PersonLabel | None:
    """The person of an open doubt, on either side."""
    people = [label for doubt in doubts for label in (doubt.person, *(c.person for c in doubt.candidates))]
    return next((label for label in people if label.key == key), None)


def _labels(entry: Entry, decided: DecidedEntry) -> tuple[PersonLabel, PersonLabel]:
    """How the two looked when it was decided; a line edited by hand may not tell."""
    labels = entry.facts.get("labels")
    found = []
    for position, key in enumerate((decided.incoming, decided.base)):
        told = labels[position] if isinstance(labels, list) and position < len(labels) else None
        found.append(_label(key, told))
    return found[0], found[1]


def _label(key: str, told: Json) -> PersonLabel:
    if isinstance(told, list) and len(told) == len(PersonLabel._fields):
        _key, last, first, place, birth_date, listed_in = told
        texts = [text if isinstance(text, str) else "" for text in (last, first, listed_in)]
        known = [text if isinstance(text, str) else None for text in (place, birth_date)]
        return PersonLabel(key, texts[0], texts[1], known[0], known[1], texts[2])
    _nature, last, first, *_rest = [*key.split("|"), "", "", ""]
    return PersonLabel(key, last, first, None, None, "")
