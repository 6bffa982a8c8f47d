"""Lists on a live board: they land, are mended, go away; decisions reach the other window by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.everybody import assessed_student, listed, put_list, sos_export
from tests.factories.exports import entry, export, sent, student
from tests.factories.samples.lists import plain_list

from .boards import Board, board_on, download


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Léa has sent a profile, and Léo is on the list: one letter apart."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    export(student("MARTIN", "Léa")).write_to(folder)
    put_list(folder, plain_list([listed("MARTIN", "Léo")]))
    return folder


def told(snapshot: Snapshot) -> dict[str, Eligibility]:
    return {row.first_name: row.eligibility for row in snapshot.rows}


IN_DOUBT = {"Léa": Eligibility.TO_CHECK, "Léo": Eligibility.TO_CHECK}
TWO = {"Léa": Eligibility.ELIGIBLE, "Léo": Eligibility.NOT_IN_EXPORT}


def test_a_decision_in_one_window_is_seen_in_the_other(folder: Path, tmp_path: Path) -> None:
    windows = [Board(folder, tmp_path / "dossier") for _window in range(2)]
    try:
        for window in windows:
            window.pipeline.start()
            doubt = window.wait_for(lambda snapshot: told(snapshot) == IN_DOUBT).doubts[0]
        key, base = doubt.person.key, doubt.candidates[0].person.key
        windows[0].pipeline.decide(key, base, same=False)
        for window in windows:
            settled = window.wait_for(lambda snapshot: told(snapshot) == TWO)
            assert settled.doubts == ()
            assert len(settled.decisions) == 1
        windows[1].pipeline.undo_decision(key, base)
        for window in windows:
            window.wait_for(lambda snapshot: told(snapshot) == IN_DOUBT)
    finally:
        for window in windows:
            window.stop()


def test_a_list_counts_from_when_it_lands_until_it_goes(folder: Path) -> None:
    (folder / "3eA.csv").unlink()
    with board_on(folder) as board:
        board.wait_for(lambda snapshot: told(snapshot) == {"Léa": Eligibility.ELIGIBLE})
        path = put_list(folder, plain_list([listed("MARTIN", "Léo"), listed("ROUX", "Eva")]))
        board.wait_for(lambda snapshot: told(snapshot) == {**IN_DOUBT, "Eva": Eligibility.NOT_IN_EXPORT})
        path.unlink()
        board.wait_for(lambda snapshot: told(snapshot) == {"Léa": Eligibility.ELIGIBLE})


def test_a_refused_list_is_read_again_once_it_is_mended(folder: Path) -> None:
    header = "Nom;Prénom;Classe;Mot de passe\n"
    path = put_list(folder, f"{header}MARTIN;Léo;3eA;fugato42\n".encode())
    with board_on(folder) as board:
        refused = board.wait_for(lambda snapshot: snapshot.rows and len(snapshot.files) == 2)
        assert entry(refused, path.name).status is FileStatus.REFUSED
        assert told(refused) == {"Léa": Eligibility.ELIGIBLE}
        put_list(folder, plain_list([listed("ROUX", "Eva")]))
        board.wait_for(lambda snapshot: told(snapshot).get("Eva") is Eligibility.NOT_IN_EXPORT)


def test_an_evaluation_moves_on_and_makes_nobody_eligible(folder: Path) -> None:
    (folder / "3eA.csv").unlink()
    with board_on(folder) as board:
        board.wait_for(lambda snapshot: snapshot.rows)
        download(folder, sos_export(assessed_student("ROUX", "Eva")))
        here = board.wait_for(lambda snapshot: "Eva" in told(snapshot))
        assert told(here)["Eva"] is Eligibility.NOT_IN_EXPORT
        download(
            folder, export(student("MARTIN", "Léa"), student("ROUX", "Eva", sent("09:40", 3)), at="09:50")
        )
        moved = board.wait_for(lambda snapshot: told(snapshot)["Eva"] is not Eligibility.NOT_IN_EXPORT)
        assert told(moved)["Eva"] is Eligibility.NOT_ELIGIBLE
        (eva,) = [row for row in moved.rows if row.first_name == "Eva"]
        assert [part.kind for part in eva.participations] == ["profiles", "assessment"]
