"""The columns of an evaluation by their labels: what is read, what stands twice, what nobody knows."""

from __future__ import annotations

import pytest

from pixsession.readers.campaign.assessment_layout import (
    Remark,
    column_uses,
    generation_of,
    looks_like_assessment,
    read_assessment_layout,
)
from pixsession.readers.campaign.labels import Column

LAST, FIRST, CODE, CLASS = "Nom du Participant", "Prénom du Participant", "Code", "Classe"
CAMPAIGN = ["Nom de l'organisation", "ID Campagne", CODE, "Nom de la campagne", "Parcours"]
PROGRESS, STARTED = "% de progression", "Date et heure de début (Europe/Paris)"
SHARED, SHARED_AT = "Partage (O/N)", "Date et heure du partage (Europe/Paris)"
MASTERY = "% maitrise de l'ensemble des acquis du profil"
RATE, TARGETED, MASTERED = (
    f"{words} la compétence Interagir"
    for words in (
        "% de maitrise des acquis de",
        "Nombre d'acquis du profil cible dans",
        "Acquis maitrisés dans",
    )
)
AREA = "% de maitrise des acquis du domaine Création de contenu"
HEAD = [*CAMPAIGN, LAST, FIRST]
BLOCK = [PROGRESS, STARTED, SHARED, SHARED_AT]


def test_the_columns_of_results_by_their_names() -> None:
    results = [
        "Palier obtenu (/3)",
        "Or obtenu (O/N)",
        MASTERY,
        RATE,
        TARGETED,
        MASTERED,
        AREA,
        "'@web1",
        "@web2",
    ]
    found = read_assessment_layout([*HEAD, CLASS, *BLOCK, *results])
    assert (found.width, found.surplus_at) == (21, 7)
    assert [found.at[column] for column in (Column.PATH, Column.DIVISION, Column.PROGRESS)] == [4, 7, 8]
    assert [found.at[column] for column in (Column.STARTED_AT, Column.SHARED, Column.SHARED_AT)] == [
        9,
        10,
        11,
    ]
    assert (found.at[Column.STAGE], found.stage_max, found.at[Column.MASTERY]) == (12, 3, 14)
    assert found.badges == (("Or", 13),)
    assert found.competences == (("2.1", (15, 16, 17)),)
    assert found.areas == (("3", (18, None, None)),)
    assert found.skills == (("@web1", 19), ("@web2", 20))
    assert found.remarks == ()


def test_what_a_file_has_not_has_no_column() -> None:
    found = read_assessment_layout([*HEAD, SHARED, MASTERY, TARGETED, "Acquis maitrisés du domaine Autre"])
    assert found.stage_max is None
    assert {Column.STAGE, Column.PROGRESS, Column.STARTED_AT, Column.SHARED_AT} & set(found.at) == set()
    assert found.competences == (("2.1", (None, 9, None)),)
    assert found.areas == (("Autre", (None, None, 10)),)
    assert (found.badges, found.skills, found.remarks) == ((), (), ())


def test_a_header_of_nothing_that_is_known_has_no_columns() -> None:
    found = read_assessment_layout(["Note"])
    assert (found.width, found.at, found.surplus_at) == (1, {}, None)
    assert found.remarks == ((Remark.UNKNOWN, "Note"),)


@pytest.mark.parametrize(
    ("label", "most"), [("Palier obtenu (/12)", 12), ("Palier obtenu", None), ("Success rate (/4)", 4)]
)
def test_a_stage_has_the_most_that_its_label_says(label: str, most: int | None) -> None:
    found = read_assessment_layout([*HEAD, *BLOCK, label])
    assert (found.at[Column.STAGE], found.stage_max) == (11, most)


@pytest.mark.parametrize(
    "label",
    ["Palier obtenu (/3)", "Or obtenu (O/N)", RATE, TARGETED, MASTERED, AREA, "@web1", "'@web1", SHARED_AT],
)
def test_of_two_columns_that_are_alike_the_first_is_read_and_the_other_told(label: str) -> None:
    once, twice = (read_assessment_layout([*HEAD, *BLOCK, label, *more]) for more in ([], [label]))
    assert twice.remarks == (*once.remarks, (Remark.DUPLICATE, label))
    assert (twice.at, twice.stage_max, twice.badges) == (once.at, once.stage_max, once.badges)
    assert (twice.competences, twice.areas, twice.skills) == (once.competences, once.areas, once.skills)


