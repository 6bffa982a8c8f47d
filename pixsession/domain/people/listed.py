"""The lines of one list, evaluation or file of results, ready to be merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.identify import identity_of_expected, identity_of_result
from pixsession.domain.people.identities import Identity, class_key, group_keys
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult


def numbered(
    expected: Sequence[ExpectedStudent], left_out: Sequence[ExpectedStudent], lowest: int
) -> tuple[dict[int, ExpectedStudent], dict[int, Identity], Counter[str]]:
    """The people of a list by ids below this one, each key once.

    The expected, then the identities of these and of those left out, then how often each key stands there.
    """
    facts: dict[int, ExpectedStudent] = {}
    incoming: dict[int, Identity] = {}
    listed: Counter[str] = Counter()
    identities = told_apart_by_group([*map(identity_of_expected, (*expected, *left_out))])
    for student, identity in zip_longest(expected, identities):
        listed[identity.key] += 1
        if listed[identity.key] == 1:
            lowest -= 1
            incoming[lowest] = identity
            if student is not None:
                facts[lowest] = student
    return facts, incoming, listed


def told_apart_by_group(identities: Sequence[Identity]) -> list[Identity]:
    """The same, those of one name and class in several groups each under a key of their own."""
    groups: dict[str, set[frozenset[str]]] = defaultdict(set)
    for identity in identities:
        groups[identity.key].add(group_keys(identity.group or ""))
    return [
        identity._replace(key=f"{identity.key}#{'+'.join(sorted(group_keys(identity.group or '')))}")
        if len(groups[identity.key]) > 1
        else identity
        for identity in identities
    ]


def on_board(people: Sequence[ExpectedStudent], rows: Iterable[BoardRow]) -> Sequence[ExpectedStudent]:
    """Of a whole school, the classes that the exports show; everybody where they show none."""
    places = {class_key(place) for row in rows for place in (row.division, row.group) if place}
    return tuple(
        student
        for student in people
        if not places or places & {class_key(student.division or ""), *group_keys(student.group or "")}
    )


def best_first(lines: Sequence[AssessmentLine]) -> list[AssessmentLine]:
    """The participation to show first: one shared, the latest; else the one begun last.

    `lines`: as they stand in the file, where those that are alike in all of that keep their order.
    """
    return sorted(
        lines,
        key=lambda line: (line.shared is True, line.shared_at or "", line.started_at or ""),
        reverse=True,
    )


def latest_tests(results: Iterable[CertificationResult]) -> list[CertificationResult]:
    """The last test of each student; none where two of one name, birth date and day cannot be told apart."""
    tests: dict[str, list[CertificationResult]] = defaultdict(list)
    for result in results:
        tests[identity_of_result(result).key].append(result)
    latest = []
    for found in tests.values():
        day = max(result.date or "" for result in found)
        last = [result for result in found if (result.date or "") == day]
        latest += last if len(last) == 1 else []
    return latest
