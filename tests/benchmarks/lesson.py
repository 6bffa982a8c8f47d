"""Stepping back through a lesson, and the lessons of a term, each against the bare SQL of the same facts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from pixsession.domain.certification.day import Who
from pixsession.domain.certification.session import Limits, Remediation, Room, Session, SessionKind
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.engine.certification.own_students import keep_own_students
from pixsession.engine.lesson.term import kept_lessons
from pixsession.settings.config import BoardRequest
from pixsession.store.database import statement
from pixsession.store.dossier import Dossier
from pixsession.store.session_notes import note_session
from tests.factories.samples.assessments import HALF_GROUP, AssessmentForm, assessed, assessment_export
from tests.factories.samples.paths import HALF_GROUP_PATH

from .exports import exports
from .figures import Figure, in_turns, many, milliseconds, told

_STUDENTS, _EXPORTS = 30, 100
_LESSONS, _EXPORTS_EACH = 40, 6
_SCHOOL = 500
_BEGIN = datetime(2026, 3, 12, 8)  # noqa: DTZ001 - Paris time without zone, as everywhere
_STEP_TARGET, _TERM_TARGET = 1.5, 3.0
_STEP_LIMIT, _TERM_LIMIT, _NARROW_LIMIT = 50.0, 1000.0, 250.0  # milliseconds


def stepped_back(*, quick: bool) -> Iterator[Figure]:
    """(i) One step among many exports, against asking DuckDB for the progress and the changes of then."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = _held(folder, folder / "dossier", _BEGIN, _EXPORTS, every=1)
        times = desk.snapshot().export_times
        desk.close()
        alone = duckdb.connect(str(folder / "dossier" / "board.duckdb"), read_only=True)

        def asked(number: int) -> float:
            return milliseconds(lambda: _ask(alone, times[-1 - number % len(times)]))

        bare = in_turns(10 if quick else 40, {"bare SQL": asked})
        alone.close()
        desk = _held(folder, folder / "dossier", _BEGIN, 0)
        for _step in desk.catch_up():
            pass
        desk.snapshot()

        def step(number: int) -> float:
            return milliseconds(lambda: desk.snapshot_as_of(times[-1 - number % len(times)]))

        medians = bare | in_turns(10 if quick else 40, {"step": step})
        desk.close()
    words = f"(i) a step back among {_EXPORTS} exports, {many(_STUDENTS)}"
    ratio = medians["step"] / medians["bare SQL"]
    yield Figure(words, ratio, target=_STEP_TARGET, detail=told(medians))
    yield Figure(f"{words}, in time", medians["step"], "ms", _STEP_LIMIT)


def loaded_term(*, quick: bool) -> Iterator[Figure]:
    """(j) The lessons of a term, against attaching their databases and asking each for its progress."""
    lessons = 10 if quick else _LESSONS
    with tempfile.TemporaryDirectory() as name:
        state_folder = Path(name)
        for number in range(lessons):
            dossier = state_folder / "dossiers" / f"lesson-{number}"
            begin = _BEGIN + timedelta(days=number)
            _held(state_folder / str(number), dossier, begin, _EXPORTS_EACH, every=8).close()
        databases = sorted(state_folder.glob("dossiers/*/board.duckdb"))
        medians = in_turns(
            3 if quick else 5,
            {
                "bare SQL": lambda _round: milliseconds(lambda: _ask_each(databases)),
                "loaded": lambda _round: milliseconds(lambda: kept_lessons(state_folder)),
            },
        )
    words = f"(j) {lessons} lessons of {many(_STUDENTS)}"
    yield Figure(words, medians["loaded"] / medians["bare SQL"], target=_TERM_TARGET, detail=told(medians))
    limit = _TERM_LIMIT * lessons / _LESSONS
    yield Figure(f"{words}, in time", medians["loaded"], "ms", limit)


