"""`pixsession match`: doubts as text and JSON; decisions that `check` heeds too; nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pixsession.domain.board.entries import MatchEntry
from pixsession.domain.people.identities import identity_key
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.store.journal import Journal
from tests.e2e.runs import Run, folder_with, reaching
from tests.factories.dossiers import noon
from tests.factories.everybody import CALLED, listed, put_list, sos_export
from tests.factories.everybody import assessed_student as taker
from tests.factories.samples.lists import candidate_list, plain_list

LEO = identity_key("list", "MARTIN", "Léo", place="3eA", birth_date="2011-05-03")
LEA = identity_key("export", "MARTIN", "Léa", place="3eA")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Léa has sent a profile, and Léo is on the list: one letter apart."""
    put_list(tmp_path, plain_list([listed("MARTIN", "Léo")]))
    return folder_with(tmp_path, reaching("MARTIN", "Léa", "3eA"))


def settle(folder: Path, *, same: bool) -> None:
    """What the screen of doubts writes."""
    facts = {
        "incoming": LEO,
        "base": LEA,
        "labels": [
            [LEO, "MARTIN", "Léo", "3eA", "2011-05-03", "3eA.csv"],
            [LEA, "MARTIN", "Léa", "3eA", None, "Collecte de profils"],
        ],
    }
    journal = Journal(dossier_folder(state_folder(), folder) / "journal", noon)
    journal.append(MatchEntry.SAME if same else MatchEntry.DIFFERENT, facts)  # type: ignore[arg-type]


def test_every_doubt_is_told_with_its_candidates_and_why(run: Run, folder: Path) -> None:
    found = run("match", folder)
    assert (found.status, found.err) == (1, "")
    first, _blank, person, candidate, *_rest = found.out.splitlines()
    assert first == "1 doubt: one student or two?"
    assert person == "? MARTIN Léo (3eA, 2011-05-03, 3eA.csv)"
    assert candidate.startswith("  - MARTIN Léa (3eA, Collecte de profils): ")
    assert "same class" in candidate
    assert "pixsession watch" in found.out
    in_french = run("--lang", "fr", "match", folder).out
    assert "(3eA, Collecte de profils)\N{NO-BREAK SPACE}: " in in_french


def test_nothing_in_doubt(run: Run, tmp_path: Path) -> None:
    put_list(tmp_path, plain_list([listed("MARTIN", "Léa")]))
    found = run("match", folder_with(tmp_path, reaching("MARTIN", "Léa", "3eA")))
    assert (found.status, found.out, found.err) == (0, "No doubt: every student is recognised.\n", "")


def test_nothing_read(run: Run, tmp_path: Path) -> None:
    assert run("match", tmp_path).status == 2
    put_list(tmp_path, b"Classe;Nom;Pr\xe9nom;Identifiant;Mot de passe\n3eA;SECRETTE;Anna;a.s;fugato42\n")
    found = run("match", tmp_path)
    assert found.status == 2
    assert "No student in the files of this folder." in found.out
    assert "3eA.csv: this file holds passwords" in found.out
    assert "fugato42" not in found.out + found.err
    assert run("match", tmp_path / "nowhere").status == 2


def test_the_same_as_json(run: Run, folder: Path) -> None:
    settle(folder, same=False)
    put_list(folder, plain_list([listed("MARTIN", "Léo"), listed("MARTIN", "Léna")]))
    found = run("match", folder, "--format", "json")
    said = json.loads(found.out)
    assert (found.status, said["schema"], said["folder"]) == (1, "pixsession/match/1", str(folder))
    (doubt,) = said["doubts"]
    assert doubt["person"] == {
        "last_name": "MARTIN",
        "first_name": "Léna",
        "place": "3eA",
        "birth_date": "2011-05-03",
        "listed_in": "3eA.csv",
    }
    assert [sorted(candidate) for candidate in doubt["candidates"]] == [["likeness", "person", "reasons"]]
    assert doubt["candidates"][0]["person"]["first_name"] == "Léa"
    (decision,) = said["decisions"]
    assert (decision["same"], decision["person"]["first_name"], decision["other"]["first_name"]) == (
        False,
        "Léo",
        "Léa",
    )


@pytest.mark.parametrize(("same", "words"), [(True, "the same student"), (False, "two students")])
def test_check_and_match_heed_what_was_decided(run: Run, folder: Path, same: bool, words: str) -> None:
    assert "2 to check" in run("check", folder).out
    settle(folder, same=same)
    found = run("match", folder)
    assert found.status == 0
    assert f": {words}" in found.out
    said = json.loads(run("check", folder, "--format", "json").out)
    told = {one["first_name"]: (one["eligibility"], one["matched_by"]) for one in said["students"]}
    if same:
        assert told == {"Léa": ("eligible", "decision")}
    else:
        assert told == {"Léa": ("eligible", "export"), "Léo": ("not_in_export", "list")}


@pytest.mark.parametrize("command", ["check", "match"])
def test_no_dossier_is_made(run: Run, folder: Path, command: str) -> None:
    run(command, folder)
    assert not state_folder().exists()
    settle(folder, same=True)
    before = sorted(state_folder().rglob("*"))
    run(command, folder)
    assert sorted(state_folder().rglob("*")) == before


def test_the_board_as_text_shows_who_is_absent_and_the_words_of_the_contract(
    run: Run, tmp_path: Path
) -> None:
    put_list(tmp_path, candidate_list(CALLED, [listed(), listed("BENALI", "Ali")]), "candidats.ods")
    sos_export(taker("PETIT", "Tom")).write_to(tmp_path)
    folder_with(tmp_path, reaching("DURIEUX", "Zoé", "3eA"), reaching("ROUX", "Eva", "3eA"))
    found = run("check", tmp_path)
    assert "2 not in the export, 2 eligible, 4 students" in found.out
    said = json.loads(run("check", tmp_path, "--format", "json").out)
    told = {one["last_name"]: (one["matched_by"], one["eligibility"]) for one in said["students"]}
    assert told == {
        "BENALI": ("list", "not_in_export"),
        "PETIT": ("export", "not_in_export"),
        "DURIEUX": ("name_alone", "eligible"),
        "ROUX": ("export", "eligible"),
    }
    (tom,) = [one for one in said["students"] if one["last_name"] == "PETIT"]
    whole = {"rate": 1.0, "targeted": 3, "mastered": 3}
    assert tom["participations"] == [
        {
            "campaign_code": "SSLVPX904",
            "campaign_name": "SOS élève non certifiable",
            "kind": "assessment",
            "progress": 1.0,
            "shared": True,
            "shared_at": "2026-03-12T08:30",
            "mastery": 1.0,
            "stage": None,
            "stage_max": None,
            "competences": dict.fromkeys(("1.1", "2.1", "3.1", "4.2", "5.2"), whole),
            "areas": dict.fromkeys("12345", whole),
        }
    ]


def test_only_one_campaign(run: Run, folder: Path) -> None:
    sos_export(taker("MARTIN", "Léon")).write_to(folder)
    assert "Léon" in run("match", folder).out
    narrowed = run("match", folder, "--campaign", "SSLVPX904")
    assert "Léa" not in narrowed.out
    assert narrowed.err == ""
    assert "no export of this campaign" in run("match", folder, "--campaign", "NOBODY123").err
