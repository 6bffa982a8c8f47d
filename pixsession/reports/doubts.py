"""Who may be whom, as plain text: the doubts that the screen shows, for SSH and screen readers."""

from __future__ import annotations

from pixsession.domain.display import shown
from pixsession.domain.matching import Decided, OpenDoubt, PersonLabel
from pixsession.i18n import _, ngettext


def doubts_text(doubts: tuple[OpenDoubt, ...], decisions: tuple[Decided, ...]) -> str:
    """Every open doubt with its candidates and why, then what was decided; ends with a line break."""
    lines = [_doubt_count(len(doubts))]
    for doubt in doubts:
        lines += ["", f"? {_person(doubt.person)}"]
        for candidate in doubt.candidates:
            reasons = ", ".join(map(shown, candidate.reasons))
            lines.append(f"  - {_person(candidate.person)}: {reasons}")
    if doubts:
        lines += ["", _("To decide: pixsession watch, then the key r.")]
    if decisions:
        lines += ["", _("Decided:"), *map(_decision, decisions)]
    return "\n".join(lines) + "\n"


def _doubt_count(count: int) -> str:
    if not count:
        return _("No doubt: every student is recognised.")
    words = ngettext("{n} doubt: one student or two?", "{n} doubts: one student or two?", count)
    return words.format(n=count)


def _person(person: PersonLabel) -> str:
    name = f"{shown(person.last_name)} {shown(person.first_name)}".strip() or "—"
    told = [shown(text) for text in (person.place, person.birth_date, person.listed_in) if text]
    return f"{name} ({', '.join(told)})" if told else name


def _decision(decided: Decided) -> str:
    words = _("{one} and {other}: the same student") if decided.same else _("{one} and {other}: two students")
    return "  " + words.format(one=_person(decided.person), other=_person(decided.other))
