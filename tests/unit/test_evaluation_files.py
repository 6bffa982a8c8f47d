"""Whole files of evaluations: of the time of percents, read line by line, cut; and what is told of them."""

from __future__ import annotations

from functools import partial

import pytest

from pixsession.domain.pix.assessment import AssessmentLine, Mastery
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.campaign.assessments import evaluation_line_by_line, read_assessment
from pixsession.readers.export import Contents, ExportKind
from tests.factories.tables import described, table_in, written

LAST, STARTED, SHARED, SHARED_AT = "Nom du Participant", "Date de début", "Partage (O/N)", "Date du partage"
PROGRESS, MASTERY = "% de progression", "% maitrise de l'ensemble des acquis du profil"
RATE = "% de maitrise des acquis de la compétence Interagir"
TARGETED = "Nombre d'acquis du profil cible dans la compétence Interagir"
MASTERED = "Acquis maitrisés dans la compétence Interagir"
LINE = {
    "Nom de l'organisation": "Collège", "ID Campagne": "498731", "Nom de la campagne": "SOS",
    "Nom du Profil Cible": "SOS", LAST: "TILLIER", "Prénom du Participant": "Rose", PROGRESS: "50",
    STARTED: "2018-09-20", SHARED: "Oui", SHARED_AT: "2018-09-20", MASTERY: "40", RATE: "75", TARGETED: "4",
    MASTERED: "3",
}  # fmt: skip
BEFORE = "file from before November 2018: its numbers are read as percentages"
content = partial(written, LINE)


def read(written: bytes) -> Contents:
    return read_assessment(table_in(written), described())


def shares(line: AssessmentLine) -> tuple[float | None, float | None, float | None]:
    """Progress, mastery and the rate of the competence."""
    (competence,) = line.competences
    return line.progress, line.mastery, competence[1].rate


def test_a_file_of_2018_counts_in_percents_and_says_so() -> None:
    found = read(content({}, {PROGRESS: "1", MASTERY: "100", RATE: "0"}, {PROGRESS: "50 %"}))
    assert list(map(shares, found.assessments)) == [(0.5, 0.4, 0.75), (0.01, 1.0, 0.0), (0.5, 0.4, 0.75)]
    assert found.assessments[0].competences == (("2.1", Mastery(0.75, 4, 3)),)
    assert (found.kind, found.generation, found.notes) == (ExportKind.ASSESSMENT, "2018", (BEFORE,))
    assert (found.at_lines, found.one_line_each) == ((2, 3, 4), False)
    assert not any(line.doubts for line in found.assessments)
    above = read(content({}, {MASTERY: "101"})).assessments[1]
    assert (above.mastery, [doubt.values for doubt in above.doubts]) == (None, [("3", "101")])


@pytest.mark.parametrize(
    ("lines", "in_percent"),
    [
        ([{STARTED: "2018-11-30"}], True),
        ([{STARTED: "2018-12-01"}], False),
        ([{}, {STARTED: "2018-12-01"}], False),
        ([{}, {STARTED: "hier"}], False),
        ([{PROGRESS: "1", MASTERY: "1,5"}], False),  # as many above 1 as not
        ([{PROGRESS: "1", MASTERY: "1,5"}, {}], True),
        ([{PROGRESS: "0", MASTERY: "40"}], True),  # nothing done is nothing in either
        ([{PROGRESS: "NA", MASTERY: "40"}], True),
        ([{PROGRESS: "0", MASTERY: "NA"}], False),
        ([{PROGRESS: "1", MASTERY: "1"}, {PROGRESS: "1", MASTERY: "40"}], False),
        ([{PROGRESS: "50 %", MASTERY: "40 %"}], False),
        ([], False),
    ],
)
def test_only_the_dates_and_most_numbers_make_a_file_one_of_percents(
    lines: list[dict[str, str]], in_percent: bool
) -> None:
    assert (read(content(*lines)).generation == "2018") is in_percent


