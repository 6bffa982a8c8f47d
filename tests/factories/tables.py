"""Tables of single kinds for the tests of their readers, without asking first what a file is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pixsession.readers.campaign.assessments import looks_like_assessment, read_assessment
from pixsession.readers.export import Contents, ExportKind, FileDescription
from pixsession.readers.recognise import Recognised, text_of
from pixsession.readers.results.reader import looks_like_results, read_results
from pixsession.readers.rows import table_of
from pixsession.readers.table import Table
from tests.factories.exports import MORNING


def table_in(
    content: bytes, encoding: str = "utf-8-sig", delimiter: str = ";", *, guessed: bool = False
) -> Table:
    """The table in these bytes, written like this."""
    recognised = Recognised(ExportKind.ASSESSMENT, encoding, delimiter, guessed, 0)
    return table_of(text_of(content, recognised), recognised)


def written(
    plain: Mapping[str, str],
    *lines: dict[str, str],
    without: tuple[str, ...] = (),
    labels: Mapping[str, str] | None = None,
) -> bytes:
    """A file of these lines, each what it changes of a plain one; `labels` are other texts of the header."""
    there = [label for label in plain if label not in without]
    rows = [[(labels or {}).get(label, label) for label in there]]
    rows += [[({**plain, **line})[label] for label in there] for line in lines]
    return "".join(";".join(row) + "\n" for row in rows).encode()


def described(
    name: str = "Resultats-Parcours-498731-2026-03-12-0945.csv", at: datetime = MORNING
) -> FileDescription:
    """A file of this name, whose name tells this time."""
    return FileDescription(name, at, True, at)


def assessment(
    content: bytes, encoding: str = "utf-8-sig", delimiter: str = ";", at: datetime = MORNING
) -> Contents:
    """What the reader of evaluations makes of these bytes, which look like one."""
    found = table_in(content, encoding, delimiter)
    assert looks_like_assessment(found.header)
    return read_assessment(found, described(at=at))


def results(content: bytes, name: str, encoding: str = "utf-8-sig", delimiter: str = ";") -> Contents:
    """What the reader of certification results makes of these bytes, which look like some."""
    found = table_in(content, encoding, delimiter)
    assert looks_like_results(found.header)
    return read_results(found, described(name))