def test_a_second_stage_changes_nothing_of_the_first() -> None:
    found = read_assessment_layout([*HEAD, *BLOCK, "Palier obtenu (/3)", "Palier obtenu (/5)"])
    assert (found.at[Column.STAGE], found.stage_max) == (11, 3)
    assert found.remarks == ((Remark.DUPLICATE, "Palier obtenu (/5)"),)


@pytest.mark.parametrize(
    ("label", "remark"),
    [
        ("obtenu (O/N)", Remark.NAMELESS),
        ("Acquis maitrisés dans la compétence", Remark.NAMELESS),
        ("Acquis maitrisés du domaine ", Remark.NAMELESS),
        ("Remarque", Remark.UNKNOWN),
        ("Envoi (O/N)", Remark.UNKNOWN),  # of another kind of file
        ("  ", None),
        ("", None),
    ],
)
def test_what_is_not_read_is_told_with_its_label(label: str, remark: Remark | None) -> None:
    found = read_assessment_layout([*HEAD, *BLOCK, MASTERY, label])
    assert found.remarks == (((remark, label),) if remark else ())
    assert (found.badges, found.competences, found.areas) == ((), (), ())


def test_what_a_school_calls_its_own_columns_is_no_matter_in_the_order_of_pix() -> None:
    found = read_assessment_layout([*HEAD, "Ville", "@moi", "Matricule", *BLOCK])
    assert found.at[Column.EXTERNAL_ID] == 9
    assert (found.remarks, found.skills) == ((), ())
    moved = read_assessment_layout([LAST, FIRST, "Ville", "@web1", *BLOCK])
    assert moved.remarks == ((Remark.UNKNOWN, "Ville"),)
    assert moved.skills == (("@web1", 3),)


@pytest.mark.parametrize("sign", ["@", "'@"])
def test_a_skill_may_be_called_like_any_column(sign: str) -> None:
    found = read_assessment_layout([*HEAD, *BLOCK, MASTERY, f"{sign}Classe", f"{sign}Partage (O/N)"])
    assert Column.DIVISION not in found.at
    assert (found.at[Column.SHARED], found.remarks) == (9, ())
    assert found.skills == (("@Classe", 12), ("@Partage (O/N)", 13))
    assert not looks_like_assessment([f"{sign}Partage (O/N)", MASTERY])


def test_the_code_is_known_by_its_place_and_no_unknown_column() -> None:
    header = [label if label != CODE else "Codigo de campanha" for label in HEAD]
    found = read_assessment_layout([*header, *BLOCK])
    assert (found.at[Column.CAMPAIGN_CODE], found.remarks) == (2, ())


@pytest.mark.parametrize(
    ("free", "external"),
    [
        (["Matricule"], 7),
        ([MASTERY], None),
        ([SHARED_AT], None),
        ([SHARED], None),
        (["Acquis maitrisés dans la compétence Interagir"], None),
        (["Acquis maitris&eacute;s dans la comp&eacute;tence Interagir"], None),
        ([STARTED, "Matricule"], 8),
        (["Matricule", STARTED], None),  # a result put there by hand distinguishes nobody
    ],
)
def test_a_result_before_the_block_is_no_external_id(free: list[str], external: int | None) -> None:
    found = read_assessment_layout([*HEAD, *free, *BLOCK, MASTERY])
    places = [len(HEAD) + len(free) + place for place in range(5)]
    columns = (Column.PROGRESS, Column.STARTED_AT, Column.SHARED, Column.SHARED_AT, Column.MASTERY)
    assert [found.at[column] for column in columns] == places
    assert found.at.get(Column.EXTERNAL_ID) == external


@pytest.mark.parametrize(
    ("labels", "place"),
    [
        ([LAST, FIRST, SHARED, SHARED, MASTERY], 3),  # the first one was typed
        ([LAST, FIRST, SHARED, MASTERY, SHARED], 2),  # somebody put one more at the end
        ([LAST, FIRST, SHARED, MASTERY, SHARED, MASTERY], 4),
        ([LAST, FIRST, SHARED, "Note", SHARED], 4),
        ([MASTERY, SHARED, "Note", SHARED, LAST, FIRST], 3),
        ([LAST, FIRST, MASTERY, SHARED], 3),
        ([SHARED, LAST, FIRST], 0),
        ([LAST, FIRST, MASTERY], None),
    ],
)
def test_of_columns_that_say_who_shared_the_last_before_the_mastery_is_read(
    labels: list[str], place: int | None
) -> None:
    assert read_assessment_layout(labels).at.get(Column.SHARED) == place


