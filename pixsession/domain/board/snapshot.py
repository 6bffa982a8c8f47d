"""The one frozen value that goes to the screen and to the reports: a Snapshot of BoardRows."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pixsession.domain.board.changes import Change, Delta
from pixsession.domain.people.expected import groups_of
from pixsession.domain.people.students import name_key, place_key
from pixsession.domain.pix.campaign import Campaign as Campaign  # noqa: PLC0414 - part of a snapshot
from pixsession.domain.pix.campaign import Source as Source  # noqa: PLC0414 - likewise
from pixsession.domain.pix.eligibility import Eligibility, Profile, Rule, Verdict
from pixsession.foundation.text import shown

if TYPE_CHECKING:  # a board of profiles alone needs none of these
    from pixsession.domain.certification.day import DayView
    from pixsession.domain.lesson.view import LessonView
    from pixsession.domain.people.expected import SessionFacts
    from pixsession.domain.people.matches import Decided, MatchRule, OpenDoubt
    from pixsession.domain.pix.assessment import Mastery
    from pixsession.domain.pix.certification import CertificationResult
    from pixsession.domain.results.certification import ResultsFile
    from pixsession.domain.share.posts import ShareView


class CampaignProgress(NamedTuple):
    """Where a student stands in one campaign, by its newest export; what its kind does not tell is None."""

    campaign: Campaign
    kind: str  # "profiles" or "assessment"
    origin: str  # what `Snapshot.sources` calls the export
    shared: bool | None
    shared_at: str | None
    started_at: str | None = None
    progress: float | None = None  # fraction
    mastery: float | None = None  # fraction
    stage: int | None = None
    stage_max: int | None = None
    badges: tuple[tuple[str, bool | None], ...] = ()
    # By code of the CRCN, else by the name in the file; empty before the results are sent.
    competences: "tuple[tuple[str, Mastery], ...]" = ()
    areas: "tuple[tuple[str, Mastery], ...]" = ()


class Expectation(NamedTuple):
    """What a list of expected students says of one, and by which rule the student of the exports is the same.

    `matched_by` is None where no export shows the student.
    """

    listed_in: str  # name of the file
    matched_by: "MatchRule | None"
    birth_date: str | None = None  # ISO 8601
    extra_time: float | None = None  # fraction
    session: "SessionFacts | None" = None
    room: str | None = None  # of the supervised session


class BoardRow(NamedTuple):
    """One student as the board shows it. Texts are as Pix wrote them: show them through `shown_*`.

    A newer export that says the same of a student leaves the very same row: which export that is stands in
    the Snapshot.
    """

    student_id: int
    last_name: str
    first_name: str
    division: str | None
    group: str | None
    verdict: Verdict
    profile: Profile | None = None
    pix: int | None = None
    # ISO 8601, Paris time: "2026-03-12T09:31", or "2021-12-16" (a UTC day) where the file has no more.
    sent_at: str | None = None
    submissions: int = 0
    origin: str | None = None  # what `Snapshot.sources` calls the export that the profile was read from
    campaigns: tuple[str, ...] = ()  # keys of every campaign whose newest export names the student
    delta: Delta | None = None
    participations: tuple[CampaignProgress, ...] = ()  # newest export first
    expected: Expectation | None = None  # None: on no list
    result: "CertificationResult | None" = None
    student_number: str | None = None
    external_id: str | None = None
    unsure_results: frozenset[str] = frozenset()  # numbers of certifications that may be of somebody else
    keys: tuple[str, ...] = ()  # what decisions and actions call the student, by every file; see identity_key

    @property
    def eligibility(self) -> Eligibility:
        return self.verdict.eligibility

    @property
    def shown_name(self) -> str:
        """`LAST First`, fit to be painted."""
        return f"{shown(self.last_name)} {shown(self.first_name)}".strip() or "—"

    @property
    def place(self) -> str | None:
        """The class, else the group, as Pix wrote it."""
        return self.division or self.group

    @property
    def shown_place(self) -> str:
        """The class or group, fit to be painted; empty where the export has none."""
        return shown(self.place or "")


class SentProfile(NamedTuple):
    """One profile a student sent, for the history of the detail screen."""

    sent_at: str | None
    pix: int | None
    levels: tuple[int | None, ...]
    source: Source  # the newest export that shows it

    def count_at(self, min_level: int) -> int:
        """How many competences are known to stand at this level or above."""
        return sum(1 for level in self.levels if level is not None and level >= min_level)


class FileStatus(StrEnum):
    """What became of a file of the folder; the values are those of the JSON contract."""

    READ = "read"
    IGNORED = "ignored"
    REFUSED = "refused"


class FileRole(StrEnum):
    """What an export that was read is for the board."""

    LIST = "list"  # the list of its campaign today
    EARLIER = "earlier"  # an older export of its campaign
    UNDATED = "undated"  # no stamp of Pix, and nothing that the newest export lacks
    PART = "part"  # all its lines are in another file, which has more
    EARLIER_YEAR = "earlier_year"
    OTHER_ORGANISATION = "other_organisation"
    TAKEN_BACK = "taken_back"


class HiddenReason(StrEnum):
    """Why campaigns are kept off the board."""

    EARLIER_YEAR = "earlier_year"
    OTHER_ORGANISATION = "other_organisation"


class HiddenCampaigns(NamedTuple):
    """Campaigns of the folder that are kept off the board, for one reason."""

    reason: HiddenReason
    campaigns: tuple[Campaign, ...]
    organisations: tuple[str, ...] = ()


class FileEntry(NamedTuple):
    """One file of the watched folder: what it is, what was read, or why not, in the user's language."""

    name: str
    status: FileStatus
    kind: str | None = None
    rows: int = 0
    message: str | None = None
    campaign: Campaign | None = None
    exported_at: datetime | None = None
    present: bool = True
    notes: tuple[str, ...] = ()  # what was guessed or not recognised, one sentence each
    rejects: tuple[tuple[int, str], ...] = ()  # lines left out of a list: line of the file, cause
    digest: str = ""  # of its bytes; empty where it was not read
    role: FileRole | None = None  # None: no export of a campaign
    has_stamp: bool = True  # `exported_at` is Pix's own, from the name