@pytest.mark.parametrize(
    ("without", "labels", "in_percent"),
    [
        ((PROGRESS,), {}, True),
        ((MASTERY,), {}, True),
        ((PROGRESS, MASTERY), {}, False),  # nothing tells
        ((STARTED,), {}, False),
        ((), {"Nom du Profil Cible": "Code"}, False),  # the code came in 2023
        ((), {STARTED: "Date et heure de début (Europe/Paris)"}, False),
    ],
)
def test_a_file_of_later_columns_or_without_dates_is_none_of_percents(
    without: tuple[str, ...], labels: dict[str, str], in_percent: bool
) -> None:
    found = read(content({}, without=without, labels=labels))
    assert (BEFORE in found.notes) is in_percent
    assert all(line.progress in {0.5 if in_percent else None, None} for line in found.assessments)


def test_a_row_of_a_file_of_2018_that_is_too_short_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableExport, match="cells instead of") as refused:
        read(content({}) + b"Coll\xc3\xa8ge;498731;SOS;SOS;PETIT;Ana;50\n")
    assert refused.value.line == 3


def test_lines_are_read_one_by_one_where_no_percents_may_be() -> None:
    assert evaluation_line_by_line([*LINE]) is None
    header = ["Code", *LINE]
    form = evaluation_line_by_line(header)
    assert form is not None
    reader = form.new_reader()
    line = reader.read(
        7, ["ABCDEF789", *(LINE | {PROGRESS: "0,5", MASTERY: "0,4", RATE: "x", LAST: "'7"}).values()]
    )
    assert (line.last_name, line.progress, line.mastery) == ("'7", 0.5, 0.4)
    assert [doubt.values for doubt in line.doubts] == [("7", "x / 4 / 3")]
    assert form.new_reader().head.campaign is None


@pytest.mark.parametrize(("end", "count"), [(b"\n", 2), (b"", None), (b"\nTotal;;;25", 2)])
def test_a_row_is_whole_where_its_line_ends_or_a_total_follows(end: bytes, count: int | None) -> None:
    """Nothing tells by itself whether a digit of the mastery is missing."""
    cut = content({}, {MASTERY: "4"}, without=(RATE, TARGETED, MASTERED)).removesuffix(b"\n") + end
    if count:
        assert len(read(cut).assessments) == count
        return
    with pytest.raises(UnreadableExport, match="the last line is cut") as refused:
        read(cut)
    assert refused.value.line == 3


@pytest.mark.parametrize(
    ("label", "cell", "stage", "is_odd"),
    [
        ("Palier obtenu", "9", 9, False),  # how many there are is not printed in every language
        ("Palier obtenu", "x", None, True),
        ("Palier obtenu", "NA", None, False),
        ("Palier obtenu (/3)", "3", 3, False),
        ("Palier obtenu (/3)", "4", None, True),
    ],
)
def test_no_stage_is_above_the_most_that_its_label_says(
    label: str, cell: str, stage: int | None, is_odd: bool
) -> None:
    (line,) = read(content({RATE: cell}, labels={RATE: label})).assessments
    assert (line.stage, bool(line.doubts)) == (stage, is_odd)
    assert line.stage_max == (3 if "3" in label else None)


AREA = "domaine Communication et collaboration"
OF_AREA = {
    RATE: f"% de maitrise des acquis du {AREA}",
    TARGETED: f"Nombre d'acquis du profil cible du {AREA}",
    MASTERED: f"Acquis maitrisés du {AREA}",
}


@pytest.mark.parametrize("labels", [{}, OF_AREA])
@pytest.mark.parametrize(
    ("cells", "is_whole"),
    [
        ({}, True),
        ({MASTERED: "1"}, False),
        ({MASTERED: "NA"}, True),
        ({RATE: "", MASTERED: "NA"}, True),
        ({MASTERED: " "}, False),
        ({RATE: "0,66", TARGETED: "3", MASTERED: "2"}, False),
        ({RATE: "0,67", TARGETED: "3", MASTERED: "2"}, True),
        ({SHARED: "peut-être"}, False),
    ],
)
def test_the_last_number_of_a_competence_or_an_area_fits_the_rate(
    labels: dict[str, str], cells: dict[str, str], is_whole: bool
) -> None:
    line = {STARTED: "2023-03-12", PROGRESS: "0,5", MASTERY: "0,4", RATE: "0,75"} | cells
    cut = content(line, labels=labels).removesuffix(b"\n")
    if is_whole:
        assert len(read(cut).assessments) == 1
        return
    with pytest.raises(UnreadableExport, match="the last line is cut"):
        read(cut)


