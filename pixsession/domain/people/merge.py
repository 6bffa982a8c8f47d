"""One student from all the files: profiles first, then evaluations, lists and results, matched by rule."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import BoardRow, Expectation
from pixsession.domain.people.additions import Additions
from pixsession.domain.people.assessed import Assessed, absent, lines_of_each
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.identify import (
    identity_of_line,
    identity_of_result,
    identity_of_row,
)
from pixsession.domain.people.identities import Identity
from pixsession.domain.people.listed import latest_tests, numbered, on_board, told_apart_by_group
from pixsession.domain.people.matches import (
    Decisions,
    Doubt,
    Matching,
    MatchRule,
    OpenDoubt,
    PersonLabel,
    Suggestion,
)
from pixsession.domain.people.matching import match
from pixsession.domain.people.namesakes import keys_told_apart
from pixsession.domain.people.sources import BoardSources, Evaluation, PeopleList, ResultsList, Sources


class MergedRows(NamedTuple):
    """The rows of everybody, in no order of need, and what stays open.

    `merged`: the student of the board, by the id in an evaluation, where a rule says that both are one.
    `called`: by lists.
    """

    rows: tuple[BoardRow, ...]
    doubts: tuple[OpenDoubt, ...] = ()
    merged: Mapping[int, int] = MappingProxyType({})
    called: frozenset[int] = frozenset()


def merge_sources(told: BoardSources) -> MergedRows:
    """Everybody of all files, each once.

    Progress in an evaluation never makes anyone eligible: only a profile sent does.
    """
    merging = Merging(told)
    rows = tuple(map(merging.row_of, merging.students))
    return MergedRows(rows, merging.doubts, merging.merged, merging.called)


# Names and classes are the same from one export to the next, and so is who is who.
_match = lru_cache(maxsize=32)(match)


class Merging:
    """The people met so far, by student id; students of no campaign have ids below zero.

    `doubts`, `merged`, `called`: as `MergedRows` has them.
    """

    def __init__(self, told: BoardSources) -> None:
        self._sources = told.exports
        self._rows = dict(told.rows)
        self._identities = _identities_of(told.rows)
        self._labels: dict[str, PersonLabel] = {}
        self._doubts: dict[str, Doubt] = {}
        # By the key of every identity met; who is one with another one is known by both.
        settled = told.settled
        whom = {**settled.unions, **{student: student for student in settled.unions.values()}}
        self._students = {settled.keys[one]: student for one, student in whom.items()}
        self._decisions = _about_rows(
            told.decisions, {key: self._identities[student].key for key, student in self._students.items()}
        )
        self._added = Additions()
        self._called: set[int] = set()
        self.merged: dict[int, int] = dict(settled.unions)
        self._doubtful = settled.doubtful
        # By list, which students of the exports stand there: each as somebody else.
        self._found: list[set[int]] = []
        self._lowest = 0
        self.assessed: list[Assessed] = []
        for evaluation in told.evaluations:
            self._take_evaluation(evaluation)
        for people in told.lists:
            self._take_list(people)
        for found in told.results:
            self._take_results(found)
        self.by_age: list[list[int]] = []
        self.doubts = self._settle()
        self.called = frozenset(self._called)

    def _take_evaluation(self, evaluation: Evaluation) -> None:
        """Put progress on its students; who has no profile collection is absent from the export."""
        mine = lines_of_each(evaluation.lines, self.merged)
        # By their ids, not by their lines: these change places from one export to the next.
        others = {student: mine[student][0] for student in sorted(mine.keys() - self._rows.keys())}
        if others:
            known = told_apart_by_group([*map(identity_of_line, others.values())])
            incoming = dict(zip(others, known, strict=True))
            pairs = self._matched(incoming, evaluation.listed, but=mine.keys())
            for student, line in others.items():
                found = pairs.get(student)
                if found is None:
                    self._add(student, absent(line, student), incoming[student])
                else:
                    mine[found[0]] = mine.pop(student)
                    self.merged[student] = found[0]
                    self._students[incoming[student].key] = found[0]
        looked_for = frozenset(self.merged.get(student, student) for student in others)
        self.assessed.append(Assessed(evaluation, mine, looked_for))

    def _take_list(self, people: PeopleList) -> None:
        """Say who is expected; who is in no export is absent from it."""
        expected = on_board(people.people, self._rows.values()) if people.of_school else people.people
        facts, incoming, listed = numbered(expected, people.left_out, self._lowest)
        self._lowest = min([self._lowest, *incoming])
        # Whom two lists tell alike to the letter is one student, whatever stays open about them.
        before = {
            number: self._students[one.key] for number, one in incoming.items() if one.key in self._students
        }
        left = {number: identity for number, identity in incoming.items() if number not in before}
        pairs = self._matched(left, people.name, but=before.values())
        for number in incoming.keys() - facts.keys():  # they were asked for their namesakes' sake
            self._doubts.pop(incoming[number].key, None)
        self._found.append({student for student, _rule in pairs.values()})
        for number, student in facts.items():
            identity, found = incoming[number], pairs.get(number)
            expectation = _expectation(people, student, found[1] if found else None)
            if number in before:
                self._expect(before[number], expectation, identity)
            elif found is None:
                self._add(number, absent(student, number), identity)
                self._added.expected[number] = expectation
            else:
                self._expect(found[0], expectation, identity)
            if listed[identity.key] > 1 and not student.birth_date:
                self._added.reasons[self._students[identity.key]].append(Reason(ReasonCode.NAMESAKES))
            if people.calls:
                self._called.add(self._students[identity.key])

    def _expect(self, student: int, expectation: Expectation, listed: Identity) -> None:
        known, before = self._identities[student], self._added.expected.get(student)
        if before is not None:  # on a list before: what that one told stays
            expectation = _of_both(before, expectation)
        self._added.expected[student] = expectation
        # What a list tells helps to find the student in the next one.
        self._identities[student] = known._replace(
            birth_date=known.birth_date or listed.birth_date,
            student_number=known.student_number or listed.student_number,
            division=known.division or listed.division,
            group=known.group or listed.group,
        )
        self._students[listed.key] = student

    def _take_results(self, found: ResultsList) -> None:
        """Put results on those who are on the board, their latest test; those of others are left alone."""
        tests = latest_tests(found.results)
        incoming = {number: identity_of_result(result) for number, result in enumerate(tests)}
        doubts, self._doubts = self._doubts, {}
        matched = self._matched(incoming, found.name)
        unsure, self._doubts = self._doubts, doubts  # what fits nobody asks for nothing on the day
        for number, (student, _rule) in matched.items():
            known = self._added.results.get(student)
            if known is None or (known.date or "") < (tests[number].date or ""):
                self._added.results[student] = tests[number]
        for number, identity in incoming.items():
            for candidate in unsure[identity.key].candidates if identity.key in unsure else ():
                student = self._students[candidate.key]
                self._added.unsure[student].add(tests[number].certification_number)

    def _matched(
        self, incoming: Mapping[int, Identity], listed_in: str, but: Iterable[int] = ()
    ) -> dict[int, tuple[int, MatchRule]]:
        """Whom each of the incoming is, where a rule decides; doubts are noted."""
        taken = set(but)
        known = self._identities.items()
        base = {identity.key: student for student, identity in known if student not in taken}
        people = tuple(self._identities[student] for student in base.values())
        matching: Matching = _match(people, tuple(incoming.values()), self._decisions)
        for identity in incoming.values():
            self._labels[identity.key] = _label(identity, listed_in)
        for doubt in matching.doubts:
            self._doubts[doubt.key] = doubt
        self._students |= base
        return {
            number: (base[pair[0]], pair[1])
            for number, identity in incoming.items()
            if (pair := matching.pairs.get(identity.key)) is not None
        }

    def _add(self, student: int, row: BoardRow, identity: Identity) -> None:
        self._rows[student], self._identities[student] = row, identity
        self._students[identity.key] = student

    def _settle(self) -> tuple[OpenDoubt, ...]:
        """Note whom each doubt is about; the doubts in words."""
        self._doubt_namesakes()
        for doubt in self._doubts.values():
            for candidate in doubt.candidates:
                self._put_in_doubt(self._students[doubt.key], candidate.key)
                self._put_in_doubt(self._students[candidate.key], doubt.key)
        self._added.keys = _keys_of(self._identities, self._students)
        return tuple(_opened(doubt, self._label_of) for doubt in self._doubts.values())

    @property
    def students(self) -> Collection[int]:
        return self._rows.keys()

    def row_of(self, student: int) -> BoardRow:
        """All that is known of one of them."""
        progress = (one.progress_of(student) for one in self.assessed)
        return self._added.to(self._rows[student], tuple(chain.from_iterable(progress)))

    def renew(self, rows: Mapping[int, BoardRow]) -> None:
        """Put these in the place of rows of the same students, who are called the same."""
        self._rows |= rows

    def _doubt_namesakes(self) -> None:
        """Note whom the exports show twice, perhaps, unless one list shows the two as two."""
        self._namesakes = [
            pair for pair in self._doubtful if not any(found.issuperset(pair) for found in self._found)
        ]
        if not self._namesakes:
            return
        from pixsession.domain.people.likeness import namesake_doubts  # noqa: PLC0415 - (c): 4 ms, only where somebody is

        self.by_age = self.namesakes_by_age(self._sources)
        known = [[self._identities[student] for student in pair] for pair in self.by_age]
        self._students |= {self._identities[one].key: one for one in chain.from_iterable(self.by_age)}
        self._doubts |= {doubt.key: doubt for doubt in namesake_doubts(known)}

    def namesakes_by_age(self, sources: Sources) -> list[list[int]]:
        """Each pair whom the exports show twice, perhaps: first whom the newest export lacks."""

        def age(student: int) -> tuple[str, str]:
            profiles = (part.origin for part in self._rows[student].participations)
            evaluations = (one.evaluation.origin for one in self.assessed if student in one.lines)
            return _shown_at((*profiles, *evaluations), sources), self._identities[student].key

        return [sorted(pair, key=age) for pair in self._namesakes]

    def _put_in_doubt(self, student: int, other: str) -> None:
        label = self._label_of(other)
        name = f"{label.last_name} {label.first_name}".strip()
        self._added.reasons[student].append(Reason(ReasonCode.PERHAPS_SAME, (name, label.listed_in)))

    def _label_of(self, key: str) -> PersonLabel:
        if key not in self._labels:
            student = self._students[key]
            source = self._sources.get(self._rows[student].origin or "")
            self._labels[key] = _label(self._identities[student], source.campaign.name if source else "")
        return self._labels[key]


def _identities_of(rows: Mapping[int, BoardRow]) -> dict[int, Identity]:
    identities = {student: identity_of_row(row) for student, row in rows.items()}
    keys = keys_told_apart({student: identity.key for student, identity in identities.items()})
    return {student: identities[student]._replace(key=key) for student, key in keys.items()}


def _of_both(before: Expectation, expectation: Expectation) -> Expectation:
    return Expectation(
        before.listed_in,
        before.matched_by,
        before.birth_date or expectation.birth_date,
        before.extra_time if before.extra_time is not None else expectation.extra_time,
        before.session or expectation.session,
        before.room or expectation.room,
    )


def _keys_of(identities: Mapping[int, Identity], students: Mapping[str, int]) -> dict[int, list[str]]:
    """What decisions and actions call each student, their own key first."""
    keys = {student: [identity.key] for student, identity in identities.items()}
    for key, student in students.items():
        if key != identities[student].key:
            keys[student].append(key)
    return keys


def _shown_at(origins: Iterable[str], sources: Sources) -> str:
    """When the newest of these exports was made, to be sorted by."""
    shown = (sources.get(origin) for origin in origins)
    return max((source.exported_at.isoformat() for source in shown if source), default="")


def _opened(doubt: Doubt, label_of: Callable[[str], PersonLabel]) -> OpenDoubt:
    suggestions = tuple(
        Suggestion(label_of(candidate.key), candidate.reasons, candidate.likeness)
        for candidate in doubt.candidates
    )
    return OpenDoubt(label_of(doubt.key), suggestions)


def _about_rows(decisions: Decisions, aliases: Mapping[str, str]) -> Decisions:
    """The same decisions, about the rows that other ones have become part of."""
    same, different = (
        frozenset((aliases.get(one, one), aliases.get(other, other)) for one, other in pairs)
        for pairs in decisions
    )
    return Decisions(same, different)


def _expectation(people: PeopleList, student: ExpectedStudent, rule: MatchRule | None) -> Expectation:
    session = people.sessions[student.session] if student.session is not None else None
    return Expectation(people.name, rule, student.birth_date, student.extra_time, session, people.room)


def _label(identity: Identity, listed_in: str) -> PersonLabel:
    place = identity.division or identity.group
    return PersonLabel(
        identity.key, identity.last_name, identity.first_name, place, identity.birth_date, listed_in
    )
