"""The hand-over sheet: every fact of the day on paper, in a table, in text; and nothing a name could do."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.day import Action, ActionKind, Incident, Note, Pause, Presence, StudentDay, Who
from pixsession.domain.display import shown
from pixsession.domain.eligibility import Eligibility
from pixsession.domain.session import SessionKind
from pixsession.domain.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.i18n import LANGUAGES, use_language
from pixsession.readers.export import ExportKind
from pixsession.readers.kinds import kind_of
from pixsession.reports.sheet import NoSession
from pixsession.reports.sheet_csv import COLUMNS, harmless_cell, sheet_csv
from pixsession.reports.sheet_file import (
    FORMS,
    SheetExists,
    SheetNotWritten,
    free_path,
    hand_over,
    sheet_as,
    sheet_name,
    write_sheet,
)
from pixsession.reports.sheet_html import sheet_html
from pixsession.reports.sheet_text import sheet_text
from tests.boards import CAMPAIGN, row, snapshot
from tests.mornings import SHEET_AT, at, day_board, expectation, full_morning, session
from tests.properties.drawn import STEADY

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


def lines_of(text: str) -> list[str]:
    return text.splitlines()


def table_of(board: Snapshot) -> list[dict[str, str]]:
    text = sheet_csv(board, SHEET_AT)
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
    page = Page(sheet_html(board, SHEET_AT))
    assert not page.open
    assert not page.odd
    return page


def section(text: str, title: str) -> list[str]:
    """The lines under a title of the plain text."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return next(block[1:] for block in blocks if block[0] == f"{title}:")


# -- what it says -----------------------------------------------------------------------------------------


def test_the_head_of_the_text() -> None:
    assert lines_of(sheet_text(full_morning(), SHEET_AT))[:10] == [
        "Certification sheet — Certification 3e, mars",
        "Collège Jean Moulin",
        "Pix Certif session 80123",
        "Date: Thursday 12 March 2026",
        "Start: 08:30",
        "Duration: 1 h 45",
        "End without extra time: 10:15",
        "Room: Salle 12",
        "Invigilators: Mme Roux, M. Le Gall",
        "",
    ]


def test_the_counts() -> None:
    text = sheet_text(full_morning(), SHEET_AT)
    assert (
        "20 called, 18 came, 1 of them late, 2 absent, 3 redirected, 1 of them eligible now, "
        "16 started, 15 finished" in lines_of(text)
    )


def test_one_line_a_student_in_the_order_of_the_alphabet() -> None:
    students = section(sheet_text(full_morning(), SHEET_AT), "Students")
    assert len(students) == 20
    assert students[0] == "- ALLARD Lou, 3eA; present; start: 08:35; personal end: 10:20; end: 09:45"
    assert students[5].startswith("- DE LA FONTAINE-MARTINEZ Léa, 3eC; late 08:44;")
    assert students[6].endswith("; incident time: 6 min")
    assert students[11].endswith(
        "extra time: 33.3%; start: 08:35; personal end: 11:05; end: 09:45; planned pauses: 10 min"
    )
    assert students[18].endswith("; end: stopped 09:50")


def test_the_redirected_with_what_became_of_them() -> None:
    assert section(
        sheet_text(full_morning(), SHEET_AT), "Redirected to SOS élève non certifiable (SOSPIX123)"
    ) == [
        "- 08:49 CHEVALIER Adam, 3eA: eligible at 09:31, after 42 min",
        "- 08:52 BARBIER Tom, 3eB: not eligible to this day",
        "- 08:55 GIRAUD Linh, 3eC: eligible at 09:15, not eligible since",
    ]


def test_absent_extra_times_and_notes() -> None:
    text = sheet_text(full_morning(), SHEET_AT)
    assert section(text, "Absent") == ["- BENALI Maël, 3eC", "- ROUX Adam, 3eA"]
    assert section(text, "Extra times") == [
        "- DA SILVA Manon, 3eB: 33.3%; 2 h 20, until 10:57",
        "- MARTIN Youssef, 3eC: 33.3%; 2 h 20, until 11:05",
    ]
    assert section(text, "Notes")[0] == "- 08:38 ROUX Adam, 3eA: Infirmerie prévenue"


