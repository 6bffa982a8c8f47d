"""The figures of the page of a term against others' ways of counting, and what may be said to whom."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import combinations
from statistics import median

import pytest

from pixsession.domain.lesson.calendar import CampaignExport, CampaignLine, calendar_of
from pixsession.domain.lesson.term import KeptLesson, LessonOutcome, objective_of_class
from pixsession.domain.pix.campaign import Campaign
from pixsession.domain.pix.competences import BY_CODE, CODES
from pixsession.domain.pix.eligibility import Profile, Rule
from pixsession.foundation.i18n import LANGUAGES, use_language
from pixsession.readers.export import ExportKind
from pixsession.readers.kinds import kind_of
from pixsession.reports.lesson.calendar import calendar_document
from pixsession.reports.lesson.council import council_pages
from pixsession.reports.lesson.families import family_sheets
from pixsession.reports.lesson.progress import term_progress
from pixsession.reports.lesson.term import Term, term_of
from pixsession.reports.render import rendered
from pixsession.reports.text import cell_length
from tests.factories.lesson_sheets import kept, outcome
from tests.factories.lessons import profile

NOW = datetime(2026, 3, 20, 17, 0)  # noqa: DTZ001 - Paris time, without zone
NAMES = (
    "AUBRY", "BENALI", "CARLIER", "DE LA ROCHEFOUCAULD-MONTMORENCY", "ESTEVE", "FAURE", "GUERIN", "HAMON",
    "IDIR",
)  # fmt: skip
DAYS = ("02", "05", "09", "12", "16", "19")


def year(seed: int) -> tuple[KeptLesson, ...]:
    """Two half-groups of a class by turns; every third student sends no profile."""
    dice = random.Random(seed)
    pix = {name: [0] * len(CODES) for name in NAMES}
    lessons = []
    for turn, day in enumerate(DAYS):
        group = f"5eB gr{turn % 2 + 1}"
        mine = [name for number, name in enumerate(NAMES) if number % 2 == turn % 2]
        lessons.append(
            kept(day, *(_drawn(dice, name, group, pix[name]) for name in mine), title=f"Lesson {turn}")
        )
    return tuple(lessons)


def _drawn(dice: random.Random, name: str, group: str, pix: list[int]) -> LessonOutcome:
    if dice.random() < 0.15:
        return outcome(name, place="5eB")._replace(group=group, is_absent=dice.random() < 0.5)
    for place in dice.sample(range(len(CODES)), 4):
        pix[place] += dice.randrange(9)
    sent = NAMES.index(name) % 3 != 0
    count = sum(one >= 8 for one in pix) if sent else None
    progress = dice.choice((1.0, 1.0, round(dice.random(), 3)))
    shared = progress == 1 and dice.random() < 0.7
    found = outcome(name, 0.0, progress, shared, (count, count), place="5eB")
    return found._replace(group=group, profile=profile(*pix) if sent else None)


def table_of(term: Term) -> list[dict[str, str]]:
    text = rendered(term_progress(term, NOW), "csv")[1:]
    head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    return [dict(zip(head, cells, strict=True)) for cells in lines]


def fewest(known: Profile) -> int:
    """How many competences are missing for the objective of the 5e, by trying every set of them."""
    levels = dict(zip(CODES, known.levels, strict=True))
    there = {code for code in CODES if (levels[code] or 0) >= 1}
    short = sorted(set(CODES) - there)

    def reaches(more: Sequence[str]) -> bool:
        found = there | set(more)
        return len(found) >= 5 and len({BY_CODE[code].area for code in found}) == 5

    return next(size for size in range(17) if any(map(reaches, combinations(short, size))))


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_of_the_page_is_that_of_another_count(seed: int) -> None:
    lessons = year(seed)
    term = term_of(lessons, (), Rule())
    text = rendered(term_progress(term, NOW), "text")
    page = rendered(term_progress(term, NOW), "html")
    for lesson in lessons:
        there = [one for one in lesson.students if one.progress_after is not None]
        middle = median([one.progress_after or 0 for one in there]) if there else None
        finished = sum(one.progress_after == 1 for one in there)
        sent = sum(bool(one.shared) for one in there)
        came = f"{len(there)}/{len(lesson.students)} came, "
        assert f'<td class="">{came}{finished} finished, {sent} sent</td>' in page
        (line,) = (line for line in text.splitlines() if f" {lesson.title} " in line)
        assert line.endswith(f" · {came}{sent} sent")
        if middle is not None and 0.01 < middle < 0.99:
            (shown,) = re.findall(r" (\d+)% · ", line)
            assert abs(int(shown) - middle * 100) <= 0.5
    newest = {one.last_name: one.profile for lesson in lessons for one in lesson.students if one.profile}
    short = {name: fewest(one) for name, one in newest.items() if one is not None}
    assert short
    for row in table_of(term):
        said = row["Missing for the objective"]
        if (name := row["Last name called"]) not in short:
            assert said == "?"
        else:
            assert said.partition(" ")[0] == (str(short[name]) if short[name] else "reached")
    groups = [line for line in text.splitlines() if re.match(r"5eB gr[12] [░▒█]", line)]
    assert len(groups) == 2
    for number, line in enumerate(groups):
        mine = NAMES[number::2]
        reached = sum(short.get(name) == 0 for name in mine)
        unknown = sum(name not in short for name in mine)
        assert line.endswith(f" {reached} of {len(mine)}, {unknown} unknown")


def pages(term: Term) -> Iterator[str]:
    for document in (term_progress(term, NOW), council_pages(term, NOW), family_sheets(term, NOW)):
        yield rendered(document, "text")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_any_page_is_wider_than_a_hundred(lang: str) -> None:
    use_language(lang)
    lessons = [replace_day(one, index) for index, one in enumerate(year(1) * 4)]
    for text in pages(term_of(lessons, (), Rule())):
        assert max(map(cell_length, text.splitlines())) <= 100


def replace_day(lesson: KeptLesson, index: int) -> KeptLesson:
    return lesson._replace(date=date(2026, 1 + index // 25, 1 + index % 25), title=f"Séance longue {index}")


def test_the_newest_lessons_stay_where_there_is_no_room_for_all() -> None:
    lessons = [replace_day(one, index) for index, one in enumerate(year(1) * 4)]
    text = rendered(term_progress(term_of(lessons, (), Rule()), NOW), "text")
    assert re.search(r"(?m)^Student .* 23/01 +Comp\.", text)
    assert not re.search(r"(?m)^Student .* 01/01 ", text)
    assert "(first columns left out, which the page and the table have: " in text
    assert '<th scope="col" class="time">01/01</th>' in rendered(
        term_progress(term_of(lessons, (), Rule()), NOW), "html"
    )


# -- half-groups and namesakes -------------------------------------------------------------------


def test_namesakes_of_two_half_groups_are_two_students() -> None:
    lessons = [
        kept(
            day,
            outcome("MARTIN", 0, 1, True, place="5eB", keys=("assessment|martin|lou|5eb|",))._replace(
                group=group
            ),
        )
        for day, group in zip(DAYS, ("gr1", "gr2") * 3, strict=True)
    ]
    found = term_of(lessons, (), Rule()).students
    assert [[one is not None for one in student.outcomes] for student in found] == [
        [True, False] * 3, [False, True] * 3,
    ]  # fmt: skip


def test_who_changes_half_group_once_stays_one() -> None:
    lessons = [
        kept(day, outcome("MARTIN", 0, 1, True, place="5eB")._replace(group=group))
        for day, group in zip(DAYS, ("gr1", "gr1", "gr1", "gr2", "gr2", "gr2"), strict=True)
    ]
    assert len(term_of(lessons, (), Rule()).students) == 1


def test_namesakes_whose_profile_is_the_very_same_are_one_at_two_half_groups() -> None:
    lessons = [
        kept(
            day,
            outcome("MARTIN", 0, 1, True, (2, 2), place="5eB", sent_at="2026-03-01T10:00")._replace(
                group=group
            ),
        )
        for day, group in zip(DAYS, ("gr1", "gr2") * 3, strict=True)
    ]
    assert len(term_of(lessons, (), Rule()).students) == 1


def test_each_half_group_has_its_own_grid_and_lessons() -> None:
    groups = term_of(year(2), (), Rule()).groups
    assert [group.title for group in groups] == ["5eB gr1", "5eB gr2"]
    assert [group.lessons for group in groups] == [(0, 2, 4), (1, 3, 5)]


# -- what is said to whom -------------------------------------------------------------------------


RECHERCHE, CREER = Campaign("AAA", "AAA", "Recherche"), Campaign("BBB", "BBB", "Créer")


def test_each_campaign_is_reminded_of_by_its_own_last_export() -> None:
    lessons = (
        kept("05", outcome("ROUX", 0, 1, False)._replace(campaign=RECHERCHE)),
        kept("12", outcome("ROUX", 0, 0.5, False)._replace(campaign=CREER)),
        kept("19", outcome("ROUX")._replace(campaign=CREER)),
    )
    text = rendered(term_progress(term_of(lessons, (), Rule()), NOW), "text")
    assert "- Lou ROUX: to be finished, then sent (Créer); results to be sent (Recherche)\n" in text
    assert "To remind, by the exports of 05/03/2026 to 12/03/2026 — 3eB:" in text


def test_what_was_sent_in_a_later_lesson_of_the_same_campaign_is_no_reminder() -> None:
    lessons = (
        kept("05", outcome("ROUX", 0, 1, False)._replace(campaign=RECHERCHE)),
        kept("12", outcome("ROUX", 1, 1, True)._replace(campaign=RECHERCHE)),
    )
    assert term_of(lessons, (), Rule()).students[0].reminders == ()


def test_who_is_of_a_class_without_a_collection_is_asked_for_no_profile() -> None:
    """The collection of another class proves nothing of theirs."""
    lesson = kept(
        "05", outcome("ROUX", 0, 1, True, (2, 2), place="3eA"), outcome("HUET", 0, 1, True, place="3eB")
    )
    said = {
        one.last_name: [why.reason for why in one.reminders]
        for one in term_of((lesson,), (), Rule()).students
    }
    assert said["HUET"] == []


def test_the_day_of_the_collection_is_told_and_not_that_of_the_lesson() -> None:
    lesson = kept("19", outcome("HUET", 0, 1, True)._replace(collected_on=date(2026, 3, 2)))
    text = rendered(term_progress(term_of((lesson,), (), Rule()), NOW), "text")
    assert "To remind, by the exports of Monday 2 March 2026 — 3eB:\n- Lou HUET: profile to be sent\n" in text


# -- council, families ------------------------------------------------------------------------------


def test_the_council_has_a_page_a_class_and_nothing_that_was_written_freely() -> None:
    one = outcome("ROUX", 0, 1, True, (2, 4), place="3eA")._replace(
        observations=("clavier", "clavier", "aidé"), notes=("parents à appeler",)
    )
    document = council_pages(term_of((kept("05", one, outcome("HUET", place="3eB")),), (), Rule()), NOW)
    assert [page.title for page in (document, *document.further)] == ["3eA", "3eB"]
    text = rendered(document, "text")
    assert re.search(r"(?m)^ROUX Lou +1/1 +1 +2 → 4 +\? +clavier ×2, aidé$", text)
    assert "parents" not in text + rendered(document, "html")


def test_the_sheet_of_a_family_is_of_one_child_and_says_what_is_left() -> None:
    roux = outcome("ROUX", 0, 1, False, (2, 2), place="5eB")._replace(
        profile=profile(8, 8), observations=("clavier",), notes=("secret",)
    )
    document = family_sheets(term_of((kept("05", roux, outcome("HUET", place="5eB")),), (), Rule()), NOW)
    huet, found = (document, *document.further)
    text = rendered(found, "text")
    assert "HUET" not in text
    assert "clavier" not in text
    assert "secret" not in text
    assert "2 skills of 16 are at the first level or above." in text
    assert "4 skills are left" in text
    assert "Send the results" in text
    assert "No profile was sent yet" in rendered(huet, "text")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_table_saved_among_the_exports_is_read_as_a_list(lang: str) -> None:
    use_language(lang)
    term = term_of(year(3), (), Rule())
    for document in (council_pages(term, NOW), family_sheets(term, NOW), calendar_document(CALENDAR, NOW)):
        assert kind_of(list(document.data.titles)) is ExportKind.UNKNOWN


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("5eB", "5e"),
        ("5 B", "5e"),
        ("4e3", "4e-3e"),
        ("3ème A", "4e-3e"),
        ("6eA", "6e"),
        ("", "eligible"),
    ],
)
def test_the_objective_of_a_class_is_that_of_its_year(place: str, name: str) -> None:
    assert objective_of_class(place).name == name


# -- calendar -----------------------------------------------------------------------------------


def line(
    name: str, place: str, sent_on: str | None = None, begun_on: str = "2026-03-02T10:00"
) -> CampaignLine:
    return CampaignLine(name, "Lou", place, sent_on is not None, begun_on, sent_on)


EXPORTS = (
    CampaignExport(
        CREER, False, date(2026, 3, 12),
        (line("A", "5eB", begun_on="2026-03-09"), line("B", "5eB", begun_on="2026-03-09")),
    ),
    CampaignExport(
        RECHERCHE, False, date(2026, 3, 9),
        (line("A", "5eB", "2026-03-02"), line("B", "5e B", "2026-03-05T11:00"), line("C", "5eA")),
    ),
)  # fmt: skip
CALENDAR = calendar_of(EXPORTS)


def test_a_campaign_is_done_running_or_to_do_for_each_class() -> None:
    text = rendered(calendar_document(CALENDAR, NOW), "text")
    assert re.search(r"(?m)^Campaign +5eA +5eB$", text)
    assert re.search(r"(?m)^Recherche +► 0/1 · 09/03 +✔ 2/2 · 05/03$", text)
    assert re.search(r"(?m)^Créer +○ to do +► 0/2 · 12/03$", text)
    assert re.search(r"(?m)^5eB [▒█]+ 1 of 2 campaigns done$", text)


def test_one_student_who_has_sent_is_no_class_that_is_done() -> None:
    crowd = tuple(line(f"N{number}", "5eB", "2026-03-02") for number in range(10))
    alone = CampaignExport(CREER, False, date(2026, 3, 12), crowd[:1])
    found = calendar_of((alone, CampaignExport(RECHERCHE, True, date(2026, 3, 9), crowd)))
    states = [found.of(found.classes[0], one).state for one in found.campaigns]
    assert sorted(states) == ["done", "running"]


def test_a_class_that_is_asked_for_alone_is_told_alone() -> None:
    assert [one.name for one in calendar_of(EXPORTS, ("5EA",)).classes] == ["5eA"]
