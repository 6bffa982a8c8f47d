"""Headers: every generation, every language, and every trap that a school can type into them."""

from __future__ import annotations

import pytest

from pixsession.domain.pix.competences import CODES, COMPETENCES
from pixsession.readers.campaign.headers import (
    NoteKind,
    column_uses,
    generation_of,
    looks_like_campaign,
    looks_like_profiles,
    read_layout,
)
from pixsession.readers.campaign.labels import Column, label_key
from tests.factories.samples import LANGUAGES, Generation, Layout, headers

NOW = Generation.PARIS_MINUTES
LAYOUTS = (
    Layout(division=False),
    Layout(),
    Layout(division=False, group=True, student_number=True),
    Layout(external_id="Matricule (n° d'agent)"),
    Layout(division=False, extra_columns=("Cycle", "INE"), external_id="Identifiant"),
    Layout(group=True, student_number=True, external_id="Identifiant", extra_columns=("Cycle", "Rang")),
)


def with_label(header: list[str], label: str, text: str) -> list[str]:
    return [text if cell == label else cell for cell in header]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("generation", list(Generation))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_column_of_every_generation_in_every_language(
    generation: Generation, layout: Layout, language: str
) -> None:
    shape = Layout(
        layout.division,
        layout.group,
        layout.student_number,
        layout.external_id,
        layout.extra_columns,
        language,
    )
    header = headers(generation, shape)
    there = shape.within(generation)
    assert looks_like_profiles(header)
    found = read_layout(header)
    start = 4 if generation.has(Generation.WITH_CODE) else 3
    expected = {Column.ORGANISATION: 0, Column.CAMPAIGN_ID: 1, Column.CAMPAIGN_NAME: start - 1}
    if generation.has(Generation.WITH_CODE):
        expected[Column.CAMPAIGN_CODE] = 2
    expected |= {Column.LAST_NAME: start, Column.FIRST_NAME: start + 1}
    free = start + 2 + len(there.extra_columns)
    asked = (there.group, there.division, there.student_number, there.external_id)
    columns = (Column.GROUP, Column.DIVISION, Column.STUDENT_NUMBER, Column.EXTERNAL_ID)
    for column, wanted in zip(columns, asked, strict=True):
        if wanted:
            expected[column] = free
            free += 1
    if there.extra_columns and not any(asked):
        expected[Column.EXTERNAL_ID] = free - 1
    results = (Column.SENT, Column.SENT_AT, Column.PIX, Column.CERTIFIABLE, Column.CERTIFIABLE_COMPETENCES)
    expected |= {column: free + place for place, column in enumerate(results)}
    assert found.at == expected
    assert found.levels == tuple(range(free + 5, free + 37, 2))
    assert found.competence_pix == tuple(range(free + 6, free + 38, 2))
    assert found.is_whole
    by_order = [NoteKind.BY_ORDER] if language in {"nl", "es"} else []
    assert [note.kind for note in found.notes] == by_order


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_header_tells_since_when_pix_has_written_such_files(language: str) -> None:
    told = {one: generation_of(read_layout(headers(one, Layout(language=language)))) for one in Generation}
    assert {told[Generation.UTC_MOMENTS], told[Generation.PARIS_MINUTES]} == {"2024-12"}
    assert {told[Generation.WITH_CODE], told[Generation.EVERY_PARTICIPATION]} == {"2023-06"}
    assert told[Generation.WITH_GROUP] == "2020-11"


def test_a_code_typed_as_external_id_before_2023_is_no_campaign_code() -> None:
    found = read_layout(headers(Generation.WITH_GROUP, Layout(external_id="Code")))
    assert Column.CAMPAIGN_CODE not in found.at
    assert found.external_label == "Code"


@pytest.mark.parametrize(
    "label",
    [
        "Classe",
        "Groupe",
        "Code",
        "Nom du Participant",
        "Prénom du Participant",
        "Nom de la campagne",
        "ID Campagne",
    ],
)
def test_any_text_may_be_the_label_of_the_external_id(label: str) -> None:
    plain = read_layout(headers(NOW, Layout(group=True, external_id="Identifiant")))
    found = read_layout(headers(NOW, Layout(group=True, external_id=label)))
    assert found.at == plain.at
    assert found.levels == plain.levels
    assert found.external_label == label


