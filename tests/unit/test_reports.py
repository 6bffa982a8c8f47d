"""The text and the JSON of a board: complete, in the order of need, and harmless to a terminal."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import pytest

from pixsession.domain.board.changes import Change, ChangeKind, Delta
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import (
    BoardRow,
    Campaign,
    FileEntry,
    FileStatus,
    Snapshot,
    Source,
    count_states,
)
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Eligibility, Gap, Profile, Rule, Verdict
from pixsession.reports.board.check import check_json
from pixsession.reports.text import board_text, changes_text

NOW = datetime.fromisoformat("2026-03-12T09:48")
EXPORTED = datetime.fromisoformat("2026-03-12T09:45")
CAMPAIGN = Campaign("1", "KQWBTM347", "Certification 3e")
SOURCE = Source("Resultats-a.csv", CAMPAIGN, EXPORTED)
LEVELS = (3, 0, 0, 2, *(0,) * 12)
NASTY = "\x1b[31m\x9b2J\u202ered\u200b\ud800[/red][@click=app.quit]\x07"


def student(last: str, first: str, state: Eligibility, **more: Any) -> BoardRow:
    sent = state is not Eligibility.NOT_SENT
    row = BoardRow(
        student_id=1,
        last_name=last,
        first_name=first,
        division="3eC",
        group=None,
        verdict=Verdict(state, 2, (Gap("2.2", 1), Gap("4.3", 3), Gap("1.2", 5)))
        if sent
        else Verdict(Eligibility.NOT_SENT),
        profile=Profile(LEVELS, tuple(level * 8 for level in LEVELS)) if sent else None,
        pix=62 if sent else None,
        sent_at="2026-03-12T09:31" if sent else None,
        origin="profiles:1",
    )
    return row._replace(**more)


BARBIER = student("BARBIER", "Lou", Eligibility.NOT_ELIGIBLE, delta=Delta(-1, -3, EXPORTED))
NGUYEN = student(
    "NGUYEN",
    "Linh",
    Eligibility.TO_CHECK,
    verdict=Verdict(Eligibility.TO_CHECK, 5, reasons=(Reason(ReasonCode.NAMESAKES),)),
)
PETIT = student("PETIT", "Tom", Eligibility.NOT_SENT, origin=None, division=None, group="G1")
MARTIN = student("MARTIN", "Lucas", Eligibility.ELIGIBLE, verdict=Verdict(Eligibility.ELIGIBLE, 11))
FILES = (
    FileEntry("Resultats-a.csv", FileStatus.READ, "profiles", 4, campaign=CAMPAIGN),
    FileEntry("broken.csv", FileStatus.REFUSED, "profiles", message="line 7: 37 cells instead of 45"),
    FileEntry("notes.csv", FileStatus.IGNORED, message="not an export of Pix"),
)


def board(*rows: BoardRow, files: tuple[FileEntry, ...] = FILES, **more: Any) -> Snapshot:
    return Snapshot(
        revision=1,
        built_at=NOW,
        folder="/home/rupn/exports",
        rule=Rule(),
        rows=rows,
        files=files,
        campaigns=(CAMPAIGN,),
        newest_export_at=EXPORTED,
        counts=count_states(rows),
        sources={"profiles:1": SOURCE},
        **more,
    )


FULL = board(BARBIER, NGUYEN, PETIT, MARTIN)


def text_of(snapshot: Snapshot, width: int = 80, *, ascii_only: bool = False, colour: bool = False) -> str:
    return board_text(snapshot, NOW, width=width, ascii_only=ascii_only, colour=colour)


def test_the_board_at_80_columns() -> None:
    assert text_of(FULL).splitlines() == [
        "Certification 3e (KQWBTM347)",
        "export of 09:45, 3 min ago",
        "1 not eligible, 1 to check, 1 not sent, 1 eligible, 4 students",
        "",
        "State               Student       Class  Comp.  Pix  Nearest         Profile",
        "✖ not eligible      BARBIER Lou   3eC      2/5   62  2.2 −1  4.3 −3  09:31    ▼ −1 comp. −3 pix",
        "? to check          NGUYEN Linh   3eC      5/5   62                  09:31"
        "  (several students share this name and class, nothing tells them apart)",
        "… profile not sent  PETIT Tom     G1",
        "✔ eligible          MARTIN Lucas  3eC     11/5   62                  09:31",
        "",
        "Files: 1 read, 1 ignored, 1 refused",
        "refused  broken.csv: line 7: 37 cells instead of 45",
        "ignored  notes.csv: not an export of Pix",
    ]


def test_more_columns_say_more() -> None:
    line = text_of(FULL, 120).splitlines()[5]
    assert "●●○○○  2/5" in line
    assert "2.2 −1  4.3 −3  1.2 −5" in line


def test_one_long_name_does_not_push_the_others() -> None:
    long = student("DE LA ROCHEFOUCAULD-MONTMORENCY-BEAUVOIR", "Marie-Charlotte", Eligibility.ELIGIBLE)
    lines = text_of(board(BARBIER, long)).splitlines()
    assert lines[5].startswith("✖ not eligible  BARBIER Lou  3eC")
    assert "Marie-Charlotte  3eC" in lines[6]


def test_names_of_double_width_stay_aligned() -> None:
    lines = text_of(board(student("王", "小明", Eligibility.ELIGIBLE), MARTIN)).splitlines()
    assert "王 小明       3eC" in lines[5]
    assert "MARTIN Lucas  3eC" in lines[6]


@pytest.mark.parametrize("width", [20, 80, 100, 200])
def test_every_student_has_one_line_with_its_state_in_words(width: int) -> None:
    lines = text_of(FULL, width).splitlines()
    for row, word in ((BARBIER, "not eligible"), (NGUYEN, "to check"), (PETIT, "profile not sent")):
        assert sum(word in line and row.shown_name in line for line in lines) == 1


def test_ascii_has_no_symbol_but_those_of_names() -> None:
    snapshot = board(BARBIER, NGUYEN, PETIT, MARTIN)
    assert text_of(snapshot, 120, ascii_only=True).isascii()


def test_colour_is_only_on_the_state_and_only_when_asked() -> None:
    assert "\x1b" not in text_of(FULL)
    coloured = text_of(FULL, colour=True)
    assert "\x1b[1;31m✖ not eligible\x1b[0m      BARBIER" in coloured
    assert coloured.count("\x1b[") == 2 * len(FULL.rows)


@pytest.mark.parametrize("character", ["─", "│", "┌", "█", "═"])
def test_nothing_is_drawn_with_boxes(character: str) -> None:
    assert character not in text_of(FULL, 120)


def test_what_names_hide_never_reaches_the_terminal() -> None:
    row = student(NASTY, NASTY, Eligibility.ELIGIBLE, division=NASTY)
    entry = FileEntry(NASTY, FileStatus.REFUSED, message=NASTY)
    snapshot = board(row, files=(entry,))._replace(
        campaigns=(Campaign("1", NASTY, NASTY),), notices=(NASTY,), folder=NASTY
    )
    for text in (text_of(snapshot), text_of(snapshot._replace(rows=(), counts={}))):
        assert all(character.isprintable() or character == "\n" for character in text)
        text.encode()


def test_an_old_change_is_no_news() -> None:
    row = BARBIER._replace(delta=Delta(-1, -3, datetime.fromisoformat("2026-03-12T08:00")))
    assert "▼" not in text_of(board(row))


def test_a_refusal_is_always_listed_and_the_ignored_are_counted_beyond_ten() -> None:
    files = tuple(FileEntry(f"{n:02}.csv", FileStatus.IGNORED) for n in range(25))
    refused = tuple(FileEntry(f"r{n:02}.csv", FileStatus.REFUSED, message="cut") for n in range(25))
    text = text_of(board(MARTIN, files=files + refused))
    assert text.count("refused  r") == 25
    assert text.count("\nignored  ") == 10
    assert text.endswith("… and 15 more ignored\n")


def test_a_file_that_is_gone_and_notices_are_said() -> None:
    missing = datetime.fromisoformat("2026-03-12T09:30")
    text = text_of(board(MARTIN, folder_missing_since=missing, notices=("rebuilt",)))
    assert "folder not found since 09:30" in text
    assert "\nrebuilt\n" in text


def test_an_empty_folder_says_what_to_do() -> None:
    text = text_of(board(files=())._replace(campaigns=(), newest_export_at=None))
    assert "no export yet" in text
    assert "Exporter les résultats (.csv)" in text
    assert "/home/rupn/exports" in text


def test_an_export_without_students_is_not_an_empty_folder() -> None:
    assert "No student in the exports of this folder." in text_of(board())


def test_changes_are_one_line_each() -> None:
    change = Change(ChangeKind.BECAME_ELIGIBLE, EXPORTED, 1, "EL AMRANI", "Youssef", "3eB", "4", "5")
    snapshot = board(MARTIN, changes=(change, change._replace(kind=ChangeKind.LEFT)))
    assert changes_text(snapshot, NOW, ascii_only=True).splitlines() == [
        "09:45  EL AMRANI Youssef is now eligible (4 > 5)",
        "09:45  EL AMRANI Youssef is no longer in the export and leaves the board",
    ]


def read(snapshot: Snapshot) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(check_json(snapshot, NOW))
    return document


def test_the_json_is_the_contract() -> None:
    document = read(FULL)
    assert list(document) == ["schema", "generated_at", "folder", "rule", "counts", "students", "files"]
    assert document["schema"] == "pixsession/check/1"
    assert document["generated_at"] == "2026-03-12T09:48:00+01:00"
    assert document["folder"] == "/home/rupn/exports"
    assert document["rule"] == {"min_competences": 5, "min_level": 1}
    assert document["counts"] == {
        "eligible": 1,
        "not_eligible": 1,
        "not_sent": 1,
        "not_in_export": 0,
        "to_check": 1,
    }
    assert document["students"][0] == {
        "last_name": "BARBIER",
        "first_name": "Lou",
        "division": "3eC",
        "group": None,
        "eligibility": "not_eligible",
        "reasons": [],
        "eligible_competences": 2,
        "pix": 62,
        "levels": dict(zip(CODES, LEVELS, strict=True)),
        "sent_at": "2026-03-12T09:31",
        "nearest": [
            {"competence": "2.2", "pix_missing": 1},
            {"competence": "4.3", "pix_missing": 3},
            {"competence": "1.2", "pix_missing": 5},
        ],
        "source": {
            "file": "Resultats-a.csv",
            "campaign_code": "KQWBTM347",
            "campaign_name": "Certification 3e",
            "exported_at": "2026-03-12T09:45:00",
        },
        "participations": [],
        "matched_by": "export",
    }
    assert document["files"][1] == {
        "name": "broken.csv",
        "kind": "profiles",
        "status": "refused",
        "rows": 0,
        "message": "line 7: 37 cells instead of 45",
    }


def test_a_profile_not_sent_is_null_all_over() -> None:
    sent_nothing = read(FULL)["students"][2]
    assert sent_nothing["levels"] == dict.fromkeys(CODES)
    for key in ("eligible_competences", "pix", "sent_at", "source", "division"):
        assert sent_nothing[key] is None
    assert (sent_nothing["group"], sent_nothing["nearest"]) == ("G1", [])


def test_a_doubt_is_a_sentence_in_the_json() -> None:
    assert read(FULL)["students"][1]["reasons"] == [NGUYEN.verdict.reasons[0].sentence()]


def test_the_json_of_an_empty_folder_is_whole() -> None:
    document = read(board(files=())._replace(campaigns=()))
    assert (document["students"], document["files"]) == ([], [])
    assert set(document["counts"].values()) == {0}


def test_names_are_in_the_json_as_pix_wrote_them_and_can_be_written_anywhere() -> None:
    snapshot = board(student(NASTY, "Zoë « d’Aï »", Eligibility.ELIGIBLE, division='"3e\\A"'))
    text = check_json(snapshot, NOW)
    found = json.loads(text)["students"][0]
    assert (found["last_name"], found["first_name"], found["division"]) == (
        NASTY,
        "Zoë « d’Aï »",
        '"3e\\A"',
    )
    assert "Zoë « d’Aï »" in text
    text.encode()


@pytest.mark.slow
def test_no_character_of_unicode_obeyed_by_a_terminal_is_written_raw() -> None:
    characters = "".join(map(chr, range(sys.maxunicode + 1)))
    text = check_json(board(student(characters, "", Eligibility.ELIGIBLE)), NOW)
    assert {c for c in text if not c.isprintable()} == {"\n", "\xa0", "\u202f"}
    # Two lone surrogates that meet in a JSON text are read as one character: compare without them.
    read_back = json.loads(text)["students"][0]["last_name"]
    assert read_back.replace("\U0010fc00", "")[:0xD800] == characters[:0xD800]
