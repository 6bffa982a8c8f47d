"""A downloads folder full of other people's files, against opening each and reading its first 64 KB."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pixsession.readers.recognise import PEEK_BYTES

from ..factories.workbooks import Cell, packed, xlsx
from .figures import Figure, in_turns, milliseconds, told
from .ingest import desk

_FILES = 2_000
_SECONDS = 1.0
_TIMES_A_READ = 30.0
_LARGE = 200 * 1024 * 1024
_LARGE_MILLISECONDS = 20.0
_CHANGED = 97  # what makes the texts of two files differ


def scanned(*, quick: bool) -> Iterator[Figure]:
    """(h) 2 000 unrelated files through the desk, and a CSV of 200 MB beside them."""
    count = _FILES // 10 if quick else _FILES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = list(_others(folder, count))
        taking = desk(folder, folder / "dossier")
        medians = in_turns(
            3,
            {
                "first 64 KB": lambda _round: milliseconds(lambda: [_beginning(path) for path in paths]),
                "desk": lambda _round: milliseconds(lambda: [taking.take(path) for path in paths]),
            },
        )
        large = _large(folder)
        large_milliseconds = min(milliseconds(lambda: taking.take(large)) for _round in range(3))
        taking.close()
    words = f"(h) {count} files of others"
    ratio = medians["desk"] / medians["first 64 KB"]
    yield Figure(
        f"{words}, against reading their first 64 KB", ratio, target=_TIMES_A_READ, detail=told(medians)
    )
    yield Figure(words, medians["desk"] / 1000, unit="s", target=_SECONDS * count / _FILES)
    yield Figure("(h) one CSV of 200 MB", large_milliseconds, unit="ms", target=_LARGE_MILLISECONDS)


def _beginning(path: Path) -> int:
    with path.open("rb") as stream:
        return len(stream.read(PEEK_BYTES))


def _large(folder: Path) -> Path:
    path = folder / "mesures.csv"
    line = b"12/03/2026;08:30;12,5;Salle B12;\n"
    with path.open("wb") as stream:
        stream.write(b"Date;Heure;Mesure;Lieu;Remarque\n")
        for _megabyte in range(_LARGE >> 20):
            stream.write(line * ((1 << 20) // len(line)))
    return path


def _others(folder: Path, count: int) -> Iterator[Path]:
    """What a downloads folder holds: pictures, documents, accounts, pages, workbooks, archives."""
    dice = random.Random(7)
    rows: list[list[Cell]] = [["Date", "Montant", "Nom du fournisseur"]]
    rows += [["12/03", number, "Durand"] for number in range(400)]
    sheet = xlsx(rows)
    document = packed({"word/document.xml": "<w:t>Bonjour</w:t>" * 2_000, "[Content_Types].xml": "<Types/>"})
    noise = dice.randbytes(200_000)
    accounts = "Nom;Montant;Ville\n" + "Durand;12,50;Besançon\n" * 6_000
    page = "<!DOCTYPE html><html><body>" + "<p>Nom et prénom de l’élève</p>\n" * 4_000
    kinds = (
        (".jpg", b"\xff\xd8\xff\xe0" + noise), (".pdf", b"%PDF-1.7\n" + noise), (".docx", document),
        (".xlsx", sheet), (".csv", accounts.encode()), (".csv", accounts.encode("cp1252")),
        (".html", page.encode()), (".zip", packed({"photo.jpg": noise[:50_000]})),
        (".txt", accounts.encode()), (".mp4", b"\x00\x00\x00\x18ftyp" + noise),
    )  # fmt: skip
    for number in range(count):
        suffix, content = kinds[number % len(kinds)]
        path = folder / f"fichier {number}{suffix}"
        end = b"\n" * (number % _CHANGED) if suffix in {".csv", ".html", ".txt"} else b""
        path.write_bytes(content + end)
        yield path