@pytest.mark.parametrize(
    "label",
    [
        "Envoi (O/N)",
        "Nombre de pix total",
        "Certifiable (O/N)",
        "Date de l'envoi",
        "Niveau pour la compétence Interagir",
        "Nombre de pix pour la compétence Interagir",
    ],
)
def test_a_column_of_results_before_the_sent_one_is_no_external_id(label: str) -> None:
    plain = read_layout(headers(NOW, Layout(group=True, external_id="Identifiant")))
    found = read_layout(headers(NOW, Layout(group=True, external_id=label)))
    assert found.at == {column: at for column, at in plain.at.items() if column is not Column.EXTERNAL_ID}
    assert (found.levels, found.competence_pix) == (plain.levels, plain.competence_pix)


@pytest.mark.parametrize("language", ["it", "es"])
def test_where_both_names_have_one_label_the_last_name_comes_first(language: str) -> None:
    found = read_layout(headers(NOW, Layout(language=language)))
    assert (found.at[Column.LAST_NAME], found.at[Column.FIRST_NAME]) == (4, 5)
    asked = read_layout(headers(NOW, Layout(language=language, external_id="Nom du Participant")))
    assert (asked.at[Column.LAST_NAME], asked.at[Column.FIRST_NAME]) == (4, 5)


def test_a_column_standing_twice_is_read_once_and_reported() -> None:
    header = [*headers(NOW, Layout()), "Nombre de pix total"]
    found = read_layout(header)
    assert found.at[Column.PIX] == header.index("Nombre de pix total")
    assert [(note.kind, note.label) for note in found.notes] == [(NoteKind.DUPLICATE, "Nombre de pix total")]


@pytest.mark.parametrize(
    "label",
    [
        "Envoyé le",
        "Date et heure de l'envoi, format UTC",
        "Shipment date",
        "Date et heure de l’envoi (Europe/Paris)",
    ],
)
def test_the_date_stands_right_after_the_sent_column(label: str) -> None:
    plain = headers(NOW, Layout())
    found = read_layout(with_label(plain, "Date et heure de l'envoi (Europe/Paris)", label))
    assert found.at == read_layout(plain).at
    assert found.sent_in_utc is ("UTC" in label)


def test_the_code_stands_between_the_number_and_the_name_of_the_campaign() -> None:
    found = read_layout(
        with_label(headers(NOW, Layout(language="en")), "Campaign code", "The campaign's code")
    )
    assert found.at[Column.CAMPAIGN_CODE] == 2


def test_columns_in_any_order_are_found_by_name() -> None:
    header = headers(NOW, Layout(group=True))[::-1]
    found = read_layout(header)
    assert {header[position] for position in found.at.values()} >= {"Groupe", "Classe", "Envoi (O/N)", "Code"}
    assert header[found.at[Column.LAST_NAME]] == "Nom du Participant"
    assert found.is_whole
    assert found.surplus_at is None


def test_in_columns_moved_by_hand_nothing_is_taken_for_an_external_id() -> None:
    header = headers(NOW, Layout(external_id="Identifiant"))
    total = header.index("Nombre de pix total")
    found = read_layout([header[total], *header[:total], *header[total + 1 :]])
    assert Column.EXTERNAL_ID not in found.at
    assert found.surplus_at is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Organisation’s name", "Organisation's name"),
        ("\ufeffNom de l'organisation", "Nom de l’organisation"),
        ("  Envoi\u00a0(O/N) ", "Envoi (O/N)"),
        ("PRE\u0301NOM DU PARTICIPANT", "Prénom du Participant"),
        ("Niveau pour la compétence S&#39;insérer", "Niveau pour la compétence S’insérer"),
        ("Développer des documents multimédia", "Développer des documents multimedia"),
    ],
)
def test_labels_are_compared_without_their_dress(written: str, meant: str) -> None:
    assert label_key(written) == label_key(meant)


ORGANISATION, NUMBER = "Nom de l'organisation", "ID Campagne"
SENT, SENT_AT, TOTAL = "Envoi (O/N)", "Date et heure de l'envoi (Europe/Paris)", "Nombre de pix total"
LAST, FIRST = "Nom du Participant", "Prénom du Participant"
LEVELS = [f"Niveau pour la compétence {competence.name}" for competence in COMPETENCES]
SCORES = [f"Nombre de pix pour la compétence {competence.name}" for competence in COMPETENCES]


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        ([ORGANISATION, NUMBER, "Code"], True),
        (["Organisation’s name"], True),
        ([ORGANISATION, "ID Ca"], True),  # cut
        ([ORGANISATION, "Code", NUMBER], False),
        ([NUMBER, ORGANISATION], False),
        (["Nom", "Prénom"], False),
        (["Nom", NUMBER], False),
        ([], False),
    ],
)
def test_what_begins_like_an_export_of_a_campaign(header: list[str], is_one: bool) -> None:
    assert looks_like_campaign(header) is is_one


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        ([SENT, TOTAL], True),
        ([ORGANISATION, SENT, TOTAL, LAST], True),
        ([SENT, LAST, *LEVELS[:8]], True),  # half of the competences do as well as the total
        ([TOTAL, LAST, *LEVELS[8:]], True),
        ([SENT, LAST, FIRST, *LEVELS[:7]], False),
        ([SENT, *SCORES], False),
        (LEVELS, False),
        ([SENT], False),
        ([ORGANISATION, NUMBER, "Partage (O/N)"], False),
        (["<!DOCTYPE html>"], False),
        ([], False),
    ],
)
def test_what_makes_a_header_that_of_a_profile_collection(header: list[str], is_one: bool) -> None:
    assert looks_like_profiles(header) is is_one


