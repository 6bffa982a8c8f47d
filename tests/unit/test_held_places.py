"""Which classes the files of a board name, whatever they are, and from one export to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest

from pixsession.domain.board.snapshot import Campaign, Source
from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.resolver import Evaluation, SpoiledPlaces
from pixsession.domain.pix.certification import CertificationResult
from pixsession.domain.pix.participation import Participation
from pixsession.engine.people.held_places import HeldPlaces
from pixsession.readers import Contents, Export, ExportKind, FileDescription
from pixsession.readers.export import Origin
from pixsession.store.board import Board
from pixsession.store.evidence import UnlistedStudent
from pixsession.store.rows import list_origin, origin_beside
from tests.factories.exports import MORNING
from tests.factories.stored import StoredExports, sent

SPOILED, MEANT = "3,00E+01", "3e1"
NOBODY = CertificationResult(**dict.fromkeys(CertificationResult._fields))  # type: ignore[arg-type]


def line(division: str | None, group: str | None = None) -> Participation:
    return sent("A", "08:10")._replace(division=division, group=group)


class Files(NamedTuple):
    """What `HeldPlaces` is asked about."""

    board: Board = Board()
    evaluations: Sequence[Evaluation] = ()
    lists: Sequence[Export] = ()
    named: Sequence[str] = ()


def profiles(file: str, *lines: Participation) -> Files:
    export = StoredExports().add(file, *lines, campaign=file)
    origin = list_origin(export)
    return Files(Board((export,), shown_by={origin: export}, entries={origin: [(1, one) for one in lines]}))


def beside(file: str, *lines: Participation) -> Files:
    """Lines of an export that is not the list of its campaign."""
    export = StoredExports().add(file, *lines)
    unlisted = tuple(UnlistedStudent(export, 1, one) for one in lines)
    return Files(Board(unlisted=unlisted, shown_by={origin_beside(export): export}))


def evaluation(file: str, *lines: Participation) -> Files:
    entries: Any = [(1, one) for one in lines]  # whatever names a class
    return Files(evaluations=[Evaluation(Source(file, Campaign(file, None, ""), MORNING), entries)])


def listed(file: str, *lines: Participation) -> Files:
    people = tuple(ExpectedStudent(2, "A", "B", division=one.division, group=one.group) for one in lines)
    return Files(lists=[_export(file, Contents(ExportKind.ROSTER, "", Origin("csv"), expected=people))])


def results(file: str, *lines: Participation) -> Files:
    found = tuple(NOBODY._replace(division=one.division or one.group) for one in lines)
    return Files(lists=[_export(file, Contents(ExportKind.RESULTS, "", Origin("csv"), results=found))])


def _export(file: str, contents: Contents) -> Export:
    return Export(FileDescription(file, MORNING, False, MORNING), file, b"", contents)


def named(_file: str, *lines: Participation) -> Files:
    return Files(named=[place for one in lines for place in (one.division, one.group) if place])


def both(one: Files, other: Files) -> Files:
    board = Board(
        shown_by={**one.board.shown_by, **other.board.shown_by},
        entries={**one.board.entries, **other.board.entries},
        unlisted=one.board.unlisted + other.board.unlisted,
    )
    return Files(
        board,
        [*one.evaluations, *other.evaluations],
        [*one.lists, *other.lists],
        [*one.named, *other.named],
    )


KINDS = (profiles, beside, evaluation, listed, results, named)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other_kind", KINDS)
def test_a_class_spoiled_in_one_file_is_read_as_any_other_file_has_it(
    kind: Callable[..., Files], other_kind: Callable[..., Files]
) -> None:
    file = "" if kind is named else "a.csv"
    for spoiled in (line(SPOILED), line(None, SPOILED)):
        for known in (line(MEANT, "gr1"), line(None, MEANT)):
            files = both(kind("a.csv", line("3A"), spoiled), other_kind("b.csv", known))
            assert HeldPlaces().spoiled(*files) == SpoiledPlaces({SPOILED: MEANT}, {file: (SPOILED,)})


@pytest.mark.parametrize("kind", [profiles, evaluation])
def test_classes_are_counted_on_from_one_export_to_the_next(kind: Callable[..., Files]) -> None:
    spoiled = listed("a.csv", line(SPOILED))
    there, others = line(MEANT), [line("3A"), line("3B", "gr2")]
    held = HeldPlaces()
    for lines, is_known in (
        ([there, there, *others], True),
        ([there, *others], True),  # one of two has gone
        (others, False),
        ([*others, there], True),
        ([*others, line(None, MEANT)], True),
        ([line("3A", MEANT), *others[::-1]], True),
        ([], False),
        ([there], True),
    ):
        files = both(kind("b.csv", *lines), spoiled)
        meant = {SPOILED: MEANT} if is_known else {}
        for _time in range(2):  # the same lines once more
            assert held.spoiled(*files).meant == meant
    assert held.spoiled(*spoiled).meant == {}  # the export has gone
    assert held.spoiled(*both(kind("b.csv", there), spoiled)).meant == {SPOILED: MEANT}
