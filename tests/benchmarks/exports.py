"""Exports for the measurements: one campaign, exported again and again while students send new profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from tests.factories.samples import ExportFile, Generation, big_export

CHANGED = 20
# The moment and the total of a profile sent, before the two columns that are Pix's own verdict.
_SENT = re.compile(r';"\d\d/\d\d/\d{4} \d\d:\d\d";(\d+);("(?:Oui|Non)";\d+;)')
_STAMP = re.compile(r"\d{4}-\d\d-\d\d-\d{4}")


def exports(students: int, *, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """Name and content of one export after the other, a minute apart.

    In each, twenty students have sent another profile, a minute before: nothing of it was ever read.
    """
    first = big_export(students, seed, Generation.PARIS_MINUTES)
    header, *lines = first.content.decode().splitlines()
    sent = [number for number, line in enumerate(lines) if _SENT.search(line)]
    changing = sent[:: max(1, len(sent) // CHANGED)][:CHANGED]
    for number in count():
        seen = list(lines)
        for place in changing:
            seen[place] = _sent_again(lines[place], first.exported_at, number) if number else lines[place]
        yield _name(first, number), "\n".join([header, *seen, ""]).encode()


def _sent_again(line: str, first_at: datetime, number: int) -> str:
    sent_at = first_at + timedelta(minutes=number - 1)
    return _SENT.sub(
        lambda found: f';"{sent_at:%d/%m/%Y %H:%M}";{int(found[1]) + number};{found[2]}', line, count=1
    )


def _name(first: ExportFile, number: int) -> str:
    moment = first.exported_at + timedelta(minutes=number)
    return _STAMP.sub(f"{moment:%Y-%m-%d-%H%M}", first.name)
