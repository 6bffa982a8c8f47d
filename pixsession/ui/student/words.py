"""What is said of one student, the same on the panel, on the student's screen and in a copied line."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.snapshot import BoardRow, SentProfile, Source
from pixsession.domain.board.wording import (
    exported_words,
    gap_words,
    sent_words,
    state_symbol,
    state_word,
    time_and_day,
)
from pixsession.domain.pix.competences import BY_CODE
from pixsession.domain.pix.eligibility import Eligibility, Gap, Rule
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import campaign_words
from pixsession.ui.common.line import justified
from pixsession.ui.common.symbols import STATE_COLOURS, Symbols


def state_content(row: BoardRow, symbols: Symbols) -> Content:
    """Symbol, word and colour of the state; whom a path alone shows is not said to be in no export."""
    state = row.eligibility
    symbol = state_symbol(state, ascii_only=symbols.ascii_only)
    is_in_path = state is Eligibility.NOT_IN_EXPORT and bool(row.participations)
    word = _("in no collection") if is_in_path else state_word(state)
    return Content.styled(f"{symbol} {word}", f"bold {STATE_COLOURS[state]}")


def name_content(row: BoardRow, symbols: Symbols) -> Content:
    place = f" {symbols.point} {row.shown_place}" if row.shown_place else ""
    return Content.assemble((row.shown_name, "bold"), (place, "$board-calm"))


def rule_words(row: BoardRow, rule: Rule) -> str:
    """The rule applied to this student."""
    count = row.verdict.eligible_competences
    if count is None:
        return _("no profile sent yet")
    if count > rule.min_competences:
        words = ngettext(
            "{n} competence at level {level}, {wanted} asked for",
            "{n} competences at level {level}, {wanted} asked for",
            count,
        )
    else:
        words = ngettext(
            "{n} of the {wanted} competences asked for at level {level}",
            "{n} of the {wanted} competences asked for at level {level}",
            count,
        )
    return words.format(n=count, wanted=rule.min_competences, level=rule.min_level)


def profile_words(row: BoardRow, now: datetime, symbols: Symbols) -> str:
    """The Pix total, and how old the profile is."""
    parts = []
    if row.pix is not None:
        parts.append(_("{n} pix").format(n=row.pix))
    if row.sent_at:
        parts.append(_profile_of(row.sent_at, now))
    return f" {symbols.point} ".join(parts)


def doubt_sentences(row: BoardRow) -> tuple[str, ...]:
    """Every reason to look twice, fit to be painted."""
    return tuple(shown(reason.sentence()) for reason in row.verdict.reasons)


def doubts_content(row: BoardRow, symbols: Symbols) -> Content:
    """The warning of the student's screen; empty when nothing is in doubt."""
    sentences = doubt_sentences(row)
    if not sentences:
        return Content("")
    if row.eligibility is Eligibility.TO_CHECK:
        head = _("To check before the certification:")
    else:
        head = _("Worth a second look:")
    lines: list[Content | str] = [Content.styled(f"{symbols.warning} {head}", "bold")]
    lines += [f"  {symbols.point} {sentence}" for sentence in sentences]
    return Content("\n").join(lines)


def missing_heading(row: BoardRow, rule: Rule) -> str:
    """How much is missing, or what to do where no competence says it; empty where nothing is missing."""
    if row.eligibility is Eligibility.NOT_SENT:
        return _("Ask for the profile to be sent in Pix, then export the results again.")
    count = row.verdict.eligible_competences
    if count is None or not row.verdict.nearest:
        return ""
    short = rule.min_competences - count
    if short <= 0:
        return _("Nearest to the next level:")
    words = ngettext("{n} competence to go, nearest first:", "{n} competences to go, nearest first:", short)
    return words.format(n=short)


