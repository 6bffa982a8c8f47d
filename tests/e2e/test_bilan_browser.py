"""The bilan in a real browser: one A4 page for the school, one a class, one for students and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pixsession.foundation.i18n import LANGUAGES
from tests.e2e.browser import Browser, pages
from tests.e2e.runs import Run
from tests.factories.samples.results import SESSION, ResultForm, certified, class_results, session_results

NEW = ResultForm.LEVEL_AND_SCORE


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("classes", "years"), [(3, 2), (8, 3)])
def test_the_school_each_class_and_what_is_of_students_are_a_page_each(
    run: Run, browser: Browser, tmp_path: Path, lang: str, classes: int, years: int
) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    tests = certified(28 * classes, 5, ("CléA numérique",))
    at = datetime(2026, 3, 31, 18)  # noqa: DTZ001 - Paris time without zone, as everywhere
    made = [session_results(tests, NEW)]
    for n in range(1, years):
        before = replace(SESSION, number=n, start=SESSION.start - timedelta(days=364 * n))
        older = [replace(test, number=test.number + n) for test in certified(70, 6 + n)]
        made.append(session_results(older, NEW, before))
    made += [class_results(tests[28 * n : 28 * n + 28], NEW, f"3e{n}", at) for n in range(classes)]
    for file in made:
        file.write_to(folder)
    page = tmp_path / "bilan.html"
    assert run("results", folder, "--format", "html", "--output", page, lang=lang).status == 0
    browser.opens(page)
    assert browser.complaints == []
    assert pages(browser.printed()) == classes + 2
