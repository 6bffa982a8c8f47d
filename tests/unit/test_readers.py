"""Files in, typed lines out: what Pix writes and what other programs make of it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import datetime
from pathlib import Path

import pytest

from pixsession.domain.pix.competences import COMPETENCES
from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.readers import Export, FileDescription, export_of, read_export
from tests.factories import exports as sheets
from tests.factories.exports import MORNING, NAME, export, put, read, sent, sheet, student, told
from tests.factories.samples import (
    LANGUAGES,
    ExportFile,
    Generation,
    Layout,
    SampleCampaign,
    big_export,
    crowd,
)
from tests.factories.samples.names import AWKWARD_NAMES
from tests.factories.samples.writer import profiles_export

LAYOUTS = {
    "names": Layout(division=False),
    "class": Layout(),
    "higher": Layout(division=False, group=True, student_number=True),
    "asked": Layout(external_id="Matricule (n° d'agent)"),
    "import": Layout(division=False, extra_columns=("Cycle", "Rang")),
    "all": Layout(
        group=True, student_number=True, external_id="Identifiant", extra_columns=("Cycle", "Rang")
    ),
}


def from_file(folder: Path, file: ExportFile) -> Export:
    return read_export(file.write_to(folder))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("generation", list(Generation))
def test_every_generation_of_every_school(tmp_path: Path, generation: Generation, layout: str) -> None:
    shape = LAYOUTS[layout]
    file = big_export(40, 7, generation, shape)
    export = from_file(tmp_path, file)
    assert export.file.exported_at == file.exported_at
    found = export.contents
    assert len(found.participations) == file.rows
    assert found.campaign is not None
    assert found.campaign.number == "864209"
    assert found.campaign.code == ("PLMTRV208" if generation.has(Generation.WITH_CODE) else None)
    assert found.campaign.name == "Collecte d'automne & bilan"
    assert found.one_line_each is not generation.has(Generation.EVERY_PARTICIPATION)
    assert found.notes == ()
    there = shape.within(generation)
    names = {(line.last_name, line.first_name) for line in found.participations}
    assert names == {(student.last_name, student.first_name) for student in file.truth}
    for truth in file.truth:
        lines = [
            line
            for line in found.participations
            if (line.last_name, line.first_name, line.division)
            == (truth.last_name, truth.first_name, truth.division)
        ]
        sends = [line.sent_at or "" for line in lines if line.sent]
        assert not any(line.doubts for line in lines)
        if truth.told_apart and there.division:
            assert len(sends) == truth.sends
            assert truth.sent_at is None or truth.sent_at in sends
    assert {line.group for line in found.participations} == {truth.group for truth in file.truth}
    assert {line.student_number for line in found.participations} == {t.student_number for t in file.truth}
    if there.external_id:
        assert {line.external_id for line in found.participations} == {t.external_id for t in file.truth}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "generation", [Generation.WITH_CLASS, Generation.UTC_MOMENTS, Generation.PARIS_MINUTES]
)
def test_every_language_says_the_same(generation: Generation, language: str) -> None:
    plain = told(read(big_export(20, 3, generation).content))
    assert told(read(big_export(20, 3, generation, Layout(language=language)).content)) == plain


def test_names_come_out_as_they_went_in() -> None:
    students = [student(last, first) for last, first in AWKWARD_NAMES]
    found = read(export(*students).content)
    assert {(line.last_name, line.first_name) for line in found.participations} == set(AWKWARD_NAMES)


@pytest.mark.parametrize(
    "division", ["301", "3-1", "3e1", "007", "-", "3E B", "3ème « A »", 'C"1"', "3e;B", "3e\nB"]
)
def test_a_class_is_a_text_whatever_it_looks_like(division: str) -> None:
    (line,) = read(export(student(place=division)).content).participations
    assert line.division == division


@pytest.mark.parametrize("division", ["", " ", "\u00a0"])
def test_a_class_of_nothing_is_none(division: str) -> None:
    (line,) = read(export(student(place=division)).content).participations
    assert line.division is None


def test_formula_apostrophes_are_taken_off_and_genuine_ones_stay() -> None:
    layout = Layout(external_id="Identifiant")
    people = (
        student("=SOREL", "-Lou", place="@3eA", external_id="+33"),
        student("'T HOOFT", "'Zoé", place="'3eB", external_id="=AB1"),
    )
    found = {line.last_name: line for line in read(export(*people, layout=layout).content).participations}
    first, other = found["=SOREL"], found["'T HOOFT"]
    assert (first.first_name, first.division, first.external_id) == ("-Lou", "@3eA", "+33")
    assert (other.first_name, other.division, other.external_id) == ("'Zoé", "'3eB", "=AB1")


def test_line_breaks_in_cells_do_not_shift_the_line_numbers() -> None:
    file = export(student("A\nB", "C"), student("DUPUIS", "Anne\r\nLaure"), student("ZOLA", "Z"))
    contents = read(file.content)
    found = {line.last_name: at for line, at in zip(contents.participations, contents.at_lines, strict=True)}
    assert found == {"A\nB": 2, "DUPUIS": 4, "ZOLA": 6}


def test_nothing_sent_is_na_everywhere() -> None:
    (line,) = read(export(student("PICHON", "Mathéo", sheets.pending())).content).participations
    assert line.sent is False
    assert (line.sent_at, line.pix, line.certifiable, line.levels, line.doubts) == (
        None,
        None,
        None,
        None,
        (),
    )


def test_several_lines_of_one_student_are_all_there() -> None:
    someone = student("CASTAING", "Ilyès", sent("08:57", 4), sent("09:24", 5), sheets.pending("09:30"))
    found = read(export(someone).content).participations
    assert sorted(str(line.sent_at) for line in found) == ["2026-03-12T08:57", "2026-03-12T09:24", "None"]


PLAIN = sheet(*crowd(30, 5, MORNING))
EXPECTED = told(read(PLAIN.content()))


# Columns.


@pytest.mark.parametrize(
    "layout", [Layout(extra_columns=("",)), Layout(extra_columns=("Cycle", ""), external_id="Id")]
)
def test_a_label_that_is_empty_leaves_its_cells(layout: Layout) -> None:
    people = crowd(20, 4, MORNING)
    plain = Layout(external_id=layout.external_id)
    found = read(export(*people, layout=layout).content)
    assert told(found) == told(read(export(*people, layout=plain).content))


@pytest.mark.parametrize("language", ["fr", "it"])
def test_columns_moved_by_hand(language: str) -> None:
    written = sheet(*crowd(20, 5, MORNING), layout=Layout(language=language))
    columns = list(range(len(written.header)))
    for moved in (columns[::-1], columns[20:] + columns[:20]):
        if language == "it" and moved[0] > moved[-1]:
            continue  # both names have one label there: only their order tells them apart
        assert told(read(written.in_order(moved).content())) == told(read(written.content()))


def test_columns_added_by_hand() -> None:
    rows = len(PLAIN.rows)
    added = PLAIN.with_column("Remarque", ["à revoir"] * rows, "ID Campagne")
    added = added.with_column("Salle", ["B12"] * rows, "Nombre de pix total")
    assert told(read(added.content())) == EXPECTED


@pytest.mark.parametrize("label", ["Nom du Participant", "Prénom du Participant", "Envoi (O/N)"])
def test_a_column_nobody_can_do_without(label: str) -> None:
    with pytest.raises(UnreadableExport, match=re.escape(f"column « {label} » is missing")) as refusal:
        read(PLAIN.without(label).content())
    assert refusal.value.line == 1


def test_neither_sent_nor_total() -> None:
    with pytest.raises(UnreadableExport, match=r"« Envoi \(O/N\) », « Nombre de pix total »") as refusal:
        read(PLAIN.without(sheets.SENT, sheets.TOTAL).content())
    assert refusal.value.line == 1


def test_no_competence_at_all() -> None:
    labels = [label for label in PLAIN.header if "la compétence" in label]
    with pytest.raises(UnreadableExport, match="no column of competences"):
        read(PLAIN.without(*labels).content())


def test_an_unknown_competence_is_reported_never_fatal() -> None:
    name = COMPETENCES[3].name
    renamed = PLAIN.with_label(f"Niveau pour la compétence {name}", "Niveau pour la compétence Jongler")
    renamed = renamed.with_label(
        f"Nombre de pix pour la compétence {name}", "Nombre de pix pour la compétence Jongler"
    )
    found = read(renamed.content())
    assert told(found) == EXPECTED
    assert found.notes == (
        "competence not known, taken for 2.1 by its place: “Niveau pour la compétence Jongler”",
    )


def test_english_names_of_competences_are_read_in_the_order_of_pix() -> None:
    names = tuple(f"Skill {number}" for number in range(16))
    people = crowd(20, 5, MORNING)
    found = read(export(*people, layout=Layout(language="en", competence_names=names)).content)
    assert told(found) == told(read(export(*people).content))
    assert found.notes == ("competences taken in the order of Pix, their names being in another language",)


def test_a_time_of_utc_told_by_the_label_alone() -> None:
    written = sheet(student()).with_cell(sheets.SENT_AT, "2024-12-12 08:45")
    found = read(written.with_label(sheets.SENT_AT, "Date et heure de l'envoi (UTC)").content())
    assert found.participations[0].sent_at == "2024-12-12T09:45"


# Cells nobody can read are doubts with their line, never a refusal.


@pytest.mark.parametrize(
    ("label", "cell", "sentence"),
    [
        (sheets.SENT, "peut-être", "line 2: sent or not? the cell says “peut-être”"),
        (sheets.SENT_AT, "hier", "date of the profile sent missing or unreadable"),
        (sheets.TOTAL, "beaucoup", "line 2: “beaucoup” cannot be read"),
        (sheets.CERTIFIABLE, "certes", "line 2: “certes” cannot be read"),
        (sheets.COUNT, "cinq", "line 2: “cinq” cannot be read"),
        (sheets.LEVEL, "un", "line 2: “un” cannot be read"),
        (sheets.COMPETENCE_PIX, "neuf", "line 2: “neuf” cannot be read"),
    ],
)
def test_a_cell_nobody_can_read(label: str, cell: str, sentence: str) -> None:
    (line,) = read(sheet(student()).with_cell(label, cell).content()).participations
    assert [doubt.sentence() for doubt in line.doubts] == [sentence]


def test_a_huge_cell_is_quoted_in_part() -> None:
    (line,) = read(sheet(student()).with_cell(sheets.COUNT, "5" * 90_000).content()).participations
    (doubt,) = line.doubts
    assert len(doubt.sentence()) < 200


def test_a_column_of_pix_that_is_missing_is_no_doubt() -> None:
    found = read(PLAIN.without(sheets.CERTIFIABLE, sheets.COUNT, sheets.TOTAL).content())
    assert {line.doubts for line in found.participations} == {()}
    assert {line.certifiable for line in found.participations} == {None}


# The file itself.


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    content = PLAIN.content()
    found = read_export(put(tmp_path, NAME, content))
    assert found.content == content
    assert found.digest == hashlib.sha256(content).hexdigest()


def test_the_time_is_that_of_the_name_else_of_the_file(tmp_path: Path) -> None:
    at = datetime.fromisoformat("2026-05-04T11:12")
    named = read_export(put(tmp_path, NAME, PLAIN.content(), at))
    assert (named.file.exported_at, named.file.time_from_name, named.file.modified_at) == (MORNING, True, at)
    plain = read_export(put(tmp_path, "export.csv", PLAIN.content(), at))
    assert (plain.file.exported_at, plain.file.time_from_name) == (at, False)


def test_a_renamed_export_of_before_2023_is_known_by_its_columns(tmp_path: Path) -> None:
    for generation in Generation:
        content = big_export(5, 1, generation).content
        found = read_export(put(tmp_path, "mes eleves.csv", content)).contents
        assert found.one_line_each is not generation.has(Generation.WITH_CODE)


def test_a_header_alone_is_a_file_read(tmp_path: Path) -> None:
    for content in (export().content, export().content[:-1], PLAIN.content().split(b"\n")[0]):
        found = read_export(put(tmp_path, NAME, content)).contents
        assert found.participations == ()
        assert found.campaign is not None
        assert found.campaign.number == "731958"
        assert found.notes == ("no line: if students have entered the campaign, download it again",)
    assert read_export(put(tmp_path, "export.csv", export().content)).contents.campaign is None


def test_two_campaigns_glued_into_one_file() -> None:
    one, other = export(student()), export(student("AUTRE"), campaign=sheets.OTHER_CAMPAIGN)
    lines = other.content.split(b"\n", 1)[1]
    with pytest.raises(UnreadableExport, match="two campaigns in one file") as refusal:
        read(one.content + lines)
    assert refusal.value.line == 3


def test_a_campaign_without_a_number_is_known_by_its_code() -> None:
    found = read(PLAIN.without("ID Campagne").content())
    assert found.campaign is not None
    assert found.campaign.number == "FDVRGZ586"


@pytest.mark.parametrize("name", ['Bilan "3e" ; été', "Collecte\nd’automne", "=1+1", "301"])
def test_a_campaign_may_be_called_anything(name: str) -> None:
    campaign = SampleCampaign("Collège ; du « Lac »", 7, "ABC", name)
    found = read(profiles_export([student()], Generation.PARIS_MINUTES, Layout(), MORNING, campaign).content)
    assert found.campaign is not None
    assert found.campaign.name == name


def test_every_kind_of_refusal_is_words_in_french_too() -> None:
    with pytest.raises(NotPix) as refusal:
        export_of(b"Date;Montant\nA;B\n", FileDescription("x.csv", MORNING, False, MORNING))
    assert refusal.value.message == "not an export of Pix"


def test_reading_is_the_same_twice() -> None:
    file = big_export(50, 11)
    assert read(file.content) == read(file.content)


def test_the_generator_and_the_reader_agree_on_csv() -> None:
    file = big_export(50, 11)
    text = io.StringIO(file.content.decode("utf-8-sig"), newline="")
    rows = list(csv.reader(text, delimiter=";", strict=True))
    assert len(read(file.content).participations) == len(rows) - 1
