"""The hand-over sheet: every fact of the day on paper, in a table, in text; and nothing a name could do."""

from __future__ import annotations

import re

import pytest

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.snapshot import FileEntry, FileStatus
from pixsession.domain.certification.day import (
    Action,
    ActionKind,
    Pause,
    Presence,
    StopReason,
    StudentDay,
    Who,
)
from pixsession.domain.certification.session import SessionKind
from pixsession.domain.people.matches import OpenDoubt, PersonLabel
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.reports.common.facts import NoSession
from pixsession.reports.render import FORMS
from tests.factories.exports import moment
from tests.factories.mornings import day_board, expectation, full_morning, session
from tests.factories.sheet_forms import page_of, sheet_as, table_of
from tests.factories.snapshots import CAMPAIGN, row, snapshot


def lines_of(text: str) -> list[str]:
    return text.splitlines()


def section(text: str, title: str) -> list[str]:
    """The lines under a title of the plain text."""
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return next(block[1:] for block in blocks if block[0] == f"{title}:")


def test_the_head_of_the_text() -> None:
    assert lines_of(sheet_as("text", full_morning()))[:11] == [
        "Certification sheet — Certification 3e, mars",
        "Collège Jean Moulin",
        "Pix Certif session 80123",
        "Date: Thursday 12 March 2026",
        "Start: 08:30",
        "Duration: 1 h 45",
        "Time zone: that of Paris",
        "End without extra time: 10:15",
        "Room: Salle 12",
        "Invigilators: Mme Roux, M. Le Gall",
        "",
    ]


def test_the_counts() -> None:
    text = sheet_as("text", full_morning())
    assert (
        "20 called, 18 came, 1 of them late, 2 absent, 3 redirected, 1 of them eligible now, "
        "16 started, 15 finished" in lines_of(text)
    )


def test_one_line_a_student_in_the_order_of_the_alphabet() -> None:
    students = section(sheet_as("text", full_morning()), "Students")
    assert len(students) == 20
    assert students[0] == "- ALLARD Lou, 3eA; present; start: 08:35; personal end: 10:20; end: 09:45"
    assert students[5].startswith("- DE LA FONTAINE-MARTINEZ Léa, 3eC; late 08:44;")
    assert students[6].endswith("; incident time: 6 min")
    assert students[11].endswith(
        "extra time: 33.3%; start: 08:35; personal end: 11:05; end: 09:45; planned pauses: 10 min"
    )
    assert students[18].endswith("; end: stopped at 09:50")


def test_the_redirected_with_what_became_of_them() -> None:
    assert section(
        sheet_as("text", full_morning()), "Redirected to SOS élève non certifiable (SOSPIX123)"
    ) == [
        "- 08:49 CHEVALIER Adam, 3eA: eligible at 09:31, after 42 min",
        "- 08:52 BARBIER Tom, 3eB: not eligible to this day",
        "- 08:55 GIRAUD Linh, 3eC: eligible at 09:15, then not eligible",
    ]


def test_absent_extra_times_and_notes() -> None:
    text = sheet_as("text", full_morning())
    assert section(text, "Absent") == ["- BENALI Maël, 3eC", "- ROUX Adam, 3eA"]
    assert section(text, "Extra times") == [
        "- DA SILVA Manon, 3eB: 33.3%; 2 h 20, until 10:57",
        "- MARTIN Youssef, 3eC: 33.3%; 2 h 20, until 11:05",
    ]
    assert section(text, "Notes")[0] == "- 08:38 ROUX Adam, 3eA: Infirmerie prévenue"


def test_what_is_left_to_report_stands_apart_from_what_was_handled_live() -> None:
    text = sheet_as("text", full_morning())
    final = section(text, "Incidents — To report in Pix Certif when the session is finalised")
    live = section(text, "Incidents — Handled live, in the official invigilator screen")
    left = section(text, "Incidents — During the test, and nobody noted that they were handled")
    assert [re.findall(r"\b[CE]\d+\b", line) for line in final] == [["C1"], ["C6"]]
    assert [re.findall(r"\b[CE]\d+\b", line) for line in live] == [["E4"]]
    assert live[0].endswith("wikipedia.org bloqué; handled at 09:11 by Mme Roux")
    assert [re.findall(r"\b[CE]\d+\b", line) for line in left] == [["E9"]]
    assert not left[0].endswith("Mme Roux")


