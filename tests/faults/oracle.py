"""Who may be called eligible, read from a damaged file by means that share nothing with the readers."""

from __future__ import annotations

import re

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Eligibility

_OF_COMPETENCES = 32  # cells at the end of a line: sixteen levels, each before its pix
_SEPARATORS_IN_QUOTES = 2  # at most, in the names of the invented schools and campaigns
_LEAST = 5  # competences of level 1 or more: the rule of Pix


def wrongly_eligible(snapshot: Snapshot, content: bytes) -> list[str]:
    """The students called eligible of whom no line of the file says so.

    A line says so that holds both names and at least five cells of one digit above zero, where levels stand:
    every second one of the last. In a line that has not as many cells as the header any place will do. More
    lenient than any reader, in whatever encoding, so that what it refuses is surely wrong.
    """
    lines = _records(content.replace(b"\x00", b"").decode("latin-1").casefold())
    between = max(";,\t|", key=lines[0].count)
    # Between two separators that stand together a damaged line may have a cell more, anywhere.
    width = 0 if between * 2 in lines[0] else len(_cells(lines[0], between))
    return [
        f"{row.last_name} {row.first_name}"
        for row in snapshot.rows
        if row.verdict.eligibility is Eligibility.ELIGIBLE
        and not any(_says_so(line, between, width, row.last_name, row.first_name) for line in lines)
    ]


def sabotaged(snapshot: Snapshot) -> Snapshot:
    """The board with everybody eligible who is not: what an oracle with teeth must find wrong."""
    rows = [
        row._replace(verdict=row.verdict._replace(eligibility=Eligibility.ELIGIBLE))
        for row in snapshot.rows
        if row.verdict.eligibility is Eligibility.NOT_ELIGIBLE
    ]
    return snapshot._replace(rows=tuple(rows))


def _records(text: str) -> list[str]:
    """The lines of a file, with those besides that a line end inside quotes has cut in two."""
    lines = re.split(r"[\r\n]+", text)
    joined, opened = [], ""
    for line in lines:
        is_odd = line.count('"') % 2 == 1
        if is_odd and opened:
            joined.append(opened + line)
        opened = line if is_odd and not opened else ""
    return [*lines, *joined]


def _says_so(line: str, between: str, width: int, last_name: str, first_name: str) -> bool:
    if not all(re.search(_in_any_encoding(name), line) for name in (last_name, first_name)):
        return False
    cells = _cells(line, between)
    if width <= len(cells) <= width + _SEPARATORS_IN_QUOTES:
        cells = cells[-_OF_COMPETENCES:][::2]
    return sum(cell in set("12345678") for cell in cells) >= _LEAST


def _cells(line: str, between: str) -> list[str]:
    return [cell.strip("\"' ") for cell in re.split(f"{re.escape(between)}+", line)]


def _in_any_encoding(name: str) -> str:
    """A pattern that takes anything for what is no plain letter: each encoding writes it otherwise.

    One wild card for all that stand together: one for each of them would try every way to share a line out.
    """
    return re.sub("[^a-z]+", lambda others: f".{{0,{6 * len(others[0])}}}?", name.casefold())