@pytest.mark.parametrize(
    ("block", "external"),
    [
        ([PROGRESS, STARTED, SHARED], True),
        ([STARTED, PROGRESS, SHARED], True),
        ([STARTED, SHARED], True),  # an exam has no progress
        ([PROGRESS, SHARED], True),
        ([SHARED], True),
    ],
)
def test_the_free_columns_end_before_the_progress_and_the_start(block: list[str], external: bool) -> None:
    found = read_assessment_layout([*HEAD, "Matricule", *block, SHARED_AT, MASTERY])
    assert (found.at.get(Column.EXTERNAL_ID) == 7) is external
    assert found.surplus_at == 7
    last = read_assessment_layout([*HEAD, *block, SHARED_AT, MASTERY])
    assert Column.EXTERNAL_ID not in last.at
    assert all(last.at[column] >= 7 for column in (Column.PROGRESS, Column.STARTED_AT) if column in last.at)


def test_a_second_progress_is_what_somebody_called_a_free_column() -> None:
    found = read_assessment_layout([*HEAD, PROGRESS, *BLOCK, MASTERY])
    assert found.at[Column.PROGRESS] == 8


START, SHARE = "Date de début", "Date du partage"


@pytest.mark.parametrize(
    ("labels", "in_utc", "with_time"),
    [
        ([START, SHARED, SHARE], False, False),
        ([STARTED, SHARED, SHARED_AT], False, True),
        ([STARTED, SHARED, SHARE], False, True),
        ([START, SHARED, SHARED_AT], False, True),
        ([SHARED, SHARED_AT], False, True),
        ([STARTED, SHARED], False, True),
        (["Date et heure de début (UTC)", SHARED, "Date et heure du partage (UTC)"], True, True),
        (["Started on (UTC)", SHARED], True, True),
        ([SHARED, "Date et heure du partage (UTC)"], True, True),
        (["Datum und Uhrzeit des Beginns (Europa/Paris)", SHARED], False, True),
        ([SHARED], False, False),
    ],
)
def test_the_labels_of_the_dates_say_whether_they_have_a_time_and_which(
    labels: list[str], in_utc: bool, with_time: bool
) -> None:
    found = read_assessment_layout([*HEAD, *labels, MASTERY])
    assert (found.in_utc, found.with_time) == (in_utc, with_time)


@pytest.mark.parametrize(
    ("header", "in_percent", "since"),
    [
        ([*HEAD, *BLOCK], False, "2024-12"),
        ([*HEAD, STARTED, SHARED, SHARED_AT], False, "2025-03"),  # exams lost the progress
        ([*HEAD, PROGRESS, START, SHARED, SHARE], False, "2023-06"),
        ([*HEAD[:2], *HEAD[3:], CLASS, PROGRESS, START, SHARED, SHARE], False, "2020-11"),
        ([*HEAD[:2], *HEAD[3:], PROGRESS, START, SHARED, SHARE], False, "2018-11"),
        ([*HEAD[:2], *HEAD[3:], PROGRESS, START, SHARED, SHARE], True, "2018"),
        ([*HEAD[:2], *HEAD[3:], CLASS, PROGRESS, START, SHARED, SHARE], True, "2018"),
    ],
)
def test_a_header_tells_since_when_pix_has_written_such_files(
    header: list[str], in_percent: bool, since: str
) -> None:
    assert generation_of(read_assessment_layout(header), in_percent=in_percent) == since


@pytest.mark.parametrize(
    ("header", "may_be"),
    [
        ([*HEAD[:2], *HEAD[3:], PROGRESS, START, SHARED, SHARE], True),
        ([*HEAD, PROGRESS, START, SHARED, SHARE], False),
        ([*HEAD[:2], *HEAD[3:], *BLOCK], False),
        ([*HEAD, *BLOCK], False),
    ],
)
def test_only_columns_of_2018_may_hold_percentages(header: list[str], may_be: bool) -> None:
    assert read_assessment_layout(header).may_be_in_percent is may_be


def test_what_each_column_was_read_as() -> None:
    results = ["Palier obtenu (/3)", "Or obtenu (O/N)", MASTERY, RATE, TARGETED, AREA, "'@web1", "Remarque"]
    header = [*HEAD, *BLOCK, *results]
    uses = column_uses(header, read_assessment_layout(header))
    assert [use.header for use in uses] == header
    assert [use.meaning for use in uses[7:]] == [
        *("progress", "started_at", "shared", "shared_at", "stage", "badge Or", "mastery"),
        *("competence 2.1 rate", "competence 2.1 targeted", "area 3 rate", "skill @web1", None),
    ]
