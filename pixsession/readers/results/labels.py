"""The words of certification results: every label and status of Pix Orga and Pix Certif since 2021."""

from __future__ import annotations

from enum import StrEnum

from pixsession.domain.pix.certification import ResultStatus
from pixsession.readers.campaign.labels import label_key


class ResultColumn(StrEnum):
    """What a column of certification results is, apart from competences and further certifications."""

    NUMBER = "certification_number"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    EXTERNAL_ID = "external_id"
    TYPE = "type"
    STATUS = "status"
    LEVEL = "level_label"
    SCORE = "score"
    RESULT = "result"  # March and April 2026: "266 pix", or a level in words
    COMMENT = "comment"
    SESSION = "session"
    CENTRE = "centre"
    DATE = "date"


_LABELS: dict[ResultColumn, tuple[str, ...]] = {
    ResultColumn.NUMBER: ("Numéro de certification",),
    ResultColumn.FIRST_NAME: ("Prénom",),
    ResultColumn.LAST_NAME: ("Nom",),
    ResultColumn.BIRTH_DATE: ("Date de naissance",),
    ResultColumn.BIRTH_PLACE: ("Lieu de naissance",),
    ResultColumn.EXTERNAL_ID: ("Identifiant Externe",),
    ResultColumn.TYPE: ("Type de certification",),
    ResultColumn.STATUS: ("Statut",),
    ResultColumn.LEVEL: ("Niveau",),
    ResultColumn.SCORE: ("Score en Pix", "Nombre de Pix"),
    ResultColumn.RESULT: ("Résultat",),
    ResultColumn.COMMENT: ("Commentaire jury pour l'organisation",),
    ResultColumn.SESSION: ("Session",),
    ResultColumn.CENTRE: ("Centre de certification",),
    ResultColumn.DATE: ("Date de passage de la certification",),
}

RESULT_COLUMN_OF = {label_key(label): column for column, labels in _LABELS.items() for label in labels}
COMPLEMENTARY = "Certification "  # the label of a CléA or Pix+ certification follows

STATUSES = {
    "validee": ResultStatus.VALIDATED,
    "non obtenue": ResultStatus.REJECTED,  # since 2026
    "rejetee": ResultStatus.REJECTED,
    "annulee": ResultStatus.CANCELLED,
    "en erreur": ResultStatus.ERROR,
    "demarree": ResultStatus.STARTED,
}
NOT_TAKEN = "non passee"
