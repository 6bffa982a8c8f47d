"""The hand-over page in a real browser: it prints on the pages it should, and a hostile name does nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import LANGUAGES, use_language
from tests.e2e.browser import Browser, pages
from tests.factories.lesson_sheets import full_lesson, largest_group
from tests.factories.mornings import SHEET_AT, full_morning
from tests.factories.sheet_forms import sheet_as

A4 = (595, 842)  # points


def written(folder: Path, board: Snapshot) -> Path:
    page = folder / "sheet.html"
    page.write_text(sheet_as("html", board, SHEET_AT), encoding="utf-8")
    return page


@pytest.fixture
def printed(browser: Browser, tmp_path: Path) -> Callable[[Snapshot], bytes]:
    """Gives the sheet of a board as PDF."""

    def pdf_of(board: Snapshot) -> bytes:
        browser.opens(written(tmp_path, board))
        assert browser.complaints == []
        return browser.printed()

    return pdf_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twenty_candidates_with_incidents_and_notes_are_one_a4_page(
    printed: Callable[[Snapshot], bytes], lang: str
) -> None:
    use_language(lang)
    pdf = printed(full_morning())
    assert pages(pdf) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert box
    assert (round(float(box[1])), round(float(box[2]))) == pytest.approx(A4, abs=1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twenty_six_candidates_and_the_signatures_are_one_a4_page(
    printed: Callable[[Snapshot], bytes], lang: str
) -> None:
    use_language(lang)
    names = [f"DE LA FONTAINE {chr(ord('A') + rank)}" for rank in range(26)]
    assert pages(printed(full_morning(*names))) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", [full_lesson, largest_group])
def test_a_half_group_with_its_objectives_is_one_a4_page(
    printed: Callable[[Snapshot], bytes], lang: str, lesson: Callable[[], Snapshot]
) -> None:
    use_language(lang)
    assert pages(printed(lesson())) == 1


def test_more_candidates_flow_to_further_pages(printed: Callable[[Snapshot], bytes]) -> None:
    names = [f"ELEVE {number:03}" for number in range(150)]
    assert 3 <= pages(printed(full_morning(*names))) <= 5


# Where each row and head stands, and how.
_MEASURE = """(() => {
  const main = document.querySelector("main");
  const wide = [...document.querySelectorAll("td, th, li, h1, dd")]
    .filter(one => one.getBoundingClientRect().right > main.getBoundingClientRect().right + 1);
  const page = document.documentElement;
  return {wide: wide.length, over: page.scrollWidth - page.clientWidth,
    head: getComputedStyle(document.querySelector("thead")).display,
    colours: [...new Set([...document.querySelectorAll("*")].map(one => getComputedStyle(one).color))]};
})()"""
LONG = "DE-LA-ROCHEFOUCAULD-MONTMORENCY-" * 4


def long_lesson() -> Snapshot:
    board = largest_group()
    return board._replace(rows=tuple(row._replace(last_name=f"{LONG}{row.last_name}") for row in board.rows))


@pytest.mark.parametrize(
    "board", [lambda: full_morning(*[f"{LONG}{number}" for number in range(20)]), long_lesson]
)
def test_nothing_sticks_out_and_no_colour_is_needed(
    browser: Browser, tmp_path: Path, board: Callable[[], Snapshot]
) -> None:
    browser.opens(written(tmp_path, board()))
    found = browser.value_of(_MEASURE)
    assert found["wide"] == 0
    assert found["over"] == 0
    assert found["head"] == "table-header-group"  # repeated on each page
    for colour in found["colours"]:
        red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
        assert red == green == blue <= 0x33, colour  # dark enough for the oldest printer


def test_a_hostile_name_neither_runs_nor_loads_anything(browser: Browser, tmp_path: Path) -> None:
    marks = ('"><script>document.title="taken"</script>', "<img src=x onerror='document.title=\"taken\"'>")
    browser.opens(written(tmp_path, full_morning(*marks)))
    shown = browser.value_of("document.documentElement.outerHTML")
    assert browser.complaints == []
    assert "<title>taken" not in shown
    assert not re.search(r"<script|<img", shown)
    assert "&lt;script&gt;" in shown


def test_the_policy_of_the_page_stops_what_would_get_past_the_escaping(
    browser: Browser, tmp_path: Path
) -> None:
    page = written(tmp_path, full_morning())
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<main>", '<main><script>document.title="taken"</script>'), encoding="utf-8")
    browser.opens(page)
    assert browser.value_of("document.title") != "taken"
    assert browser.complaints