def gap_content(gap: Gap, width: int, symbols: Symbols) -> Content:
    """One competence that is short, with its pix at the end of the line."""
    pix = _("{n} pix").format(n=gap.pix_missing)
    name = Content.assemble((f"{gap.competence} ", "$board-calm"), BY_CODE[gap.competence].name)
    return justified(name, Content.styled(pix, "bold $state-not-eligible"), width, symbols.cut)


def sent_profiles_content(
    profiles: tuple[SentProfile, ...], rule: Rule, now: datetime, symbols: Symbols
) -> Content:
    """Every profile sent, newest first, each with what it changed."""
    moments = [sent_words(profile.sent_at, now, in_full=True) or "—" for profile in profiles]
    widest = max(map(len, moments), default=0)
    lines = []
    for position, (profile, moment) in enumerate(zip(profiles, moments, strict=True)):
        older = profiles[position + 1] if position + 1 < len(profiles) else None
        pix = "—" if profile.pix is None else str(profile.pix)
        facts = _("{moment} {n:>2} comp. {pix:>3} pix").format(
            moment=moment.ljust(widest), n=profile.count_at(rule.min_level), pix=pix
        )
        lines.append(Content.assemble(facts, " ", _step(profile, older, rule, now, symbols)))
    return Content("\n").join(lines)


def _step(
    profile: SentProfile, older: SentProfile | None, rule: Rule, now: datetime, symbols: Symbols
) -> Content:
    if older is None:
        return Content("")
    pix = (profile.pix or 0) - (older.pix or 0) if profile.pix is not None and older.pix is not None else 0
    delta = Delta(profile.count_at(rule.min_level) - older.count_at(rule.min_level), pix, now)
    if not delta.competences and not delta.pix:
        return Content("")
    colour = "$change-loss" if delta.is_loss else "$change-gain"
    sign = symbols.down if delta.is_loss else symbols.up
    # As on the board: "+12p" is pix, "+1" alone is competences.
    words = f"{delta.competences:+}" if delta.competences else f"{delta.pix:+}p"
    return Content.styled(f"{sign}{words if symbols.ascii_only else words.replace('-', '−')}", colour)


def source_content(source: Source | None, now: datetime) -> Content:
    """The campaign, the export and its time, and the file."""
    if source is None:
        return Content("")
    campaign = campaign_words(source.campaign)
    if source.campaign.code and source.campaign.name:
        campaign = f"{campaign} ({shown(source.campaign.code)})"
    exported = exported_words(source.exported_at, now)
    where = f" {exported}, {campaign}"
    return Content.assemble(
        (_("Read from:"), "bold $primary"), where, "\n", (shown(source.file), "$board-calm")
    )


def plain_line(row: BoardRow, rule: Rule, now: datetime) -> str:
    """One student as a sentence to paste in a message."""
    parts = [f"{row.shown_name}, {row.shown_place}" if row.shown_place else row.shown_name]
    parts.append(state_word(row.eligibility))
    if row.verdict.eligible_competences is not None:
        parts.append(rule_words(row, rule))
    if row.pix is not None:
        parts.append(_("{n} pix").format(n=row.pix))
    if row.sent_at:
        parts.append(_profile_of(row.sent_at, now, with_day=True))
    if row.verdict.nearest:
        gaps = ", ".join(gap_words(gap, with_name=True) for gap in row.verdict.nearest[:3])
        parts.append(_("nearest: {gaps}").format(gaps=gaps))
    parts += doubt_sentences(row)
    return " · ".join(parts)


def _profile_of(sent_at: str, now: datetime, *, with_day: bool = False) -> str:
    """When the profile was sent; `with_day`: also today, for a line that is read on another day."""
    try:
        moment = datetime.fromisoformat(sent_at)
    except ValueError:
        moment = None
    if moment is None or len(sent_at) <= 10:
        return _("profile of {day}").format(day=sent_words(sent_at, now))
    time, day = time_and_day(moment, now, says_today=with_day)
    if not day:
        return _("profile of {time}").format(time=time)
    return _("profile of {day}, {time}").format(day=day, time=time)
