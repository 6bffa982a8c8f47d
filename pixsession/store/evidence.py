"""What a campaign's other exports show beside its list: a later submission, or a student not listed."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from pixsession.domain.pix.participation import ExportLine, Participation
from pixsession.domain.pix.submissions import Submission, submission_of
from pixsession.store.order import Chain, HasLines
from pixsession.store.rows import StoredExport

_NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Sighting(NamedTuple):
    """A submission, and the export with the latest time that shows it."""

    submission: Submission
    sent_at: str | None
    exported_at: datetime
    file: str


class UnlistedStudent(NamedTuple):
    """A student who is not in the list of the campaign, with the line of the export that has them."""

    export: StoredExport
    student_id: int
    participation: Participation


Sightings = Mapping[str, Mapping[int, tuple[Sighting, ...]]]  # by campaign, by student id


class Evidence(NamedTuple):
    """What is known of each campaign beside its list; equal `stamp`s mean equal evidence."""

    stamp: tuple[object, ...] = ()
    latest: Sightings = _NOTHING
    unlisted: Mapping[str, tuple[UnlistedStudent, ...]] = _NOTHING


class LatestSubmissions:
    """The latest submission of each student that an export of a campaign shows, and its list does not.

    More than one where files show different submissions of one moment.
    """

    def __init__(self) -> None:
        self.by_campaign: dict[str, dict[int, tuple[Sighting, ...]]] = defaultdict(dict)

    def note(
        self,
        campaign: str,
        student_id: int,
        sent_at: str | None,
        pix: int | None,
        exported_at: datetime,
        file: str,
    ) -> None:
        """Take in a submission, its moment as written, and the last export that shows it."""
        latest = self.by_campaign[campaign]
        found = Sighting(submission_of(sent_at, pix), sent_at, exported_at, file)
        known = latest.get(student_id)
        latest[student_id] = (found,) if known is None else _with(known, found)


def _with(known: tuple[Sighting, ...], found: Sighting) -> tuple[Sighting, ...]:
    submission = found.submission
    if known[0].submission.is_before(submission):
        return (found,)
    if submission.is_before(known[0].submission):
        return known
    # Independent of the order of arrival: the same exports give the same result.
    if same := [one for one in known if one.submission.is_same(submission)]:
        found = max((*same, found), key=_shown_by)
        known = tuple(one for one in known if one not in same)
    at = bisect_right(known, _shown_by(found), key=_shown_by)
    return (*known[:at], found, *known[at:])


def _shown_by(sighting: Sighting) -> tuple[datetime, str]:
    return sighting.exported_at, sighting.file


def unlisted_students(chain: Chain, source: HasLines) -> tuple[UnlistedStudent, ...]:
    """The students of exports that the list does not surely replace, who are not in the list.

    A student missing from a stamped list was deleted in Pix. A list without stamp proves no deletion, and
    neither does a stamped list of students whom only a file without stamp shows.
    """
    listing = chain.listing
    if listing is None:
        return ()
    unsure = _unsure_beside(chain, listing)
    if not unsure:
        return ()
    listed = {student for student, _line in source.lines(listing.content_id)}
    dated = [export for export in chain.order if export.has_stamp]
    named = listed.union(*({student for student, _line in source.lines(e.content_id)} for e in dated))
    found: dict[int, list[UnlistedStudent]] = {}
    for export in unsure:  # the newest that names a student is the one shown
        settled = named if not export.has_stamp and listing.has_stamp else listed
        mine: dict[int, list[UnlistedStudent]] = defaultdict(list)
        for student, line in source.lines(export.content_id):
            if student not in settled:
                mine[student].append(UnlistedStudent(export, student, line))
        found.update(mine)
    return tuple(student for mine in found.values() for student in mine)


def _unsure_beside(chain: Chain, listing: StoredExport) -> list[StoredExport]:
    others = [
        export
        for export in chain.order
        # Neither the list nor one written again under its name: the file itself names them no more.
        if export.line_count and export.source.file != listing.source.file
    ]
    stamps = [export.source.exported_at for export in others if export.has_stamp]
    # Beside a stamped list: files of the same minute. Beside one without stamp: the newest stamped export.
    minute = listing.source.exported_at if listing.has_stamp else max(stamps, default=None)
    return [export for export in others if not export.has_stamp or export.source.exported_at == minute]


def unseen_later(
    sightings: Sequence[Sighting], mine: Sequence[ExportLine], counted: ExportLine, listing: str
) -> tuple[Sighting, ...]:
    """The submissions that no line of today shows, and that are no older than the one that counts.

    Exports before 2024 show one line a student: a submission of the same day, which is all that they tell,
    was replaced by the one that counts, and all of them are hidden while a new one is pending. What a file
    told before it was written again under the name of the `listing` counts where it is surely later.
    """
    sent = [line.participation for line in mine if line.participation.sent]
    shown = [submission_of(line.sent_at, line.pix) for line in sent]
    unseen = [one for one in sightings if not any(one.submission.is_same(other) for other in shown)]
    if not sent:
        return () if counted.one_line_each else tuple(unseen)
    last = submission_of(counted.participation.sent_at, counted.participation.pix)
    unseen = [one for one in unseen if one.file != listing or last.is_before(one.submission)]
    if counted.one_line_each:
        return tuple(one for one in unseen if last.day < one.submission.day)
    return tuple(one for one in unseen if not one.submission.is_before(last))
