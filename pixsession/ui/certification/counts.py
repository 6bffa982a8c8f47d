"""The counts of a session: what students need, each count a filter with its key, and who nobody has seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.content import Content

from pixsession.domain.certification.day import Alert, DayState, DayView
from pixsession.domain.certification.words import counted_state_of, day_states_word
from pixsession.foundation.i18n import _, ngettext, pgettext
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import Filters, View
from pixsession.ui.certification.columns import short_count
from pixsession.ui.certification.filters import GROUP_CALLS
from pixsession.ui.certification.groups import GROUP_KEYS, MISSING_KEY, DayGroup
from pixsession.ui.certification.symbols import ALERT_COLOURS, DAY_COLOURS, call_symbol
from pixsession.ui.common.line import clickable
from pixsession.ui.common.symbols import Symbols

_NUMBER, _SHORT, _FULL = 0, 1, 2
_CALM = (DayGroup.ABSENT, DayGroup.TO_START, DayGroup.RUNNING, DayGroup.FINISHED)
# Someone has to do something for them; the most pressing first, and it keeps its words longest.
_PRESSING = tuple(group for group in DayGroup if group not in _CALM)


class _Form(NamedTuple):
    """How much is said, on how many lines: words of the groups, those at zero, the total."""

    words: int
    calm: int
    spoken: int = len(_PRESSING)  # so many of the pressing groups that somebody is in have words
    zeros: bool = False
    gap: int = 2
    total: bool = False
    lines: int = 1


# The first that fits is taken: calm counts lose their words first, then a second line is begun, and only
# where three do not hold them do the groups that press least lose theirs.
_FORMS = (
    _Form(_FULL, _FULL, zeros=True, gap=3, total=True),
    _Form(_FULL, _FULL, total=True),
    _Form(_SHORT, _SHORT),
    _Form(_FULL, _NUMBER, total=True),
    _Form(_FULL, _NUMBER),
    *(_Form(_SHORT, _NUMBER, gap=gap) for gap in (2, 1)),
    *(_Form(_SHORT, calm, lines=lines) for lines in (2, 3) for calm in (_SHORT, _NUMBER)),
    *(_Form(_SHORT, _NUMBER, spoken, gap=1, lines=3) for spoken in range(len(_PRESSING), 0, -1)),
    _Form(_NUMBER, _NUMBER),
    _Form(_NUMBER, _NUMBER, gap=1),
)


class _Counts(NamedTuple):
    """What is counted, how it is narrowed, and how it is written."""

    view: View
    wanted: Filters
    symbols: Symbols
    day: DayView


def day_counts_content(view: View, wanted: Filters, width: int, symbols: Symbols, day: DayView) -> Content:
    """All the words where there is room, then shorter ones, of what presses on three lines at most."""
    counts = _Counts(view, wanted, symbols, day)
    for form in _FORMS[:-1]:
        lines = _lines(counts, form, width)
        if len(lines) <= form.lines and all(line.cell_length <= width for line in lines):
            return Content("\n").join(lines)
    return Content(" ").join(_lines(counts, _FORMS[-1], width))


def _lines(counts: _Counts, form: _Form, width: int) -> list[Content]:
    """The counts with as many on a line as fit there."""
    pills = [*_pills(_PRESSING, counts, form)]
    calm = [*_pills(_CALM, counts, form)]
    if counts.view.missing or counts.wanted.missing:
        calm.append(_missing(counts.view.missing, form, chosen=counts.wanted.missing))
    if pills and calm:
        calm[0] = Content.assemble(("|", "$board-calm"), " " * form.gap, calm[0])
    lines: list[Content] = []
    for pill in (*pills, *calm):
        longer = Content.assemble(lines[-1], " " * form.gap, pill) if lines else None
        if longer is not None and longer.cell_length <= width:
            lines[-1] = longer
        else:
            lines.append(Content.assemble(" ", pill))
    if form.total:
        words = ngettext("{n} student", "{n} students", counts.view.total).format(n=counts.view.total)
        total = Content.styled(f" {counts.symbols.point} {words}", "dim")
        lines = [*lines[:-1], Content.assemble(*lines[-1:], total)]
    return lines


def _pills(groups: tuple[DayGroup, ...], counts: _Counts, form: _Form) -> Iterator[Content]:
    """Those that somebody is in, and the one that is filtered on."""
    spoken, chosen = 0, counts.wanted.state
    for group in groups:
        calls = [call for call in GROUP_CALLS[group] if counts.view.counts.get(call)]
        if calls or form.zeros or chosen is group:
            length = form.calm if groups is _CALM else form.words if spoken < form.spoken else _NUMBER
            yield _pill(group, calls, counts, length, chosen=chosen is group)
            spoken += 1


def _pill(
    group: DayGroup, calls: list[DayState | Alert], counts: _Counts, length: int, *, chosen: bool
) -> Content:
    """The key of a group, and each of its states that somebody is in."""
    action = f"app.filter('group', '{'all' if chosen else group}')"
    parts = [clickable(GROUP_KEYS[group], action, "bold $accent" if chosen else "$accent")]
    for call in calls or GROUP_CALLS[group][:1]:
        count = counts.view.counts.get(call, 0)
        words = (str(count), _short(call, count, counts.day), _full(call, count, counts.day))[length]
        symbol = call_symbol(call, ascii_only=counts.symbols.ascii_only)
        text = f"{symbol} {words}" if length else f"{symbol}{words}"
        colour = ALERT_COLOURS[call] if isinstance(call, Alert) else DAY_COLOURS[call]
        colour = colour if count or chosen else "$board-calm"
        style = f"bold {colour} reverse" if chosen else f"bold {colour}" if count else colour
        parts += [clickable(" ", action), clickable(text, action, style)]
    return Content.assemble(*parts)


def _short(call: DayState | Alert, count: int, day: DayView) -> str:
    return _full(call, count, day) if isinstance(call, Alert) else short_count(call, count, day)


def _full(call: DayState | Alert, count: int, day: DayView) -> str:
    if not isinstance(call, Alert):
        return counted_state_of(call, count, day)
    words = {
        Alert.INCIDENT: ngettext("{n} incident", "{n} incidents", count),
        Alert.FALLEN: ngettext("{n} fallen", "{n} fallen", count),
        Alert.DOUBT: ngettext("{n} in doubt", "{n} in doubt", count),
        Alert.SEND_AGAIN: ngettext("{n} to send again", "{n} to send again", count),
    }
    return words[call].format(n=count)


def _missing(count: int, form: _Form, *, chosen: bool) -> Content:
    words = ngettext("{n} not seen yet", "{n} not seen yet", count)
    unseen = ngettext("{n} unseen", "{n} unseen", count)
    text = (str(count), unseen.format(n=count), words.format(n=count))[form.calm]
    action = "app.filter('missing')"
    style = "bold $foreground reverse" if chosen else "bold $foreground"
    return Content.assemble(
        clickable(MISSING_KEY, action, "bold $accent" if chosen else "$accent"),
        clickable(" ", action),
        clickable(text, action, style),
    )


def filter_words(wanted: Filters) -> list[str]:
    """What the board of a session is narrowed to."""
    words = []
    if isinstance(wanted.state, DayGroup):
        words.append(", ".join(dict.fromkeys(map(_several, GROUP_CALLS[wanted.state]))))
    if wanted.missing:
        words.append(_("not seen yet"))
    if wanted.room is not None:
        words.append(shown(wanted.room) or _("without a room"))
    return words


def _several(call: DayState | Alert) -> str:
    """The state of several students."""
    if not isinstance(call, Alert):
        return day_states_word(call)
    words = {
        Alert.INCIDENT: pgettext("students", "with an open incident"),
        Alert.FALLEN: pgettext("students", "running and not eligible any more"),
        Alert.DOUBT: pgettext("students", "running and to check"),
        Alert.SEND_AGAIN: pgettext("students", "in remediation"),
    }
    return words[call]
