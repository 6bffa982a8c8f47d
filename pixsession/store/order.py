"""The order of a campaign's exports, and which of them is its list of students today.

Pix's stamp in a file name is Pix's own clock, so stamped exports stand in its order. A file without a stamp
(renamed, attached to a mail, saved again) has only the time of the disk, which says when it was copied: what
it shows decides, never that time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from pixsession.domain.people.students import name_key
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.participation import Participation
from pixsession.domain.pix.submissions import NO_SUBMISSION, Submission, submission_of
from pixsession.readers import ExportKind
from pixsession.store.rows import StoredExport

_Name = tuple[str, str]
_LineKey = tuple[object, ...]


class HasLines(Protocol):
    """A source of the lines of exports: (student id, line) pairs in the order of the file, by content id."""

    def lines(self, content_id: int) -> Sequence[tuple[int, Participation]]: ...
    def assessments(self, content_id: int) -> Sequence[tuple[int, AssessmentLine]]: ...


class Shown(NamedTuple):
    """What one export shows, by names, so that two files compare even where one lacks the class."""

    submissions: frozenset[tuple[_Name, Submission]]
    lines: frozenset[_LineKey]
    latest: Submission  # NO_SUBMISSION where nothing was sent
    progress: float  # of an evaluation: the sum over its lines


class Chain(NamedTuple):
    """The exports of one campaign, oldest first; the last one of `lists` is its list of students today."""

    order: tuple[StoredExport, ...]
    lists: tuple[StoredExport, ...]

    @property
    def listing(self) -> StoredExport | None:
        """The list of its students today; None where no export has a line."""
        return self.lists[-1] if self.lists else None

    @property
    def steps(self) -> tuple[StoredExport, ...]:
        """The lists whose time says when they were made; all of them where no time is Pix's own."""
        steps = tuple(one for one in self.lists if one.has_stamp or one is self.listing)
        return steps if any(one.has_stamp for one in self.lists) else self.lists


class ExportOrder:
    """Puts the exports of campaigns in order; reads their lines only where the stamps do not decide."""

    def __init__(self, source: HasLines) -> None:
        self._source = source
        self._shown: dict[int, Shown] = {}
        self._chains: dict[tuple[int, ...], Chain] = {}

    def chains(self, exports: Iterable[StoredExport], kind: ExportKind) -> list[Chain]:
        """The chain of each campaign of a kind, that with the newest list first."""
        campaigns: dict[str, list[StoredExport]] = defaultdict(list)
        for export in exports:
            if export.kind is kind:
                campaigns[export.source.campaign.key].append(export)
        found = [self.chain(mine) for mine in campaigns.values()]
        return sorted(found, key=_age_of_listing, reverse=True)

    def chain(self, exports: Sequence[StoredExport]) -> Chain:
        """The exports of one campaign in their order; they are given as they came."""
        key = tuple(export.export_id for export in exports)
        if key not in self._chains:
            if len(self._chains) > 256:
                self._chains.clear()
            self._chains[key] = self._new_chain(exports)
        return self._chains[key]

    def _new_chain(self, exports: Sequence[StoredExport]) -> Chain:
        stamps = Counter(export.source.exported_at for export in exports if export.has_stamp)
        if len(stamps) == len(exports):
            order = sorted(exports, key=lambda export: export.source.exported_at)
        else:
            order = self._in_order(exports)
        stamped = _by_stamp(order)
        # A header alone proves nothing about the participations: it may be a download cut short.
        whole = [
            export
            for export in order
            if export.line_count
            and not self._is_part(export, stamped[export.source.exported_at] if export.has_stamp else order)
        ]
        replaced = _written_over(whole)
        lists = [export for export in whole if export.export_id not in replaced]
        return Chain(tuple(order), tuple(lists))

    def _in_order(self, exports: Sequence[StoredExport]) -> list[StoredExport]:
        stamped = [export for export in exports if export.has_stamp]
        order = sorted(stamped, key=lambda export: (export.source.exported_at, self._by_content(export)))
        for export in sorted((e for e in exports if not e.has_stamp), key=self._by_content):
            after = [i for i, one in enumerate(order) if one.has_stamp and self._is_surely_newer(export, one)]
            # Behind the last stamped export that it is newer than, and other files without stamp put there.
            at = after[-1] + 1 if after else 0
            while at < len(order) and not order[at].has_stamp:
                at += 1
            order.insert(at, export)
        return order

    def _by_content(self, export: StoredExport) -> tuple[object, ...]:
        """Sort key of exports of one stamp or without any; the time of the disk counts last."""
        shown = self.shown(export)
        return (
            shown.latest.day,
            shown.latest.minute,
            len(shown.submissions),
            shown.progress,
            export.copy_number,
            export.modified_at,
            export.digest,
        )

    def _is_surely_newer(self, export: StoredExport, stamped: StoredExport) -> bool:
        """Whether a file without stamp is surely newer: it shows a submission that the other cannot have."""
        mine, others = self.shown(export), self.shown(stamped)
        stamp = submission_of(stamped.source.exported_at.isoformat(timespec="minutes"), None)
        if stamp.is_before(mine.latest):
            return True
        return others.latest.is_before(mine.latest) and _holds_all(mine.submissions, others.submissions)

    def _is_part(self, export: StoredExport, beside: Sequence[StoredExport]) -> bool:
        """Whether all its lines are in another export that has more: a filtered copy is no list.

        `beside`: of a stamped export, those of its stamp. Of another stamp it is newer, whatever lines it has
        lost: Pix has deleted participations.
        """
        rivals = [one for one in beside if one.line_count > export.line_count]
        return any(self.shown(export).lines < self.shown(one).lines for one in rivals)

    def shown(self, export: StoredExport) -> Shown:
        if export.content_id not in self._shown:
            if export.kind is ExportKind.ASSESSMENT:
                found = _shown_of_evaluation(self._source.assessments(export.content_id))
            else:
                found = _shown_of_profiles(self._source.lines(export.content_id))
            self._shown[export.content_id] = found
        return self._shown[export.content_id]


