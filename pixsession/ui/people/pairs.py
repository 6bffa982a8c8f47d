"""The lines of who is who: each candidate of a doubt, then each decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from textual.content import Content

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.people.matches import Decided, OpenDoubt, PersonLabel
from pixsession.domain.people.resolver import are_alike
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.people.words import decided_line, doubt_lines


class Pair(NamedTuple):
    """A line of the list: two entries, and the decision that stands, if one does."""

    person: PersonLabel
    other: PersonLabel
    reasons: tuple[str, ...]
    decided: Decided | None

    @property
    def line(self) -> str:
        """The key of the line; a decision about two entries has another than their doubt."""
        return line_key(self.person, self.other, decided=self.decided is not None)


def pairs_of(snapshot: Snapshot, now: datetime, width: int, symbols: Symbols) -> list[tuple[Pair, Content]]:
    """Every pair with its line."""
    found = [one for doubt in snapshot.doubts for one in _candidates(doubt, width, symbols)]
    for decided in snapshot.decisions:
        pair = Pair(decided.person, decided.other, (), decided)
        found.append((pair, decided_line(decided, now, width, symbols)))
    return found


def _candidates(doubt: OpenDoubt, width: int, symbols: Symbols) -> Iterator[tuple[Pair, Content]]:
    twins = are_alike(one.person for one in doubt.candidates)
    for number, candidate in enumerate(doubt.candidates):
        words = doubt_lines(doubt, candidate, width, symbols, first=not number, twins=twins)
        yield Pair(doubt.person, candidate.person, candidate.reasons, None), words


def line_key(person: PersonLabel, other: PersonLabel, *, decided: bool) -> str:
    """The key of the line of these two."""
    return f"{'decided' if decided else 'doubt'}\n{person.key}\n{other.key}"
