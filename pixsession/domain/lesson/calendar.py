"""The campaigns of a school year by class: done, running, to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pixsession.domain.lesson.tally import ClassTally
from pixsession.domain.people.identities import class_key
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.campaign import Campaign
from pixsession.domain.pix.participation import Participation

_LEAST_SHARE = 3  # a third of a class: half-groups have campaigns of their own


class CampaignLine(NamedTuple):
    """One student in the newest export of a campaign; `begun_on`, `sent_on`: days in ISO 8601, if known."""

    last_name: str
    first_name: str
    place: str
    is_sent: bool
    begun_on: str | None
    sent_on: str | None


class CampaignExport(NamedTuple):
    """The newest export of a campaign. `collects`: it is a collection of profiles."""

    campaign: Campaign
    collects: bool
    day: date
    lines: tuple[CampaignLine, ...]


class CampaignState(StrEnum):
    DONE = "done"  # a third of the class or more began, and all of these have sent
    RUNNING = "running"
    TO_DO = "to_do"  # nobody of the class is in its newest export


class Standing(NamedTuple):
    """One class in one campaign; `last`: the day of the last thing sent, else of the export."""

    state: CampaignState
    begun: int = 0
    sent: int = 0
    last: date | None = None


class YearClass(NamedTuple):
    """A class as it is written most often; `students`: how many any campaign of the year names."""

    name: str
    students: int


class Calendar(NamedTuple):
    """Classes by name, campaigns by their first day, and how each class stands in each of them."""

    classes: tuple[YearClass, ...]
    campaigns: tuple[CampaignExport, ...]
    standings: Mapping[tuple[str, str], Standing]  # by name of the class and key of the campaign

    def of(self, place: YearClass, export: CampaignExport) -> Standing:
        """How a class stands in a campaign."""
        return self.standings.get((place.name, export.campaign.key), Standing(CampaignState.TO_DO))


def calendar_of(exports: Iterable[CampaignExport], classes: Iterable[str] = ()) -> Calendar:
    """The campaigns side by side; of the classes named alone, else of all."""
    wanted = set(map(class_key, classes))
    campaigns = sorted(exports, key=lambda one: (_first_day(one), one.campaign.name))
    names: dict[str, dict[str, int]] = {}
    known: dict[str, set[tuple[str, str]]] = {}
    for export in campaigns:
        for line in export.lines:
            key = class_key(line.place)
            if not wanted or key in wanted:
                names.setdefault(key, {}).setdefault(line.place, 0)
                names[key][line.place] += 1
                known.setdefault(key, set()).add(_name(line))
    places = {key: max(sorted(found), key=lambda one: found[one]) for key, found in names.items()}
    counts = {key: _count(found) for key, found in known.items()}
    years = tuple(YearClass(places[key], counts[key]) for key in sorted(names))
    standings = {
        (places[key], export.campaign.key): standing
        for export in campaigns
        for key in places
        if (standing := _standing(export, key, counts[key])) is not None
    }
    return Calendar(years, tuple(campaigns), standings)


def _standing(export: CampaignExport, key: str, students: int) -> Standing | None:
    """How the class of this key stands in a campaign; None where nobody of it is there."""
    mine = [line for line in export.lines if class_key(line.place) == key]
    if not mine:
        return None
    begun = {_name(line) for line in mine}
    sent = {_name(line) for line in mine if line.is_sent}
    days = [line.sent_on for line in mine if line.sent_on]
    last = date.fromisoformat(max(days)[:10]) if days else export.day
    is_done = begun == sent and _LEAST_SHARE * len(begun) >= students
    return Standing(CampaignState.DONE if is_done else CampaignState.RUNNING, len(begun), len(sent), last)


def _first_day(export: CampaignExport) -> str:
    days = [line.begun_on or line.sent_on for line in export.lines]
    return min(filter(None, days), default=export.day.isoformat())


def _name(line: CampaignLine) -> tuple[str, str]:
    return name_key(line.last_name), name_key(line.first_name)


def _count(names: Collection[tuple[str, str]]) -> int:
    """How many students these are at least: one without a name may be any of the others."""
    nameless = sum(not last for last, _number in names)
    return max(nameless, len(names) - nameless)


def collected_line(line: Participation) -> CampaignLine:
    place = line.division or line.group or ""
    return CampaignLine(line.last_name, line.first_name, place, line.sent is True, None, line.sent_at)


def assessed_line(line: AssessmentLine) -> CampaignLine:
    place = line.division or line.group or ""
    sent = line.shared is True
    return CampaignLine(line.last_name, line.first_name, place, sent, line.started_at, line.shared_at)


def tallies_of(lines: Iterable[CampaignLine]) -> tuple[ClassTally, ...]:
    """How each class stands in an export, as it is written there."""
    classes: dict[str, list[CampaignLine]] = {}
    for line in lines:
        classes.setdefault(line.place, []).append(line)
    return tuple(_tally(place, mine) for place, mine in sorted(classes.items()))


def _tally(place: str, lines: Sequence[CampaignLine]) -> ClassTally:
    sent = [line for line in lines if line.is_sent]
    begun_on = min((day for line in lines if (day := line.begun_on or line.sent_on)), default=None)
    sent_on = max((line.sent_on for line in lines if line.sent_on), default=None)
    return ClassTally(place, len(set(map(_name, lines))), len(set(map(_name, sent))), begun_on, sent_on)


def lines_without_names(tallies: Iterable[ClassTally]) -> tuple[CampaignLine, ...]:
    """A line for each student who is only counted; the first name is a number within the class."""
    return tuple(
        CampaignLine("", f"{number}", one.place, number < one.sent, one.begun_on, one.sent_on)
        for one in tallies
        for number in range(one.begun)
    )