def test_a_last_line_is_whole_only_where_its_last_column_is_the_number_mastered() -> None:
    line = {STARTED: "2023-03-12", PROGRESS: "0,5", MASTERY: "0,4", RATE: "0,75"}
    for without in ((MASTERED,), (RATE,), (TARGETED,)):
        with pytest.raises(UnreadableExport, match="the last line is cut"):
            read(content(line, without=without).removesuffix(b"\n"))


@pytest.mark.parametrize(
    ("titles", "cell", "is_whole"),
    [
        (("@web1", "@web2"), "OK", True),
        (("@web1", "@web2"), "Oui", False),
        (("Or obtenu (O/N)", "Argent obtenu (O/N)"), "Non", True),
        (("Or obtenu (O/N)", "Argent obtenu (O/N)"), "No", True),  # of another language
        (("Or obtenu (O/N)", "Argent obtenu (O/N)"), "OK", False),
        (("Or obtenu (O/N)", "@web1"), "Oui", False),
        (("@web1", "Or obtenu (O/N)"), "Oui", True),
        (("@web1", "Remarque"), "OK", False),
    ],
)
def test_of_several_skills_and_badges_the_last_shows_whether_a_line_is_whole(
    titles: tuple[str, str], cell: str, is_whole: bool
) -> None:
    line = {STARTED: "2023-03-12", PROGRESS: "0,5", MASTERY: "0,4", MASTERED: cell}
    labels = {TARGETED: titles[0], MASTERED: titles[1]}
    cut = content(line, labels=labels, without=(RATE,)).removesuffix(b"\n")
    if is_whole:
        assert len(read(cut).assessments) == 1
        return
    with pytest.raises(UnreadableExport, match="the last line is cut"):
        read(cut)


def test_what_is_told_of_a_file_is_in_one_order_and_quoted_in_part() -> None:
    long = "Remarque " + "x" * 120
    labels = {RATE: "Remarque", TARGETED: "Acquis maitrisés du domaine", MASTERED: MASTERY}
    found = read(content(labels=labels))
    assert found.notes == (
        f"column “{MASTERY}” stands twice: the first one is read",
        "a column does not say what it is about, it is not read: “Acquis maitrisés du domaine”",
        "a column is not known, it is not read: “Remarque”",
        "no line: if students have entered the campaign, download it again",
    )
    several = read(content({}, labels={RATE: long, TARGETED: "Note", MASTERED: "Salle"}))
    assert several.notes == (f"3 columns are not known, they are not read: “{long[:120]}”…", BEFORE)
    twice = read(content({}, labels={RATE: MASTERY, TARGETED: SHARED_AT, MASTERED: "obtenu (O/N)"}))
    assert [note[:22] for note in twice.notes] == [
        "2 columns stand twice,",
        "a column does not say ",
        BEFORE[:22],
    ]
    nameless = {RATE: "obtenu (O/N)", TARGETED: "Acquis maitrisés du domaine"}
    assert read(content({}, labels=nameless)).notes[0] == (
        "2 columns do not say what they are about, they are not read: “obtenu (O/N)”…"
    )


def test_a_guessed_encoding_is_told_before_the_totals() -> None:
    written = (content({}).decode() + "Total;;;25\n").encode("cp1252")
    found = read_assessment(table_in(written, "cp1252", guessed=True), described())
    assert found.notes == (
        BEFORE,
        "encoding guessed: cp1252",
        "line 3 is a total or a remark: it is left out",
    )


def test_equal_cells_are_one_meaning_for_all_lines() -> None:
    found = read(content({}, {LAST: "PETIT"}, {LAST: "SOREL"})).assessments
    assert found[0].competences[0] is found[1].competences[0] is found[2].competences[0]
