"""Reading only what changed, against reading everything: any series of exports gives the same, at every step.

The oracle reads every file whole, in a store that was empty before the first of the series.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.people.merger import Merger
from pixsession.engine.board.engine import BoardEngine
from pixsession.foundation.errors import PixSessionError
from pixsession.readers import Contents, FileDescription, export_of
from pixsession.readers.campaign import line_memory
from pixsession.readers.campaign.line_memory import LineMemory
from pixsession.readers.kinds import Columns
from tests.factories.dossiers import desk_on
from tests.factories.everybody import certified_student, listed
from tests.factories.examples import examples
from tests.factories.exports import (
    CAMPAIGN,
    MORNING,
    NAME,
    OTHER_CAMPAIGN,
    export,
    moment,
    pending,
    put,
    sent,
    student,
)
from tests.factories.reached import reached
from tests.factories.samples import ExportFile, Layout, Student
from tests.factories.samples.assessments import (
    SOS,
    AssessedStudent,
    AssessmentFile,
    AssessmentForm,
    Attempt,
    assessment_export,
)
from tests.factories.samples.lists import plain_list
from tests.factories.samples.paths import SOS_PATH
from tests.factories.samples.results import ResultForm, session_results

_DESCRIPTION = FileDescription(NAME, MORNING, time_from_name=True, modified_at=MORNING)
_PEOPLE = (
    ("AUBERT", "Ana"),
    ("BERGER", "Lou"),
    ("BERGER", "Lou"),
    ("DIOP", "Zoé\nLuce"),
    ("EVRARD", "Éloïse"),
    ("FABRE", "Tom"),
    ("", ""),
)
_CLASSES = ("3eA", "3eB", "")


class File(NamedTuple):
    """One file of the series."""

    name: str
    content: bytes
    is_kept: bool = True  # in the dossier


def series(chance: Random) -> Iterator[File]:
    """Exports in any order of their times, each a few gestures from the one before; now and then a list."""
    profiles, evaluation = _Profiles(chance), _Evaluation(chance)
    mostly = chance.choice((profiles, evaluation))
    before: list[File] = []
    for number in range(chance.choice((2, 3, 5))):
        if number:
            for _gesture in range(chance.choice((0, 1, 1, 2))):
                profiles.change()
                evaluation.change()
        at = f"09:{chance.choice((10, 20 + number, 40 + number)):02}"
        file = chance.choice((mostly, mostly, mostly, profiles, evaluation)).export(at)
        copy = f"copie {number}.csv"
        name = chance.choice((file.name, file.name, file.name, copy, f"{file.name[:-4]} (1).csv"))
        # One that begins as the one before it under its name has grown: its engine has to start anew.
        has_grown = any(name == one.name and file.content.startswith(one.content) for one in before)
        before.append(File(copy if has_grown else name, file.content))
        yield before[-1]
        if chance.random() < 0.25:
            yield _list(chance)


def _list(chance: Random) -> File:
    """Who is expected, or was certified, each as some file calls them, or nearly."""
    named = [_PEOPLE[number] for number in chance.sample(range(len(_PEOPLE) - 1), 3)]
    if chance.random() < 0.3:
        certified = [
            certified_student(last, first, 3_900_500 + number) for number, (last, first) in enumerate(named)
        ]
        file = session_results(certified, ResultForm.LEVEL_AND_SCORE)
        return File(file.name, file.content, is_kept=False)
    people = [
        listed(last, chance.choice((first, first[:2])), chance.choice(_CLASSES)) for last, first in named
    ]
    return File("liste.csv", plain_list(people), is_kept=False)


class _Profiles:
    """The students of two collections of profiles, and what they do from one export to the next."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._there = [self._somebody(number) for number in chance.sample(range(len(_PEOPLE)), 5)]
        self._layout = Layout(division=chance.random() < 0.7)

    def export(self, at: str) -> ExportFile:
        """What one of the collections shows."""
        campaign = self._chance.choice((CAMPAIGN, CAMPAIGN, OTHER_CAMPAIGN))
        return export(*self._there, at=at, campaign=campaign, layout=self._layout)

    def _somebody(self, number: int) -> Student:
        last, first = _PEOPLE[number]
        lines = [self._chance.choice((sent("08:30", self._chance.choice((3, 5))), pending()))]
        if self._chance.random() < 0.3:
            lines.append(sent("08:50", self._chance.choice((4, 6))))
        return student(last, first, *lines, place=self._chance.choice(_CLASSES))

    def change(self) -> None:
        """Somebody does something."""
        chance, there = self._chance, self._there
        place = chance.randrange(len(there))
        one = there[place]
        match chance.choice(("send", "class", "leave", "come", "move", "again")):
            case "send":
                at = f"09:{chance.randrange(1, 10):02}"
                there[place] = replace(one, participations=(sent(at, chance.choice((3, 5, 7))),))
            case "again":
                there[place] = replace(one, participations=(*one.participations, pending("09:05")))
            case "class":
                there[place] = replace(one, division=chance.choice(_CLASSES))
            case "leave" if len(there) > 1:
                del there[place]
            case "come":
                there.insert(place, self._somebody(chance.randrange(len(_PEOPLE))))
            case _:
                there.append(there.pop(place))