def test_what_is_left_to_report_stands_apart_from_what_was_handled_live() -> None:
    text = sheet_text(full_morning(), SHEET_AT)
    final = section(text, "Incidents — To report in Pix Certif when the session is finalised")
    live = section(text, "Incidents — Handled live, in the official invigilator screen")
    assert [re.findall(r"\b[CE]\d+\b", line) for line in final] == [["C1"], ["C6"]]
    assert [re.findall(r"\b[CE]\d+\b", line) for line in live] == [["E4"]]
    assert live[0].endswith("wikipedia.org bloqué")


def test_the_checklist_with_its_times_and_what_is_left() -> None:
    lines = section(sheet_text(full_morning(), SHEET_AT), "Checklist")
    assert lines[0] == "- [x] Vérifier l’identité : une pièce pour chaque élève (08:22)"
    assert lines[-1] == "- [ ] Finaliser la session dans Pix Certif, incidents signalés"


def test_an_item_ticked_before_the_session_file_lost_it_stays() -> None:
    board = day_board([row()], {}, ticked={"Distribuer les codes": at("08:10")})
    assert "- [x] Distribuer les codes (08:10)" in lines_of(sheet_text(board, SHEET_AT))


def test_what_was_read_and_when() -> None:
    lines = section(sheet_text(full_morning(), SHEET_AT), "What was read, and when it was exported")
    assert lines[0] == (
        "- Certification 3e, collecte (KQWBTM347) · profile collection; "
        "09:45; before: 09:31, 09:15, 08:52, 08:25, 08:05, 07:55; "
        "Resultats-Certification 3e - collecte-512407-2026-03-12-0945.csv"
    )
    assert lines[1] == "- candidates of a session; candidats-session-80123.ods"
    assert lines[2] == "- refused: Resultats-vieux.csv; ligne 7 : 37 cellules sur 45"


def test_exports_of_other_days_are_counted() -> None:
    files = tuple(
        FileEntry(f"{day}.csv", FileStatus.READ, "profiles", 1, None, CAMPAIGN, at("09:00").replace(day=day))
        for day in (3, 9, 12)
    )
    text = sheet_text(day_board([row()], {}, files=files), SHEET_AT)
    assert "; 09:00; before: 2 of other days; 12.csv" in text


def test_times_of_another_day_say_so() -> None:
    day = StudentDay(started_at=at("08:35"), finished_at=at("08:10").replace(day=13))
    assert "end: 13/03/2026 08:10" in sheet_text(day_board([row(1)], {1: day}), SHEET_AT)


def test_who_came_without_being_eligible_and_stayed_is_named() -> None:
    left = row(1, "BARBIER", "Lou", state=Eligibility.NOT_ELIGIBLE)
    board = day_board([left, row(2)], {1: StudentDay(Presence.PRESENT, at("08:20"))})
    title = "Came without being eligible, not redirected"
    assert section(sheet_text(board, SHEET_AT), title) == ["- BARBIER Lou, 3eA: not eligible"]
    lesson = day_board([left], {1: StudentDay(Presence.PRESENT)}, of=session(kind=SessionKind.HALF_GROUP))
    assert title not in sheet_text(lesson, SHEET_AT)


def test_who_was_called_absent_and_then_began_has_come() -> None:
    day = StudentDay(Presence.ABSENT, at("08:36"), started_at=at("08:50"))
    text = sheet_text(day_board([row(1)], {1: day}), SHEET_AT)
    assert "Absent:" not in lines_of(text)
    assert "MARTIN Lucas, 3eA; present;" in text


