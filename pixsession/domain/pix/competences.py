"""The CRCN as Pix measures it: 5 areas, 16 competences, 8 pix a level."""

from __future__ import annotations

from typing import NamedTuple

PIX_PER_LEVEL = 8
MAX_LEVEL = 8  # the CRCN has 8 levels; Pix opens fewer (5 in 2020, 7 in 2026)


class Area(NamedTuple):
    """One of the five areas of the CRCN; `number` is "1" to "5"."""

    number: str
    name: str


class Competence(NamedTuple):
    """One of the sixteen competences; `code` is "1.1" to "5.2", `name` Pix's own French name."""

    code: str
    name: str
    short_name: str

    @property
    def area(self) -> str:
        return self.code[0]


AREAS = (
    Area("1", "Information et données"),
    Area("2", "Communication et collaboration"),
    Area("3", "Création de contenu"),
    Area("4", "Protection et sécurité"),
    Area("5", "Environnement numérique"),
)

# "multimedia" without accent: so it stands in Pix's own data and headers.
COMPETENCES = (
    Competence("1.1", "Mener une recherche et une veille d’information", "Recherche"),
    Competence("1.2", "Gérer des données", "Gérer données"),
    Competence("1.3", "Traiter des données", "Traiter données"),
    Competence("2.1", "Interagir", "Interagir"),
    Competence("2.2", "Partager et publier", "Partager"),
    Competence("2.3", "Collaborer", "Collaborer"),
    Competence("2.4", "S’insérer dans le monde numérique", "S’insérer"),
    Competence("3.1", "Développer des documents textuels", "Textes"),
    Competence("3.2", "Développer des documents multimedia", "Multimédia"),
    Competence("3.3", "Adapter les documents à leur finalité", "Adapter"),
    Competence("3.4", "Programmer", "Programmer"),
    Competence("4.1", "Sécuriser l’environnement numérique", "Sécuriser"),
    Competence("4.2", "Protéger les données personnelles et la vie privée", "Vie privée"),
    Competence("4.3", "Protéger la santé, le bien-être et l’environnement", "Santé"),
    Competence("5.1", "Résoudre des problèmes techniques", "Résoudre"),
    Competence("5.2", "Construire un environnement numérique", "Construire"),
)

CODES = tuple(competence.code for competence in COMPETENCES)
BY_CODE = {competence.code: competence for competence in COMPETENCES}
