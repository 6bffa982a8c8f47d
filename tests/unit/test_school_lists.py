"""Lists as schools have them: Pronote, SIECLE, ENT accounts, one sheet a class, old workbooks, ZIPs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pixsession.domain.people.expected import groups_of
from pixsession.foundation.errors import FileHeld, NotPix, UnreadableExport
from pixsession.readers import FileDescription, export_of, read_export
from pixsession.readers.documents import document_of
from pixsession.readers.export import Contents, ExportKind
from pixsession.readers.lists.labels import _STUDENT_LABELS, NAME_LABELS, Item
from tests.factories.exports import MORNING, export, student
from tests.factories.samples.results import ResultForm, certified, session_results
from tests.factories.workbooks import ods, packed, xls, xlsx

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman", "cp850")


def read(content: bytes, name: str = "liste.csv") -> Contents:
    return export_of(content, FileDescription(name, MORNING, False, MORNING)).contents


def people(found: Contents) -> list[tuple[str, str, str | None]]:
    assert found.kind is ExportKind.ROSTER
    return [(one.last_name, one.first_name, one.division) for one in found.expected]


def _headers_of(label: str) -> list[str]:
    """Lists in which this label stands first, and last."""
    item = next(item for item, labels in _STUDENT_LABELS.items() if label in labels)
    others = {Item.LAST_NAME: ["Prénom"], Item.FIRST_NAME: ["Nom"], Item.STUDENT: []}[item]
    return [";".join([label, *others, "Classe"]), ";".join(["Classe", *others, label])]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("quote", ["", '"'])
def test_every_label_of_names_is_enough_for_the_first_look(encoding: str, quote: str) -> None:
    for label, header in [(known, header) for known in NAME_LABELS for header in _headers_of(known)]:
        for spelling in (header, header.upper()):
            if spelling.encode(encoding, "replace").decode(encoding) != spelling:
                continue  # the quote of this encoding is another
            cells = spelling.split(";")
            line = ";".join(f"{quote}{cell}{quote}" for cell in cells)
            row = ";".join("3eB" if cell.lower() == "classe" else "ROY Ana" for cell in cells)
            found = document_of(f"{line}\n{row}\n".encode(encoding))
            assert found.kind is ExportKind.ROSTER, (label, spelling)


@pytest.mark.parametrize(
    "item", [Item.DIVISION, Item.HOME_DIVISION, Item.GROUP, Item.STUDENT_NUMBER, Item.BIRTH_DATE]
)
def test_every_other_label_is_read_beside_names(item: Item) -> None:
    for label in _STUDENT_LABELS[item]:
        partner = "Groupe" if item in {Item.STUDENT_NUMBER, Item.BIRTH_DATE} else "Remarque"
        found = read(f"Élève;{label};{partner}\nROY Ana;12/05/2012;x\n".encode())
        assert item.value in [use.meaning for use in found.columns], label


PRONOTE = "Élèves;Né(e) le;Sexe;Sortie;;{classe}Classe de rattachement;Option 1"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_pronote_with_one_class(encoding: str, separator: str) -> None:
    header = PRONOTE.format(classe="")
    rows = (
        "ROY Ana;03/03/2012;Féminin;;;;",
        "ÉVRARD Éloïse;12/05/2012;Féminin;;;;ANGLAIS LV1",
        "PARTI Luc;12/05/2012;Masculin;05/01/2020;;;",
        "Effectif : 2;;;;;;",
    )
    content = "\r\n".join((header, *rows, "")).replace(";", separator).encode(encoding)
    found = read(content)
    assert people(found) == [("ROY", "Ana", None), ("ÉVRARD", "Éloïse", None)]
    assert [one.birth_date for one in found.expected] == ["2012-03-03", "2012-05-12"]
    assert any("no class in this list" in note for note in found.notes)
    assert "1 pupil who has left" in found.notes
    assert [reject.line for reject in found.rejects] == [5]


def test_pronote_pupils_of_a_unit_have_their_class_beside() -> None:
    header = PRONOTE.format(classe="Classe;")
    rows = ("ROY Ana;03/03/2012;F;;;ULIS;5B;", "NOIR Luc;03/03/2012;M;;;;5A;", "BLEU Zoé;;F;;;5C;5D;")
    assert [place for _l, _f, place in people(read("\n".join((header, *rows, "")).encode()))] == [
        "5B", "5A", "5C"
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ['="3B"', '"=""3B"""', '= "3B"'])
def test_a_class_written_as_a_formula(cell: str) -> None:
    content = f'NOM;PRENOM;NE(E) LE;MEF;DIV.;DIV. PREC.\n="ROY";Ana;12/05/2012;3EME;{cell};="4A"\n'
    for encoding in ("utf-8-sig", "iso-8859-1", "utf-16"):
        assert people(read(content.encode(encoding))) == [("ROY", "Ana", "3B")]


