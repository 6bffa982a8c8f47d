"""The student's screen: facts, doubts, history, and the way along the board."""

from __future__ import annotations

import re

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.ui.board.grid.table import BoardGrid
from pixsession.ui.student.words import plain_line
from tests.factories.screens import Board, board, sent
from tests.factories.snapshots import CAMPAIGN, NOW, class_rows, row, snapshot

ROWS = class_rows()
LOU = next(row for row in ROWS if row.last_name == "BARBIER")
LINH = next(row for row in ROWS if row.last_name == "NGUYEN")
TOM = next(row for row in ROWS if row.last_name == "PETIT")


async def opened(driven: Board, student_id: int) -> None:
    """The student's screen."""
    driven.app.board.query_one(BoardGrid).select(student_id)
    await driven.press("enter")


async def test_the_rule_the_levels_the_source_and_what_is_missing_nearest_first() -> None:
    async with board(snapshot(ROWS)) as driven:
        await opened(driven, LOU.student_id)
        text = driven.text
        assert driven.lines[0].startswith(" BARBIER Lou · 3eC")
        assert "✖ not eligible · 2 of the 5 competences asked for at level 1" in text
        assert "62 pix · profile of 09:31" in text
        for area in ("1 Information et données", "5 Environnement numérique"):
            assert area in text
        assert len(re.findall("[━╸╺]{7}", text)) == 16
        assert "2.2 Partager" in text
        assert "−1" in text
        assert "Resultats-Certification 3e - collecte-512407-2026-03-12-0945.csv" in text
        assert f"export of 09:45, Certification 3e, collecte ({CAMPAIGN.code})" in text
        assert "3 competences to go, nearest first:" in text
        missing = [line[:40] for line in driven.lines if re.search(r"\d pix\s*$", line[:40])]
        assert [line.split()[0] for line in missing] == ["2.2", "4.3", "1.2"]
        await driven.press("y")
        assert driven.app.clipboard == plain_line(LOU, driven.app.settings.rule, NOW), "copied from here"
        await driven.publish(snapshot(ROWS, revision=2, folder_missing_since=NOW))
        assert "folder not found since 09:48" in driven.lines[0], "the head of every page tells the truth"
        assert driven.app.screen.query_one("TitleLine").has_class("-gone")


async def test_every_profile_sent_newest_first_with_its_step() -> None:
    async with board(snapshot(ROWS)) as driven:
        driven.pipeline.histories[LOU.student_id] = (
            sent("2026-03-12T09:31", 2, 62),
            sent("2026-01-13T10:00", 3, 83),
            sent("2025-11-20", 3, 71),
        )
        await opened(driven, LOU.student_id)
        await driven.until(lambda: "83 pix" in driven.text)
        lines = [line[40:].strip() for line in driven.lines if " comp. " in line]
        assert lines[0].startswith("09:31")
        assert lines[0].endswith("▼−1")
        assert lines[1].startswith("13 Jan, 10:00")
        assert lines[1].endswith("▲+12p")
        assert lines[2].startswith("20 Nov")


async def test_to_check_says_why() -> None:
    doubt = (Reason(ReasonCode.PIX_COUNT_DIFFERS, ("6", "5")), Reason(ReasonCode.SENDS_TIE))
    doubtful = LINH._replace(verdict=LINH.verdict._replace(reasons=doubt))
    async with board(snapshot((doubtful,))) as driven:
        await opened(driven, LINH.student_id)
        assert "⚠ To check before the certification:" in driven.text
        for reason in doubt:
            assert reason.sentence() in driven.text


async def test_an_eligible_student_may_carry_a_doubt() -> None:
    namesake = (Reason(ReasonCode.PERHAPS_NAMESAKES),)
    async with board(snapshot((row(1, reasons=namesake),))) as driven:
        await opened(driven, 1)
        assert "✔ eligible" in driven.text
        assert "⚠ Worth a second look:" in driven.text
        assert namesake[0].sentence() in driven.text


async def test_not_sent_says_what_to_do() -> None:
    async with board(snapshot(ROWS)) as driven:
        await opened(driven, TOM.student_id)
        assert "… profile not sent · no profile sent yet" in driven.text
        assert "Ask for the profile to be sent in Pix" in driven.text.replace("\n", " ").replace("  ", "")
        assert "━━━" not in driven.text


async def test_stays_live_when_a_new_export_comes_and_says_when_the_student_has_left() -> None:
    async with board(snapshot(ROWS)) as driven:
        await opened(driven, LOU.student_id)
        verdict = LOU.verdict._replace(eligibility=Eligibility.ELIGIBLE, eligible_competences=5, nearest=())
        better = LOU._replace(verdict=verdict, sent_at="2026-03-12T09:46", submissions=2)
        await driven.publish(snapshot((better, *ROWS[2:]), revision=2))
        assert "✔ eligible" in driven.text
        assert "profile of 09:46" in driven.text
        await driven.until(lambda: driven.pipeline.asked.count(LOU.student_id) == 2)
        rest = tuple(row for row in ROWS if row is not LOU)
        await driven.publish(snapshot(rest, revision=3))
        assert "not in the newest export any more" in driven.text
        assert "BARBIER Lou" in driven.text
        await driven.publish(snapshot(ROWS, revision=4))
        assert "any more" not in driven.text


async def test_up_and_down_go_along_the_board_as_sorted_and_filtered() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("1", "s", "home")
        grid = driven.app.board.query_one(BoardGrid)
        first = grid.selected
        assert first is not None
        second = grid.lines.neighbour(first.student_id, 1)
        assert second is not None
        await driven.press("enter")
        shown = [driven.lines[0].split("·")[0].strip()]
        for key in ("n", "up", "down", "j", "k", "p", "p"):
            await driven.press(key)
            shown.append(driven.lines[0].split("·")[0].strip())
        order = [grid_row.shown_name for grid_row in (first, second)]
        assert shown[:4] == [order[0], order[1], order[0], order[1]]
        assert shown[-1] == order[0]
        await driven.press("escape")
        assert grid.selected == first


async def test_next_goes_on_from_where_the_student_was_even_when_filtered_away() -> None:
    async with board(snapshot(ROWS)) as driven:
        await driven.press("1")
        await opened(driven, LOU.student_id)
        rest = tuple(row for row in ROWS if row is not LOU)
        await driven.publish(snapshot(rest, revision=2))
        await driven.press("down")
        assert "BARBIER" not in driven.lines[0]


async def test_page_down_reaches_the_end_on_a_short_screen() -> None:
    async with board(snapshot(ROWS), size=(80, 16)) as driven:
        await opened(driven, LOU.student_id)
        assert SOURCE_FILE not in driven.text
        await driven.press("pagedown", "pagedown")
        assert SOURCE_FILE in driven.text


SOURCE_FILE = "Resultats-Certification 3e - collecte-512407-2026-03-12-0945.csv"