_STATE = attrgetter("verdict.eligibility")
_NOBODY: Mapping[Eligibility, int] = MappingProxyType({})
_NO_SOURCES: Mapping[str, Source] = MappingProxyType({})


def origin_of_list(kind: str, campaign_key: str) -> str:
    """What rows call the export that is the list of a campaign today, whichever it is."""
    return f"{kind}:{campaign_key}"


class Snapshot(NamedTuple):
    """Everything the board shows, at one moment. `rows` stand in the order of need."""

    revision: int
    built_at: datetime
    folder: str
    rule: Rule
    rows: tuple[BoardRow, ...] = ()
    files: tuple[FileEntry, ...] = ()
    campaigns: tuple[Campaign, ...] = ()  # every campaign of the folder, before any narrowing
    newest_export_at: datetime | None = None  # time of the newest export, Paris, without zone
    changes: tuple[Change, ...] = ()  # newest last, the most recent few hundred
    notices: tuple[str, ...] = ()  # what the user should know of the feed itself: rebuilt, second viewer …
    folder_missing_since: datetime | None = None
    counts: Mapping[Eligibility, int] = _NOBODY
    doubts: "tuple[OpenDoubt, ...]" = ()  # who may be whom, across files
    decisions: "tuple[Decided, ...]" = ()  # newest first
    day: "DayView | None" = None  # None: no certification is supervised
    lesson: "LessonView | None" = None  # None: no lesson is supervised
    others: tuple[BoardRow, ...] = ()  # students of the exports whom the certification does not call
    export_times: tuple[datetime, ...] = ()  # of every export taken in, oldest first, to step back to
    as_of: datetime | None = None  # the board as it was after the export of this time; None: now
    hidden: tuple[HiddenCampaigns, ...] = ()
    shows_all: bool = False  # nothing is hidden, because the user asked
    deleted: tuple[str, ...] = ()  # files that count and were deleted soon after they came: ask about them
    newest_has_stamp: bool = True  # `newest_export_at` is Pix's own; else it is the time of the file
    results: "tuple[ResultsFile, ...]" = ()  # of certifications, for their bilan
    clock_behind: timedelta = timedelta()  # how far this computer's clock is behind, by the exports
    session_trouble: str = ""  # what became of a change of the session file, where it was not taken over
    sources: Mapping[str, Source] = _NO_SOURCES  # the exports that rows name, by their `origin`
    share: "ShareView | None" = None  # of a session that several computers hold together

    @property
    def supervised(self) -> "DayView | LessonView | None":
        """The lesson, or the day of a certification; None on a board of profiles."""
        return self.lesson or self.day

    @property
    def lesson_campaign(self) -> Campaign | None:
        """The evaluation of the lesson; None where it has none yet, and without a lesson."""
        return self.lesson.campaign if self.lesson else None

    def source_of(self, row: BoardRow) -> Source | None:
        """The export that the profile of a student was read from."""
        return self.sources.get(row.origin) if row.origin is not None else None

    def files_with(self, status: FileStatus) -> int:
        """How many files of the folder have this status."""
        return sum(1 for entry in self.files if entry.status is status)


def count_states(rows: Iterable[BoardRow]) -> dict[Eligibility, int]:
    """How many rows are in each state; every state is there, even at zero."""
    counts = dict.fromkeys(Eligibility, 0)
    # In the order of need they stand together: a state is looked up once, not for each row.
    for state, together in groupby(map(_STATE, rows)):
        counts[state] += len(list(together))
    return counts


def counts_in_need(rows: Sequence[BoardRow]) -> dict[Eligibility, int]:
    """As `count_states`, of rows that stand in the order of `need`."""
    ends = [bisect_right(rows, rank, key=lambda row: _NEED[_STATE(row)]) for rank in _NEED.values()]
    return {state: end - begin for state, begin, end in zip(_NEED, (0, *ends), ends, strict=False)}


def narrowed(snapshot: Snapshot, places: frozenset[str]) -> Snapshot:
    """The same snapshot with only the students of these classes or groups; no place narrows nothing."""
    wanted = {place_key(place) for place in places}
    if not wanted:
        return snapshot
    rows = tuple(
        row
        for row in snapshot.rows
        if {place_key(place) for place in (row.division or "", row.group or "", *groups_of(row.group))}
        & wanted
    )
    return snapshot._replace(rows=rows, counts=count_states(rows))


_NEED = {state: rank for rank, state in enumerate(Eligibility)}


def need(row: BoardRow) -> tuple[int, int, int, str, str, str]:
    """Sort key "who needs attention first": state, then furthest from the rule, then name."""
    verdict = row.verdict
    count = verdict.eligible_competences if verdict.eligible_competences is not None else -1
    calm = verdict.eligibility is Eligibility.ELIGIBLE
    return (
        _NEED[verdict.eligibility],
        0 if calm else count,
        0 if calm or row.pix is None else row.pix,
        name_key(row.last_name),
        name_key(row.first_name),
        row.place or "",
    )
