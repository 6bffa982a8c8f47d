"""Evaluation exports: every form of them is read as the invented students made it, and nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from pixsession.domain.board.reasons import ReasonCode
from pixsession.domain.pix.assessment import AssessmentLine, Mastery, SkillState
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.campaign.assessments import looks_like_assessment
from pixsession.readers.campaign.headers import looks_like_profiles
from tests.factories.exports import MORNING, Sheet, export, student
from tests.factories.samples import Generation
from tests.factories.samples.assessments import (
    AssessmentForm,
    assessed,
    assessment_export,
    half_group,
    sos,
    wide_export,
)
from tests.factories.samples.paths import HALF_GROUP_PATH, SOS_PATH, SamplePath
from tests.factories.tables import assessment

BEGIN = datetime(2026, 3, 12, 8, 30)  # noqa: DTZ001 - Paris time without zone
OTHER_FRAMEWORK = SamplePath(
    "Pix+ Édu",
    (("Posture d'enseignant & numérique", "Pratiques / classe", ("@edu1", "@edu2")),),
    badges=(("=Or", 0.5),),
)
SHARED, PROGRESS, MASTERY = (
    "Partage (O/N)",
    "% de progression",
    "% maitrise de l'ensemble des acquis du profil",
)
CODE = "Code"


def sheet(form: AssessmentForm | None = None, path: SamplePath = HALF_GROUP_PATH, count: int = 12) -> Sheet:
    """The export of a few students, taken apart; the first line is shared, unshared ones are there too."""
    return Sheet.of(content(form, path, count))


def content(form: AssessmentForm | None = None, path: SamplePath = HALF_GROUP_PATH, count: int = 12) -> bytes:
    return assessment_export(assessed(count, 5, path, BEGIN), path, form or AssessmentForm(), MORNING).content


def first(changed: Sheet) -> AssessmentLine:
    """The first line of a sheet."""
    return assessment(changed.content()).assessments[0]


def is_shared(changed: Sheet, row: int) -> bool:
    return changed.rows[row][changed.header.index(SHARED)] == "Oui"


def shared_row(changed: Sheet) -> int:
    return next(row for row in range(len(changed.rows)) if is_shared(changed, row))


def unshared_row(changed: Sheet) -> int:
    return next(row for row in range(len(changed.rows)) if not is_shared(changed, row))


FORMS = [
    *[AssessmentForm(generation) for generation in Generation],
    *[AssessmentForm(language=language, skills=True) for language in ("en", "de")],
    AssessmentForm(progress=False),
    AssessmentForm(skills=True, external_id="Classe"),
    AssessmentForm(group=True, division=False, student_number=True, external_id="Parcours"),
    AssessmentForm(extra_columns=("", "Rang"), external_id="Identifiant"),
    AssessmentForm(Generation.NAMES_ONLY, language="en", skills=True),
]


@pytest.mark.parametrize("form", FORMS, ids=repr)
@pytest.mark.parametrize("path", [HALF_GROUP_PATH, SOS_PATH, OTHER_FRAMEWORK], ids=lambda path: path.name)
def test_every_form_says_what_the_students_did(form: AssessmentForm, path: SamplePath) -> None:
    students = assessed(25, 3, path, BEGIN)
    made = assessment_export(students, path, form, MORNING)
    found = assessment(made.content)
    assert found.assessments == made.truth
    assert {line.shared for line in made.truth} == {True, False}
    assert found.campaign is not None
    assert found.campaign.path == path.name
    assert not found.notes
    # Columns without a label, and those of a school's own format, have no meaning to us.
    assert [use.header for use in found.columns if use.meaning is None] == [
        label for label in form.within().extra_columns if label
    ]


def test_files_of_2018_hold_percentages_and_say_so() -> None:
    begin = datetime(2018, 9, 20, 9, 0)  # noqa: DTZ001
    form = AssessmentForm(Generation.NAMES_ONLY, in_percent=True)
    at = begin.replace(hour=11)
    made = assessment_export(assessed(20, 4, SOS_PATH, begin), SOS_PATH, form, at)
    found = assessment(made.content, at=at)
    assert found.generation == "2018"
    assert len(found.notes) == 1
    for line, truth in zip(found.assessments, made.truth, strict=True):
        assert line.progress == pytest.approx(truth.progress)
        assert line.mastery == (None if truth.mastery is None else pytest.approx(truth.mastery))
        assert dict(line.competences).keys() == dict(truth.competences).keys()
        for key, mastery in truth.competences:
            assert dict(line.competences)[key].rate == pytest.approx(mastery.rate)
        assert not line.doubts


def test_one_wild_number_does_not_make_a_file_one_of_percentages() -> None:
    old = sheet(AssessmentForm(Generation.NAMES_ONLY))
    row = unshared_row(old)
    line = assessment(old.with_cell(PROGRESS, "57", row).content()).assessments[row]
    assert line.progress is None
    assert [doubt.code for doubt in line.doubts] == [ReasonCode.CELL_UNREADABLE]


@pytest.mark.parametrize(("fifty", "expected"), [(0, 1.0), (2, 1.0), (3, 0.01)])
def test_a_file_of_2018_counts_in_percents_only_where_most_numbers_are_above_one(
    fifty: int, expected: float
) -> None:
    """Where all have done all, and where as many numbers are above 1 as not, "1" is all done."""
    begin = datetime(2018, 9, 20, 9, 0)  # noqa: DTZ001
    at = begin.replace(hour=11)
    form = AssessmentForm(Generation.NAMES_ONLY)
    students = assessed(4, 5, SOS_PATH, begin)
    old = Sheet.of(assessment_export(students, SOS_PATH, form, at).content)
    old = replace(old, rows=old.rows[:4])
    for row in range(4):
        old = old.with_cell(MASTERY, "NA", row).with_cell(PROGRESS, "1" if row >= fifty else "50", row)
    lines = assessment(old.content(), at=at).assessments
    assert [line.progress for line in lines[fifty:]] == [expected] * (4 - fifty)


def test_names_in_labels_are_unescaped_and_titles_stay_whole() -> None:
    line = next(line for line in assessment(content()).assessments if line.shared)
    assert [title for title, _has in line.badges] == [
        "Prêt pour l'année",
        "Vie privée & sécurité : l'essentiel / <bases>",
    ]


def test_skills_lose_the_apostrophe_of_their_header() -> None:
    made = content(AssessmentForm(skills=True))
    assert b'"\'@moteur1"' in made
    line = next(line for line in assessment(made).assessments if line.shared)
    assert [name for name, _state in line.skills] == list(HALF_GROUP_PATH.skills)
    assert {state for _name, state in line.skills} <= set(SkillState)


@pytest.mark.parametrize("cell", ["peut-être", "1", "NA", ""])
def test_a_share_that_cannot_be_read_is_a_doubt_and_no_result(cell: str) -> None:
    some = sheet()
    row = shared_row(some)
    line = assessment(some.with_cell(SHARED, cell, row).content()).assessments[row]
    assert line.shared is None
    assert [doubt.code for doubt in line.doubts] == [ReasonCode.SEND_STATE_UNKNOWN]
    assert (line.stage, line.mastery, line.badges, line.competences) == (None, None, (), ())


@pytest.mark.parametrize(
    ("label", "cell", "field"),
    [
        (PROGRESS, "1,2", "progress"),
        (MASTERY, "beaucoup", "mastery"),
        ("Palier obtenu (/3)", "4", "stage"),
        ("Date et heure du partage (Europe/Paris)", "hier", "shared_at"),
        ("Date et heure de début (Europe/Paris)", "31/02/2026 10:00", "started_at"),
    ],
)
def test_what_cannot_be_is_unknown_with_its_reason(label: str, cell: str, field: str) -> None:
    some = sheet()
    row = shared_row(some)
    line = assessment(some.with_cell(label, cell, row).content()).assessments[row]
    assert getattr(line, field) is None
    assert [doubt.values[1] for doubt in line.doubts] == [cell]


def test_more_skills_mastered_than_there_are_is_unknown() -> None:
    some = sheet()
    row = shared_row(some)
    label = "Acquis maitrisés dans la compétence Interagir"
    line = assessment(some.with_cell(label, "9", row).content()).assessments[row]
    assert dict(line.competences)["2.1"].mastered is None
    assert line.doubts


@pytest.mark.parametrize("cell", ["NA", "", "Non Disponible"])
def test_missing_cells_are_unknown_without_a_doubt(cell: str) -> None:
    some = sheet()
    row = shared_row(some)
    line = assessment(some.with_cell(MASTERY, cell, row).content()).assessments[row]
    assert line.mastery is None
    assert not line.doubts


@pytest.mark.parametrize("cell", ["0,67", "0.67", "67%", "67 %", " 0,67 "])
def test_fractions_as_spreadsheets_show_them(cell: str) -> None:
    some = sheet()
    row = shared_row(some)
    assert assessment(some.with_cell(MASTERY, cell, row).content()).assessments[row].mastery == 0.67


def test_columns_are_found_by_label_wherever_they_stand() -> None:
    some = sheet(AssessmentForm(skills=True))
    moved = some.in_order(list(reversed(range(len(some.header)))))

    def facts(line: AssessmentLine) -> AssessmentLine:
        return line._replace(
            badges=tuple(sorted(line.badges)),
            competences=tuple(sorted(line.competences)),
            areas=tuple(sorted(line.areas)),
            skills=tuple(sorted(line.skills)),
        )

    assert list(map(facts, assessment(moved.content()).assessments)) == list(
        map(facts, assessment(some.content()).assessments)
    )


def test_a_column_that_stands_twice_is_read_once_and_told() -> None:
    some = sheet()
    label = "Acquis maitrisés dans la compétence Interagir"
    twice = some.with_column(label, ["0"] * len(some.rows), before=MASTERY)
    found = assessment(twice.content())
    assert label in found.notes[0]
    assert len(found.notes) == 1


def test_many_columns_that_stand_twice_are_told_in_one_sentence() -> None:
    some = sheet()
    found = assessment(some.in_order([*range(len(some.header)), *range(14, len(some.header))]).content())
    assert found.assessments == assessment(some.content()).assessments
    assert len(found.notes) == 1
    assert str(len(some.header) - 14) in found.notes[0]


def test_dutch_and_spanish_do_not_name_their_competences_so_they_are_not_read() -> None:
    some = sheet(AssessmentForm(skills=True), path=SOS_PATH)
    labels = {
        SHARED: "Delen (J/N)",
        PROGRESS: "% toename",
        MASTERY: "% beheersing van alle vaardigheden in het profiel",
    }
    header = [
        labels.get(label, "% beheersing van verworven vaardigheden " if "compétence" in label else label)
        for label in some.header
    ]
    found = assessment(replace(some, header=tuple(header)).content())
    line = next(line for line in found.assessments if line.shared)
    assert (line.competences, line.mastery is None, len(line.skills)) == ((), False, len(SOS_PATH.skills))
    assert len(found.notes) == 1


def can_be_written(row: tuple[str, ...], encoding: str) -> bool:
    """Whether this encoding has every letter of a row."""
    text = "".join(row)
    return "\n" not in text and text.encode(encoding, "ignore").decode(encoding) == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "mac_roman"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_saved_again_by_another_program(encoding: str, delimiter: str) -> None:
    some = sheet(AssessmentForm(skills=True))
    plain = replace(some, rows=tuple(row for row in some.rows if can_be_written(row, encoding)))
    assert len(plain.rows) > 5
    saved = plain.content(encoding, delimiter=delimiter, end="\r\n")
    assert assessment(saved, encoding, delimiter).assessments == assessment(plain.content()).assessments


def test_two_campaigns_in_one_file_are_refused_with_the_line() -> None:
    some = sheet()
    last = len(some.rows) - 1
    with pytest.raises(UnreadableExport) as refusal:
        assessment(some.with_cell("ID Campagne", "999", last).content())
    assert refusal.value.line is not None


@pytest.mark.parametrize("label", [SHARED, "Nom du Participant"])
def test_without_a_column_that_is_needed_the_file_is_refused(label: str) -> None:
    with pytest.raises((UnreadableExport, AssertionError)):
        assessment(sheet().without(label).content())


def test_each_last_cell_cut_is_refused() -> None:
    whole = content(AssessmentForm(skills=False), count=3)
    assert assessment(whole.removesuffix(b"\n")).assessments == assessment(whole).assessments
    start = whole.rindex(b"\n", 0, -1) + 1
    for end in range(start + 1, len(whole) - 1):
        with pytest.raises(UnreadableExport):
            assessment(whole[:end])


def test_profiles_and_evaluations_are_told_apart() -> None:
    profiles = Sheet.of(export(student()).content).header
    assert looks_like_profiles(profiles)
    assert not looks_like_assessment(profiles)
    assert not looks_like_profiles(sheet().header)


def test_an_export_without_lines_knows_its_campaign_by_its_name() -> None:
    found = assessment(replace(sheet(), rows=()).content())
    assert found.campaign is not None
    assert found.campaign.number == "498731"
    assert len(found.notes) == 1


def test_the_same_meaning_is_one_object_for_all_lines() -> None:
    found = assessment(wide_export(60, 300, 1, MORNING).content)
    pairs = [pair for line in found.assessments for pair in line.skills]
    assert len({id(pair) for pair in pairs}) == len(set(pairs))


def test_the_half_group_moves_forward_from_export_to_export() -> None:
    exports = half_group(BEGIN)
    assert [file.content for file in exports] == [file.content for file in half_group(BEGIN)]
    shares = []
    for file in exports:
        found = assessment(file.content)
        assert found.assessments == file.truth
        shares.append(sum(line.shared is True for line in found.assessments))
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_the_campaign_for_those_who_are_not_certifiable() -> None:
    for file in sos(BEGIN):
        found = assessment(file.content)
        assert found.assessments == file.truth
        assert found.campaign is not None
        assert found.campaign.name == "SOS élève non certifiable"
        assert all(line.stage_max is None for line in found.assessments)


def test_an_export_as_wide_as_they_come() -> None:
    file = wide_export(30, 700, 2, MORNING)
    found = assessment(file.content)
    assert 600 < len(found.columns) < 800
    assert found.assessments == file.truth
    some = next(line for line in found.assessments if line.shared)
    assert isinstance(dict(some.competences)["1.1"], Mastery)


def test_who_began_is_recognised_by_the_start_and_nobody_else() -> None:
    content = assessment(half_group(MORNING, exports=2)[1].content)
    keys = [(line.started_at, line.submission_key) for line in content.assessments]
    begun = [key for start, key in keys if start]
    assert begun
    assert all(key == (start, None) for start, key in keys if start)
    line = content.assessments[0]._replace(started_at=None)
    assert line.submission_key is None
