"""Campaign exports of other languages and countries: titles of areas, mixed labels, the month first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import FileStatus
from pixsession.domain.pix.assessment import Mastery
from tests.factories import exports as sheets
from tests.factories.exports import MORNING, NAME, Sheet, pending, read, sent, sheet, student, told
from tests.factories.samples import Layout
from tests.factories.samples.assessments import AssessmentForm, assessed, assessment_export
from tests.factories.samples.paths import HALF_GROUP_PATH
from tests.factories.tables import assessment

pytestmark = pytest.mark.usefixtures("one_engine")

BEGIN = datetime(2026, 3, 12, 8, 30)  # noqa: DTZ001
TITLES = {
    "Information et données": "Information and data",
    "Communication et collaboration": "Communication and collaboration",
    "Création de contenu": "Content creation",
    "Protection et sécurité": "Protection and security",
    "Environnement numérique": "Digital environment",
}
STARTED, SHARED_AT = "Date et heure de début (Europe/Paris)", "Date et heure du partage (Europe/Paris)"


def evaluation(language: str = "fr") -> Sheet:
    form = AssessmentForm(language=language)
    content = assessment_export(assessed(12, 5, HALF_GROUP_PATH, BEGIN), HALF_GROUP_PATH, form, MORNING)
    return Sheet.of(content.content)


def in_titles(plain: Sheet, titles: dict[str, str]) -> Sheet:
    """The sheet with other titles of areas in its labels."""
    for label in plain.header:
        for title, other in titles.items():
            if label.endswith(title):
                plain = plain.with_label(label, label.removesuffix(title) + other)
    return plain


def areas_of(plain: Sheet) -> list[tuple[tuple[str, Mastery], ...]]:
    return [line.areas for line in assessment(plain.content()).assessments]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_english_titles_of_areas_are_those_of_the_crcn(language: str) -> None:
    plain = evaluation(language)
    english = in_titles(plain, TITLES)
    assert english.header != plain.header
    assert areas_of(english) == areas_of(plain)
    keys = {key for areas in areas_of(english) for key, _mastery in areas}
    assert keys
    assert keys <= set("12345")


def test_titles_of_areas_never_seen_keep_their_name() -> None:
    other = in_titles(evaluation("en"), {title: f"Área {number}" for number, title in enumerate(TITLES)})
    found = assessment(other.content())
    assert {key for line in found.assessments for key, _mastery in line.areas} <= {
        f"Área {number}" for number in range(5)
    }
    assert any(line.areas for line in found.assessments)
    assert not any(line.doubts for line in found.assessments)


@pytest.mark.parametrize("labels", ["fr", "en", "nl", "es", "de", "it"])
@pytest.mark.parametrize("values", ["fr", "en", "nl", "es", "de", "it"])
def test_labels_in_one_language_and_values_in_another(labels: str, values: str) -> None:
    people = [student(), student("PICHON", "Mathéo", pending()), student("SOREL", "Ana", sent("09:12", 3))]
    header, rows = (sheet(*people, layout=Layout(language=language)) for language in (labels, values))
    assert told(read(Sheet(header.header, rows.rows).content())) == told(read(sheet(*people).content()))


@pytest.mark.parametrize("label", ["campaign-code", "campaign-export.common.campaign-code", "رمز الحملة"])
def test_the_code_of_the_campaign_under_a_raw_key(label: str) -> None:
    found = read(sheet(student(), layout=Layout(language="en")).with_label("Campaign code", label).content())
    assert found.campaign is not None
    assert (found.campaign.number, found.campaign.code) == ("731958", "FDVRGZ586")
    assert not found.notes


def test_an_evaluation_with_the_month_first_and_a_total() -> None:
    plain = evaluation()
    expected = assessment(plain.content("utf-8"), "utf-8").assessments
    turned = plain
    for label in (STARTED, SHARED_AT):
        at = plain.header.index(label)
        for number, row in enumerate(plain.rows):
            if row[at] != "NA":
                moment = datetime.strptime(row[at], "%d/%m/%Y %H:%M")  # noqa: DTZ007
                turned = turned.with_cell(label, f"{moment:%m/%d/%Y %H:%M}", number)
    late = next(number for number, row in enumerate(plain.rows) if row[plain.header.index(SHARED_AT)] == "NA")
    turned = turned.with_cell(STARTED, "02/25/2026 08:00", late)
    total = ("Total", *[""] * 7, "12", *[""] * (len(plain.header) - 9))
    found = assessment(Sheet(turned.header, (*turned.rows, total)).content("utf-8"), "utf-8")
    assert [line.shared_at for line in found.assessments] == [line.shared_at for line in expected]
    assert found.assessments[late].started_at == "2026-02-25T08:00"
    assert not any(line.doubts for line in found.assessments)
    assert found.notes == (
        "dates are read with the month first, as “02/25/2026 08:00” tells",
        f"line {len(plain.rows) + 2} is a total or a remark: it is left out",
    )


def test_the_notes_reach_the_list_of_files(tmp_path: Path) -> None:
    content = sheet(student()).content("utf-8") + b"Total;;;1\n"
    entry = sheets.entry(sheets.board_of(tmp_path, content), NAME)
    assert entry.status is FileStatus.READ
    assert entry.message == "line 3 is a total or a remark: it is left out"