def narrowed(*, quick: bool) -> Iterator[Figure]:
    """(x) What a lesson that is over costs the next start, once: half of its students stay, a school goes."""
    with tempfile.TemporaryDirectory() as name:
        folder, dossier = Path(name), Path(name) / "dossier"
        desk = _held(folder, dossier, _BEGIN, _EXPORTS_EACH, every=8)
        collection, content = next(exports(_SCHOOL))
        (folder / collection).write_bytes(content)
        desk.take(folder / collection)
        desk.close()
        held = _request(folder, dossier, _BEGIN.date()).session
        students = assessed(_STUDENTS, 11, HALF_GROUP_PATH, _BEGIN)[: _STUDENTS // 2]
        if held is not None:
            note_session(dossier, held, [Who((), one.last_name, one.first_name, None) for one in students])

        def narrow(number: int) -> float:
            copy = shutil.copytree(dossier, folder / f"{number}")
            found = milliseconds(lambda: keep_own_students(copy, _clock(_BEGIN)))
            assert sum(kept.is_narrowed for kept in Dossier(copy).kept()) == _EXPORTS_EACH + 1
            return found

        medians = in_turns(3 if quick else 9, {"narrowed": narrow})
    words = (
        f"(x) a lesson narrowed, {_EXPORTS_EACH} exports of {_STUDENTS} and a collection of {many(_SCHOOL)}"
    )
    yield Figure(words, medians["narrowed"], "ms", _NARROW_LIMIT)


def _ask(connection: duckdb.DuckDBPyConnection, at: datetime) -> None:
    """The bare SQL of one step."""
    evaluation = _exports_of_the_evaluation(connection)
    for query, values in (
        ("progress", evaluation),
        ("recent_changes", {"most": 500, "until": at}),
        ("deltas", {"until": at}),
    ):
        connection.execute(statement(query), values).fetchall()


def _exports_of_the_evaluation(connection: duckdb.DuckDBPyConnection) -> dict[str, list[int]]:
    key = str(HALF_GROUP.number)
    rows = connection.execute("SELECT export_id FROM export WHERE campaign_key = $key", {"key": key})
    return {"exports": [export_id for (export_id,) in rows.fetchall()]}


def _ask_each(databases: list[Path]) -> None:
    """The bare SQL of a term: what is kept, the last lines and the progress of each lesson."""
    with duckdb.connect() as connection:
        for path in databases:
            connection.execute(f"ATTACH '{path}' AS kept (READ_ONLY)")
            connection.execute("USE kept")
            connection.execute(statement("exports")).fetchall()
            asked = {"campaign_key": str(HALF_GROUP.number), "place": _EXPORTS_EACH}
            found = connection.execute(statement("evaluation_versions"), asked).fetchall()
            versions = [version for version, _order in found]
            asked = {"versions": versions, "first": min(versions), "last": max(versions)}
            connection.execute(statement("evaluations"), asked).fetchall()
            evaluation = _exports_of_the_evaluation(connection)
            connection.execute(statement("progress"), evaluation).fetchall()
            connection.execute("USE memory")
            connection.execute("DETACH kept")


def _held(folder: Path, dossier: Path, begin: datetime, exports: int, *, every: int = 1) -> BoardEngine:
    """The desk of a lesson that has taken in so many exports."""
    folder.mkdir(exist_ok=True)
    students = assessed(_STUDENTS, 11, HALF_GROUP_PATH, begin)
    desk = BoardEngine(_request(folder, dossier, begin.date()), _clock(begin), live=True)
    for number in range(1, exports + 1):
        moment = begin + timedelta(minutes=every * number)
        export = assessment_export(students, HALF_GROUP_PATH, AssessmentForm(), moment, HALF_GROUP)
        desk.take(export.write_to(folder))
    return desk


def _clock(begin: datetime) -> Callable[[], datetime]:
    return lambda: begin + timedelta(hours=3)


def _request(folder: Path, dossier: Path, day: date) -> BoardRequest:
    session = Session(
        path=folder / "session.toml",
        kind=SessionKind.HALF_GROUP,
        title="Demi-groupe",
        date=day,
        start=None,
        duration_minutes=55,
        rooms=(Room(""),),
        folders=(folder,),
        rule=Rule(),
        remediation=Remediation(),
        limits=Limits(),
        checklist=(),
        bell=False,
    )
    return BoardRequest(folder, session.rule, dossier=dossier, session=session)
