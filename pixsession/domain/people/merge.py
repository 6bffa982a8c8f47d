"""One student from all the files: profiles first, then evaluations, lists and results, matched by rule."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import BoardRow, CampaignProgress, Expectation, Source, origin_of_list
from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.domain.people.identify import (
    identity_of_line,
    identity_of_result,
    identity_of_row,
)
from pixsession.domain.people.identities import Identity
from pixsession.domain.people.listed import best_first, latest_tests, numbered, on_board, told_apart_by_group
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
from pixsession.domain.people.namesakes import Settled, keys_told_apart
from pixsession.domain.people.students import Named
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult
from pixsession.domain.pix.eligibility import Eligibility, Verdict
from pixsession.domain.pix.participation import with_doubts

Sources = Mapping[str, Source]  # exports, by the origin that rows name

_ABSENT = Verdict(Eligibility.NOT_IN_EXPORT)


class Evaluation(NamedTuple):
    """The newest export of an evaluation campaign: its lines, each with the student it belongs to."""

    source: Source
    lines: Sequence[tuple[int, AssessmentLine]]

    @property
    def origin(self) -> str:
        """What rows call it, and every newer export of the campaign."""
        return origin_of_list("assessment", self.source.campaign.key)


class PeopleList(NamedTuple):
    """A list of expected students; `of_school`: of the whole establishment, whoever is on the board today.

    `left_out`: those of the file whom nobody calls and who have the name of somebody called. `calls`:
    whoever stands here is called; else the list only helps to find out who is who.
    """

    name: str  # of the file
    people: tuple[ExpectedStudent, ...]
    sessions: tuple[SessionFacts, ...] = ()
    of_school: bool = False
    room: str | None = None  # of a session with rooms, where these are called to
    left_out: tuple[ExpectedStudent, ...] = ()
    calls: bool = True


class ResultsList(NamedTuple):
    """Certification results of one file."""

    name: str
    results: tuple[CertificationResult, ...]


class MergedRows(NamedTuple):
    """The rows of everybody, in no order of need, and what stays open.

    `merged`: the student of the board, by the id in an evaluation, where a rule says that both are one.
    `called`: by lists.
    """

    rows: tuple[BoardRow, ...]
    doubts: tuple[OpenDoubt, ...] = ()
    merged: Mapping[int, int] = MappingProxyType({})
    called: frozenset[int] = frozenset()


def merge_sources(
    rows: Iterable[BoardRow],
    evaluations: Sequence[Evaluation],
    lists: Sequence[PeopleList],
    results: Sequence[ResultsList],
    decisions: Decisions,
    settled: Settled = Settled(),  # noqa: B008 - an immutable value
    sources: Sources = MappingProxyType({}),
) -> MergedRows:
    """Everybody of all files, each once; evaluations and lists newest first.

    `sources`: the exports of profiles that the rows name, by their origin.

    Progress in an evaluation never makes anyone eligible: only a profile sent does.
    """
    by_evaluation = {one.origin: one.source for one in evaluations}
    merging = _Merging(rows, decisions, settled, {**sources, **by_evaluation})
    for evaluation in evaluations:
        merging.take_evaluation(evaluation)
    for people in lists:
        merging.take_list(people)
    for found in results:
        merging.take_results(found)
    return merging.rows()


# Names and classes are the same from one export to the next, and so is who is who.
_match = lru_cache(maxsize=32)(match)


class _Merging:
    """The people met so far, by student id; students of no campaign have ids below zero."""

    def __init__(
        self, rows: Iterable[BoardRow], decisions: Decisions, settled: Settled, sources: Sources
    ) -> None:
        self._sources = sources
        self._rows = {row.student_id: row for row in rows}
        self._identities = {student: identity_of_row(row) for student, row in self._rows.items()}
        for student, key in keys_told_apart({one: i.key for one, i in self._identities.items()}).items():
            self._identities[student] = self._identities[student]._replace(key=key)
        self._labels: dict[str, PersonLabel] = {}
        self._doubts: dict[str, Doubt] = {}
        # By the key of every identity met; who is one with another one is known by both.
        whom = {**settled.unions, **{student: student for student in settled.unions.values()}}
        self._students = {settled.keys[one]: student for one, student in whom.items()}
        self._decisions = _about_rows(
            decisions, {key: self._identities[student].key for key, student in self._students.items()}
        )
        self._expected: dict[int, Expectation] = {}
        self._called: set[int] = set()
        self._merged: dict[int, int] = dict(settled.unions)
        self._doubtful = settled.doubtful
        # By list, whom on it each student of the exports is.
        self._found_as: list[dict[int, str]] = []
        self._lowest = min(0, *self._rows) if self._rows else 0

    def take_evaluation(self, evaluation: Evaluation) -> None:
        """Put progress on its students; who has no profile collection is absent from the export."""
        mine: dict[int, list[AssessmentLine]] = defaultdict(list)
        for student, line in evaluation.lines:
            mine[self._merged.get(student, student)].append(line)
        others = {student: lines[0] for student, lines in mine.items() if student not in self._rows}
        if others:
            listed = evaluation.source.campaign.name or evaluation.source.file
            known = told_apart_by_group([*map(identity_of_line, others.values())])
            incoming = dict(zip(others, known, strict=True))
            pairs = self._matched(incoming, listed, but=mine.keys())
            for student, line in others.items():
                found = pairs.get(student)
                if found is None:
                    self._add(student, _absent(student, line), incoming[student])
                else:
                    mine[found[0]] = mine.pop(student)
                    self._merged[student] = found[0]
                    self._students[incoming[student].key] = found[0]
        for student, lines in mine.items():
            progress = tuple(_progress_of(evaluation, line) for line in best_first(lines))
            row = self._rows[student]
            self._rows[student] = row._replace(participations=(*row.participations, *progress))

    def take_list(self, people: PeopleList) -> None:
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
        self._found_as.append({student: incoming[number].key for number, (student, _rule) in pairs.items()})
        for number, student in facts.items():
            identity, found = incoming[number], pairs.get(number)
            expectation = _expectation(people, student, found[1] if found else None)
            if number in before:
                self._expect(before[number], expectation, identity)
            elif found is None:
                self._add(number, _absent(number, student), identity)
                self._expected[number] = expectation
            else:
                self._expect(found[0], expectation, identity)
            if listed[identity.key] > 1 and not student.birth_date:
                self._doubt(self._students[identity.key], Reason(ReasonCode.NAMESAKES))
            if people.calls:
                self._called.add(self._students[identity.key])

    def _expect(self, student: int, expectation: Expectation, listed: Identity) -> None:
        row, known = self._rows[student], self._identities[student]
        before = self._expected.get(student)
        if before is not None:  # on a list before: what that one told stays
            expectation = Expectation(
                before.listed_in,
                before.matched_by or (expectation.matched_by if row.origin else None),
                before.birth_date or expectation.birth_date,
                before.extra_time if before.extra_time is not None else expectation.extra_time,
                before.session or expectation.session,
                before.room or expectation.room,
            )
        self._expected[student] = expectation
        # What a list tells helps to find the student in the next one.
        self._identities[student] = known._replace(
            birth_date=known.birth_date or listed.birth_date,
            student_number=known.student_number or listed.student_number,
            division=known.division or listed.division,
            group=known.group or listed.group,
        )
        self._students[listed.key] = student

    def take_results(self, found: ResultsList) -> None:
        """Put results on those who are on the board, their latest test; those of others are left alone."""
        tests = latest_tests(found.results)
        incoming = {number: identity_of_result(result) for number, result in enumerate(tests)}
        doubts, self._doubts = self._doubts, {}
        matched = self._matched(incoming, found.name)
        unsure, self._doubts = self._doubts, doubts  # what fits nobody asks for nothing on the day
        for number, (student, _rule) in matched.items():
            row = self._rows[student]
            if row.result is None or (row.result.date or "") < (tests[number].date or ""):
                self._rows[student] = row._replace(result=tests[number])
        for number, identity in incoming.items():
            for candidate in unsure[identity.key].candidates if identity.key in unsure else ():
                student = self._students[candidate.key]
                self._rows[student] = _with_unsure(self._rows[student], tests[number])

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

    def rows(self) -> MergedRows:
        """Everybody, those in doubt to be checked."""
        self._doubt_namesakes()
        for doubt in self._doubts.values():
            for candidate in doubt.candidates:
                self._put_in_doubt(self._students[doubt.key], candidate.key)
                self._put_in_doubt(self._students[candidate.key], doubt.key)
        open_doubts = tuple(_opened(doubt, self._label_of) for doubt in self._doubts.values())
        keys: dict[int, list[str]] = defaultdict(list)
        for student, identity in self._identities.items():
            keys[student].append(identity.key)
        for key, student in self._students.items():
            if key != self._identities[student].key:
                keys[student].append(key)
        rows = (
            row._replace(expected=self._expected.get(student), keys=tuple(keys[student]))
            for student, row in self._rows.items()
        )
        return MergedRows(tuple(rows), open_doubts, self._merged, frozenset(self._called))

    def _doubt_namesakes(self) -> None:
        """Note whom the exports show twice, perhaps, unless one list shows the two as two."""
        pairs = [
            pair for pair in self._doubtful if not any(_are_two(found, *pair) for found in self._found_as)
        ]
        if not pairs:
            return
        from pixsession.domain.people.likeness import namesake_doubts  # noqa: PLC0415 - (c): 4 ms, only where somebody is

        ages = {
            student: (_newest_at(self._rows[student], self._sources), self._identities[student].key)
            for pair in pairs
            for student in pair
        }
        known = [
            [self._identities[student] for student in sorted(pair, key=ages.__getitem__)] for pair in pairs
        ]
        self._students |= {self._identities[student].key: student for student in ages}
        self._doubts |= {doubt.key: doubt for doubt in namesake_doubts(known)}

    def _put_in_doubt(self, student: int, other: str) -> None:
        label = self._label_of(other)
        name = f"{label.last_name} {label.first_name}".strip()
        self._doubt(student, Reason(ReasonCode.PERHAPS_SAME, (name, label.listed_in)))

    def _doubt(self, student: int, reason: Reason) -> None:
        row = self._rows[student]
        if reason not in row.verdict.reasons:
            self._rows[student] = row._replace(verdict=with_doubts(row.verdict, (reason,)))

    def _label_of(self, key: str) -> PersonLabel:
        if key not in self._labels:
            student = self._students[key]
            source = self._sources.get(self._rows[student].origin or "")
            self._labels[key] = _label(self._identities[student], source.campaign.name if source else "")
        return self._labels[key]


def _opened(doubt: Doubt, label_of: Callable[[str], PersonLabel]) -> OpenDoubt:
    suggestions = tuple(
        Suggestion(label_of(candidate.key), candidate.reasons, candidate.likeness)
        for candidate in doubt.candidates
    )
    return OpenDoubt(label_of(doubt.key), suggestions)


def _with_unsure(row: BoardRow, result: CertificationResult) -> BoardRow:
    return row._replace(unsure_results=row.unsure_results | {result.certification_number})


def _are_two(found: Mapping[int, str], one: int, other: int) -> bool:
    return one in found and other in found and found[one] != found[other]


def _newest_at(row: BoardRow, sources: Sources) -> str:
    """When the newest export was made that shows a student, to be sorted by."""
    shown = (sources.get(part.origin) for part in row.participations)
    return max((source.exported_at.isoformat() for source in shown if source), default="")


def _about_rows(decisions: Decisions, aliases: Mapping[str, str]) -> Decisions:
    """The same decisions, about the rows that other ones have become part of."""
    if not aliases:
        return decisions
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


def _absent(student: int, person: Named) -> BoardRow:
    """A student without a line in a profile collection."""
    return BoardRow(
        student,
        person.last_name,
        person.first_name,
        person.division,
        person.group,
        _ABSENT,
        student_number=person.student_number,
        external_id=person.external_id,
    )


def _progress_of(evaluation: Evaluation, line: AssessmentLine) -> CampaignProgress:
    return CampaignProgress(
        evaluation.source.campaign,
        "assessment",
        evaluation.origin,
        line.shared,
        line.shared_at,
        line.started_at,
        line.progress,
        line.mastery,
        line.stage,
        line.stage_max,
        line.badges,
        line.competences,
        line.areas,
    )
