"""The words of the board, said the same way on the screen, in plain text and in the reports."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.domain.board.snapshot import HiddenCampaigns, HiddenReason
from pixsession.domain.pix.competences import BY_CODE
from pixsession.domain.pix.eligibility import Eligibility, Gap
from pixsession.foundation.i18n import N_, _, ngettext, pgettext
from pixsession.foundation.room_time import in_room, room_day
from pixsession.foundation.text import shown

_STATE_WORDS = {
    Eligibility.NOT_ELIGIBLE: N_("not eligible"),
    Eligibility.TO_CHECK: N_("to check"),
    Eligibility.NOT_SENT: N_("profile not sent"),
    Eligibility.NOT_IN_EXPORT: N_("not in the export"),
    Eligibility.ELIGIBLE: N_("eligible"),
}
_SYMBOLS = {
    Eligibility.NOT_ELIGIBLE: ("✖", "x"),
    Eligibility.TO_CHECK: ("?", "?"),
    Eligibility.NOT_SENT: ("…", "."),
    Eligibility.NOT_IN_EXPORT: ("∅", "-"),
    Eligibility.ELIGIBLE: ("✔", "+"),
}
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("June"),
    N_("July"), N_("Aug"), N_("Sept"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


# A matter of windows: on a sheet it says nothing.
SECOND_WINDOW = N_("another window follows this folder too")


def state_word(state: Eligibility) -> str:
    """The state in words, "non certifiable" in French."""
    return _(_STATE_WORDS[state])


def counted_state(state: Eligibility, count: int) -> str:
    """A count with its state, "4 non certifiables" in French."""
    words = {
        Eligibility.NOT_ELIGIBLE: ngettext("{n} not eligible", "{n} not eligible", count),
        Eligibility.TO_CHECK: ngettext("{n} to check", "{n} to check", count),
        Eligibility.NOT_SENT: ngettext("{n} not sent", "{n} not sent", count),
        Eligibility.NOT_IN_EXPORT: ngettext("{n} not in the export", "{n} not in the export", count),
        Eligibility.ELIGIBLE: ngettext("{n} eligible", "{n} eligible", count),
    }
    return words[state].format(n=count)


def states_word(state: Eligibility) -> str:
    """The state of several students, "non envoyés" in French: what a filter narrows the board to."""
    words = {
        Eligibility.NOT_ELIGIBLE: pgettext("students", "not eligible"),
        Eligibility.TO_CHECK: pgettext("students", "to check"),
        Eligibility.NOT_SENT: pgettext("students", "not sent"),
        Eligibility.NOT_IN_EXPORT: pgettext("students", "not in the export"),
        Eligibility.ELIGIBLE: pgettext("students", "eligible"),
    }
    return words[state]


def state_symbol(state: Eligibility, *, ascii_only: bool = False) -> str:
    """One character; never shown without its word or its place on a labelled line."""
    return _SYMBOLS[state][ascii_only]


def dots(count: int, wanted: int, *, ascii_only: bool = False) -> str:
    """Progress toward the rule, `●●●○○`; never longer than the rule asks."""
    full, empty = ("#", "-") if ascii_only else ("●", "○")
    reached = min(count, wanted)
    return full * reached + empty * (wanted - reached)


def day_words(day: date, today: date) -> str:
    """A day as short as it can be without doubt: "12 March", with the year when it is another one.

    French says "1er" of the first of a month.
    """
    month = _(_MONTHS[day.month - 1])
    words = _("1 {month}").format(month=month) if day.day == 1 else f"{day.day} {month}"
    # In autumn "12 mars" can only be last spring; a year apart it needs saying.
    return words if abs((today - day).days) < 330 else f"{words} {day.year}"


def weekday_words(day: date) -> str:
    """The day of the week in a few letters, as a line begins with it: "Jeu." in French."""
    return _(_WEEKDAYS[day.weekday()])


def iso_day_words(text: str, today: date) -> str:
    """The day that a file writes as "2026-03-12", as `day_words` has it; else the text itself."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return shown(text, 20)
    return day_words(day, today)


def time_and_day(moment: datetime, now: datetime, *, says_today: bool = False) -> tuple[str, str]:
    """The time in the room, and the day; the day is empty where it is today, unless `says_today`."""
    moment, today = in_room(moment), room_day(now)
    is_told = says_today or moment.date() != today
    return f"{moment:%H:%M}", day_words(moment.date(), today) if is_told else ""


def moment_words(moment: datetime, now: datetime) -> str:
    """A time today, a day otherwise: for a column. In a sentence use one of the three below."""
    time, day = time_and_day(moment, now)
    return day or time