def _by_stamp(exports: Iterable[StoredExport]) -> Mapping[datetime, Sequence[StoredExport]]:
    found: dict[datetime, list[StoredExport]] = defaultdict(list)
    for export in exports:
        if export.has_stamp:
            found[export.source.exported_at].append(export)
    return found


def _age_of_listing(chain: Chain) -> tuple[object, ...]:
    newest = chain.listing or chain.order[-1]
    return newest.source.exported_at, newest.modified_at, newest.copy_number, newest.export_id


def _written_over(exports: Sequence[StoredExport]) -> set[int]:
    """The ids of stamped exports whose file was written again under its own name."""
    last: dict[tuple[str, datetime], StoredExport] = {}
    for export in sorted(exports, key=lambda one: (one.modified_at, one.export_id)):
        last[export.source.file, export.source.exported_at] = export
    kept = {export.export_id for export in last.values()}
    return {one.export_id for one in exports if one.has_stamp and one.export_id not in kept}


def _name_of(line: Participation | AssessmentLine) -> _Name:
    return name_key(line.last_name), name_key(line.first_name)


def _shown_of_profiles(lines: Sequence[tuple[int, Participation]]) -> Shown:
    submissions, keys = set(), set()
    for _student, line in lines:
        name = _name_of(line)
        submission = submission_of(line.sent_at, line.pix) if line.sent else None
        if submission is not None:
            submissions.add((name, submission))
        keys.add((name, line.sent, submission))
    return Shown(frozenset(submissions), frozenset(keys), _latest(submissions), 0.0)


def _shown_of_evaluation(lines: Sequence[tuple[int, AssessmentLine]]) -> Shown:
    """Of an evaluation, starts and sent results are what a later export cannot lack."""
    submissions, keys, progress = set(), set(), 0.0
    for _student, line in lines:
        name = _name_of(line)
        for at in (line.started_at, line.shared_at):
            if at is not None:
                submissions.add((name, submission_of(at, None)))
        keys.add((name, line.started_at, line.shared_at, line.progress))
        progress += line.progress or 0.0
    return Shown(frozenset(submissions), frozenset(keys), _latest(submissions), progress)


def _latest(submissions: Iterable[tuple[_Name, Submission]]) -> Submission:
    return max((one for _name, one in submissions), key=lambda one: one[:2], default=NO_SUBMISSION)


def _holds_all(
    mine: frozenset[tuple[_Name, Submission]], others: frozenset[tuple[_Name, Submission]]
) -> bool:
    by_name: dict[_Name, list[Submission]] = defaultdict(list)
    for name, submission in mine:
        by_name[name].append(submission)
    return all(any(submission.is_same(one) for one in by_name[name]) for name, submission in others - mine)