def test_a_redirection_that_no_export_answered_in_time_says_only_what_is_known() -> None:
    day = StudentDay(Presence.PRESENT, redirected_at=at("08:52"))
    text = sheet_text(day_board([row(1)], {1: day}), SHEET_AT)
    assert "- 08:52 MARTIN Lucas, 3eA: eligible" in lines_of(text)


def test_several_rooms_are_counted_and_signed_each() -> None:
    supervised = session("Salle 12", "CDI")
    rows = [row(1, "ROUX"), row(2, "ALLARD"), row(3, "BARBIER")]
    rooms = {1: "Salle 12", 2: "CDI", 3: "CDI"}
    board = day_board(rows, {2: StudentDay(Presence.ABSENT)}, of=supervised, rooms=rooms)
    lines = lines_of(sheet_text(board, SHEET_AT))
    assert "Rooms: Salle 12, CDI" in lines
    assert "Salle 12: 1 called, 0 came" in lines
    assert "CDI: 2 called, 0 came, 1 absent" in lines
    assert [line.split(",")[0] for line in section("\n".join(lines), "Students")] == [
        "- ROUX Lucas", "- ALLARD Lucas", "- BARBIER Lucas",
    ]  # fmt: skip
    assert page_of(board).text.count("Name and signature of the invigilator") == 2


def test_birth_dates_are_there_between_namesakes_only() -> None:
    rows = [
        replace(row(1, "MARTIN", "Lou"), expected=expectation(birth_date="2011-03-02")),
        replace(row(2, "Martin", "Lou"), expected=expectation(birth_date="2011-09-21")),
        replace(row(3, "ROUX", "Zoé"), expected=expectation(birth_date="2011-05-05")),
    ]
    for form in FORMS:
        text = sheet_as(form, day_board(rows, {}), SHEET_AT)
        assert "02/03/2011" in text
        assert "21/09/2011" in text
        assert "05/05/2011" not in text


def test_notes_and_incidents_of_a_room_or_of_everybody_are_there() -> None:
    actions = (
        Action("a", at("08:40"), ActionKind.NOTE, (), "Salle 12", "coupure du réseau"),
        Action("b", at("08:45"), ActionKind.INCIDENT, (), None, "tout le site", "C7"),
    )
    board = day_board([row()], {}, actions=actions)
    text = sheet_text(board, SHEET_AT)
    assert section(text, "Notes") == ["- 08:40 Salle 12: coupure du réseau"]
    assert "- 08:45 whole session: C7" in text
    table = table_of(board)
    assert [(line["Room"], line["Last name called"], line["Notes"]) for line in table[1:]] == [
        ("", "", ""), ("Salle 12", "", "08:40 coupure du réseau"),
    ]  # fmt: skip


def test_what_was_done_to_somebody_who_left_the_board_is_not_lost() -> None:
    gone, here = Who(("ine:1",), "GONE", "Zoé", "3eB"), Who(("ine:2",), "MARTIN", "Lucas", "3eA")
    actions = (
        Action("a", at("08:40"), ActionKind.REDIRECT, (gone, here)),
        Action("b", at("08:45"), ActionKind.NOTE, (gone,), text="au CDI"),
    )
    board = day_board([replace(row(), keys=("ine:2",))], {}, actions=actions)
    lines = section(sheet_text(board, SHEET_AT), "Noted of students who are not found on the board")
    assert lines == ["- 08:40 GONE Zoé (3eB): redirection", "- 08:45 GONE Zoé (3eB): note — au CDI"]
    assert "GONE Zoé" in page_of(board).text
    assert [line["Notes"] for line in table_of(board) if line["Last name called"] == "GONE"] == [
        "08:40 redirection", "08:45 note — au CDI",
    ]  # fmt: skip


def test_students_whom_nobody_called_are_on_it_only_if_something_happened() -> None:
    rows = [row(1, "CALLED"), row(2, "STRANGER"), row(3, "GUEST")]
    board = day_board(rows, {3: StudentDay(Presence.PRESENT)}, rooms={1: "Salle 12"})
    assert [line["Last name called"] for line in table_of(board)] == ["CALLED", "GUEST"]