@pytest.mark.parametrize(
    ("labels", "place"),
    [
        ([LAST, FIRST, SENT, SENT_AT, TOTAL], 2),
        ([LAST, FIRST, SENT, SENT, SENT_AT, TOTAL], 3),  # the first one was typed
        ([LAST, FIRST, SENT, SENT_AT, TOTAL, SENT], 2),  # somebody put one more at the end
        ([LAST, FIRST, SENT, TOTAL, SENT, SENT_AT, TOTAL], 4),
        ([LAST, FIRST, SENT, "Note", SENT], 4),
        ([TOTAL, SENT, "Note", SENT, LAST, FIRST], 3),
        ([LAST, FIRST, TOTAL, SENT], 3),
        ([LAST, FIRST, TOTAL], None),
    ],
)
def test_of_columns_that_say_who_sent_the_last_before_the_total_is_read(
    labels: list[str], place: int | None
) -> None:
    assert read_layout(labels).at.get(Column.SENT) == place


@pytest.mark.parametrize(
    ("labels", "place"),
    [
        ([LAST, FIRST, SENT, "Quand", TOTAL], 3),
        ([LAST, FIRST, SENT_AT, SENT, "Quand", TOTAL], 4),  # the label of a free column
        ([SENT_AT, LAST, FIRST, SENT, "Note", TOTAL], 0),  # moved by hand
        ([LAST, SENT_AT, FIRST, SENT, "Note", TOTAL], 1),
        ([LAST, FIRST, SENT, "Note", TOTAL, SENT_AT], 5),
        ([SENT, "Quand", LAST, FIRST, TOTAL], 1),
        ([SENT, "Note", LAST, FIRST, SENT_AT, TOTAL], 4),
        ([SENT, "Note", SENT_AT, LAST, FIRST, TOTAL], 2),
        ([SENT, "Quand", LAST, TOTAL], 1),
        ([SENT_AT, SENT, "Note", LAST, TOTAL], 0),
        ([LAST, FIRST, SENT, TOTAL], None),
        ([LAST, FIRST, SENT, LEVELS[0], TOTAL], None),
        ([LAST, FIRST, SENT], None),
        (["Note", LAST, FIRST, TOTAL], None),  # nothing tells who sent
    ],
)
def test_an_unknown_label_is_that_of_the_date_right_after_who_sent(
    labels: list[str], place: int | None
) -> None:
    assert read_layout(labels).at.get(Column.SENT_AT) == place


def test_what_each_column_was_read_as() -> None:
    header = [label for label in headers(NOW, Layout(external_id="Né le")) if label != SCORES[1]]
    uses = column_uses([*header, "Remarque"], read_layout([*header, "Remarque"]))
    assert [use.header for use in uses] == [*header, "Remarque"]
    meanings = {use.header: use.meaning for use in uses}
    assert (meanings[SENT], meanings["Classe"], meanings["Né le"]) == ("sent", "division", "external_id")
    assert [meanings[label] for label in LEVELS] == [f"level {code}" for code in CODES]
    assert [meanings.get(label) for label in SCORES[:3]] == ["pix 1.1", None, "pix 1.3"]
    assert [use.header for use in uses if use.meaning is None] == ["Remarque"]


def test_only_a_time_of_december_2024_is_in_utc_and_both_have_one() -> None:
    labels = {
        "Date de l'envoi": (False, False),
        "Date et heure de l'envoi (UTC)": (True, True),
        SENT_AT: (False, True),
        "Data e ora di spedizione (Europa/Parigi)": (False, True),
    }
    for label, expected in labels.items():
        found = read_layout([LAST, FIRST, SENT, label, TOTAL])
        assert (found.sent_in_utc, found.sent_with_time) == expected
    without = read_layout([LAST, FIRST, SENT, TOTAL])
    assert (without.sent_in_utc, without.sent_with_time, without.external_label) == (False, False, None)
