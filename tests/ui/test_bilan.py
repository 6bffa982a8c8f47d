"""The bilan on the screen: from a folder that holds results alone, page by page, and following the folder."""

from __future__ import annotations

import pytest

from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.results.certification import ResultsFile
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import Settings
from pixsession.ui.results.screen import ResultsScreen
from tests.factories.results import class_file, file, line
from tests.factories.screens import Board, board
from tests.factories.snapshots import class_rows, snapshot

FILES = (class_file("3eA", "2026-03-31", range(12)), class_file("3eB", "2026-03-31", range(20, 29)))
READ = (FileEntry(FILES[0].name, FileStatus.READ, "results", 12),)


def folder(*files: ResultsFile, revision: int = 1) -> Snapshot:
    return snapshot(files=READ, revision=revision)._replace(results=files)


async def opened(driven: Board) -> None:
    await driven.press("B")
    assert isinstance(driven.app.screen, ResultsScreen)
    await driven.until(lambda: "Findings" in driven.text or "No result" in driven.text)


async def test_a_folder_of_results_alone_leads_to_their_bilan() -> None:
    async with board(folder(*FILES)) as driven:
        assert "This folder holds certification results" in driven.text
        assert "B: see their bilan" in driven.text
        await opened(driven)
        assert "21 candidates, 21 obtained" in driven.text
        await driven.press("B")
        assert driven.on_board


async def test_each_class_has_its_page_and_the_last_one_leads_to_the_school() -> None:
    async with board(folder(*FILES)) as driven:
        await opened(driven)
        titles = []
        for _page in range(4):
            await driven.press("right")
            titles.append(driven.lines[0])
        said = ("3eA", "3eB", "Students and files", "All certifications")
        assert all(words in title for words, title in zip(said, titles, strict=True))
        assert "Bilan 1/4" in titles[3]
        await driven.press("left", "left")
        assert "3eB" in driven.lines[0]
        assert "9 candidates" in driven.text


def several_years() -> Snapshot:
    """Two classes over two sessions this year, one session the year before."""
    older = file("old.csv", *(line(str(900 + n), at=n, session="1", date="2025-03-19") for n in range(2, 9)))
    second = file(
        "new.csv", *(line(str(500 + n), at=n, session="4322", date="2026-03-20") for n in range(2, 8))
    )
    return folder(*FILES, older, second)


@pytest.mark.slow
async def test_a_year_is_chosen_and_beside_it_stand_those_before() -> None:
    async with board(several_years(), size=(120, 40)) as driven:
        await opened(driven)
        assert "Bilan 2025-2026 1/6" in driven.lines[0]
        assert "From 2024-2025 to 2025-2026" in driven.text or "as in 2025-2026" in driven.text
        await driven.press("a")
        await driven.until(lambda: "Bilan 2024-2025 1/" in driven.lines[0])
        assert "7 candidates" in driven.text
        assert "2025-2026" not in driven.text
        await driven.press("a")
        await driven.until(lambda: "Bilan 2025-2026 1/6" in driven.lines[0])


async def test_of_one_year_alone_no_key_of_years_is_shown() -> None:
    async with board(folder(*FILES), size=(120, 40)) as driven:
        await opened(driven)
        assert "a year" not in driven.lines[-1]
        assert "c class" in driven.lines[-1]


async def test_a_class_or_a_session_is_chosen_from_the_list_of_pages() -> None:
    async with board(several_years(), size=(120, 40)) as driven:
        await opened(driven)
        await driven.press("c")
        await driven.until(lambda: "Page of the bilan" in driven.text)
        assert all(words in driven.text for words in ("Class 3eB", "Session 4321", "Session 4322"))
        await driven.press("down", "down", "down", "down", "enter")
        await driven.until(lambda: "Session 4322" in driven.lines[0])
        assert "6 candidates" in driven.text


async def test_the_number_of_the_page_is_never_cut_and_the_head_speaks_of_results() -> None:
    many = [one._replace(centre="Collège " + "de la Lune-Rousse " * 9) for one in FILES[0].lines]
    results_alone = several_years()._replace(
        newest_export_at=None, results=(FILES[0]._replace(lines=tuple(many)),)
    )
    async with board(results_alone) as driven:
        assert "1 file of results" in driven.lines[0]
        await opened(driven)
        assert driven.lines[0].startswith(" Bilan 1/3 · Collège de la Lune")
        assert "1 file of results" in driven.lines[0]
        assert "no export" not in driven.lines[0]


async def test_it_follows_the_folder_on_the_page_that_is_read() -> None:
    async with board(folder(*FILES)) as driven:
        await opened(driven)
        await driven.press("right")
        more = class_file("3eA", "2026-03-31", range(15))
        await driven.publish(folder(more, FILES[1], revision=2))
        await driven.until(lambda: "15 candidates" in driven.text)
        assert "3eA" in driven.lines[0]


async def test_results_that_go_away_leave_a_sentence() -> None:
    async with board(folder(*FILES)) as driven:
        await opened(driven)
        await driven.publish(folder(revision=2))
        await driven.until(lambda: "No result of a certification in this folder." in driven.text)


async def test_without_results_the_key_does_nothing() -> None:
    async with board(snapshot(class_rows())) as driven:
        await driven.press("B")
        assert driven.on_board


async def test_a_hostile_name_is_only_text_and_plain_characters_are_kept_to() -> None:
    hostile = [
        line(str(n), ResultStatus.CANCELLED, None, at=n, last_name=f"[red]\x1b[2J{n}[/]") for n in range(2, 9)
    ]
    settings = Settings()._replace(ascii_only=True)
    async with board(folder(file("a.csv", *hostile)), settings=settings, size=(120, 40)) as driven:
        await opened(driven)
        assert not set("█▒░─") & set(driven.text)
        await driven.press("left")
        assert "[red]" in driven.text
        assert "\x1b" not in driven.text
        assert not set("█▒░─") & set(driven.text)


async def test_bars_fit_at_80_and_120_columns() -> None:
    for width in (80, 120):
        async with board(folder(*FILES), size=(width, 60)) as driven:
            await opened(driven)
            bars = [row for row in driven.lines if "█" in row]
            assert bars
            assert max(row.rindex("█") for row in bars) > width // 2


async def test_at_80_columns_the_last_key_has_its_word_and_lines_go_on_under_the_first_word() -> None:
    use_language("fr")
    async with board(several_years(), size=(80, 24)) as driven:
        await driven.press("B")
        await driven.until(lambda: "Constats" in driven.text)
        assert driven.lines[-1].rstrip().endswith("q quitter")
        rows = [row.rstrip() for row in driven.lines]
        start = next(n for n, row in enumerate(rows) if "Constats" in row) + 1
        listed = rows[start : rows.index("", start)]
        assert {row[:3] for row in listed} == {" - ", "   "}
