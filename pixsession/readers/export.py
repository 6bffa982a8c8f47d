"""What a reader gives: an Export, made of typed lines, with all that had to be guessed or left out."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult
from pixsession.domain.pix.participation import Participation
from pixsession.foundation.i18n import _
from pixsession.foundation.runs import Run


class ExportKind(StrEnum):
    """The kinds of files that are known; the values are those of the JSON contracts."""

    PROFILES = "profiles"
    ASSESSMENT = "assessment"
    RESULTS = "results"
    CANDIDATES = "candidates"
    SESSIONS = "sessions"
    ROSTER = "roster"
    CREDENTIALS = "credentials"  # always refused
    UNKNOWN = "unknown"  # ignored, or refused before its kind was known


class ExportedCampaign(NamedTuple):
    """The campaign an export is about; `number` is Pix's id, `code` came with the exports of June 2023."""

    number: str
    code: str | None
    name: str
    path: str | None = None  # evaluations: the name of the path ("Parcours")
    organisation: str = ""  # empty where the file has no such column


class FileDescription(NamedTuple):
    """What is known of a file besides its bytes. Times are Paris time without zone."""

    name: str
    exported_at: datetime
    time_from_name: bool  # else `exported_at` is the file's own time
    modified_at: datetime


class Origin(NamedTuple):
    """How a file is written: "csv", "xlsx", "ods", "xls" or "xml", and what had to be guessed of it."""

    form: str
    encoding: str | None = None
    delimiter: str | None = None
    guessed: bool = False  # the encoding was not certain

    def notes(self) -> tuple[str, ...]:
        """The note on a guessed encoding, in the user's language; empty where it was certain."""
        return (_("encoding guessed: {encoding}").format(encoding=self.encoding),) if self.guessed else ()


class ColumnUse(NamedTuple):
    """One column: its header as it stands in the file, and what it was read as (None: not read)."""

    header: str
    meaning: str | None


class Reject(NamedTuple):
    """One line of a list that was left out, and why, in the user's language."""

    line: int
    cause: str


class Unchanged(NamedTuple):
    """The lines of an export that are equal to the letter to lines of another one."""

    digest: str  # of that other one
    runs: Sequence[Run]  # where these stand among the lines of the other, and here


class Contents(NamedTuple):
    """What a reader understands of one file; only the field of lines that fits `kind` is filled."""

    kind: ExportKind
    generation: str  # which of the forms that Pix gave this kind over the years, e.g. "2024-12"
    origin: Origin
    columns: tuple[ColumnUse, ...] = ()
    campaign: ExportedCampaign | None = None
    sessions: tuple[SessionFacts, ...] = ()
    participations: tuple[Participation, ...] = ()  # profiles
    unchanged: Unchanged | None = None  # None: every line was parsed
    assessments: tuple[AssessmentLine, ...] = ()
    at_lines: tuple[int, ...] = ()  # of an export of a campaign: the line of the file that each starts on
    results: tuple[CertificationResult, ...] = ()
    expected: tuple[ExpectedStudent, ...] = ()  # candidates, sessions, roster
    one_line_each: bool = False  # exports before 2024 hold one line per student: two lines are two students
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()  # in the user's language: what was guessed, what was not recognised

    @property
    def campaign_lines(self) -> tuple[Participation, ...] | tuple[AssessmentLine, ...]:
        """The lines of an export of a campaign, of either kind."""
        return self.assessments if self.kind is ExportKind.ASSESSMENT else self.participations

    @property
    def line_count(self) -> int:
        """How many lines were read."""
        return len(self.participations) + len(self.assessments) + len(self.results) + len(self.expected)


class Export(NamedTuple):
    """One file as bytes and as typed contents."""

    file: FileDescription
    digest: str  # SHA-256 of the very bytes that were read
    content: bytes
    contents: Contents