def test_what_a_room_reported_is_handled_for_the_room() -> None:
    actions = (
        Action("a", moment("08:45"), ActionKind.INCIDENT, (), "Salle 12", "coupure", "E5"),
        Action("b", moment("08:46"), ActionKind.INCIDENT, (), "CDI", "coupure", "E5"),
        Action("c", moment("08:58"), ActionKind.HANDLED, (), "Salle 12", "", "E5"),
    )
    text = sheet_as("text", day_board([row()], {}, actions=actions))
    handled = section(text, "Incidents — Handled live, in the official invigilator screen")
    left = section(text, "Incidents — During the test, and nobody noted that they were handled")
    assert (len(handled), len(left)) == (1, 1)
    assert "Salle 12" in handled[0]
    assert handled[0].endswith("handled at 08:58")


def test_pauses_have_their_cause_and_the_minutes_that_the_ends_show() -> None:
    fire = Pause(moment("09:05:40"), moment("09:13:30"), True, True, "exercice d’évacuation")
    ill = Pause(moment("09:40"), moment("09:44"), False, False, "malaise")
    one = StudentDay(Presence.PRESENT, moment("08:20"), started_at=moment("08:35:20"), pauses=(fire, ill))
    other = one._replace(pauses=(fire,))
    board = day_board([row(1, "ALLARD"), row(2, "BARBIER")], {1: one, 2: other})
    text = sheet_as("text", board)
    assert section(text, "Pauses") == [
        "- 09:05 until 09:13; planned pause; exercice d’évacuation",
        "- 09:40 ALLARD Lucas, 3eA: until 09:44; incident pause; malaise",
    ]
    # 105 minutes from 08:35:20 would end at 10:20:20; with 7 min 50 at 10:28:10, with 4 more at 10:32:10.
    ends = {line["Last name called"]: line["Personal end"] for line in table_of(board)}
    assert ends == {"ALLARD": "10:32", "BARBIER": "10:28"}
    paused = {
        line["Last name called"]: (line["Planned pauses (min)"], line["Incident time (min)"])
        for line in table_of(board)
    }
    assert paused == {"ALLARD": ("8", "4"), "BARBIER": ("8", "")}


def test_who_fell_while_the_test_ran_and_why_a_test_was_stopped_are_on_it() -> None:
    begun = StudentDay(Presence.PRESENT, moment("08:20"), started_at=moment("08:35"))
    stopped = begun._replace(stopped_at=moment("09:50"))
    days = {
        1: begun,
        2: stopped._replace(stop_reason=StopReason.TECHNICAL),
        3: stopped,
        4: StudentDay(Presence.PRESENT, moment("08:20")),
    }
    below = Eligibility.NOT_ELIGIBLE
    rows = [row(1, "FERRAND", state=below), row(2, "HUET"), row(3, "ROUX"), row(4, "VIDAL", state=below)]
    fell = Change(ChangeKind.NO_LONGER_ELIGIBLE, moment("09:30"), 1, "FERRAND", "Zoé")
    text = sheet_as("text", day_board(rows, days)._replace(changes=(fell,)))
    assert section(text, "Not eligible any more, the test having begun") == [
        "- FERRAND Lucas, 3eA: not eligible, by the export at 09:30"
    ]
    assert section(text, "Stopped before the end") == [
        "- 09:50 HUET Lucas, 3eA: technical problem",
        "- 09:50 ROUX Lucas, 3eA: reason to give when finalising",
    ]


def test_the_checklist_with_its_times_and_what_is_left() -> None:
    lines = section(sheet_as("text", full_morning()), "Checklist")
    assert lines[0] == "- [x] Vérifier l’identité : une pièce pour chaque élève (08:22)"
    assert lines[-1] == "- [ ] Finaliser la session dans Pix Certif, incidents signalés"


def test_an_item_ticked_before_the_session_file_lost_it_stays() -> None:
    board = day_board([row()], {}, ticked={"Distribuer les codes": moment("08:10")})
    assert "- [x] Distribuer les codes (08:10)" in lines_of(sheet_as("text", board))


def test_what_was_read_and_when() -> None:
    lines = section(sheet_as("text", full_morning()), "What was read, and when it was exported")
    assert lines[0] == (
        "- Certification 3e, collecte (KQWBTM347) · profile collection; "
        "09:45; before: 09:31, 09:15, 08:52, 08:25, 08:05, 07:55; "
        "Resultats-Certification 3e - collecte-512407-2026-03-12-0945.csv"
    )
    assert lines[1] == "- list of candidates; candidats-session-80123.ods"
    assert lines[2] == "- refused: Resultats-vieux.csv; ligne 7 : 37 cellules sur 45"