def at_words(moment: datetime, now: datetime, *, in_full: bool = False) -> str:
    """When, whole: "at 09:30" today, "on 12 March" otherwise; with `in_full`, its time on other days too."""
    time, day = time_and_day(moment, now)
    if not day:
        return _("at {time}").format(time=time)
    return _("on {day} at {time}").format(day=day, time=time) if in_full else _("on {day}").format(day=day)


def from_words(moment: datetime, now: datetime, *, in_full: bool = False) -> str:
    """A moment behind "since", "before" or "end": "09:30" today, "12 March" otherwise.

    French says "le 12 mars" there; `in_full` as above.
    """
    time, day = time_and_day(moment, now)
    if not day:
        return time
    if in_full:
        return pgettext("since", "{day} at {time}").format(day=day, time=time)
    return pgettext("since", "{day}").format(day=day)


def until_words(moment: datetime, now: datetime, *, in_full: bool = False) -> str:
    """How long something lasts or is possible: "until 09:30" today, "until 12 March" otherwise."""
    time, day = time_and_day(moment, now)
    if not day:
        return _("until {time}").format(time=time)
    words = _("until {day} at {time}") if in_full else _("until {day}")
    return words.format(day=day, time=time)


def full_moment_words(moment: datetime, now: datetime) -> str:
    """A time today, a day and a time otherwise."""
    time, day = time_and_day(moment, now)
    return _("{day}, {time}").format(day=day, time=time) if day else time


def sent_words(sent_at: str | None, now: datetime, *, in_full: bool = False) -> str:
    """When a profile was sent: a time today, a day otherwise, nothing where it is unknown.

    `in_full`: with its time on other days too, where the export has one.
    """
    if sent_at is None:
        return ""
    try:
        moment = datetime.fromisoformat(sent_at)
    except ValueError:
        return shown(sent_at, 16)
    # A day alone is no midnight: show the day even when it is today's.
    if len(sent_at) <= 10:
        return day_words(moment.date(), room_day(now))
    return full_moment_words(moment, now) if in_full else moment_words(moment, now)


def sent_at_words(sent_at: str | None, now: datetime) -> str:
    """The same in a sentence: "at 10:14", "on 12 March"; nothing where it is unknown."""
    if sent_at is None:
        return ""
    try:
        moment = datetime.fromisoformat(sent_at)
    except ValueError:
        return shown(sent_at, 16)
    day = day_words(moment.date(), room_day(now))
    return _("on {day}").format(day=day) if len(sent_at) <= 10 else at_words(moment, now)


