"""The bilan in a real browser: one A4 page for the school, one a class, one for students and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.foundation.i18n import LANGUAGES
from tests.e2e.runs import Run
from tests.e2e.test_report_browser import BROWSER, browse, complaints, pages
from tests.factories.samples.results import SESSION, ResultForm, certified, class_results, session_results

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no browser to open the page with"),
]
NEW = ResultForm.LEVEL_AND_SCORE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_school_three_classes_and_what_is_of_students_are_five_pages(
    run: Run, tmp_path: Path, lang: str
) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    tests = certified(84, 5)
    before = replace(SESSION, number=1, start=SESSION.start - timedelta(days=364))
    older = [replace(test, number=test.number + 1) for test in certified(70, 6)]
    at = datetime(2026, 3, 31, 18)  # noqa: DTZ001 - Paris time without zone, as everywhere
    made = [session_results(tests, NEW), session_results(older, NEW, before)]
    made += [class_results(tests[28 * n : 28 * n + 28], NEW, f"3e{'ABC'[n]}", at) for n in range(3)]
    for file in made:
        file.write_to(folder)
    page, pdf = tmp_path / "bilan.html", tmp_path / "bilan.pdf"
    assert run("results", folder, "--format", "html", "--output", page, lang=lang).status == 0
    done = browse(tmp_path, page, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    assert not complaints(done)
    assert pages(pdf.read_bytes()) == 5