def test_empty_sections_are_left_out() -> None:
    bare = session()._replace(checklist=(), start=None)
    text = sheet_text(day_board([row()], {}, of=bare, files=()), SHEET_AT)
    assert [line for line in lines_of(text) if line.endswith(":")] == ["Students:"]
    page = page_of(day_board([row()], {}, of=bare, files=()))
    assert "h2" not in page.tags
    assert "Extra time" not in page.text


def test_nobody_called() -> None:
    assert "Nobody is called to this session yet." in page_of(day_board([], {})).text
    assert "0 called, 0 came" in sheet_text(day_board([], {}), SHEET_AT)


@pytest.mark.parametrize("form", FORMS)
def test_a_board_without_a_session_has_no_sheet(form: str) -> None:
    with pytest.raises(NoSession):
        sheet_as(form, snapshot([row()]), SHEET_AT)


# -- the table --------------------------------------------------------------------------------------------


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
    text = sheet_csv(full_morning(), SHEET_AT)
    assert text.count("\r\n") == 21
    assert "\n" not in text.replace("\r\n", "")
    assert text.encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_saved_in_the_folder_is_not_read_as_a_class_list(lang: str) -> None:
    use_language(lang)
    header = sheet_csv(full_morning(), SHEET_AT)[1:].split("\r\n", 1)[0].replace('"', "").split(";")
    assert kind_of(header) is ExportKind.UNKNOWN


FORMULA = re.compile(r"[\s\"'«»]*[=+\-@−]")