def test_parents_of_an_extraction_are_not_pupils() -> None:
    content = (
        "Nom de famille;Prénom 1;Division;Nom de famille repr. légal;Prénom repr. légal\n"
        "ROY;Ana;3B;MARTIN;Odile\n"
    )
    assert people(read(content.encode())) == [("ROY", "Ana", "3B")]
    child = "Nom de famille;Prénom;Nom de l'enfant;Prénom de l'enfant;Classe\nMARTIN;Odile;ROY;Ana;3B\n"
    assert people(read(child.encode())) == [("ROY", "Ana", "3B")]
    with pytest.raises(NotPix):
        read(b"Nom;Prenom;Lien de parente;Classe\nMARTIN;Odile;mere;3B\n")


@pytest.mark.parametrize(
    ("pupil", "parent", "teacher"),
    [
        ("Élève", "Parent", "Enseignant"),
        ("Student", "Relative", "Teacher"),
        ("ELEVE", "Responsable", "Personnel"),
    ],
)
def test_accounts_of_an_ent(pupil: str, parent: str, teacher: str) -> None:
    content = (
        "Id;Type;Nom;Prénom;Code d'activation;Classe(s);Enfant(s)\n"
        f"1;{pupil};ROY;Ana;Kx81s;3B, ;\n2;{parent};ROY;Odile;Pw77q;3B;ROY Ana\n"
        f"3;{teacher};NOIR;Luc;Zz19t;3A, 3B;\n"
    )
    found = read(content.encode())
    assert people(found) == [("ROY", "Ana", "3B")]
    assert any(note.startswith("2 lines of no student left out") for note in found.notes)
    assert any("activation codes" in note for note in found.notes)
    assert not any(code in repr(found) for code in ("Kx81s", "Pw77q", "Zz19t"))


def test_parents_without_a_type_are_known_by_their_children() -> None:
    found = read("Nom;Prénom;Classe;Enfant(s)\nROY;Ana;3B;\nROY;Odile;3B;ROY Ana\n".encode())
    assert people(found) == [("ROY", "Ana", "3B")]


@pytest.mark.parametrize("title", ["Classe de 3e B", "3e B;", "Collège Exemple\n\nListe des élèves - 3e B"])
def test_a_title_is_the_class(title: str) -> None:
    found = read(f"{title}\nNom;Prénom\nROY;Ana\nTotal;1\n".encode())
    assert people(found) == [("ROY", "Ana", "3e B")]
    assert [reject.cause for reject in found.rejects] == ["not a name: “Total 1”"]


def test_titles_between_the_rows() -> None:
    found = read("Classe 3A\nNom;Prénom\nROY;Ana\nClasse 3B\nNom;Prénom\nNOIR;Luc\n".encode())
    assert people(found) == [("ROY", "Ana", "3A"), ("NOIR", "Luc", "3B")]


def test_names_without_a_class_are_told_what_to_add() -> None:
    with pytest.raises(NotPix, match="add a column “Classe”"):
        read("Nom;Prénom;Né(e) le\nROY;Ana;12/05/2012\n".encode())


def test_one_sheet_a_class() -> None:
    def a_class(*rows: tuple[str, ...]) -> list[tuple[str, ...]]:
        return [("Nom", "Prénom"), *rows]

    names = {"Feuil1": "3e A", "Feuil2": "3e B", "Feuil3": "Notes"}
    for save in (xlsx, ods):
        content = save(a_class(("ROY", "Ana")), a_class(("NOIR", "Luc"), ("Total", "1")), [("à faire", 3)])
        renamed = _renamed(content, names | {k.replace("Feuil", "Feuille"): v for k, v in names.items()})
        found = read(renamed)
        assert people(found) == [("ROY", "Ana", "3e A"), ("NOIR", "Luc", "3e B")]
        assert "“Notes” is not read: not an export of Pix" in found.notes
        assert [reject.cause for reject in found.rejects] == ["3e B: not a name: “Total 1”"]


