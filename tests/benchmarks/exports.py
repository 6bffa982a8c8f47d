"""Exports for the measurements: one campaign, exported again and again while students send new profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from tests.factories.samples import ExportFile, Generation, big_export

CHANGED = 20
# The moment and the total of a profile sent, before the two columns that are Pix's own verdict.
_SENT = re.compile(r'(;"\d\d/\d\d/\d{4} \d\d:\d\d";)(\d+)(;"(?:Oui|Non)";\d+;)')
_STAMP = re.compile(r"\d{4}-\d\d-\d\d-\d{4}")


def exports(students: int, *, seed: int = 7, at_once: bool = False) -> Iterator[tuple[str, bytes]]:
    """Name and content of one export after the other, a minute apart.

    In each, twenty students have sent another profile, a minute before: nothing of it was ever read.
    `at_once`: all at the minute of the first one, so that the panel beside the board does not grow by them.
    """
    first = big_export(students, seed, Generation.PARIS_MINUTES)
    header, *lines = first.content.decode().splitlines()
    sent = [number for number, line in enumerate(lines) if _SENT.search(line)]
    changing = sent[:: max(1, len(sent) // CHANGED)][:CHANGED]
    for number in count():
        seen = list(lines)
        for place in changing:
            again = _with_more_pix(lines[place], number)
            seen[place] = again if at_once else _sent_at(again, first.exported_at, number)
        yield _name(first, number), "\n".join([header, *seen, ""]).encode()


def _with_more_pix(line: str, more: int) -> str:
    return _SENT.sub(lambda found: f"{found[1]}{int(found[2]) + more}{found[3]}", line, count=1)


def _sent_at(line: str, first_at: datetime, number: int) -> str:
    """The line as sent a minute before the export of this number; in the first one as it was."""
    at = first_at + timedelta(minutes=number - 1)
    moment = f';"{at:%d/%m/%Y %H:%M}";'
    return _SENT.sub(lambda found: f"{moment}{found[2]}{found[3]}", line, count=1) if number else line


def _name(first: ExportFile, number: int) -> str:
    moment = first.exported_at + timedelta(minutes=number)
    return _STAMP.sub(f"{moment:%Y-%m-%d-%H%M}", first.name)
