"""Whether a computer is fit for a board: what a user sends when asking for help, without a name in it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from pixsession.domain.certification.opening import OpeningLine
from pixsession.foundation.i18n import _, ngettext


class Health(IntEnum):
    """How well one thing is; the worst of all is the status of the command."""

    GOOD = 0
    ODD = 1  # it works, and somebody should look
    BAD = 2


class Finding(NamedTuple):
    """One thing that was looked at."""

    topic: str
    words: str
    health: Health = Health.GOOD


_MARKS = {
    Health.GOOD: ("✔", "+"),
    Health.ODD: ("?", "?"),
    Health.BAD: ("✖", "x"),
}


def health_text(findings: Iterable[Finding], *, ascii_only: bool) -> str:
    """A line each, ending with a line break."""
    listed = list(findings)
    width = max((len(one.topic) for one in listed), default=0)
    lines = (f"{_MARKS[one.health][ascii_only]} {one.topic:<{width}}  {one.words}" for one in listed)
    return "\n".join(lines) + "\n"


def opening_findings(lines: Iterable[OpeningLine]) -> list[Finding]:
    """The opening check of a session; what names a file, a room or a school is only counted."""
    listed = list(lines)
    topic = _("session")
    found = [
        Finding(topic, line.words, Health.ODD if line.is_trouble else Health.GOOD)
        for line in listed
        if not line.names
    ]
    if named := sum(line.names for line in listed):
        words = ngettext(
            "{n} more remark, with names: pixsession check --session FILE",
            "{n} more remarks, with names: pixsession check --session FILE",
            named,
        )
        found.append(Finding(topic, words.format(n=named), Health.ODD))
    return found
