"""Who may be whom, as plain text and as JSON: the doubts that the screen shows, for SSH and for programs."""

from __future__ import annotations

import json
from typing import Any

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.people.matches import Decided, PersonLabel
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.reports.render.json import harmless
from pixsession.reports.text import hidden_campaigns

SCHEMA = "pixsession/match/1"


def doubts_text(snapshot: Snapshot) -> str:
    """Every open doubt with its candidates and why, then what was decided; ends with a line break.

    Files that were refused are named: what they hold is not compared.
    """
    if not snapshot.rows:
        return "\n".join([_("No student in the files of this folder."), *_refused(snapshot)]) + "\n"
    doubts, decisions = snapshot.doubts, snapshot.decisions
    lines = [_doubt_count(len(doubts)), *([hidden_campaigns(snapshot)] if snapshot.hidden else [])]
    for doubt in doubts:
        lines += ["", f"? {_person(doubt.person)}"]
        for candidate in doubt.candidates:
            reasons = ", ".join(map(shown, candidate.reasons))
            lines.append(f"  - {_person(candidate.person)}{_(': ')}{reasons}")
    if doubts:
        lines += ["", _("To decide: pixsession watch, then the key r.")]
    if decisions:
        lines += ["", _("Decided:"), *map(_decision, decisions)]
    if refused := _refused(snapshot):
        lines += ["", *refused]
    return "\n".join(lines) + "\n"


def doubts_json(snapshot: Snapshot) -> str:
    """The same as one JSON document, in UTF-8, ending with a line break; names as the files write them."""
    said = {
        "schema": SCHEMA,
        "folder": snapshot.folder,
        "doubts": [
            {
                "person": _told(doubt.person),
                "candidates": [
                    {
                        "person": _told(candidate.person),
                        "reasons": list(candidate.reasons),
                        "likeness": candidate.likeness,
                    }
                    for candidate in doubt.candidates
                ],
            }
            for doubt in snapshot.doubts
        ],
        "decisions": [
            {
                "person": _told(decided.person),
                "other": _told(decided.other),
                "same": decided.same,
                "at": decided.at,
            }
            for decided in snapshot.decisions
        ],
    }
    return harmless(json.dumps(said, ensure_ascii=False, indent=1)) + "\n"


def _told(person: PersonLabel) -> dict[str, Any]:
    told = person._asdict()
    del told["key"]
    return told


def _refused(snapshot: Snapshot) -> list[str]:
    return [
        _("{name}: {cause}").format(name=shown(entry.name), cause=shown(entry.message or ""))
        for entry in snapshot.files
        if entry.status is FileStatus.REFUSED
    ]


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
