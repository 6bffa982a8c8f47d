"""The hand-over page in a real browser: it prints on the pages it should, and a hostile name does nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import LANGUAGES, use_language
from tests.factories.lesson_sheets import full_lesson, largest_group
from tests.factories.mornings import SHEET_AT, full_morning
from tests.factories.sheet_forms import sheet_as

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next((found for name in BROWSERS if (found := shutil.which(name))), None)
pytestmark = [
    pytest.mark.slow,  # each starts a browser
    pytest.mark.skipif(
        BROWSER is None,
        reason=f"no browser to open the page with: none of {', '.join(BROWSERS)} is installed",
    ),
]
A4 = (595, 842)  # points


def browse(folder: Path, page: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Open a page in a browser of its own, without a window; what it says of the page is in `stderr`."""
    assert BROWSER
    done = subprocess.run(
        [
            BROWSER, "--headless", "--disable-gpu", "--no-sandbox", "--no-first-run", "--disable-extensions",
            "--disable-dev-shm-usage", "--enable-logging=stderr", f"--user-data-dir={folder / 'browser'}",
            *arguments, page.as_uri(),
        ],
        capture_output=True, encoding="utf-8", errors="replace", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


def written(folder: Path, board: Snapshot) -> Path:
    page = folder / "sheet.html"
    page.write_text(sheet_as("html", board, SHEET_AT), encoding="utf-8")
    return page


def printed(folder: Path, board: Snapshot) -> bytes:
    """The page as PDF."""
    pdf = folder / "sheet.pdf"
    page = written(folder, board)
    done = browse(folder, page, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    assert not complaints(done)
    return pdf.read_bytes()


def complaints(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What the console of the page would show: errors of scripts, refusals of the policy."""
    return [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def pages(pdf: bytes) -> int:
    """How many pages a PDF has; Chromium writes each as an object in plain sight."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twenty_candidates_with_incidents_and_notes_are_one_a4_page(tmp_path: Path, lang: str) -> None:
    use_language(lang)
    pdf = printed(tmp_path, full_morning())
    assert pages(pdf) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert box
    assert (round(float(box[1])), round(float(box[2]))) == pytest.approx(A4, abs=1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twenty_six_candidates_and_the_signatures_are_one_a4_page(tmp_path: Path, lang: str) -> None:
    use_language(lang)
    names = [f"DE LA FONTAINE {chr(ord('A') + rank)}" for rank in range(26)]
    assert pages(printed(tmp_path, full_morning(*names))) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", [full_lesson, largest_group])
def test_a_half_group_with_its_objectives_is_one_a4_page(
    tmp_path: Path, lang: str, lesson: Callable[[], Snapshot]
) -> None:
    use_language(lang)
    assert pages(printed(tmp_path, lesson())) == 1


def test_more_candidates_flow_to_further_pages(tmp_path: Path) -> None:
    names = [f"ELEVE {number:03}" for number in range(150)]
    assert 3 <= pages(printed(tmp_path, full_morning(*names))) <= 5


# What a browser makes of the page on paper: where each row and head stands, by a script of the test's own in
# a copy without the policy.
_MEASURE = """<script>addEventListener("load", () => {
  const main = document.querySelector("main");
  const wide = [...document.querySelectorAll("td, th, li, h1, dd")]
    .filter(one => one.getBoundingClientRect().right > main.getBoundingClientRect().right + 1);
  const page = document.documentElement;
  document.title = JSON.stringify({wide: wide.length, over: page.scrollWidth - page.clientWidth,
    head: getComputedStyle(document.querySelector("thead")).display,
    colours: [...new Set([...document.querySelectorAll("*")].map(one => getComputedStyle(one).color))]});
})</script></head>"""


def measured(folder: Path, board: Snapshot) -> dict[str, object]:
    page = written(folder, board)
    text = page.read_text(encoding="utf-8")
    policy = re.search(r'<meta http-equiv="Content-Security-Policy"[^>]*>', text)
    assert policy
    page.write_text(text.replace(policy[0], "").replace("</head>", _MEASURE), encoding="utf-8")
    dom = browse(folder, page, "--window-size=820,1160", "--dump-dom").stdout
    title = re.search(r"<title>(.*?)</title>", dom)
    assert title
    found: dict[str, object] = json.loads(title[1])
    return found


LONG = "DE-LA-ROCHEFOUCAULD-MONTMORENCY-" * 4


def long_lesson() -> Snapshot:
    board = largest_group()
    return board._replace(rows=tuple(row._replace(last_name=f"{LONG}{row.last_name}") for row in board.rows))


@pytest.mark.parametrize(
    "board", [lambda: full_morning(*[f"{LONG}{number}" for number in range(20)]), long_lesson]
)
def test_nothing_sticks_out_and_no_colour_is_needed(tmp_path: Path, board: Callable[[], Snapshot]) -> None:
    found = measured(tmp_path, board())
    assert found["wide"] == 0
    assert found["over"] == 0
    assert found["head"] == "table-header-group"  # repeated on each page
    colours = found["colours"]
    assert isinstance(colours, list)
    for colour in colours:
        red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
        assert red == green == blue <= 0x33, colour  # dark enough for the oldest printer


def test_a_hostile_name_neither_runs_nor_loads_anything(tmp_path: Path) -> None:
    marks = ('"><script>document.title="taken"</script>', "<img src=x onerror='document.title=\"taken\"'>")
    page = written(tmp_path, full_morning(*marks))
    done = browse(tmp_path, page, "--dump-dom")
    assert not complaints(done)
    assert "<title>taken" not in done.stdout
    assert not re.search(r"<script|<img", done.stdout)
    assert "&lt;script&gt;" in done.stdout


def test_the_policy_of_the_page_stops_what_would_get_past_the_escaping(tmp_path: Path) -> None:
    page = written(tmp_path, full_morning())
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<main>", '<main><script>document.title="taken"</script>'), encoding="utf-8")
    done = browse(tmp_path, page, "--dump-dom")
    assert "<title>taken" not in done.stdout
    assert complaints(done)
