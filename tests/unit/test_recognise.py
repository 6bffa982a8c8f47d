"""Which file is it: by its header alone, in any encoding, and passwords never."""

from __future__ import annotations

import time

import pytest

from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.readers import ExportKind
from pixsession.readers.documents import document_of
from pixsession.readers.encodings import french_words, usualness
from pixsession.readers.kinds import has_passwords, kind_of
from pixsession.readers.prefilter import may_be_known
from pixsession.readers.recognise import PEEK_BYTES, recognise
from tests.factories.exports import NAME, export, read, sheet, student, told
from tests.factories.samples import Generation, big_export

PASSWORDS = ["Classe", "Nom", "Prénom", "Identifiant", "Mot de passe"]
ENCODINGS = ("utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850")
FRENCH = "Numéro étudiant;Premier prénom;Équipe pédagogique;Régime;Élève;Libellé;Date de début"
NAMES = "Zoé LEMAÎTRE;Loïc ÇELIK;François Nuñez;Anaïs Bœuf"


@pytest.mark.parametrize("name", [NAME, "20260331_resultats_3e A&#x2F", "import-sessions", "photo.jpg"])
def test_the_name_of_a_file_decides_nothing(name: str) -> None:
    assert read(export(student()).content, name).kind is ExportKind.PROFILES


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("above", ["", "sep=;\r\n", "\r\n", "Identifiants de la 3eA\r\n\r\n"])
def test_passwords_are_known_in_every_form(encoding: str, delimiter: str, above: str) -> None:
    for header in (PASSWORDS, PASSWORDS[::-1], ["Identifiant", "Mot de passe", "Classe"]):
        lines = [delimiter.join(header), delimiter.join(["s3cr3t"] * len(header))]
        content = (above + "\r\n".join(lines) + "\r\n").encode(encoding)
        with pytest.raises(UnreadableExport, match="holds passwords") as refusal:
            document_of(content)
        assert refusal.value.kind == "credentials"
        assert "s3cr3t" not in repr(refusal.value) + repr(refusal.value.__context__)


def test_a_collection_with_a_column_of_passwords_is_refused_too() -> None:
    plain = sheet(student())
    with pytest.raises(UnreadableExport, match="holds passwords"):
        read(plain.with_column("Mot de passe", ["s3cr3t"], "Envoi (O/N)").content())


@pytest.mark.parametrize("label", ["mot de passe", "MOT DE PASSE", " Mot\u00a0de passe ", "Password"])
def test_a_column_of_passwords_by_any_spelling(label: str) -> None:
    assert has_passwords(["Nom", label])
    assert kind_of(["Nom", label]) is ExportKind.CREDENTIALS


def test_a_username_alone_is_no_password() -> None:
    assert kind_of(["Identifiant", "Solde"]) is ExportKind.UNKNOWN


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_the_right_encoding_makes_the_most_french(encoding: str) -> None:
    written = FRENCH.encode(encoding)
    words = {other: french_words(written.decode(other, "replace").split(";")) for other in ENCODINGS[5:]}
    assert max(words, key=lambda other: words[other]) == encoding


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_names_alone_tell_the_encoding(encoding: str) -> None:
    written = NAMES.replace("œ", "oe").encode(encoding)
    usual = {other: usualness(written.decode(other, "replace")) for other in ENCODINGS[5:]}
    assert max(usual, key=lambda other: usual[other]) == encoding


def test_an_encoding_that_was_guessed_is_said_once() -> None:
    found = read(sheet(student("LEMAÎTRE")).content("cp1252"))
    assert found.notes == ("encoding guessed: cp1252",)
    assert found.origin.guessed
    assert read(sheet(student("LEMAÎTRE")).content()).notes == ()


def test_a_byte_that_no_encoding_knows_is_refused_with_its_line() -> None:
    content = sheet(student("AVANT"), student("LEMAÎTRE")).content("cp1252").replace(b"LEMA", b"\x81LEMA")
    with pytest.raises(UnreadableExport, match="unreadable characters") as refusal:
        read(content)
    assert (refusal.value.line, refusal.value.kind) == (3, "profiles")


@pytest.mark.parametrize("title", ["Collecte de mars\n", "Collège;3eA\n\n;;\n"])
def test_a_title_over_the_header(title: str) -> None:
    plain = sheet(student(), student("PETIT"))
    found = read(plain.content(above=title))
    assert told(found) == told(read(plain.content()))
    assert found.at_lines[0] == 2 + title.count("\n")
    table = document_of(plain.content(above=title)).table
    assert table is not None
    assert table.above[0] == (1, title.partition("\n")[0].split(";"))


def test_the_beginning_tells_as_much_as_the_whole() -> None:
    for cut in range(PEEK_BYTES, PEEK_BYTES + 8):  # in the middle of characters too
        content = big_export(800, 3, Generation.PARIS_MINUTES).content
        assert recognise(content[:cut], whole=False) == recognise(content)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + bytes(range(256)) * 300,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 300,
        b"Date;Montant\n" + b"12/03/2026;12,50\n" * 5000,
        b"<html><body>" + b"<p>Bonjour</p>" * 5000,
        b"\x00" * 50 + b"x" * 100_000,
    ],
    ids=["PDF", "picture", "accounts", "page", "zeros"],
)
def test_files_of_others_are_told_at_a_glance(content: bytes) -> None:
    assert not may_be_known(content[:PEEK_BYTES])
    with pytest.raises(NotPix, match="not an export of Pix"):
        document_of(content)


def test_lists_of_others_with_names_cost_little() -> None:
    content = b"Nom;Montant;Ville\n" + b"Durand;12,50;Lyon\n" * 10_000
    began = time.process_time()
    for _time in range(100):
        with pytest.raises(NotPix):
            recognise(content[:PEEK_BYTES], whole=False)
    assert time.process_time() - began < 1
