"""What the other files say of one student: evaluations, the list that expects them, the certification."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from textual.content import Content

from pixsession.domain.board.reasons import ReasonCode
from pixsession.domain.board.snapshot import BoardRow, CampaignProgress, Expectation
from pixsession.domain.board.wording import half_up, iso_day_words, sent_words
from pixsession.domain.lesson.mastery import WEAK_BELOW, path_of
from pixsession.domain.lesson.words import percent_words, progress_bar
from pixsession.domain.people.matches import MatchRule
from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.pix.competences import BY_CODE
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.room_time import room_day
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import campaign_words
from pixsession.ui.common.symbols import Symbols

_MATCHED_BY = {
    MatchRule.NUMBER: N_("found by number"),
    MatchRule.CLASS_AND_NAME: N_("found by class and name"),
    MatchRule.CLASS_AND_WORDS: N_("found by class and part of the name"),
    MatchRule.NAME_AND_BIRTH_DATE: N_("found by name and birth date"),
    MatchRule.NAME_ALONE: N_("found by name, nobody else having it"),
    MatchRule.DECISION: N_("found by your decision"),
}
_RESULTS = {
    ResultStatus.VALIDATED: N_("obtained"),
    ResultStatus.REJECTED: N_("not obtained"),
    ResultStatus.CANCELLED: N_("cancelled"),
    ResultStatus.ERROR: N_("in error"),
    ResultStatus.STARTED: N_("begun, not ended"),
}
# Namesakes are told apart by their birth dates; for all others these are nobody's business.
_NAME = max(len(f"{one.code} {one.short_name}") for one in BY_CODE.values())
_OF_NAMESAKES = frozenset({ReasonCode.NAMESAKES, ReasonCode.PERHAPS_NAMESAKES, ReasonCode.PERHAPS_SAME})


def other_files_content(row: BoardRow, now: datetime, symbols: Symbols, *, full: bool) -> Content:
    """A heading, then a line for each; empty where no other file speaks of the student.

    `full`: with the birth date, where it tells namesakes apart.
    """
    lines = [*_campaigns(row, now), *_expected(row, now, full=full)]
    if row.result is not None:
        lines.append((_("Certification"), _certified(row.result, now)))
    if not lines:
        return Content("")
    heading = Content.styled(_("In the other files"), "bold $primary")
    told = [
        Content.assemble(
            (f"{symbols.point} {_('{name}: {cause}').format(name=name, cause='')}", "bold"),
            f" {symbols.point} ".join(facts),
        )
        for name, facts in lines
    ]
    return Content("\n").join([heading, *told, *mastery_lines(row, symbols)])


_BAR = 20  # cells


def mastery_lines(row: BoardRow, symbols: Symbols) -> Iterator[Content]:
    """The competences of the path whose results were sent last, with their mastery; nothing without any."""
    path = path_of(row)
    if path is None:
        return
    words = _("Competences of {campaign}").format(campaign=campaign_words(path.campaign))
    yield Content.styled(words, "bold $primary")
    for code, found in path.competences:
        name = f"{code} {BY_CODE[code].short_name}" if code in BY_CODE else shown(code, 40)
        bar = progress_bar(found.rate, _BAR, symbols.ascii_only)
        weak = found.rate is not None and half_up(found.rate * 100) < WEAK_BELOW
        of = "" if found.targeted is None or found.mastered is None else f"{found.mastered}/{found.targeted}"
        yield Content.assemble(
            f"  {name.ljust(_NAME)} ",
            (bar, "$state-to-check" if weak else "$state-eligible"),
            f" {percent_words(found.rate).rjust(5)}  {of}",
        )


_Line = tuple[str, list[str]]  # what it is about, and what is said of it


def _campaigns(row: BoardRow, now: datetime) -> Iterator[_Line]:
    for progress in row.participations:
        if progress.kind != "profiles":  # those are in the list of profiles sent
            yield campaign_words(progress.campaign), list(_progress(progress, now))


def _progress(progress: CampaignProgress, now: datetime) -> Iterator[str]:
    if progress.shared:
        shared = _("results sent")
        if progress.shared_at:
            shared = _("results sent: {moment}").format(
                moment=sent_words(progress.shared_at, now, in_full=True)
            )
        yield shared
    elif progress.shared is None:
        yield _("results sent or not: the file is unclear")
    elif progress.progress == 1:
        yield _("finished, results not sent")
    elif progress.progress is None:
        yield _("results not sent")
    else:
        yield _("{n}% done").format(n=_percent(progress.progress))
    if progress.mastery is not None:
        yield _("{n}% mastered").format(n=_percent(progress.mastery))
    if progress.stage is not None:
        of = _("stage {n}/{most}") if progress.stage_max is not None else _("stage {n}")
        yield of.format(n=progress.stage, most=progress.stage_max)
    yield from (shown(title) for title, obtained in progress.badges if obtained)


def _expected(row: BoardRow, now: datetime, *, full: bool) -> Iterator[_Line]:
    expected = row.expected
    if expected is None:
        return
    found = _(_MATCHED_BY[expected.matched_by]) if expected.matched_by else _("found in no export")
    facts = [shown(expected.listed_in), found]
    needed = any(reason.code in _OF_NAMESAKES for reason in row.verdict.reasons)
    if full and needed and expected.birth_date:
        facts.append(_("born {day}").format(day=iso_day_words(expected.birth_date, date.min)))
    yield _("Expected"), facts
    if called := list(_called(expected, now)):
        yield _("Session"), called


def _called(expected: Expectation, now: datetime) -> Iterator[str]:
    session = expected.session
    if session is not None:
        if session.number:
            yield shown(session.number)
        if session.date:
            day = iso_day_words(session.date, room_day(now))
            start = shown(session.start or "")
            yield _("{day}, {time}").format(day=day, time=start) if start else day
        yield from (shown(place) for place in (session.site, session.room) if place)
    if expected.extra_time:
        yield _("extra time: {n}%").format(n=_percent(expected.extra_time))


def _certified(result: CertificationResult, now: datetime) -> list[str]:
    facts = [_(_RESULTS[result.status]) if result.status else _("status unknown")]
    if result.type and result.type != "Pix":
        facts.insert(0, shown(result.type))
    if result.score is not None:
        facts.append(_("{n} pix").format(n=result.score))
    if result.level_label:
        facts.append(shown(result.level_label))
    if result.date:
        facts.append(iso_day_words(result.date, room_day(now)))
    for label, status in result.complementary:
        if status is not None:
            facts.append(_("{name}: {cause}").format(name=shown(label), cause=_(_RESULTS[status])))
    return facts


def _percent(fraction: float) -> int:
    return half_up(100 * fraction)
