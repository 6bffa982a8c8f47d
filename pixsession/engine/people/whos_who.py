"""Who is who on the board of the exports, before lists come in: spoiled classes, namesakes, decisions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.snapshot import BoardRow, FileEntry, SentProfile
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.matches import Decisions
from pixsession.domain.people.resolver import (
    Evaluation,
    NameGroups,
    Namesakes,
    PeopleList,
    Settled,
    SpoiledPlaces,
    identity_of_row,
    keys_told_apart,
    namesakes_of,
    unions_of,
)
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.lists import Lists
from pixsession.foundation.i18n import _
from pixsession.readers import Export
from pixsession.store.board import Board, united

_NOBODY = Namesakes()


class BoardPeople(NamedTuple):
    """A board on which each student stands once, as far as exports and decisions tell."""

    board: Board
    settled: Settled = Settled()


class WhosWho:
    """Says who is who on boards, one after the other: of names, those whose lines changed are weighed."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._groups = NameGroups()
        self._rows: Mapping[int, BoardRow] = {}
        self._asked: tuple[object, ...] = ()
        self._found: dict[tuple[int, ...], Namesakes] = {}

    def of(self, board: Board, places: SpoiledPlaces, decisions: Decisions) -> BoardPeople:
        """The students of a board: those who are one united, those in doubt told."""
        board = board._replace(rows=_with_places(board.rows, places))
        groups = self._groups.of(board.rows, board.renewed)
        found = self._namesakes(groups, board, places)
        if not (found.same or found.doubtful):
            return BoardPeople(board)
        about = {student for pair in (*found.same, *found.doubtful) for student in pair}
        # A key is shared within one name alone: others of the name may come first.
        names = [group for group in groups if not about.isdisjoint(group)]
        keys = keys_told_apart(
            {student: identity_of_row(board.rows[student]).key for group in names for student in group}
        )
        settled = _settled(found, keys, decisions)
        board = united(board, settled.unions, self._rule)
        return BoardPeople(board._replace(rows=_with_places(board.rows, places)), settled)

    def _namesakes(
        self, groups: Collection[tuple[int, ...]], board: Board, places: SpoiledPlaces
    ) -> Namesakes:
        campaigns = {origin: export.source.campaign.key for origin, export in board.shown_by.items()}
        if self._asked != (places, campaigns):
            self._asked, self._found = (places, campaigns), {}
        changed, before = board.renewed.since(self._rows, board.rows), self._rows
        self._rows = board.rows
        if self._found:
            # A group that a student has left is another one: it is around those who were of it before.
            touched = [row for one in changed for row in (before.get(one), board.rows.get(one)) if row]
            weighed = self._groups.around(touched)
        else:
            weighed = {*groups}
        for group in weighed:
            lines = {
                one: [(campaigns[line.origin], line.participation) for line in board.lines[one]]
                for one in group
            }
            self._found[group] = namesakes_of([group], lines, places)
        if len(self._found) > len(groups):
            self._found = {group: self._found[group] for group in groups}
        told = [one for one in self._found.values() if one != _NOBODY]
        same, doubtful = ([getattr(one, name) for one in told] for name in Namesakes._fields)
        return Namesakes(frozenset().union(*same), frozenset().union(*doubtful))


def _settled(found: Namesakes, keys: Mapping[int, str], decisions: Decisions) -> Settled:
    same: set[tuple[int, int]] = set()
    doubtful: set[tuple[int, int]] = set()
    for pair in found.same | found.doubtful:
        named = {(keys[pair[0]], keys[pair[1]]), (keys[pair[1]], keys[pair[0]])}
        if named & decisions.different:
            continue
        (same if pair in found.same or named & decisions.same else doubtful).add(pair)
    unions = unions_of(same)
    left = {tuple(sorted(unions.get(one, one) for one in pair)) for pair in doubtful}
    pairs = frozenset((one, other) for one, other in left if one != other)
    return Settled(pairs, unions, keys)


def deltas_of(deltas: Mapping[int, Delta], unions: Mapping[int, int]) -> Mapping[int, Delta]:
    """What each student last gained or lost, whichever id it was noted for."""
    found = dict(deltas)
    for student, whom in unions.items():
        mine = deltas.get(student)
        if mine is not None and (whom not in found or found[whom].at < mine.at):
            found[whom] = mine
    return found


def _with_places(rows: Mapping[int, BoardRow], places: SpoiledPlaces) -> Mapping[int, BoardRow]:
    if not places.meant:
        return rows
    return {student: _row_with_places(row, places) for student, row in rows.items()}


def _row_with_places(row: BoardRow, places: SpoiledPlaces) -> BoardRow:
    if row.division not in places.meant and row.group not in places.meant:
        return row
    return row._replace(division=places.of(row.division), group=places.of(row.group))


def evaluations_read(evaluations: Sequence[Evaluation], places: SpoiledPlaces) -> Sequence[Evaluation]:
    """The same evaluations, the classes as they were meant."""
    if not places.meant:
        return evaluations
    return [
        evaluation._replace(
            lines=[
                (student, line._replace(division=places.of(line.division), group=places.of(line.group)))
                for student, line in evaluation.lines
            ]
        )
        for evaluation in evaluations
    ]


def exports_read(exports: Sequence[Export], places: SpoiledPlaces) -> Sequence[Export]:
    """The same lists as they were read, the classes as they were meant."""
    if not places.meant:
        return exports
    return [
        export._replace(
            contents=export.contents._replace(expected=_people_read(export.contents.expected, places))
        )
        for export in exports
    ]


def lists_read(lists: Lists, people: tuple[PeopleList, ...] | None, places: SpoiledPlaces) -> Lists:
    """The same lists, the classes as they were meant; `people`: of a session, who has read its own."""
    if not places.meant:
        return lists if people is None else lists._replace(people=people)
    if people is None:
        people = tuple(one._replace(people=_people_read(one.people, places)) for one in lists.people)
    results = tuple(
        one._replace(
            results=tuple(found._replace(division=places.of(found.division)) for found in one.results)
        )
        for one in lists.results
    )
    return Lists(people, results)


def _people_read(people: Iterable[ExpectedStudent], places: SpoiledPlaces) -> tuple[ExpectedStudent, ...]:
    return tuple(
        student._replace(division=places.of(student.division), group=places.of(student.group))
        for student in people
    )


def history_of(
    student: int, unions: Mapping[int, int], known: Callable[[int], tuple[SentProfile, ...]]
) -> tuple[SentProfile, ...]:
    """Every profile a student sent, newest first, by whichever id."""
    others = [one for one, whom in unions.items() if whom == student]
    if not others:
        return known(student)
    submissions = [sent for one in (student, *others) for sent in known(one)]
    return tuple(sorted(submissions, key=lambda sent: sent.sent_at or "", reverse=True))


def with_spoiled_told(entries: Iterable[FileEntry], places: SpoiledPlaces) -> tuple[FileEntry, ...]:
    """The files, each with a note where it holds spoiled classes."""
    return tuple(_told(entry, places) for entry in entries)


def _told(entry: FileEntry, places: SpoiledPlaces) -> FileEntry:
    spoiled = places.files.get(entry.name)
    if not spoiled:
        return entry
    read = ", ".join(_("{written} is {meant}").format(written=w, meant=places.meant[w]) for w in spoiled)
    note = _("classes spoiled by a spreadsheet: {all}").format(all=read)
    notes = (*entry.notes, note)
    return entry._replace(notes=notes, message=" · ".join(notes))
