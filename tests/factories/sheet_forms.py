"""The forms of the hand-over sheet read back, as a spreadsheet and a browser do."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from html.parser import HTMLParser

from pixsession.domain.board.snapshot import Snapshot
from pixsession.reports.certification.sheet import COLUMNS
from pixsession.reports.lesson.facts import Submissions
from pixsession.reports.render import rendered
from pixsession.reports.sheets import NO_SUBMISSIONS, session_sheet
from tests.factories.mornings import SHEET_AT


def sheet_as(
    form: str, board: Snapshot, now: datetime = SHEET_AT, submissions: Submissions = NO_SUBMISSIONS
) -> str:
    return rendered(session_sheet(board, now, submissions), form)


def table_of(board: Snapshot) -> list[dict[str, str]]:
    text = sheet_as("csv", board)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))
    assert all(len(cells) == len(COLUMNS) for cells in rows)
    assert rows[0] == list(COLUMNS)
    return [dict(zip(COLUMNS, cells, strict=True)) for cells in rows[1:]]


class Page(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.odd: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.tags += [f"{tag} {name}" for name, _value in attributes]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.odd.append(tag)

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page_of(board: Snapshot) -> Page:
    page = Page(sheet_as("html", board))
    assert not page.open
    assert not page.odd
    return page
