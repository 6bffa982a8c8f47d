"""What is merged into the rows of a board: evaluations, lists of people, results of certifications."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pixsession.domain.board.snapshot import BoardRow, Source, origin_of_list
from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.domain.people.matches import Decisions
from pixsession.domain.people.namesakes import Settled
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.certification import CertificationResult

Sources = Mapping[str, Source]  # exports, by the origin that rows name


class Evaluation(NamedTuple):
    """The newest export of an evaluation campaign: its lines, each with the student it belongs to."""

    source: Source
    lines: Sequence[tuple[int, AssessmentLine]]

    @property
    def origin(self) -> str:
        """What rows call it, and every newer export of the campaign."""
        return origin_of_list("assessment", self.source.campaign.key)

    @property
    def listed(self) -> str:
        """What doubts call it: its campaign, else its file."""
        return self.source.campaign.name or self.source.file


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


class BoardSources(NamedTuple):
    """Everything that says who is on a board; evaluations and lists newest first.

    `sources`: the exports of profiles that the rows name, by their origin.
    """

    rows: Mapping[int, BoardRow]  # of the profiles, by student id
    evaluations: Sequence[Evaluation] = ()
    lists: Sequence[PeopleList] = ()
    results: Sequence[ResultsList] = ()
    decisions: Decisions = Decisions()
    settled: Settled = Settled()
    sources: Sources = MappingProxyType({})

    @property
    def exports(self) -> Sources:
        """The same, and those of the evaluations."""
        return {**self.sources, **{one.origin: one.source for one in self.evaluations}}
