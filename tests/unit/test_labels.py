"""The words of campaign exports: a label without its dress, and what it says of a competence or an area."""

from __future__ import annotations

import pytest

from pixsession.readers.campaign.assessment_labels import (
    BADGE,
    COLUMN_OF,
    STAGE,
    Measure,
    shown_label,
    split_label,
)
from pixsession.readers.campaign.labels import Column, columns_of, is_known, label_key

RATE, TARGETED, MASTERED = Measure


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("Envoi (O/N)", True),
        ("ENVOI (O/N)", True),
        ("Niveau pour la compétence Interagir", True),
        ("Nombre de pix pour la compétence Interagir", True),
        ("Level reached in the competence Interagir", True),
        ("Niveau pour la compétence Jongler", False),
        ("Nombre de pix pour la compétence Jongler", False),
        ("Niveau pour la compétence", False),  # Dutch and Spanish print none: it is known by its order alone
        ("Nombre de pix pour la compétence ", False),
        ("Interagir", False),
        ("Niveau", False),
        ("", False),
    ],
)
def test_a_label_of_a_profile_collection_is_known_with_its_competence(label: str, known: bool) -> None:
    assert is_known(label_key(label)) is known


def test_a_label_saved_twice_in_two_encodings_is_the_same() -> None:
    twice = "Prénom du Participant".encode().decode("cp1252")
    assert label_key(twice) == label_key("Prénom du Participant")
    assert label_key("Pr&eacute;nom du Participant") == label_key("Prénom du Participant")


def test_every_spelling_of_a_column_is_its_column() -> None:
    spellings = {Column.SENT: ("Envoi (O/N)", "Sent (Y/N)"), Column.PIX: ("Pix",)}
    found = columns_of(spellings)
    assert found == {"envoi o n": Column.SENT, "sent y n": Column.SENT, "pix": Column.PIX}


@pytest.mark.parametrize(
    ("label", "is_area", "measure", "name"),
    [
        ("% de maitrise des acquis de la compétence Interagir", False, RATE, "Interagir"),
        ("Nombre d'acquis du profil cible dans la compétence Interagir", False, TARGETED, "Interagir"),
        ("Acquis maitrisés dans la compétence Interagir", False, MASTERED, "Interagir"),
        ("% de maitrise des acquis du domaine Création de contenu", True, RATE, "Création de contenu"),
        ("Nombre d'acquis du profil cible du domaine Création", True, TARGETED, "Création"),
        ("Acquis maitrisés du domaine Création", True, MASTERED, "Création"),
        # In English the words for a competence begin those for an area.
        ("% of items successfully completed in the competence Interact", False, RATE, "Interact"),
        ("% of items successfully completed in the competence area Content", True, RATE, "Content"),
        ("% OF ITEMS SUCCESSFULLY COMPLETED IN THE COMPETENCE AREA Content", True, RATE, "Content"),
        ("% of items successfully completed in the competence areas", False, RATE, "areas"),
        ("Number of items of the target profile in the competence area Content", True, TARGETED, "Content"),
        (
            "Items of the target profile successfully completed in the competence Interact",
            False,
            MASTERED,
            "Interact",
        ),
        # As another program writes them.
        ("% de maîtrise des acquis de la compétence Interagir", False, RATE, "Interagir"),
        (
            "Acquis\u00a0maitrisés dans la compétence\u00a0Gérer  des données",
            False,
            MASTERED,
            "Gérer des données",
        ),
        ("Nombre d’acquis du profil cible dans la compétence Interagir", False, TARGETED, "Interagir"),
        # A sentence may end in a full stop; some languages print no name.
        ("% Beherrschung der Lernergebnisse der Kompetenz Interagir.", False, RATE, "Interagir"),
        ("acquis maitrises du domaine Création .", True, MASTERED, "Création"),
        ("Acquis maitrisés du domaine", True, MASTERED, ""),
        ("acquis maitrises du domaine .", True, MASTERED, ""),
    ],
)
def test_a_label_says_what_it_measures_and_of_what(
    label: str, is_area: bool, measure: Measure, name: str
) -> None:
    found = split_label(label)
    assert found is not None
    assert (found[0].is_area, found[0].measure, found[1]) == (is_area, measure, name)


@pytest.mark.parametrize(
    "label",
    ["", "Classe", "Acquis maitrisés", "Acquis maitrisés du domaines", "Interagir", "% de progression"],
)
def test_any_other_label_measures_nothing(label: str) -> None:
    assert split_label(label) is None


@pytest.mark.parametrize(
    ("label", "most"),
    [
        ("Palier obtenu (/3)", "3"),
        ("Palier obtenu (/12)", "12"),
        ("Success rate (/4)", "4"),
        ("Palier obtenu", None),
    ],
)
def test_a_stage_says_how_many_there_are(label: str, most: str | None) -> None:
    found = STAGE.fullmatch(label_key(label))
    assert found is not None
    assert found[1] == most


def test_what_is_no_stage() -> None:
    for label in ("Palier", "Palier obtenu (/x)", "Le palier obtenu (/3)"):
        assert not STAGE.fullmatch(label_key(label))


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("Or obtenu (O/N)", "Or"),
        ("Gold (Y/N)", "Gold"),
        ("Déjà obtenu obtenu (O/N)", "Déjà obtenu"),
        ("Deux\nlignes obtenu (O/N)", "Deux\nlignes"),
        ("obtenu (O/N)", ""),
    ],
)
def test_a_badge_is_known_by_the_end_of_its_label(label: str, title: str) -> None:
    found = BADGE.fullmatch(label)
    assert found is not None
    assert found[1] == title


def test_names_inside_labels_are_shown_as_people_read_them() -> None:
    assert shown_label("Sécurité &amp; vie privée : l&#39;essentiel obtenu (O/N)") == (
        "Sécurité & vie privée : l'essentiel obtenu (O/N)"
    )


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("Parcours", Column.PATH),
        ("Nom du Profil Cible", Column.PATH),
        ("Target profile’s name", Column.PATH),
        ("% de progression", Column.PROGRESS),
        ("Date de début", Column.STARTED_AT),
        ("Date et heure de début (Europe/Paris)", Column.STARTED_AT),
        ("Partage (O/N)", Column.SHARED),
        ("Date du partage", Column.SHARED_AT),
        ("% maitrise de l'ensemble des acquis du profil", Column.MASTERY),
        ("Nom du Participant", Column.LAST_NAME),
        ("Envoi (O/N)", None),  # of profile collections
        ("Palier obtenu (/3)", None),
    ],
)
def test_the_columns_of_evaluations_and_those_that_every_export_begins_with(
    label: str, column: Column | None
) -> None:
    assert COLUMN_OF.get(label_key(label)) is column
