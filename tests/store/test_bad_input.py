"""Bad input, from the outside: a file in a folder, and what the board and its list of files say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.domain.pix.participation import Participation
from pixsession.engine.board.engine import BoardEngine
from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.foundation.i18n import use_language
from pixsession.readers.export import Contents
from pixsession.settings.config import BoardRequest
from tests.factories import exports as sheets
from tests.factories.exports import (
    MORNING,
    board,
    board_of,
    entry,
    export,
    put,
    row_of,
    sent,
    sheet,
    states,
    student,
)

pytestmark = pytest.mark.usefixtures("one_engine")

GOOD = export(student("DURIEUX", "Zoé", sent("09:31", 5)), student("BARBIER", "Lou", sent("09:20", 2)))


def after_good(folder: Path, name: str, content: bytes) -> Snapshot:
    """The board with a good export read, then this file."""
    put(folder, name, content)
    return board(folder, GOOD)


def assert_good_board_stays(snapshot: Snapshot) -> None:
    assert states(snapshot) == {
        ("DURIEUX", "3eA"): [Eligibility.ELIGIBLE],
        ("BARBIER", "3eA"): [Eligibility.NOT_ELIGIBLE],
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty file: download it again"),
        (b"\xef\xbb\xbf", "empty file: download it again"),
        (b"\xff\xfe", "empty file: download it again"),
        (b" \r\n\r\n", "empty file: download it again"),
        (b"\x00" * 5000, "empty file: download it again"),
        (b"<!DOCTYPE html>\n<html><title>Pix Orga - Connexion</title></html>\n", "not an export of Pix"),
        (b'{"errors":[{"status":"401","title":"Unauthorized"}]}', "not an export of Pix"),
        (b"Nom;Prenom;Ville\nA;B;Lyon\n", "not an export of Pix"),
        (b"PK\x03\x04" + bytes(range(256)) * 40, "not an export of Pix"),
        (bytes(range(256)) * 300, "not an export of Pix"),
        pytest.param(b'"' * 70_001, "not an export of Pix", marks=pytest.mark.slow),
        (b";" * 70_001, "not an export of Pix"),
        ("Élève;Note\nA;12\n".encode("utf-16"), "not an export of Pix"),
    ],
    ids=[
        "empty", "mark", "mark of UTF-16", "blank", "zeros", "login page", "JSON", "another CSV", "zip",
        "binary", "quotes", "separators", "UTF-16",
    ],
)  # fmt: skip
def test_what_is_not_a_profile_collection_is_ignored_in_words(
    tmp_path: Path, content: bytes, words: str
) -> None:
    snapshot = after_good(tmp_path, "fichier.csv", content)
    found = entry(snapshot, "fichier.csv")
    assert found.status is FileStatus.IGNORED
    assert found.message is not None
    assert found.message.startswith(words)
    assert_good_board_stays(snapshot)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "mac_roman", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_nothing_of_a_file_of_passwords_is_kept(tmp_path: Path, encoding: str, delimiter: str) -> None:
    folder, dossier = tmp_path / "folder", tmp_path / "dossier"
    folder.mkdir()
    rows = [
        '"Classe";"Nom";"Prénom";"Identifiant";"Mot de passe"',
        '"3eA";"DURIEUX";"Zoé";"zoe.durieux";"s3cr3t!42"',
    ]
    text = "\n".join(rows).replace(";", delimiter)
    path = put(folder, "20260312_0900_organization_learners_password_reset.csv", text.encode(encoding))
    desk = BoardEngine(BoardRequest(folder, Rule(), dossier=dossier), lambda: MORNING, live=True)
    try:
        found = desk.take(path)
    finally:
        desk.close()
    assert (found.status, found.kind) == (FileStatus.REFUSED, "credentials")
    assert found.message == "this file holds passwords: nothing of it was kept, delete it"
    assert found.rows == 0
    kept = [file.read_bytes() for file in dossier.rglob("*") if file.is_file()]
    secrets = [
        secret.encode(code) for secret in ("s3cr3t!42", "zoe.durieux") for code in ("utf-8", "utf-16-le")
    ]
    assert not any(secret in content for content in kept for secret in secrets)


def refused(folder: Path, content: bytes) -> str:
    """The words of a refusal, after having seen that the board of before stays."""
    snapshot = after_good(folder, "Resultats-Collecte-731958-2026-03-12-1000.csv", content)
    found = entry(snapshot, "Resultats-Collecte-731958-2026-03-12-1000.csv")
    assert found.status is FileStatus.REFUSED
    assert found.message is not None
    assert_good_board_stays(snapshot)
    return found.message


def test_a_file_cut_in_the_middle_of_a_line(tmp_path: Path) -> None:
    words = refused(tmp_path, GOOD.content[:-20])
    assert words.startswith("line 3: ")
    assert "cut" in words


def test_a_file_cut_in_the_middle_of_a_name(tmp_path: Path) -> None:
    at = GOOD.content.rindex(b"DURIEUX") + 3
    assert refused(tmp_path, GOOD.content[:at]).startswith("line 3: the line cannot be split into cells")


def test_a_file_cut_in_the_middle_of_the_header(tmp_path: Path) -> None:
    for label in ("Code", "Envoi (O/N)", "Nombre de pix total"):
        at = GOOD.content.index(label.encode())
        assert refused(tmp_path, GOOD.content[: at - 3]).startswith("line 1: the header is cut")


def test_a_last_number_cut_in_two(tmp_path: Path) -> None:
    content = export(student("DURIEUX", "Zoé", sent("09:31", 16))).content
    assert content.endswith(b";1;9\n")
    longer = content.replace(b";1;9\n", b";1;10\n")
    for encoded in (longer[:-2], longer[3:-2], longer[:-3]):
        assert refused(tmp_path, encoded) == (
            "line 2: the last line is cut: the download is incomplete, download it again"
        )
    assert sheets.read(longer[:-1]).participations == sheets.read(longer).participations


def test_a_line_without_all_its_cells(tmp_path: Path) -> None:
    lines = GOOD.content.split(b"\n")
    lines[1] = lines[1].rsplit(b";", 2)[0]
    assert refused(tmp_path, b"\n".join(lines)).startswith("line 2: 42 cells instead of 44")


def test_a_line_with_too_many_cells(tmp_path: Path) -> None:
    lines = GOOD.content.split(b"\n")
    lines[2] += b";7;8"
    assert refused(tmp_path, b"\n".join(lines)).startswith("line 3: 46 cells instead of 44")


def test_a_stray_quote(tmp_path: Path) -> None:
    content = GOOD.content.replace(b'"DURIEUX"', b'"DUR"IEUX"')
    assert refused(tmp_path, content).startswith("line 3: the line cannot be split into cells")


def test_a_damaged_character(tmp_path: Path) -> None:
    for damaged in (GOOD.content, GOOD.content[3:]):
        content = damaged.replace("Zoé".encode(), b"Zo\xc3")
        assert refused(tmp_path, content).startswith("line 3: unreadable characters")


def test_a_damaged_character_in_the_header(tmp_path: Path) -> None:
    content = GOOD.content.replace("Prénom".encode(), b"Pr\xff\xfenom")
    assert refused(tmp_path, content).startswith("line 1: unreadable characters")


def test_a_huge_quoted_cell(tmp_path: Path) -> None:
    content = GOOD.content.replace(b'"DURIEUX"', b'"' + b"D" * 200_000 + b'"')
    assert refused(tmp_path, content).startswith("line 3: the line cannot be split into cells")


def test_a_quote_that_never_ends(tmp_path: Path) -> None:
    content = GOOD.content.replace(b'"BARBIER"', b'"BARBIER') + GOOD.content.split(b"\n", 1)[1] * 2000
    assert refused(tmp_path, content).startswith("line 2: ")


def test_refusals_speak_french_too(tmp_path: Path) -> None:
    try:
        use_language("fr")
    except FileNotFoundError:
        pytest.skip("the French catalogue is not compiled here")
    assert refused(tmp_path, GOOD.content[:-20]).startswith("ligne 3")


def test_an_export_with_a_header_and_no_line_is_read_with_no_students(tmp_path: Path) -> None:
    snapshot = board(tmp_path, export())
    assert entry(snapshot).status is FileStatus.READ
    assert entry(snapshot).rows == 0
    assert snapshot.rows == ()


def numbered(contents: Contents) -> dict[int, Participation]:
    """The lines by the line of the file that they start on."""
    return dict(zip(contents.at_lines, contents.participations, strict=True))


@pytest.mark.slow
def test_cut_at_any_byte_it_is_refused_in_words_or_says_the_same(tmp_path: Path) -> None:
    whole = numbered(sheets.read(GOOD.content))
    for size in range(len(GOOD.content)):
        try:
            found = sheets.read(GOOD.content[:size])
        except NotPix as error:
            assert size < 30, error.message
        except UnreadableExport as error:
            assert error.message
            assert error.line in {1, 2, 3}
        else:
            assert numbered(found).items() <= whole.items()


HOSTILE = (
    "\x1b]0;HACK\x07", "\x1b[2J", "\x9b2J", "A\x00B", "\u202eESREVER", "A\u200bB", "[/]", "[red]ROUGE[/red]",
    "[@click=app.quit]CLIC[/]", "A\u2028B", "\ufeffA", "e" + "\u0301" * 500, "X" * 5000, "\U000e0041",
    "{0}%s",
)  # fmt: skip


def test_hostile_names_are_kept_as_they_are_and_shown_without_harm(tmp_path: Path) -> None:
    people = [student(name, f"{name} b", place=name) for name in HOSTILE]
    snapshot = board(tmp_path, export(*people))
    assert {row.last_name for row in snapshot.rows} == set(HOSTILE)
    for row in snapshot.rows:
        for text in (row.shown_name, row.shown_place):
            assert not any(character in text for character in "\x1b\x9b\x07\x00\u202e\u200b\u2028\ufeff\n")
            assert len(text) < 500


def test_a_hostile_cell_in_a_reason(tmp_path: Path) -> None:
    content = sheet(student()).with_cell(sheets.COUNT, "{0}{all}\x1b[2J").content()
    row = row_of(board_of(tmp_path, content))
    assert [reason.sentence() for reason in row.verdict.reasons] == [
        "line 2: “{0}{all}\x1b[2J” cannot be read"
    ]
