"""Two entries of two lists in words: who they are, what they have in common, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest
from typing import NamedTuple

from textual.content import Content

from pixsession.domain.board.wording import iso_day_words, moment_words
from pixsession.domain.people.matches import Decided, OpenDoubt, PersonLabel, Suggestion
from pixsession.domain.people.students import name_key, place_key
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.common.line import cut, cut_middle, justified
from pixsession.ui.common.symbols import Symbols

_SAME_AS = {None: " ", True: "=", False: "≠"}
_SAME_AS_ASCII = {None: " ", True: "=", False: "/"}
_COLOURS = {None: "$board-calm", True: "$state-eligible", False: "bold $state-to-check"}
_SENTENCE = 300  # letters of a reason


class _Row(NamedTuple):
    """One field of two people, fit to be painted; `same` is None where one of them is unknown."""

    label: str
    left: str
    right: str
    same: bool | None = None
    most_lines: int = 1


def person_words(person: PersonLabel, symbols: Symbols) -> Content:
    """Name and class, fit to be painted."""
    name = f"{shown(person.last_name)} {shown(person.first_name)}".strip() or "—"
    place = f" {symbols.point} {shown(person.place)}" if person.place else ""
    return Content.assemble((name, "bold"), (place, "$board-calm"))


def doubt_lines(
    doubt: OpenDoubt, candidate: Suggestion, width: int, symbols: Symbols, *, first: bool, twins: bool
) -> Content:
    """A candidate; above the first one, the person in doubt. `twins`: the names need birth dates."""
    perhaps = Content.styled(f"   {_('perhaps')} ", "$board-calm")
    line = _with_list(candidate.person, width - perhaps.cell_length, symbols, twins=twins)
    if not first:
        return perhaps + line
    head = Content.styled("? ", "bold $state-to-check")
    return Content("\n").join(
        [head + _with_list(doubt.person, width - 2, symbols, twins=twins), perhaps + line]
    )


def _with_list(person: PersonLabel, width: int, symbols: Symbols, *, twins: bool) -> Content:
    words = person_words(person, symbols)
    if twins and person.birth_date:
        words += Content.styled(
            f" {symbols.point} {iso_day_words(person.birth_date, date.min)}", "$board-calm"
        )
    room = max(12, width - min(words.cell_length, width * 2 // 3) - 2)
    listed = Content.styled(cut_middle(shown(person.listed_in), room, symbols.cut), "$board-calm")
    return justified(words, listed, width, symbols.cut)


def decided_line(decided: Decided, now: datetime, width: int, symbols: Symbols) -> Content:
    """One decision: same or different, who, when."""
    if decided.same:
        head = Content.styled(f"{'+' if symbols.ascii_only else '✔'} {_('same')}", "$state-eligible")
    else:
        head = Content.styled(f"{'/' if symbols.ascii_only else '≠'} {_('different')}", "$state-to-check")
    margin = 2 + max(len(_(word)) for word in (N_("same"), N_("different"))) + 2
    head += " " * max(0, margin - head.cell_length)
    when = Content.styled(_when(decided.at, now), "$board-calm")
    room = width - margin - when.cell_length - 2
    between = "  =  " if decided.same else "  /  " if symbols.ascii_only else "  ≠  "
    side = max(8, (room - len(between)) // 2)
    who = person_words(decided.person, symbols), person_words(decided.other, symbols)
    # Where one name is short the other has its room.
    first = cut(who[0], max(side, room - len(between) - who[1].cell_length), symbols.cut)
    second = cut(who[1], max(8, room - len(between) - first.cell_length), symbols.cut)
    return head + justified(Content.assemble(first, (between, "$board-calm"), second), when, width - margin)


def pair_detail(
    person: PersonLabel, other: PersonLabel, why: tuple[str, tuple[str, ...]], width: int, symbols: Symbols
) -> Content:
    """Side by side, a field a row with its sign: `=` the same, `≠` not, nothing where one is unknown."""
    rows = (
        _Row("", shown(person.listed_in), shown(other.listed_in)),
        _name_row(_("Name"), *(shown(one.last_name) for one in (person, other))),
        _name_row(_("First name"), *(shown(one.first_name) for one in (person, other))),
        _Row(_("Class"), shown(person.place or ""), shown(other.place or ""), _same_place(person, other)),
        _Row(_("Born"), *_births(person, other)),
    )
    margin = max(len(label) for label in (*(row.label for row in rows), why[0])) + 2
    lines = [
        line for row in rows if row.left or row.right for line in _side_by_side(row, width, margin, symbols)
    ]
    for number, reason in enumerate(why[1]):
        for turn, line in enumerate(Content(shown(reason, _SENTENCE)).wrap(max(10, width - margin))):
            head = Content.styled(("" if number + turn else why[0]).ljust(margin), "$board-calm")
            lines.append(head + line)
    return Content("\n").join(lines)


def _side_by_side(row: _Row, width: int, margin: int, symbols: Symbols) -> Iterator[Content]:
    side = max(8, (width - margin - 3) // 2)
    style = _COLOURS[row.same] if row.same is False else "" if row.label else "$board-calm"
    sign = (_SAME_AS_ASCII if symbols.ascii_only else _SAME_AS)[row.same]
    texts = [_wrapped(text, side, row.most_lines, symbols, style) for text in (row.left, row.right)]
    for number, (one, two) in enumerate(zip_longest(*texts, fillvalue=Content(""))):
        yield Content.assemble(
            (("" if number else row.label).ljust(margin), "$board-calm"),
            one,
            " " * (side - one.cell_length + 1),
            (" " if number else sign, _COLOURS[row.same]),
            " ",
            two,
        )


def _wrapped(text: str, width: int, most: int, symbols: Symbols, style: str) -> list[Content]:
    content = Content.styled(text or "—", style)
    if most == 1:
        return [Content.styled(cut_middle(content.plain, width, symbols.cut), style)]
    lines = list(content.wrap(width))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(Content(" ").join(lines[most - 1 :]), width, symbols.cut)]


def _name_row(label: str, one: str, other: str) -> _Row:
    keys = name_key(one), name_key(other)
    return _Row(label, one, other, keys[0] == keys[1] if all(keys) else None, most_lines=2)


def _same_place(one: PersonLabel, other: PersonLabel) -> bool | None:
    return place_key(one.place) == place_key(other.place) if one.place and other.place else None


def _births(one: PersonLabel, other: PersonLabel) -> tuple[str, str, bool | None]:
    mine, theirs = one.birth_date or "", other.birth_date or ""
    same = mine == theirs if mine and theirs else None
    return iso_day_words(mine, date.min), iso_day_words(theirs, date.min), same


def _when(at: str, now: datetime) -> str:
    try:
        return moment_words(datetime.fromisoformat(at), now)
    except ValueError:
        return shown(at, 16)


def counts_words(doubts: int, decisions: int) -> str:
    """How much is left to decide, and how much was."""
    parts = []
    if doubts:
        parts.append(ngettext("{n} doubt to settle", "{n} doubts to settle", doubts).format(n=doubts))
    if decisions:
        parts.append(ngettext("{n} decision made", "{n} decisions made", decisions).format(n=decisions))
    return ", ".join(parts)


def decided_words(decided: Decided, now: datetime) -> str:
    """A decision as a sentence, with the way back."""
    words = _("the same student") if decided.same else _("two different students")
    return _("{words} ({when}); z takes it back").format(words=words, when=_when(decided.at, now))
