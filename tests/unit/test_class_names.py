"""The class that a title or the name of a sheet tells, and the many names that tell none."""

from __future__ import annotations

import pytest

from pixsession.readers.lists.class_names import class_of_rows, class_of_title


@pytest.mark.parametrize(
    ("title", "division"),
    [
        *(
            (name, name)
            for name in ("3e B", "3B", "3eB", "3ème 2", "301", "3-1", "6e1", "2nde 4", "2de GT 3")
        ),
        *(
            (name, name)
            for name in ("1ère G2", "1STMG1", "TG3", "Tle S2", "Terminale G1", "CM1", "CM2 A", "CP")
        ),
        *((name, name) for name in ("BTS SIO 1", "ULIS", "4e SEGPA", "1re S", "3°B", "TSTMG", "Year 9B")),
        ("Classe de 3e B", "3e B"),
        ("Classe : 3B", "3B"),
        ("CLASSE 3 B", "3 B"),
        ("Liste des élèves - 3e B - 2026-2027", "3e B"),
        ("Liste des élèves de la classe 3B", "3B"),
        ("3e B (Mme Durand)", "3e B"),
        ("Collège Exemple - Classe de 3eB", "3eB"),
        ("5e B élèves", "5e B"),
        ("3e B, liste du 12/09/2026", "3e B"),
    ],
)
def test_a_title_tells_its_class(title: str, division: str) -> None:
    assert class_of_title(title) == division


@pytest.mark.parametrize(
    "title",
    [
        "", "Feuil1", "Feuille1", "Sheet1", "Tableau 2", "Notes", "1er trimestre", "2e trimestre", "Total",
        "Test 1", "T1", "Bilan T2", "2026-2027", "3 mai", "03-janv", "12/05/2026", "Liste", "Élèves",
        "Export du 3/11/2026", "Année scolaire 2026", "Exercice 3", "3A et 3B", "Classe de Mme Durand",
        "LV1", "Salle 3", "Salle 3B", "3e", "6ème", "Page 2", "tab 2", "Tri 2",
    ],
)  # fmt: skip
def test_a_title_without_class(title: str) -> None:
    assert class_of_title(title) is None


def test_the_rows_over_a_header() -> None:
    rows = ((1, ["Collège Exemple", ""]), (2, ["", "Classe de 3e B"]), (4, ["3e B", "2026-2027"]))
    assert class_of_rows(rows) == "3e B"
    assert class_of_rows((*rows, (5, ["3e C"]))) is None
    assert class_of_rows(()) is None
