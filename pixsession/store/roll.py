"""Which student each line of an export belongs to, as the database knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pixsession.domain.people.students import (
    KnownStudent,
    StudentLook,
    StudentRegister,
    SubmissionsOf,
    look_of,
)
from pixsession.foundation.runs import Run, carried, gone_places, new_places, without
from pixsession.readers import Export, ExportKind
from pixsession.store.archive import LineArchive
from pixsession.store.database import Database
from pixsession.store.history import ExportHistory
from pixsession.store.rows import campaign_key, student_row
from pixsession.store.versions import Entry

_NOBODY = -1  # the student of a line until it is known


class StudentRoll:
    """Every student met so far; used by one thread."""

    def __init__(
        self,
        rows: Iterable[Sequence[Any]],
        exports: ExportHistory,
        archive: LineArchive,
        database: Database,
    ) -> None:
        """`rows`: of the query `students`; empty where the database is new."""
        self._archive, self._database = archive, database
        students = {}
        for student_id, name, place, number, last, first, campaigns, seen_at in rows:
            look = StudentLook(name, place, number, (last, first))
            students[student_id] = KnownStudent(student_id, look, frozenset(campaigns), seen_at)
        self._register = register = StudentRegister(students.values())
        for kind, lines_of in (
            (ExportKind.PROFILES, archive.lines),
            (ExportKind.ASSESSMENT, archive.assessments),
        ):
            for export in exports.listings(kind):
                campaign = export.source.campaign.key
                for student_id, line in lines_of(export.content_id):
                    seen = look_of(line, campaign)
                    if seen != students[student_id].look:
                        register.remember(students[student_id], seen, campaign)

    def entries_of(self, export: Export) -> tuple[Sequence[Entry], Sequence[Run] | None]:
        """The lines of an export, each with its student; and which of them the last of its chain has too.

        Students that are new or look otherwise are kept. None: which ones is not known.
        """
        contents, key, at = export.contents, campaign_key(export), export.file.exported_at
        is_evaluation = contents.kind is ExportKind.ASSESSMENT
        lines = contents.campaign_lines
        known = self._submissions_of("evaluations_known" if is_evaluation else "participations_known")
        last = self._archive.last(contents.kind, key) if contents.unchanged else None
        if last is None or contents.unchanged is None or last[0].digest != contents.unchanged.digest:
            students, touched = self._register.resolve(key, lines, at, known)
            self._keep(touched)
            return list(zip(students, lines, strict=True)), None
        before, runs = last[1], contents.unchanged.runs
        new = new_places(runs, len(lines))
        gone = [before[place][1] for place in gone_places(runs, len(before))]
        entries = carried(runs, before, ((_NOBODY, lines[place]) for place in new), len(lines))
        found, touched = self._register.resolve_again(key, entries, new, gone, at, known)
        self._keep(touched)
        others = {place: student for place, student in found.items() if entries[place][0] != student}
        for place, student in others.items():  # that of another one, or a line that was not there
            entries[place] = student, lines[place]
        return entries, [*without(runs, others, new=True)]

    def _keep(self, students: Iterable[KnownStudent]) -> None:
        # Their rows are made now: how a student looks changes with the next export.
        self._database.append("student", [student_row(student) for student in students], list)

    def _submissions_of(self, query: str) -> SubmissionsOf:
        """A lookup of a student's known submissions in a campaign, by a query run once for each campaign."""
        found: dict[str, dict[int, set[tuple[str | None, int | None]]]] = {}

        def submissions_of(student_id: int, campaign: str) -> set[tuple[str | None, int | None]]:
            if campaign not in found:
                found[campaign] = defaultdict(set)
                for student, sent_at, pix in self._database.ask(query, {"campaign_key": campaign}):
                    found[campaign][student].add((sent_at, pix))
            return found[campaign].get(student_id, set())

        return submissions_of
