"""Who is whom by decision of people, as the journal of the dossier tells it."""

from __future__ import annotations

from collections.abc import Sequence

from pixsession.domain.board.entries import DecidedEntry, Entry, Json, MatchEntry, decisions_of
from pixsession.domain.people.matches import Decided, Decisions, OpenDoubt, PersonLabel
from pixsession.engine.common.entry_log import EntryLog


class DecisionBook:
    """The decisions that stand among the entries of a log."""

    def __init__(self, log: EntryLog) -> None:
        self._log = log
        self._read: tuple[Entry, ...] = ()
        self._decisions = Decisions()
        self._standing: tuple[DecidedEntry, ...] = ()

    @property
    def decisions(self) -> Decisions:
        """The pairs decided to be one student, and those decided to be two."""
        self._look()
        return self._decisions

    def decide(self, person: PersonLabel, other: PersonLabel, *, same: bool) -> None:
        """Write down that two are one student, or two; raises JournalError, and then nothing has changed.

        Birth dates, which lists tell, are not written down.
        """
        facts: dict[str, Json] = {
            "incoming": person.key,
            "base": other.key,
            "labels": [list(label._replace(birth_date=None)) for label in (person, other)],
        }
        self._log.append(MatchEntry.SAME if same else MatchEntry.DIFFERENT, facts)

    def undo(self, key: str, other: str) -> None:
        """Take a decision back; nothing where none stands. Raises JournalError."""
        self._look()
        for decided in self._standing:
            if {decided.incoming, decided.base} == {key, other}:
                self._log.append(MatchEntry.UNDO, {"entry": decided.entry_id})

    def listed(self) -> tuple[Decided, ...]:
        """The decisions in force, newest first, as the screen shows them."""
        self._look()
        by_id = {entry.id: entry for entry in self._log.entries}
        found = []
        for decided in reversed(self._standing):
            person, other = _labels(by_id[decided.entry_id], decided)
            post = by_id[decided.entry_id].post
            found.append(Decided(person, other, decided.same, decided.at, post.name if post else ""))
        return tuple(found)

    def _look(self) -> None:
        entries = self._log.entries
        if self._read is not entries:
            self._decisions, self._standing = decisions_of(entries)
            self._read = entries


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