def test_what_the_sheet_may_lack_is_said() -> None:
    board = full_morning()._replace(
        notices=("journal.jsonl, line 3: cut short, left out",),
        doubts=(OpenDoubt(PersonLabel("k", "MARTIN", "Lou", None, None, "liste.csv"), ()),),
        folder_missing_since=moment("10:02"),
    )
    lines = section(sheet_as("text", board), "What was read, and when it was exported")
    assert lines[-3:] == [
        "- folder not found since 12/03/2026 10:02, last view kept",
        "- journal.jsonl, line 3: cut short, left out",
        "- 1 doubt: one student or two?",
    ]
    assert "line 3: cut short, left out" in page_of(board).text


def test_exports_of_other_days_are_counted() -> None:
    files = tuple(
        FileEntry(
            f"{day}.csv", FileStatus.READ, "profiles", 1, None, CAMPAIGN, moment("09:00").replace(day=day)
        )
        for day in (3, 9, 12)
    )
    text = sheet_as("text", day_board([row()], {}, files=files))
    assert "; 09:00; before: 2 of other days; 12.csv" in text


def test_times_of_another_day_say_so() -> None:
    day = StudentDay(started_at=moment("08:35"), finished_at=moment("08:10").replace(day=13))
    assert "end: 13/03/2026 08:10" in sheet_as("text", day_board([row(1)], {1: day}))


def test_who_came_without_being_eligible_and_stayed_is_named() -> None:
    left = row(1, "BARBIER", "Lou", state=Eligibility.NOT_ELIGIBLE)
    board = day_board([left, row(2)], {1: StudentDay(Presence.PRESENT, moment("08:20"))})
    title = "Came without being eligible, not redirected"
    assert section(sheet_as("text", board), title) == ["- BARBIER Lou, 3eA: not eligible"]
    lesson = day_board([left], {1: StudentDay(Presence.PRESENT)}, of=session(kind=SessionKind.HALF_GROUP))
    assert title not in sheet_as("text", lesson)


def test_who_was_called_absent_and_then_began_has_come() -> None:
    day = StudentDay(Presence.ABSENT, moment("08:36"), started_at=moment("08:50"))
    text = sheet_as("text", day_board([row(1)], {1: day}))
    assert "Absent:" not in lines_of(text)
    assert "MARTIN Lucas, 3eA; present;" in text


def test_a_redirection_that_no_export_answered_in_time_says_only_what_is_known() -> None:
    day = StudentDay(Presence.PRESENT, redirected_at=moment("08:52"))
    text = sheet_as("text", day_board([row(1)], {1: day}))
    assert "- 08:52 MARTIN Lucas, 3eA: eligible" in lines_of(text)


def test_several_rooms_are_counted_and_signed_each() -> None:
    supervised = session("Salle 12", "CDI")
    rows = [row(1, "ROUX"), row(2, "ALLARD"), row(3, "BARBIER")]
    rooms = {1: "Salle 12", 2: "CDI", 3: "CDI"}
    board = day_board(rows, {2: StudentDay(Presence.ABSENT)}, of=supervised, rooms=rooms)
    lines = lines_of(sheet_as("text", board))
    assert "Rooms: Salle 12, CDI" in lines
    assert "Salle 12: 1 called, 0 came" in lines
    assert "CDI: 2 called, 0 came, 1 absent" in lines
    assert [line.split(",")[0] for line in section("\n".join(lines), "Students")] == [
        "- ROUX Lucas", "- ALLARD Lucas", "- BARBIER Lucas",
    ]  # fmt: skip
    assert page_of(board).text.count("Name and signature of the invigilator") == 2


def test_birth_dates_are_there_between_namesakes_only() -> None:
    rows = [
        row(1, "MARTIN", "Lou")._replace(expected=expectation(birth_date="2011-03-02")),
        row(2, "Martin", "Lou")._replace(expected=expectation(birth_date="2011-09-21")),
        row(3, "ROUX", "Zoé")._replace(expected=expectation(birth_date="2011-05-05")),
    ]
    for form in FORMS:
        text = sheet_as(form, day_board(rows, {}))
        assert "02/03/2011" in text
        assert "21/09/2011" in text
        assert "05/05/2011" not in text


def test_a_class_tells_namesakes_apart_and_another_spelling_of_it_does_not() -> None:
    born = [expectation(birth_date=day) for day in ("2011-03-02", "2011-09-21")]

    def told(*places: str | None) -> bool:
        rows = [
            row(number, "MARTIN", "Lou", place=place)._replace(expected=of)
            for number, (place, of) in enumerate(zip(places, born, strict=True), 1)
        ]
        shown = [
            "02/03/2011" in sheet_as("text", day_board(rows, {})),
            "21/09/2011" in page_of(day_board(rows, {})).text,
        ]
        assert len(set(shown)) == 1
        return shown[0]

    assert told("3eA", "3e A")
    assert told(None, None)
    assert not told("3eA", None)
    assert not told("3eA", "3eB")


