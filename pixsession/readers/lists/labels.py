"""The labels of lists: what the columns of class lists, candidate lists and session imports are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from pixsession.foundation.i18n import _
from pixsession.readers.campaign.labels import label_key
from pixsession.readers.export import ColumnUse


class Item(StrEnum):
    """The meaning of a column of a list; the values are those of the settings and of the JSON contract."""

    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    STUDENT = "student"  # last and first name in one cell
    USED_NAME = "used_name"
    OTHER_FIRST_NAMES = "other_first_names"
    DIVISION = "division"
    HOME_DIVISION = "home_division"  # Pronote: the class of a pupil who is listed under another one, or none
    GROUP = "group"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    STUDENT_NUMBER = "student_number"
    EXTERNAL_ID = "external_id"
    EXTRA_TIME = "extra_time"
    ACCOUNT = "account"  # student, parent, teacher: accounts of an ENT
    CHILDREN = "children"  # of a parent: their pupils
    LEFT_ON = "left_on"
    SESSION_NUMBER = "session.number"
    SITE = "session.site"
    ROOM = "session.room"
    DATE = "session.date"
    START = "session.start"
    INVIGILATORS = "session.invigilators"


# In the order of preference where a header has several of one item: a child's name stands before that of the
# parent whose line it is.
_STUDENT_LABELS: dict[Item, tuple[str, ...]] = {
    Item.LAST_NAME: (
        "Nom de famille de l'enfant", "Nom de famille enfant", "Nom de l'enfant", "Nom enfant",
        "Nom de famille de l'élève", "Nom de famille élève", "Nom de famille", "Nom de naissance",
        "Nom élève", "Nom de l'élève", "Nom de l'étudiant", "Nom étudiant", "Nom", "Noms", "Last name",
        "Family name", "Surname",
    ),
    Item.FIRST_NAME: (
        "Prénom de l'enfant", "Prénom enfant", "Premier prénom", "Prénom élève", "Prénom de l'élève",
        "Prénom de l'étudiant", "Prénom étudiant", "Prénom", "Prénoms", "Prénom 1", "First name",
        "First names", "Given name", "Given names", "Forename",
    ),
    Item.STUDENT: (
        "Élève", "Élèves", "Étudiant", "Étudiants", "Nom Prénom", "Nom et prénom", "Nom et prénoms",
        "Noms et prénoms", "Noms prénoms", "Nom complet", "Prénom Nom", "Prénom et nom",
        "Nom et prénom de l'élève", "Nom et prénom élève", "Nom de l'élève et prénom", "Apprenant",
        "Apprenants", "Student", "Students", "Student name", "Pupil", "Pupils", "Pupil name", "Full name",
    ),
    Item.USED_NAME: ("Nom d'usage", "Nom usuel", "Preferred name"),
    Item.OTHER_FIRST_NAMES: (
        "Deuxième prénom", "Troisième prénom", "Prénom 2", "Prénom 3", "Autres prénoms", "Middle name",
        "Middle name #1", "Middle name #2",
    ),
    Item.DIVISION: (
        "Division", "Libellé classe", "Classe", "Classes", "Code classe", "Libellé division", "Div.", "Class",
    ),
    Item.HOME_DIVISION: ("Classe de rattachement",),
    Item.GROUP: (
        "Groupe", "Groupes", "Demi-groupe", "1/2 groupe", "Groupe TD", "Groupe TP", "Group", "Groups",
    ),
    Item.BIRTH_DATE: (
        "Date de naissance", "Date naissance", "Né(e) le", "Né.e le", "Née le", "Né/Née le", "Date de naiss",
        "Date naiss", "Date de naissance de l'élève", "DDN", "Date of birth", "Birth date", "Birthdate",
        "DOB",
    ),
    Item.SEX: ("Code sexe", "Sexe", "Sex", "Gender"),
    Item.STUDENT_NUMBER: (
        "INE", "Identifiant unique", "Numéro étudiant", "N° étudiant", "Numéro INE", "N° INE",
        "Identifiant national", "ID national", "Student number", "Unique identifier",
    ),
    Item.EXTERNAL_ID: ("Identifiant externe", "Identifiant local"),
    Item.EXTRA_TIME: ("Temps majoré",),
    Item.ACCOUNT: ("Type", "Type de compte", "Profil", "Profile", "Rôle", "Role", "Account type"),
    Item.CHILDREN: ("Enfant(s)", "Enfants", "Child", "Children"),
    Item.LEFT_ON: ("Date de sortie", "Sortie"),
}  # fmt: skip
# What the first look at a file looks for: no list is one without names.
NAME_LABELS = tuple(
    label for item in (Item.LAST_NAME, Item.FIRST_NAME, Item.STUDENT) for label in _STUDENT_LABELS[item]
)
# Columns that only lists of pupils have.
PUPIL_KEYS = frozenset(
    map(
        label_key,
        (
            "Élève", "Élèves", "Élève(s)", "Étudiant", "Étudiants", "Étudiant(s)", "Apprenant", "Apprenants",
            "Apprenant(s)", "Nom élève", "Nom de l'élève", "Nom et prénom de l'élève", "Student", "Students",
            "Pupil", "Pupils", "Student(s)",
        ),
    )
)  # fmt: skip
_SESSION_LABELS: dict[Item, tuple[str, ...]] = {
    Item.SESSION_NUMBER: ("Numéro de session préexistante", "N° de session", "Numéro de session"),
    Item.SITE: ("Nom du site",),
    Item.ROOM: ("Nom de la salle",),
    Item.DATE: ("Date de début",),
    Item.START: ("Heure de début",),
    Item.INVIGILATORS: ("Surveillant(s)", "Surveillant", "Surveillants"),
}
_IN_BRACKETS = re.compile(r"\([^()]*\)")

# The positions of an item in a header; several positions for other first names alone.
Positions = Mapping[Item, tuple[int, ...]]


def base_key(label: str) -> str:
    """A label as a key without text in brackets: the format to type, or an ending."""
    return label_key(_IN_BRACKETS.sub("", label))


def _keys(labels: Mapping[Item, tuple[str, ...]]) -> dict[str, tuple[Item, int]]:
    return {base_key(text): (item, rank) for item, texts in labels.items() for rank, text in enumerate(texts)}


STUDENT_KEYS = _keys(_STUDENT_LABELS)
SESSION_KEYS = _keys(_SESSION_LABELS) | STUDENT_KEYS
# What the settings may say of a column.
MAPPED_ITEMS = {
    item.value: item
    for item in (
        Item.LAST_NAME, Item.FIRST_NAME, Item.STUDENT, Item.DIVISION, Item.GROUP, Item.BIRTH_DATE,
        Item.STUDENT_NUMBER, Item.EXTERNAL_ID,
    )
}  # fmt: skip


def read_positions(
    header: Sequence[str],
    keys: Mapping[str, tuple[Item, int]],
    mapped: Mapping[str, str] | None = None,
) -> Positions:
    """The positions of each item: by the settings, else by the preferred label among those there."""
    chosen = {label_key(label): MAPPED_ITEMS[meaning] for label, meaning in (mapped or {}).items()}
    ranked: dict[Item, list[tuple[int, int]]] = {}
    for position, label in enumerate(header):
        item = chosen.get(label_key(label)) if label.strip() else None
        found = (item, -1) if item is not None else keys.get(base_key(label))
        if found is not None:
            ranked.setdefault(found[0], []).append((found[1], position))
    return {
        item: tuple(position for _rank, position in sorted(positions)[: None if _is_many(item) else 1])
        for item, positions in ranked.items()
    }


def _is_many(item: Item) -> bool:
    return item is Item.OTHER_FIRST_NAMES


def column_uses(header: Sequence[str], positions: Positions) -> tuple[ColumnUse, ...]:
    """What each column of a list was read as."""
    meanings = {position: item.value for item, many in positions.items() for position in many}
    return tuple(ColumnUse(label, meanings.get(position)) for position, label in enumerate(header))


def repeated_column_notes(header: Sequence[str], positions: Positions) -> tuple[str, ...]:
    """A note for each column of a list of students whose item is read from another, preferred column."""
    read = {position for many in positions.values() for position in many}
    return tuple(
        _("column “{header}” is not read: another one tells the same").format(header=label)
        for position, label in enumerate(header)
        if position not in read and base_key(label) in STUDENT_KEYS
    )