def figures_words(text: str) -> str:
    """A date of a file as people write it, "2026-03-19T08:45" as "19/03/2026 08:45"; else the text itself."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return shown(text, 40)
    return f"{moment:%d/%m/%Y}" if len(text) <= 10 else f"{moment:%d/%m/%Y %H:%M}"


def dated_words(sent_at: str) -> str:
    """The same in a sentence that is read elsewhere, and perhaps another year: "on 19/03/2026 at 08:45"."""
    day, _blank, time = figures_words(sent_at).partition(" ")
    if not re.fullmatch(r"\d\d/\d\d/\d{4}", day):
        return figures_words(sent_at)
    return _("on {day} at {time}").format(day=day, time=time) if time else _("on {day}").format(day=day)


def half_up(number: float) -> int:
    """The nearest whole number, halves away from zero as people round them: 12.5 gives 13."""
    # Rounded first: 0.285 of a hundred is 28.499999999999996 for the machine.
    whole = math.floor(round(abs(number), 6) + 0.5)
    return whole if number >= 0 else -whole


def number_words(number: float) -> str:
    """A number as it is written in the language in use: "0,1" and "100 000" in French; no needless ".0"."""
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    whole, point, rest = f"{number:,}".partition(".")
    grouped = whole.replace(",", _("1,000")[1:-3] if abs(number) >= 10_000 else "")
    return grouped + (_("0.5")[1] + rest if point else "")


def state_at_words(moment: datetime, now: datetime) -> str:
    """Of which moment a board of the past is: "at 10:14" today, "of 12 March at 10:14" otherwise."""
    time, day = time_and_day(moment, now)
    return _("of {day} at {time}").format(day=day, time=time) if day else _("at {time}").format(time=time)


def exported_words(moment: datetime, now: datetime) -> str:
    """Of which moment an export is: "export of 10:14" today, "export of 12 March at 10:14" otherwise."""
    time, day = time_and_day(moment, now)
    if not day:
        return _("export of {time}").format(time=time)
    return _("export of {day} at {time}").format(day=day, time=time)


def span_words(span: timedelta) -> str:
    """A length of time to the minute, "3 min", "2 h 05", "4 d"."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    if minutes < 24 * 60:
        return _("{h} h {m:02}").format(h=minutes // 60, m=minutes % 60)
    return ngettext("{n} day", "{n} days", minutes // 1440).format(n=minutes // 1440)


def age_words(moment: datetime, now: datetime) -> str:
    """How long ago, "il y a 3 min"; "à l’instant" under a minute."""
    if now - moment < timedelta(minutes=1):
        return _("just now")
    return _("{span} ago").format(span=span_words(now - moment))


def export_words(newest_export_at: datetime | None, now: datetime, *, has_stamp: bool = True) -> str:
    """The age of the board: "export de 10:14, il y a 3 min".

    Without Pix's stamp the time is that of the file, and said to be.
    """
    if newest_export_at is None:
        return _("no export yet")
    words = f"{exported_words(newest_export_at, now)}, {age_words(newest_export_at, now)}"
    return words if has_stamp else _("{export} (dated by the file)").format(export=words)


def gap_words(gap: Gap, *, with_name: bool = False) -> str:
    """One competence short of the level: "2.2 −1", or "2.2 Partager (1 pix)" with its short name."""
    if not with_name:
        return f"{gap.competence} −{gap.pix_missing}"
    pix = _("{n} pix").format(n=gap.pix_missing)
    return f"{gap.competence} {BY_CODE[gap.competence].short_name} ({pix})"


def nearest_words(nearest: Sequence[Gap], most: int, *, with_name: bool = False) -> str:
    """The `most` nearest competences with the pix that are short."""
    glue = ", " if with_name else "  "
    return glue.join(gap_words(gap, with_name=with_name) for gap in nearest[:most])


def delta_words(delta: Delta, *, ascii_only: bool = False) -> str:
    """What changed since the export before: "▲ +1 comp. +12 pix"."""
    arrow = ("v" if ascii_only else "▼") if delta.is_loss else ("^" if ascii_only else "▲")
    parts = [arrow]
    if delta.competences:
        parts.append(_("{n:+} comp.").format(n=delta.competences))
    if delta.pix:
        parts.append(_("{n:+} pix").format(n=delta.pix))
    return " ".join(parts).replace("-", "−") if not ascii_only else " ".join(parts)


_CHANGES = {
    ChangeKind.BECAME_ELIGIBLE: N_("{who} is now eligible ({before} → {after})"),
    ChangeKind.NO_LONGER_ELIGIBLE: N_("{who} is no longer eligible ({before} → {after})"),
    ChangeKind.PROFILE_SENT: N_("{who} sent a profile (competences: {after})"),
    ChangeKind.TO_CHECK: N_("{who} is to be checked"),
    ChangeKind.PROGRESSED: N_("{who} moves forward ({before} → {after})"),
    ChangeKind.REGRESSED: N_("{who} moves back ({before} → {after})"),
    ChangeKind.ARRIVED: N_("{who} joins the board"),
    ChangeKind.LEFT: N_("{who} is no longer in the export and leaves the board"),
    ChangeKind.CHANGED_CLASS: N_("{who} changes class ({before} → {after})"),
}


def change_sentence(change: Change) -> str:
    """One line of the log of changes, without its time; fit to be painted."""
    who = f"{shown(change.last_name)} {shown(change.first_name)}".strip() or "—"
    after = change.after or ""
    if change.kind is ChangeKind.BECAME_ELIGIBLE and not change.before and after.isdecimal():
        words = ngettext(  # there is nothing to compare with
            "{who} is now eligible ({after} competence)",
            "{who} is now eligible ({after} competences)",
            int(after),
        )
    else:
        words = _(_CHANGES[change.kind])
    return words.format(who=who, before=shown(change.before or "—"), after=shown(change.after or "—"))


def change_time(change: Change, now: datetime, *, in_full: bool = False) -> str:
    """When it happened; with `in_full`, a time on other days too."""
    at = change_moment(change)
    return full_moment_words(at, now) if in_full else moment_words(at, now)


def change_moment(change: Change) -> datetime:
    """When it happened: the send if it was that day, else the export that told it."""
    if change.sent_at and len(change.sent_at) > 10 and change.sent_at[:10] == f"{change.at:%Y-%m-%d}":
        return datetime.fromisoformat(change.sent_at)
    return change.at


def hidden_words(hidden: Iterable[HiddenCampaigns]) -> str:
    """Which campaigns are kept off the board and why, in one line; empty where none is."""
    return " · ".join(map(_hidden_words, hidden))


def _hidden_words(hidden: HiddenCampaigns) -> str:
    count = len(hidden.campaigns)
    if hidden.reason is HiddenReason.EARLIER_YEAR:
        words = ngettext(
            "{n} campaign of an earlier year hidden", "{n} campaigns of earlier years hidden", count
        )
        return words.format(n=count)
    words = ngettext(
        "{n} campaign of another organisation hidden: {names}",
        "{n} campaigns of other organisations hidden: {names}",
        count,
    )
    return words.format(n=count, names=", ".join(shown(name) for name in hidden.organisations))
