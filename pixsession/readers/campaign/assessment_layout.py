"""The columns of an evaluation export, found by the labels of its header, never by position alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pixsession.readers.campaign.assessment_labels import (
    AREA_OF,
    BADGE,
    COLUMN_OF,
    COMPETENCE_OF,
    STAGE,
    Measure,
    shown_label,
    split_label,
)
from pixsession.readers.campaign.head import Head, Pivot, distinct_names, read_head
from pixsession.readers.campaign.labels import Column, label_key
from pixsession.readers.cells import read_text
from pixsession.readers.export import ColumnUse

_RESULTS = (Column.SHARED_AT, Column.STAGE, Column.MASTERY)
_BLOCK = {Column.PROGRESS, Column.STARTED_AT}  # to the left of the pivot
_SKILL_SIGNS = ("@", "'@")


class Remark(StrEnum):
    """What a header has that the user should know of."""

    DUPLICATE = "duplicate"
    NAMELESS = "nameless"
    UNKNOWN = "unknown"


# Positions of the rate, the number of skills targeted and of those mastered; None: no such column.
Triple = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class AssessmentLayout:
    """The columns of one evaluation export, by position. Keys and titles are those of `AssessmentLine`."""

    width: int
    at: dict[Column, int]
    surplus_at: int | None
    stage_max: int | None
    badges: tuple[tuple[str, int], ...]
    competences: tuple[tuple[str, Triple], ...]
    areas: tuple[tuple[str, Triple], ...]
    skills: tuple[tuple[str, int], ...]
    remarks: tuple[tuple[Remark, str], ...]  # what, and the label it is about
    in_utc: bool  # a few days of December 2024
    with_time: bool  # since then

    @property
    def may_be_in_percent(self) -> bool:
        """Whether the columns are those of the files that Pix wrote when it counted in percent."""
        return Column.CAMPAIGN_CODE not in self.at and not self.with_time


@dataclass(slots=True)
class _Found:
    """The columns of results found so far."""

    stage: int | None = None
    stage_max: int | None = None
    badges: dict[str, int] = field(default_factory=dict)
    competences: dict[str, dict[Measure, int]] = field(default_factory=dict)
    areas: dict[str, dict[Measure, int]] = field(default_factory=dict)
    skills: dict[str, int] = field(default_factory=dict)
    remarks: list[tuple[Remark, str]] = field(default_factory=list)

    def put(self, position: int, header: str) -> None:
        """One column that has no name of its own; the first of two that are alike is read."""
        if header.startswith(_SKILL_SIGNS):
            taken = self.skills.setdefault(read_text(header), position)
            self._check(position, taken, header)
            return
        label = shown_label(header)
        stage, badge = STAGE.fullmatch(label_key(label)), BADGE.fullmatch(label.strip())
        if stage is not None:
            if self.stage is None:
                self.stage, self.stage_max = position, int(stage[1]) if stage[1] else None
            self._check(position, self.stage, header)
        elif badge is not None:
            self._named(position, header, read_text(badge[1]), self.badges)
        elif (measured := split_label(label)) is not None:
            prefix, name = measured
            codes, groups = (AREA_OF, self.areas) if prefix.is_area else (COMPETENCE_OF, self.competences)
            if not name:
                self.remarks.append((Remark.NAMELESS, header))
                return
            group = groups.setdefault(codes.get(label_key(name), name), {})
            self._check(position, group.setdefault(prefix.measure, position), header)
        elif header.strip():
            self.remarks.append((Remark.UNKNOWN, header))

    def _named(self, position: int, header: str, title: str, found: dict[str, int]) -> None:
        if title:
            self._check(position, found.setdefault(title, position), header)
        else:
            self.remarks.append((Remark.NAMELESS, header))

    def _check(self, position: int, taken: int, header: str) -> None:
        if position != taken:
            self.remarks.append((Remark.DUPLICATE, header))


def looks_like_assessment(header: Sequence[str]) -> bool:
    """The signature of an evaluation: a shared column with any other that only evaluations have."""
    found = {COLUMN_OF.get(label_key(cell)) for cell in header if not cell.startswith(_SKILL_SIGNS)}
    others = {Column.MASTERY, Column.PROGRESS, Column.STARTED_AT, Column.SHARED_AT}
    return Column.SHARED in found and bool(others & found)


def read_assessment_layout(header: Sequence[str]) -> AssessmentLayout:
    """Map a header row by name; what no dictionary knows is reported, and read as nothing."""
    columns = distinct_names(
        [None if cell.startswith(_SKILL_SIGNS) else COLUMN_OF.get(label_key(cell)) for cell in header]
    )
    pivot = _pivot(columns)
    head = read_head(columns, pivot, lambda position: _is_result(header[position], columns[position]))
    found = _Found(remarks=[(Remark.DUPLICATE, header[position]) for position in head.repeated])
    in_order = head.surplus_at is not None
    for position, column in enumerate(columns):
        # Among columns in Pix's order, the free ones are whatever a school likes to call them.
        if column is None and not (position in head.free and in_order) and not _is_taken(position, head):
            found.put(position, header[position])
    at = dict(head.at)
    if found.stage is not None:
        at[Column.STAGE] = found.stage
    words = " ".join(
        label_key(header[at[column]]) for column in (Column.STARTED_AT, Column.SHARED_AT) if column in at
    )
    return AssessmentLayout(
        width=len(header),
        at=at,
        surplus_at=head.surplus_at,
        stage_max=found.stage_max,
        badges=tuple(found.badges.items()),
        competences=_triples(found.competences),
        areas=_triples(found.areas),
        skills=tuple(found.skills.items()),
        remarks=tuple(found.remarks),
        in_utc="utc" in words.split(),
        with_time="utc" in words.split() or "europ" in words,
    )


def _pivot(columns: list[Column | None]) -> Pivot:
    """The shared column: the last one of its name before the mastery, or the last of all."""
    positions = [i for i, column in enumerate(columns) if column is Column.SHARED]
    ends = [i for i, column in enumerate(columns) if column is Column.MASTERY]
    before = [i for i in positions if ends and i < ends[-1]]
    at = start = (before or positions or [-1])[-1]
    block = set(_BLOCK)
    while start > 0 and columns[start - 1] in block:
        start -= 1
        block.discard(columns[start] or Column.SHARED)  # a second one is what somebody called a free column
    return Pivot(at, start, Column.SHARED, _RESULTS)


def _is_result(label: str, column: Column | None) -> bool:
    """A result among the free columns was put there by hand: it distinguishes no students."""
    return column in {*_RESULTS, *_BLOCK, Column.SHARED} or split_label(shown_label(label)) is not None


def _is_taken(position: int, head: Head) -> bool:
    """Known by its position: the code of the campaign, the label that its creator typed."""
    return position in {head.at.get(Column.CAMPAIGN_CODE), head.at.get(Column.EXTERNAL_ID)}


def _triples(groups: dict[str, dict[Measure, int]]) -> tuple[tuple[str, Triple], ...]:
    return tuple(
        (key, (group.get(Measure.RATE), group.get(Measure.TARGETED), group.get(Measure.MASTERED)))
        for key, group in groups.items()
    )


def column_uses(header: Sequence[str], layout: AssessmentLayout) -> tuple[ColumnUse, ...]:
    """What each column of an evaluation was read as."""
    meanings: dict[int | None, str] = {position: column.value for column, position in layout.at.items()}
    meanings |= {position: f"badge {title}" for title, position in layout.badges}
    meanings |= {position: f"skill {name}" for name, position in layout.skills}
    for kind, groups in (("competence", layout.competences), ("area", layout.areas)):
        meanings |= dict(_group_uses(kind, groups))
    return tuple(ColumnUse(label, meanings.get(position)) for position, label in enumerate(header))


def _group_uses(kind: str, groups: Sequence[tuple[str, Triple]]) -> Iterable[tuple[int | None, str]]:
    for key, triple in groups:
        for measure, position in zip(Measure, triple, strict=True):
            yield position, f"{kind} {key} {measure.value}"


def generation_of(layout: AssessmentLayout, *, in_percent: bool) -> str:
    """Since when Pix has written evaluations in this form: the month or year, as far as the columns show."""
    if layout.with_time:
        return "2024-12" if Column.PROGRESS in layout.at else "2025-03"  # exams lost the progress
    if Column.CAMPAIGN_CODE in layout.at:
        return "2023-06"
    if in_percent:
        return "2018"
    return "2020-11" if Column.DIVISION in layout.at else "2018-11"
