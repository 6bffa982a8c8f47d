"""The lines of a lesson over its table: states as filters, and how far the group is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import Snapshot, narrowed
from pixsession.domain.lesson.states import narrowed_group
from pixsession.domain.lesson.view import CampaignPart, GroupPoint, LessonState, LessonView
from pixsession.domain.lesson.words import (
    group_words,
    lesson_state_symbol,
    quartile_words,
    sparkline,
    unknown_words,
)
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.room_time import hour_words
from pixsession.ui.board.filters import Filters, View, campaign_words
from pixsession.ui.common.freshness import FeedStatus, Freshness, recolour
from pixsession.ui.common.line import Line, clickable, cut, widest
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.lesson.keys import LESSON_KEYS
from pixsession.ui.lesson.symbols import LESSON_COLOURS, lesson_count


class _Form(NamedTuple):
    """How much the line of counts says: words, of the calm states too, states without anybody, the total."""

    words: bool = True
    calm_words: bool = True
    zeros: bool = False
    gap: int = 2
    total: bool = True


class _PartForm(NamedTuple):
    """How much is said of each of several campaigns: who is how far, "started", quartiles, the name whole."""

    every: bool = False
    started: bool = True
    quartiles: bool = True
    name: bool = True


# Of each of these, the first that fits is taken.
_FORMS = (
    _Form(zeros=True, gap=3),
    _Form(),
    _Form(total=False),
    _Form(gap=1, total=False),
    _Form(calm_words=False),
    _Form(calm_words=False, gap=1, total=False),
    _Form(words=False),
    _Form(words=False, gap=1, total=False),
)
_PART_FORMS = (
    _PartForm(every=True),
    _PartForm(),
    _PartForm(started=False),
    _PartForm(every=True, quartiles=False),
    _PartForm(quartiles=False),
    _PartForm(started=False, quartiles=False, name=False),
)
# Nothing has to be done for them now.
_CALM = frozenset({LessonState.WORKING, LessonState.AHEAD, LessonState.FINISHED, LessonState.ABSENT})
_LONGEST_LINE = 30  # exports of the group's line


def lesson_counts_content(view: View, wanted: StrEnum | None, width: int, symbols: Symbols) -> Content:
    """Each state that somebody is in, with its key; fewer words where there is no room."""
    return widest([partial(_counts, view, wanted, form, symbols) for form in _FORMS], width)


def _counts(view: View, wanted: StrEnum | None, form: _Form, symbols: Symbols) -> Content:
    counts = view.counts
    pills = [
        _pill(state, counts.get(state, 0), form, symbols, chosen=wanted is state)
        for state in LESSON_KEYS
        if form.zeros or counts.get(state) or wanted is state
    ]
    if absent := counts.get(LessonState.ABSENT):
        pills.append(Content.styled(_words(LessonState.ABSENT, absent, form, symbols), "$board-calm"))
    total = Content("")
    if form.total:
        words = ngettext("{n} student", "{n} students", view.total).format(n=view.total)
        total = Content.styled(f" {symbols.point} {words}", "dim")
    return Content.assemble(" ", Content(" " * form.gap).join(pills), total)


def _pill(state: LessonState, count: int, form: _Form, symbols: Symbols, *, chosen: bool) -> Content:
    action = f"app.filter('need', '{'all' if chosen else state}')"
    text = _words(state, count, form, symbols)
    colour = LESSON_COLOURS[state] if count or chosen else "$board-calm"
    style = f"bold {colour} reverse" if chosen else f"bold {colour}" if count else colour
    return Content.assemble(
        clickable(LESSON_KEYS[state], action, "bold $accent" if chosen else "$accent"),
        clickable(" ", action),
        clickable(text, action, style),
    )


def _words(state: LessonState, count: int, form: _Form, symbols: Symbols) -> str:
    """How many are in a state, by its sign, and in words where the form has them."""
    symbol = lesson_state_symbol(state, symbols.ascii_only)
    words = form.words and (form.calm_words or state not in _CALM)
    return f"{symbol} {lesson_count(state, count)}" if words else f"{symbol}{count}"


class LessonTotals(Line):
    """How many have started, are at half, have finished and sent; the median; only in a lesson."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    freshness: reactive[Freshness] = reactive(Freshness(FeedStatus.READING, ""), repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, lesson: LessonView, *, symbols: Symbols) -> None:
        super().__init__()
        self._lesson, self._symbols = lesson, symbols

    def content_for(self, width: int) -> Content:
        """As much as fits; the line of the group goes first, then its times."""
        lesson = self._narrowed()
        if self.freshness.state is FeedStatus.READING and not lesson.group:
            return cut(Content(f" {_('reading…')}"), width, self._symbols.cut)
        if not lesson.group or lesson.unknown is not None:
            return cut(Content(f" {_nothing_yet(lesson)}"), width, self._symbols.cut)
        if lesson.parts:
            parts = [part for part in lesson.parts if part.group]
            told = [partial(self._parts, parts, form, width) for form in _PART_FORMS]
            return cut(widest(told, width), width, self._symbols.cut)
        every = group_words(lesson.group[-1])
        # Who is through, and who has sent, the counts of the states say too.
        short = (every[0], *every[4:])
        quarters = quartile_words(lesson.group[-1])
        said = [(*every, quarters), (*short, quarters)] if quarters else [every]
        lines = [
            partial(self._with_line, words, lesson.group, times) for words in said for times in (True, False)
        ]
        plain = [partial(self._joined, words) for words in (*said, every, short)]
        return cut(widest([*lines, *plain], width), width, self._symbols.cut)

    def _narrowed(self) -> LessonView:
        """The lesson of the classes or groups shown."""
        lesson, snapshot = self._lesson, self.snapshot
        if snapshot is None or not self.filters.places:
            return lesson
        here = frozenset(row.student_id for row in narrowed(snapshot, self.filters.places).rows)
        own = here.difference(*(part.students for part in lesson.parts[1:]))
        parts = (
            part._replace(group=narrowed_group(lesson, part.group, part.students & here))
            for part in lesson.parts
            if part.students & here
        )
        return lesson._replace(group=narrowed_group(lesson, lesson.group, own), parts=tuple(parts))

    def _parts(self, parts: Sequence[CampaignPart], form: _PartForm, width: int) -> Content:
        """Each campaign with its own figures."""
        told = []
        for part in parts:
            said, name = _part_words(part.group[-1], form), campaign_words(part.campaign)
            if not form.name:
                name = cut(name, max(8, width // len(parts) - len(said) - 6), self._symbols.cut).plain
            told.append(Content.assemble((f"{name}{_(': ')}", "bold"), said))
        return Content(" ") + Content(f" {self._symbols.point} ").join(told)

    def _joined(self, words: Sequence[str]) -> Content:
        return Content(" " + f" {self._symbols.point} ".join(words))

    def _with_line(self, words: Sequence[str], group: tuple[GroupPoint, ...], times: bool) -> Content:
        totals = self._joined(words)
        if len(group) < 2:
            return totals
        values = [point.median for point in group]
        chart = sparkline(values, _LONGEST_LINE, self._symbols.ascii_only)
        first, last = (f"{hour_words(group[0].at)} ", f" {hour_words(group[-1].at)}") if times else ("", "")
        return Content.assemble(
            totals, "  ", (first, "$board-calm"), (chart, "$primary"), (last, "$board-calm")
        )

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """The group has gone on."""
        self._lesson = (snapshot and snapshot.lesson) or self._lesson
        self.rewrite()

    def watch_filters(self) -> None:
        self.rewrite()

    def watch_freshness(self, before: Freshness, freshness: Freshness) -> None:
        recolour(self, before, freshness)


def _part_words(last: GroupPoint, form: _PartForm) -> str:
    every = group_words(last)
    begun = every[0] if form.started else f"{last.started}/{last.students}"
    counts = every[1:4] if form.every else ()
    quartiles = quartile_words(last) if form.quartiles else ""
    return ", ".join(filter(None, (begun, *counts, *every[4:], quartiles)))


def _nothing_yet(lesson: LessonView) -> str:
    if lesson.unknown is not None:
        return _("Class or group {words}").format(words=unknown_words(lesson.unknown))
    if lesson.campaign is None and lesson.campaigns:
        return _("no export of the campaign of this lesson yet (C: choose another one)")
    if lesson.campaign is None:
        return _("no export of an evaluation yet: export the campaign's results from Pix Orga")
    return _("nobody of this lesson is in the export of the campaign yet")