def test_notes_and_incidents_of_a_room_or_of_everybody_are_there() -> None:
    actions = (
        Action("a", moment("08:40"), ActionKind.NOTE, (), "Salle 12", "coupure du réseau"),
        Action("b", moment("08:45"), ActionKind.INCIDENT, (), None, "tout le site", "C7"),
    )
    board = day_board([row()], {}, actions=actions)
    text = sheet_as("text", board)
    assert section(text, "Notes") == ["- 08:40 Salle 12: coupure du réseau"]
    assert "- 08:45 whole session: C7" in text
    table = table_of(board)
    assert [(line["Room"], line["Last name called"], line["Notes"]) for line in table[1:]] == [
        ("", "", ""), ("Salle 12", "", "08:40 coupure du réseau"),
    ]  # fmt: skip


def test_what_was_done_to_somebody_who_left_the_board_is_not_lost() -> None:
    gone, here = Who(("ine:1",), "GONE", "Zoé", "3eB"), Who(("ine:2",), "MARTIN", "Lucas", "3eA")
    actions = (
        Action("a", moment("08:40"), ActionKind.REDIRECT, (gone, here)),
        Action("b", moment("08:45"), ActionKind.NOTE, (gone,), text="au CDI"),
    )
    board = day_board([row()._replace(keys=("ine:2",))], {}, actions=actions)
    lines = section(sheet_as("text", board), "Noted of students who are not found on the board")
    assert lines == ["- 08:40 GONE Zoé (3eB): redirection", "- 08:45 GONE Zoé (3eB): note — au CDI"]
    assert "GONE Zoé" in page_of(board).text
    assert [line["Notes"] for line in table_of(board) if line["Last name called"] == "GONE"] == [
        "08:40 redirection", "08:45 note — au CDI",
    ]  # fmt: skip


def test_students_whom_nobody_called_are_on_it_only_if_something_happened() -> None:
    rows = [row(1, "CALLED"), row(2, "STRANGER"), row(3, "GUEST")]
    board = day_board(rows, {3: StudentDay(Presence.PRESENT)}, rooms={1: "Salle 12"})
    assert len(table_of(board)) == 3
    assert board.day is not None
    board = board._replace(day=board.day._replace(calls_everybody=True))
    assert [line["Last name called"] for line in table_of(board)] == ["CALLED", "GUEST"]


def test_empty_sections_are_left_out() -> None:
    bare = session()._replace(checklist=(), start=None)
    text = sheet_as("text", day_board([row()], {}, of=bare, files=()))
    assert [line for line in lines_of(text) if line.endswith(":")] == ["Students:"]
    page = page_of(day_board([row()], {}, of=bare, files=()))
    assert "h2" not in page.tags
    assert "Extra time" not in page.text


def test_nobody_called() -> None:
    assert "Nobody is called to this session yet." in page_of(day_board([], {})).text
    assert "0 called, 0 came" in sheet_as("text", day_board([], {}))


@pytest.mark.parametrize("form", FORMS)
def test_a_board_without_a_session_has_no_sheet(form: str) -> None:
    with pytest.raises(NoSession):
        sheet_as(form, snapshot([row()]))


def test_the_journal_is_sealed_so_that_nobody_changes_it_after_the_sheet_was_signed() -> None:
    def said(*actions: Action) -> str:
        found = re.search(
            r"\d+ actions? in the journal, seal .*", sheet_as("text", day_board((), {}, actions=actions))
        )
        return found[0] if found else ""

    first = Action("a", moment("08:40"), ActionKind.NOTE, (), "Salle 12", "coupure", order="2026-03-12T08:40")
    second = Action("b", moment("08:45"), ActionKind.INCIDENT, (), None, "", "C7")
    kept = said(first, second)
    assert re.fullmatch(r"2 actions in the journal, seal [0-9a-f]{4} [0-9a-f]{4}\.", kept)
    assert said() == ""
    assert said(first).startswith("1 action in the journal")
    by_another_clock = first._replace(at=moment("08:30"))
    assert said(second, by_another_clock) == kept
    others = (
        (first._replace(text="panne"), second), (first._replace(order="2026-03-12T08:39"), second),
        (first, second._replace(at=moment("08:46"))), (first, second._replace(code="E7")),
        (first, second, second._replace(entry_id="c")),
    )  # fmt: skip
    assert len({kept, *(said(*other) for other in others)}) == len(others) + 1