def _renamed(content: bytes, names: dict[str, str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in {"xl/workbook.xml", "content.xml"} & set(parts):
        for old, new in names.items():
            parts[name] = parts[name].replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return packed(dict(parts))


def test_a_student_of_two_sheets_is_one() -> None:
    header = ("Nom", "Prénom", "Classe")
    again = read(xlsx([header, ("ROY", "Ana", "3B")], [header, ("ROY", "Ana", "3B")]))
    assert people(again) == [("ROY", "Ana", "3B")]
    assert any(note.startswith("1 student stands on several sheets") for note in again.notes)


def test_results_of_several_sessions_in_a_zip_are_one() -> None:
    form = next(iter(ResultForm))
    files = {
        f"2026060{n}_0830_resultats_session_432{n}.csv": session_results(certified(5, n), form)
        for n in (1, 2)
    }
    found = read(packed({name: file.content for name, file in files.items()}), "pix-sessions-results-17.zip")
    assert found.kind is ExportKind.RESULTS
    assert found.results == tuple(
        line._replace(part=name) for name, file in files.items() for line in file.truth
    )
    cut = packed(
        {name: file.content[:-30] if "4321" in name else file.content for name, file in files.items()}
    )
    rest = read(cut, "pix-sessions-results-17.zip")
    assert len(rest.results) == 5
    assert any("4321.csv” is not read" in note for note in rest.notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_class_list_in_a_zip(encoding: str) -> None:
    assert people(read(packed({"3eB.csv": "Élève;Classe\nROY Ana;3B\n".encode(encoding)}))) == [
        ("ROY", "Ana", "3B")
    ]


def test_an_old_workbook() -> None:
    found = read(
        xls({"3e A": [("Nom", "Prénom"), ("ROY", "Ana")], "3e B": [("Nom", "Prénom"), ("NOIR", "Zoé")]})
    )
    assert found.origin.form == "xls"
    assert people(found) == [("ROY", "Ana", "3e A"), ("NOIR", "Zoé", "3e B")]


def test_an_old_workbook_that_would_fill_the_memory_is_refused() -> None:
    far = [("Nom", "Prénom"), *[()] * 65_000, ("",) * 255 + ("x",)]
    with pytest.raises(UnreadableExport, match="far too large"):
        read(xls({"3e A": far}))
    with pytest.raises(UnreadableExport, match="damaged"):
        read(xls({"3e A": [("Nom", "Prénom"), ("ROY", "Ana")]})[:2000])


def test_an_old_document_of_others_is_ignored() -> None:
    with pytest.raises(NotPix):
        read(
            xls({"3e A": [("Nom", "Prénom")]}).replace(
                "Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")
            )
        )


NAME = "Resultats-Collecte-123456-2026-03-12-1408.csv"


def test_a_zipped_export() -> None:
    exported = export(student()).content
    found = export_of(packed({NAME: exported}), FileDescription("x.zip", MORNING, False, MORNING))
    assert found.contents.kind is ExportKind.PROFILES
    assert found.contents.participations == read(exported, NAME).participations
    assert (found.file.exported_at.hour, found.file.exported_at.minute) == (14, 8)


def test_several_files_of_a_zip_are_refused_by_name() -> None:
    exported = export(student()).content
    with pytest.raises(UnreadableExport, match=r"several files in this ZIP \(a.csv, b.csv\)"):
        read(packed({"a.csv": exported, "dossier/b.csv": exported, "photo.jpg": b"\xff\xd8"}))


def test_passwords_in_a_zip_are_refused() -> None:
    secret = "Classe;Nom;Prénom;Identifiant;Mot de passe\n3B;ROY;Ana;ana;s3cr3t\n".encode()
    with pytest.raises(UnreadableExport, match="holds passwords"):
        read(packed({"a.csv": secret}))


def test_a_password_of_any_name_is_refused() -> None:
    for label in ("Mot de passe initial", "MDP", "Password", "Mot de passe provisoire"):
        with pytest.raises(UnreadableExport, match="holds passwords"):
            read(f"Nom;Prénom;Classe;{label}\nROY;Ana;3B;s3cr3t\n".encode())


def test_groups_of_one_cell() -> None:
    assert groups_of("[5EB GR1], [ANG1]") == ("5EB GR1", "ANG1")
    assert groups_of("5EB_GR1, ANG LV1") == ("5EB_GR1", "ANG LV1")
    assert groups_of("G1") == ("G1",)
    assert groups_of(None) == ()


def test_a_file_beside_its_stalled_download_is_held(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(export(student()).content)
    assert read_export(path).contents.participations
    for ending in (".part", ".crdownload", ".opdownload"):
        beside = tmp_path / (NAME + ending)
        beside.write_bytes(b"x")
        with pytest.raises(FileHeld, match="not finished"):
            read_export(path)
        beside.unlink()