class _Evaluation:
    """The students of an evaluation, likewise."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._there = [self._somebody(number) for number in chance.sample(range(len(_PEOPLE)), 5)]
        self._form = AssessmentForm(
            division=chance.random() < 0.7,
            group=chance.random() < 0.3,
            skills=chance.random() < 0.5,
            progress=chance.random() < 0.8,
        )

    def export(self, at: str) -> AssessmentFile:
        """What the evaluation shows."""
        return assessment_export(self._there, SOS_PATH, self._form, moment(at), SOS)

    def _somebody(self, number: int) -> AssessedStudent:
        last, first = _PEOPLE[number]
        tries = tuple(self._attempt() for _try in range(self._chance.choice((1, 1, 2))))
        place = self._chance.choice(_CLASSES)
        return AssessedStudent(last, first, tries, place, self._chance.choice(("", "TD1", "=TD1")))

    def _attempt(self) -> Attempt:
        chance = self._chance
        started = moment(f"08:{chance.randrange(30, 59)}")
        finished = moment(chance.choice(("08:59", "09:04", "09:30")))
        shared = chance.choice((None, finished))
        mastered = frozenset(chance.sample(SOS_PATH.skills, chance.randrange(len(SOS_PATH.skills))))
        return Attempt(started, finished, shared, mastered)

    def change(self) -> None:
        """Somebody does something."""
        chance, there = self._chance, self._there
        place = chance.randrange(len(there))
        one = there[place]
        match chance.choice(("send", "class", "leave", "come", "again")):
            case "send":
                there[place] = replace(one, attempts=(*one.attempts[:-1], self._attempt()))
            case "again":
                there[place] = replace(one, attempts=(*one.attempts, self._attempt()))
            case "class":
                there[place] = replace(one, division=chance.choice(_CLASSES))
            case "leave" if len(there) > 1:
                del there[place]
            case _:
                there.append(self._somebody(chance.randrange(len(_PEOPLE))))


def told(snapshot: Snapshot) -> Snapshot:
    """All that a board says, but for its number."""
    return snapshot._replace(revision=0, built_at=MORNING, folder="")


def take(desk: BoardEngine, folder: Path, files: Sequence[File], first: int = 0) -> None:
    """Save the files one after the other, each being read before the next one comes."""
    for number, file in enumerate(files, first):
        path = put(folder, file.name, file.content, moment(f"10:{number:02}"))
        desk.take(path)
        desk.snapshot()


def now_and_before(desk: BoardEngine, *, whole: bool = True) -> list[Snapshot]:
    """The board now and at each of its exports; else at the first of them alone."""
    now = desk.snapshot()
    return [told(now), *(told(desk.snapshot_as_of(at)) for at in now.export_times[: None if whole else 1])]


def read_whole(
    _memory: LineMemory, content: bytes, file: FileDescription, columns: Columns | None = None
) -> object:
    return export_of(content, file, columns)


@examples(12)
@given(seed=st.integers(0, 1_000_000))
def test_any_series_read_by_what_changed_is_the_series_read_whole(seed: int) -> None:
    files = tuple(series(Random(seed)))
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder, dossier = Path(name) / "folder", Path(name) / "dossier"
        (folder / "whole").mkdir(parents=True)
        found, expected = [], []
        with desk_on(folder, dossier) as desk, desk_on(folder, None) as again:
            for number, file in enumerate(files):
                take(desk, folder, [file], number)
                whole_past = number == len(files) - 1
                found.append(now_and_before(desk, whole=whole_past))
                with pytest.MonkeyPatch.context() as whole:
                    whole.setattr(LineMemory, "export_of", read_whole)
                    whole.setattr(Merger, "_taken", lambda *_told: None)  # who is who, said anew
                    take(again, folder / "whole", [file], number)
                    expected.append(now_and_before(again, whole=whole_past))
        for step, (mine, theirs) in enumerate(zip(found, expected, strict=True)):
            for one, other in zip(mine, theirs, strict=True):
                for field in Snapshot._fields:
                    reached()
                    assert getattr(one, field) == getattr(other, field), (step, field)
        patch.setattr(LineMemory, "export_of", read_whole)
        with desk_on(folder, dossier) as kept:
            take(kept, folder, [file for file in files if not file.is_kept])
            reached()
            assert [one.rows for one in now_and_before(kept)] == [one.rows for one in expected[-1]]


def _contents(read: object, content: bytes) -> Contents | str:
    """What was read, or why not."""
    try:
        return read(content, _DESCRIPTION).contents._replace(unchanged=None)  # type: ignore[operator, no-any-return]
    except PixSessionError as error:
        return f"{error.message} {getattr(error, 'line', '')}"


@examples(75)
@given(seed=st.integers(0, 1_000_000), damaged=st.booleans())
def test_an_export_read_by_what_changed_says_what_it_says_read_whole(seed: int, damaged: bool) -> None:
    chance, memory = Random(seed), LineMemory()
    for file in series(chance):
        content = file.content
        if damaged and chance.random() < 0.5:
            at = chance.randrange(len(content))
            piece = chance.choice((b"", b'"', b";", b"\n", b"\r", b"\xe9", b"'", b"=", b"Oui", b"0", b"\n\n"))
            content = content[:at] + piece + content[at + chance.choice((0, 1, 1, 40)) :]
        reached()
        assert _contents(memory.export_of, content) == _contents(export_of, content)


def test_lines_that_are_repeated_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [student(f"NOM{'ABCDEFGH'[number]}", "Lou", sent("08:50", 5)) for number in range(8)]
    newer = [*there[:3], student("NOMD", "Lou", sent("09:05", 7)), *there[4:]]
    first, found, parsed = _read_twice(
        export(*there, at="09:00").content, export(*newer, at="09:10").content, monkeypatch
    )
    assert found.unchanged is not None
    assert list(found.unchanged.runs) == [(0, 0, 3), (4, 4, 4)]
    assert parsed == 2
    assert all(found.participations[at] is first.participations[at] for at in (0, 1, 2, 4, 5, 6, 7))


def test_lines_of_an_evaluation_that_are_repeated_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Attempt(moment("08:30"), moment("08:50"), moment("08:52"), frozenset(SOS_PATH.skills[:2]))
    there = [AssessedStudent(f"NOM{'ABCDEFGH'[number]}", "Lou", (done,)) for number in range(8)]
    # Whoever comes moves all below by a line, which changes nothing of them.
    newer = [*there[:3], AssessedStudent("NOMCC", "Lou", (done,)), *there[3:]]
    older, file = (
        assessment_export(people, SOS_PATH, AssessmentForm(), moment(at), SOS).content
        for people, at in ((there, "09:00"), (newer, "09:10"))
    )
    first, found, parsed = _read_twice(older, file, monkeypatch)
    assert found.unchanged is not None
    assert list(found.unchanged.runs) == [(0, 0, 3), (3, 4, 5)]
    assert parsed == 2
    assert all(found.assessments[at + (at > 2)] is first.assessments[at] for at in range(8))


def _read_twice(one: bytes, other: bytes, patch: pytest.MonkeyPatch) -> tuple[Contents, Contents, int]:
    """What two exports say, and how many lines of the second one were parsed.

    These are the new ones, the first for the campaign, and a known one for the shape of the first.
    """
    memory, rows = LineMemory(), list[bytes]()
    first = memory.export_of(one, _DESCRIPTION).contents
    row_of = line_memory._row_of

    def noted(line: bytes) -> list[str] | None:
        rows.append(line)
        return row_of(line)

    patch.setattr(line_memory, "_row_of", noted)
    return first, memory.export_of(other, _DESCRIPTION).contents, len(rows)
