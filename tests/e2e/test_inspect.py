"""`pixsession inspect`: what is understood of one file, in words and as JSON, without touching anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.pix.competences import CODES
from pixsession.foundation.paths import state_folder
from tests.e2e.runs import Run
from tests.factories import exports as sheets
from tests.factories.exports import NAME, Sheet, export, put, sent, sheet, student
from tests.factories.samples import Layout
from tests.factories.workbooks import Rows, ods, typed, xlsx

FILE = export(
    student("DURIEUX", "Zoé", sent("09:31", 5), external_id="A1"),
    student("PICHON", "Mathéo", sheets.pending()),
    layout=Layout(external_id="Identifiant"),
)
HANDED_OUT = "Classe;Nom;Prénom;Identifiant;Mot de passe\n3eA;DURIEUX;Zoé;zoe.durieux;s3cr3t!42\n"


def inspected(run: Run, path: Path, status: int = 0) -> dict[str, Any]:
    found = run("inspect", path, "--format", "json")
    assert found.status == status, found.err
    assert found.err == ""
    document: dict[str, Any] = json.loads(found.out)
    assert document["schema"] == "pixsession/inspect/1"
    assert document["file"] == path.name
    return document


def test_the_whole_contract_of_a_collection(run: Run, tmp_path: Path) -> None:
    found = inspected(run, put(tmp_path, NAME, FILE.content))
    assert {key: found[key] for key in ("kind", "generation", "encoding", "delimiter", "exported_at")} == {
        "kind": "profiles",
        "generation": "2024-12",
        "encoding": "utf-8-sig",
        "delimiter": ";",
        "exported_at": "2026-03-12T09:45:00+01:00",
    }
    assert found["campaign"] == {"id": "731958", "code": "FDVRGZ586", "name": "Collecte", "path": None}
    assert (found["session"], found["rejects"], found["notes"]) == (None, [], [])
    headers = Sheet.of(FILE.content).header
    assert [column["header"] for column in found["columns"]] == list(headers)
    meanings = {column["header"]: column["meaning"] for column in found["columns"]}
    assert meanings["Identifiant"] == "external_id"
    assert meanings["Niveau pour la compétence Interagir"] == "level 2.1"


def test_the_rows_of_a_collection_stand_in_the_order_of_the_file(run: Run, tmp_path: Path) -> None:
    found = inspected(run, put(tmp_path, NAME, FILE.content))
    by_line = [row["line"] for row in found["rows"]]
    assert by_line == sorted(by_line) == [2, 3]
    row = next(row for row in found["rows"] if row["last_name"] == "DURIEUX")
    levels = dict(zip(CODES, (1,) * 5 + (0,) * 11, strict=True))
    assert row == {
        "line": row["line"], "last_name": "DURIEUX", "first_name": "Zoé", "division": "3eA", "group": None,
        "birth_date": None, "student_number": None, "external_id": "A1", "sent": True,
        "sent_at": "2026-03-12T09:31", "pix": 78, "eligible": True, "eligible_competences": 5,
        "levels": levels, "competence_pix": {code: 9 if level else 3 for code, level in levels.items()},
    }  # fmt: skip
    pending = next(row for row in found["rows"] if row["last_name"] == "PICHON")
    assert (pending["sent"], pending["pix"], pending["eligible"]) == (False, None, None)
    assert set(pending["levels"].values()) == {None}


def test_a_workbook_says_the_same_rows(run: Run, tmp_path: Path) -> None:
    plain = Sheet.of(FILE.content)
    rows: Rows = [list(plain.header), *([typed(cell) for cell in row] for row in plain.rows)]
    text = inspected(run, put(tmp_path, NAME, FILE.content))
    for name, content in (("export.xlsx", xlsx(rows)), ("export.ods", ods(rows))):
        found = inspected(run, put(tmp_path, name, content))
        assert found["rows"] == text["rows"]
        assert (found["encoding"], found["delimiter"], found["exported_at"]) == (None, None, None)


def test_what_was_guessed_is_said(run: Run, tmp_path: Path) -> None:
    content = sheet(student("LEMAÎTRE")).content("cp1252", delimiter="\t")
    found = inspected(run, put(tmp_path, NAME, content))
    assert (found["encoding"], found["delimiter"]) == ("cp1252", "\t")
    assert found["notes"] == ["encoding guessed: cp1252"]
    words = run("inspect", tmp_path / NAME).out
    assert "Form: cp1252 (guessed) · tabs" in words
    assert "Note: encoding guessed: cp1252" in words


def test_a_refused_file_keeps_its_kind_and_says_why(run: Run, tmp_path: Path) -> None:
    path = put(tmp_path, NAME, FILE.content[:-4])
    found = inspected(run, path, status=2)
    assert (found["kind"], found["rows"]) == ("profiles", [])
    ((reject),) = found["rejects"]
    assert reject["line"] == 3
    assert "damaged or cut, download it again" in reject["cause"]
    words = run("inspect", path)
    assert words.status == 2
    assert "Refused (line 3): the line cannot be split" in words.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_nothing_of_passwords_is_shown(run: Run, tmp_path: Path, encoding: str) -> None:
    path = put(tmp_path, "identifiants.csv", HANDED_OUT.encode(encoding))
    found = inspected(run, path, status=2)
    assert (found["kind"], found["rows"], found["columns"]) == ("credentials", [], [])
    assert "delete it" in found["rejects"][0]["cause"]
    words = run("inspect", path)
    for output in (json.dumps(found), words.out, words.err):
        assert not any(secret in output for secret in ("s3cr3t", "zoe.durieux", "DURIEUX"))


@pytest.mark.parametrize("content", [b"", b"Date;Montant\n1;2\n", b"PK\x03\x04" + bytes(100), bytes(5000)])
def test_a_file_of_others_is_unknown(run: Run, tmp_path: Path, content: bytes) -> None:
    found = inspected(run, put(tmp_path, "autre.csv", content), status=2)
    assert (found["kind"], found["generation"], found["rows"], found["rejects"]) == ("unknown", None, [], [])
    assert run("inspect", tmp_path / "autre.csv").out.startswith("autre.csv: not an export of Pix")


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    found = run("inspect", tmp_path / "nowhere.csv", "--format", "json")
    assert (found.status, found.out) == (2, "")
    assert "does not exist" in found.err
    assert run("inspect", tmp_path).status == 2
    assert run("inspect").status == 2


def test_the_words_for_a_teacher(run: Run, tmp_path: Path) -> None:
    lines = run("inspect", put(tmp_path, NAME, FILE.content)).out.splitlines()
    assert lines[:5] == [
        f"{NAME}: profile collection",
        "Form: utf-8-sig · semicolons",
        "Columns of Pix since: 2024-12",
        "Exported: 12/03/2026 09:45",
        "Campaign: Collecte · FDVRGZ586",
    ]
    assert "  Classe → class" in lines
    assert lines[-3] == "2 lines read"
    assert "  DURIEUX Zoé · 3eA · sent 12/03/2026 09:31 · 78 pix" in lines
    assert "  PICHON Mathéo · 3eA · nothing sent" in lines


def test_nothing_of_a_file_reaches_the_terminal_as_a_command(run: Run, tmp_path: Path) -> None:
    plain = sheet(student("A\x1b[2JB", "\u202eC"))
    content = plain.with_column("Salle\x1b]0;x\x07", ["B12"], "Envoi (O/N)").content()
    path = put(tmp_path, NAME, content)
    for form in ("text", "json"):
        out = run("inspect", path, "--format", form).out
        assert not set(out) & {"\x1b", "\x07", "\u202e"}
    assert inspected(run, path)["rows"][0]["last_name"] == "A\x1b[2JB"


def test_nothing_is_touched(run: Run, tmp_path: Path) -> None:
    path = put(tmp_path, NAME, FILE.content)
    before = path.stat()
    run("inspect", path)
    assert list(tmp_path.iterdir()) == [path]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (FILE.content, before.st_mtime_ns)
    assert not state_folder().exists()


def test_it_speaks_french(run: Run, tmp_path: Path) -> None:
    found = run("inspect", put(tmp_path, NAME, FILE.content), lang=None)
    assert found.status == 0
    assert "DURIEUX Zoé" in found.out