def can_be_formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate this cell: an apostrophe before all else says it is text."""
    wide = unicodedata.normalize("NFKC", cell)
    return not cell.startswith("'") and (FORMULA.match(wide) is not None or cell[:1] in {"\t", "\r", "\n"})


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    day = StudentDay(
        Presence.PRESENT, notes=(Note(at("08:40"), text),), incidents=(Incident(at("08:41"), text, text),)
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
    line = sheet_csv(board, SHEET_AT)[1:].split("\r\n")[1]
    for cell in next(csv.reader([line], delimiter=",")):
        first = cell.split(";")[0]
        assert not can_be_formula(first.strip('"'))


@pytest.mark.parametrize(
    "text", ["MARTIN", "L’HÉRITIER", "O'NEIL", "Anne-Lise", "3eA", "A, b", "", "— x", "08:40 - x"]
)
def test_calm_cells_stay_as_they_are(text: str) -> None:
    assert harmless_cell(text) == text


# -- whatever a file says ---------------------------------------------------------------------------------


def hostile_board(text: str) -> Snapshot:
    """A board with the same text in every field that a file or a hand can fill."""
    day = StudentDay(
        Presence.LATE,
        at("08:40"),
        at("08:50"),
        pauses=(Pause(at("08:50"), None, False, True),),
        incidents=(Incident(at("08:41"), "C6", text), Incident(at("08:42"), "E4", text)),
        notes=(Note(at("08:43"), text),),
    )
    facts = expectation()
    assert facts.session is not None
    named = replace(
        row(1, text, text, place=text, state=Eligibility.NOT_ELIGIBLE),
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
        FileEntry(text, FileStatus.READ, "profiles", 1, None, campaign, at("09:45")),
        FileEntry(text, FileStatus.REFUSED, "profiles", message=text),
    )
    actions = (
        Action("a", at("08:40"), ActionKind.NOTE, (), text, text),
        Action("b", at("08:41"), ActionKind.NOTE, (Who(("k",), text + "x", text, text),), None, text),
    )
    return day_board([named], {1: day}, of=supervised, rooms={1: text}, actions=actions, files=files)


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from((*HOSTILE, *MARKUP, CONTROLS, "Lou", " ")), max_size=4).map("".join),
)
# What the page looks like when the texts are harmless: the tags must be the same whatever they say.
CALM = page_of(hostile_board("Lou")).tags


@STEADY
@given(TEXTS)
def test_any_text_gives_a_table_with_the_same_texts(text: str) -> None:
    board = hostile_board(text)
    rows = table_of(board)
    clean = shown(text)
    assert rows[0]["Last name called"] == harmless_cell(clean)
    assert rows[0]["Last name called"].replace("'", "") == clean.replace("'", "")
    assert shown(text, 1000).replace("'", "") in rows[0]["Notes"].replace("'", "")
    assert not [cell for line in rows for cell in line.values() if can_be_formula(cell)]
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(rows[0].values())
    )


@STEADY
@given(TEXTS)
def test_any_text_gives_a_page_in_which_it_is_only_text(text: str) -> None:
    board = hostile_board(text)
    page = page_of(board)
    assert set(page.tags) <= set(CALM)
    assert page.tags.count("script") == 0
    if shown(text):
        assert shown(text) in page.text
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", sheet_html(board, SHEET_AT)
    )


@STEADY
@given(TEXTS)
def test_any_text_gives_plain_lines(text: str) -> None:
    found = sheet_text(hostile_board(text), SHEET_AT)
    assert found.endswith("\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", found)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_name_is_shown_and_not_obeyed(text: str) -> None:
    page = page_of(hostile_board(text))
    assert text in page.text
    assert page.tags == CALM


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    page = sheet_html(full_morning(), SHEET_AT)
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in page
    assert not re.search(r"https?:|url\(|@import|<script|<link|<img|\bon\w+=", page)


# -- the file ---------------------------------------------------------------------------------------------


def test_the_name_is_that_of_the_session_in_letters_every_system_takes() -> None:
    assert sheet_name(session(title="Certification 3e / « mars » été"), "html") == (
        "session-2026-03-12-certification-3e-mars-ete.html"
    )
    assert sheet_name(session(title="日本"), "csv") == "session-2026-03-12.csv"
    assert len(sheet_name(session(title="x" * 500), "text")) < 100


def test_a_folder_gets_the_sheet_under_its_own_name(tmp_path: Path) -> None:
    path = hand_over(full_morning(), "text", tmp_path, SHEET_AT)
    assert path == tmp_path / "session-2026-03-12-certification-3e-mars.txt"
    assert path.read_text(encoding="utf-8") == sheet_text(full_morning(), SHEET_AT)
    with pytest.raises(SheetExists):
        hand_over(full_morning(), "text", tmp_path, SHEET_AT)
    assert hand_over(full_morning(), "text", tmp_path, SHEET_AT, force=True) == path
    assert hand_over(full_morning(), "html", tmp_path / "other", SHEET_AT) == tmp_path / "other"


def test_a_sheet_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    text = sheet_csv(full_morning(), SHEET_AT)
    write_sheet(text, path)
    assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(SheetExists, match="--force"):
        write_sheet("yours", path)
    assert path.read_text(encoding="utf-8") == "mine"
    write_sheet("yours", path, force=True)
    assert path.read_text(encoding="utf-8") == "yours"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_system_without_links_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "sheet.html"
    write_sheet("one", path)
    with pytest.raises(SheetExists):
        write_sheet("two", path)
    assert path.read_text(encoding="utf-8") == "one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sheet.html"
    path.write_text("mine", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SheetNotWritten, match="No space left"):
        write_sheet("yours", path, force=True)
    assert path.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SheetNotWritten, match="could not be written"):
        write_sheet("text", tmp_path / "nowhere" / "sheet.html")


def test_a_name_that_is_taken_is_numbered(tmp_path: Path) -> None:
    first = free_path(tmp_path, session(), "html")
    first.touch()
    second = free_path(tmp_path, session(), "html")
    second.touch()
    assert [path.name for path in (first, second, free_path(tmp_path, session(), "html"))] == [
        f"session-2026-03-12-certification-3e-mars{end}.html" for end in ("", "-2", "-3")
    ]
