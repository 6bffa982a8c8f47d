"""ARCHITECTURE.md names what is there: rooms, folders, modules, contracts and the words of the code."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pixsession"
PO = PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "pixsession.po"
PAGE = (ROOT / ".github" / "ARCHITECTURE.md").read_text(encoding="utf-8")
CONTRACTS = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]


def chapter(title: str) -> str:
    found = re.search(rf"(?ms)^## {re.escape(title)}$(.*?)(?=^## |\Z)", PAGE)
    assert found, f"no chapter {title!r}"
    return found[1]


def rows(title: str) -> list[list[str]]:
    """The cells of the table of a chapter, without its head."""
    lines = re.findall(r"(?m)^\| (.*) \|$", chapter(title))
    return [line.split(" | ") for line in lines[1:]]


def folders() -> set[str]:
    """Every folder of the package that holds a file, two levels deep, as the page writes them."""
    files = [file.relative_to(PACKAGE) for file in PACKAGE.rglob("*") if file.is_file()]
    parts = [file.parent.parts[:2] for file in files if "__pycache__" not in file.parts]
    return {"/".join(found[:depth]) + "/" for found in parts for depth in range(1, len(found) + 1)}


def named_paths() -> set[str]:
    """Every file and folder that the prose and the tables name; what stands in a fence is no path of ours."""
    prose = re.sub(r"(?ms)^```.*?^```$", "", PAGE)
    return set(re.findall(r"`((?:[\w.-]+/)+(?:[\w-]+\.\w+)?|[\w-]+\.(?:py|md|toml|sql))`", prose))


def test_the_picture_shows_the_layers_in_the_order_of_the_contract() -> None:
    layers = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    picture = re.search(r"(?ms)^```\n(.*?)^```$", chapter("Rooms"))
    assert picture
    shown = [re.split(r"\s{2,}", line)[0] for line in picture[1].splitlines() if line.strip() != "v"]
    assert shown == [layer for layer in layers if layer != "__main__"]


def test_every_folder_is_in_the_table_and_no_other() -> None:
    assert sorted(row[0].strip("`") for row in rows("Rooms")) == sorted(folders())


def test_every_file_and_folder_named_is_there() -> None:
    named = named_paths()
    assert len(named) > len(folders())  # modules too
    missing = {path for path in named if not (PACKAGE / path).exists() and not (ROOT / path).exists()}
    assert missing == set()


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_every_contract_is_named(contract: dict[str, object]) -> None:
    assert any(row[0] == f"**{contract['name']}**" for row in rows("Rules, checked by machine"))


def test_no_contract_is_named_that_does_not_stand() -> None:
    assert len(rows("Rules, checked by machine")) == len(CONTRACTS)


@pytest.mark.parametrize("column", [0, 1], ids=["English", "French"])
def test_the_glossary_has_no_term_twice(column: int) -> None:
    terms = Counter(row[column].casefold() for row in rows("Glossary"))
    assert [term for term, count in terms.items() if count > 1 and term != "—"] == []


def test_the_glossary_names_what_the_code_has() -> None:
    code = "\n".join(module.read_text(encoding="utf-8") for module in PACKAGE.rglob("*.py"))
    words = set(re.findall(r"\w+", code))
    named = {row[2].strip("`") for row in rows("Glossary")}
    assert len(named) == len(rows("Glossary"))
    assert named - words == set()


def test_the_french_of_the_glossary_is_that_of_the_screens() -> None:
    texts = PO.read_text(encoding="utf-8").casefold()
    french = {row[1].casefold() for row in rows("Glossary") if row[1] != "—" and "*" not in row[1]}
    assert {term for term in french if not re.search(rf"\b{re.escape(term)}", texts)} == set()


def test_every_row_of_a_table_is_whole() -> None:
    for title, width in (("Rooms", 2), ("Rules, checked by machine", 2), ("Threads", 3), ("Glossary", 4)):
        assert [row for row in rows(title) if len(row) != width or not all(row)] == []
