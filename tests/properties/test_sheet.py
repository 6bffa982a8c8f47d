"""Whatever a name, a note or a file says: no formula in the table, no tag in the page, none in the text."""

from __future__ import annotations

import csv
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.domain.certification.day import (
    Action,
    ActionKind,
    Incident,
    Note,
    Pause,
    Presence,
    StudentDay,
    Who,
)
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import LANGUAGES, use_language
from pixsession.foundation.text import shown
from pixsession.readers.export import ExportKind
from pixsession.readers.kinds import kind_of
from pixsession.reports.render.csv import harmless_cell
from tests.factories.examples import examples
from tests.factories.exports import moment
from tests.factories.mornings import day_board, expectation, full_morning, session
from tests.factories.reached import reached
from tests.factories.sheet_forms import page_of, sheet_as, table_of
from tests.factories.snapshots import CAMPAIGN, row

HOSTILE = (
    "=1+1",
    "+33 6",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    '"=1',
    "'=1",
    "« =1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    "﹦1",
    "−5",
    "\xa0=1",
    "Lou,=1",
    'Lou, "=1',
    "Lou;=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x";"y")',
)
MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><b>',
    "&lt;i&gt;",
    "<!--",
    "]]>",
    "</style>",
)
CONTROLS = "\x1b[31m\x9b2J\u202ered\u200b\ud800\x07"


def test_the_table_has_one_line_a_student_with_every_fact() -> None:
    table = table_of(full_morning())
    assert len(table) == 20
    assert {column: text for column, text in table[3].items() if text} == {
        "Room": "Salle 12", "Last name called": "CHEVALIER", "First name called": "Adam", "Class": "3eA",
        "Presence": "present", "Noted at": "08:21", "Eligibility": "eligible", "Redirected at": "08:49",
        "Eligible again at": "09:31", "Start": "09:36", "Personal end": "11:21", "End": "11:01",
    }  # fmt: skip
    assert table[6]["Incidents"].startswith("09:05 E4 ")
    assert table[6]["Incident time (min)"] == "6"
    assert table[18]["Stopped at"] == "09:50"


def test_the_table_ends_its_lines_as_spreadsheets_do() -> None:
    text = sheet_as("csv", full_morning())
    assert text.count("\r\n") == 21
    assert "\n" not in text.replace("\r\n", "")
    assert text.encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_saved_in_the_folder_is_not_read_as_a_class_list(lang: str) -> None:
    use_language(lang)
    header = sheet_as("csv", full_morning())[1:].split("\r\n", 1)[0].replace('"', "").split(";")
    assert kind_of(header) is ExportKind.UNKNOWN


FORMULA = re.compile(r"[\s\"'«»]*[=+\-@−]")


def can_be_formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate this cell: an apostrophe before all else says it is text."""
    wide = unicodedata.normalize("NFKC", cell)
    return not cell.startswith("'") and (FORMULA.match(wide) is not None or cell[:1] in {"\t", "\r", "\n"})


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    day = StudentDay(
        Presence.PRESENT,
        notes=(Note(moment("08:40"), text),),
        incidents=(Incident(moment("08:41"), text, text),),
    )
    named = row(1, text, text, place=text)
    board = day_board([named], {1: day}, of=session(text), rooms={1: text})
    cells = list(table_of(board)[0].values())
    assert not [cell for cell in cells if can_be_formula(cell)]
    name = table_of(board)[0]["Last name called"]
    assert name.replace("'", "") == shown(text).replace("'", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_where_commas_separate(text: str) -> None:
    board = day_board([row(1, f"A {text}", text, place=text)], {})
    line = sheet_as("csv", board)[1:].split("\r\n")[1]
    for cell in next(csv.reader([line], delimiter=",")):
        first = cell.split(";")[0]
        assert not can_be_formula(first.strip('"'))


@pytest.mark.parametrize(
    "text", ["MARTIN", "L’HÉRITIER", "O'NEIL", "Anne-Lise", "3eA", "A, b", "", "— x", "08:40 - x"]
)
def test_calm_cells_stay_as_they_are(text: str) -> None:
    assert harmless_cell(text) == text


def hostile_board(text: str) -> Snapshot:
    """A board with the same text in every field that a file or a hand can fill."""
    day = StudentDay(
        Presence.LATE,
        moment("08:40"),
        moment("08:50"),
        pauses=(Pause(moment("08:50"), None, False, True),),
        incidents=(Incident(moment("08:41"), "C6", text), Incident(moment("08:42"), "E4", text)),
        notes=(Note(moment("08:43"), text),),
    )
    facts = expectation()
    assert facts.session is not None
    named = row(1, text, text, place=text, state=Eligibility.NOT_ELIGIBLE)._replace(
        expected=facts._replace(
            extra_time=1 / 3,
            session=facts.session._replace(site=text, number=text, invigilators=(text,)),
        ),
    )
    supervised = session(text, title=text)
    supervised = supervised._replace(
        remediation=supervised.remediation._replace(label=text, code=text), checklist=(text,)
    )
    campaign = CAMPAIGN._replace(name=text, code=text)
    files = (
        FileEntry(text, FileStatus.READ, "profiles", 1, None, campaign, moment("09:45")),
        FileEntry(text, FileStatus.REFUSED, "profiles", message=text),
    )
    actions = (
        Action("a", moment("08:40"), ActionKind.NOTE, (), text, text),
        Action("b", moment("08:41"), ActionKind.NOTE, (Who(("k",), text + "x", text, text),), None, text),
    )
    return day_board([named], {1: day}, of=supervised, rooms={1: text}, actions=actions, files=files)


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from((*HOSTILE, *MARKUP, CONTROLS, "Lou", " ")), max_size=4).map("".join),
)
# What the page looks like when the texts are harmless: the tags must be the same whatever they say.
CALM = page_of(hostile_board("Lou")).tags


@examples(50)
@given(TEXTS)
def test_any_text_gives_a_table_with_the_same_texts(text: str) -> None:
    board = hostile_board(text)
    rows = table_of(board)
    clean = shown(text)
    reached()
    assert rows[0]["Last name called"] == harmless_cell(clean)
    assert rows[0]["Last name called"].replace("'", "") == clean.replace("'", "")
    assert shown(text, 1000).replace("'", "") in rows[0]["Notes"].replace("'", "")
    assert not [cell for line in rows for cell in line.values() if can_be_formula(cell)]
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(rows[0].values())
    )


@examples(50)
@given(TEXTS)
def test_any_text_gives_a_page_in_which_it_is_only_text(text: str) -> None:
    board = hostile_board(text)
    page = page_of(board)
    reached()
    assert set(page.tags) <= set(CALM)
    assert page.tags.count("script") == 0
    if shown(text):
        reached()
        assert shown(text) in page.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", sheet_as("html", board))


@examples(50)
@given(TEXTS)
def test_any_text_gives_plain_lines(text: str) -> None:
    found = sheet_as("text", hostile_board(text))
    reached()
    assert found.endswith("\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", found)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_name_is_shown_and_not_obeyed(text: str) -> None:
    page = page_of(hostile_board(text))
    assert text in page.text
    assert page.tags == CALM


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    page = sheet_as("html", full_morning())
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in page
    assert not re.search(r"https?:|url\(|@import|<script|<link|<img|\bon\w+=", page)
