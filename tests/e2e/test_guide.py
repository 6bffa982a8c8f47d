"""The handbook: on the screen, as a page, and the entry for the register."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pixsession.cli.program import program
from pixsession.foundation.paths import state_folder
from pixsession.ui.every_key import every_key
from tests.e2e.runs import Run
from tests.handbook import HANDBOOK, PICTURES, picture

LANGUAGES = ("fr", "en")
NAMED = {"Entrée": "enter", "Enter": "enter", "Échap": "escape", "Esc": "escape", "Espace": "space",
         "Space": "space", "Fin": "end", "End": "end", "↑": "up", "↓": "down", ",": "comma", ";": "semicolon",
         "/": "slash", "?": "question_mark", "&": "ampersand", '"': "quotation_mark", "'": "apostrophe",
         "(": "left_parenthesis", "-": "minus", "_": "underscore"}  # fmt: skip


def written(language: str) -> str:
    return (HANDBOOK / f"{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_are_those_of_the_tests_and_fetch_nothing(name: str) -> None:
    found = (HANDBOOK / name).read_text(encoding="utf-8")
    assert found == picture(PICTURES[name]), "to take them over: python -m tests.handbook"
    assert "url(http" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_its_pictures_and_fetches_nothing(run: Run, language: str) -> None:
    found = run("guide", lang=language)
    page = Path(found.out.strip())
    assert (found.status, page) == (0, state_folder() / f"handbook-{language}.html")
    text = page.read_text(encoding="utf-8")
    assert text.count("data:image/svg+xml;base64,") == len(PICTURES)
    assert not re.search(r'(?:src|href)="(?!data:)', text)
    assert text.count("<h2>") == written(language).count("\n## ")
    assert "<table>" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_printed(run: Run, language: str) -> None:
    found = run("guide", "--text", lang=language)
    assert (found.status, found.err) == (0, "")
    assert "pixsession watch --session session.toml" in found.out
    assert ".svg" not in found.out
    assert not state_folder().exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_has_the_paths_of_this_computer(
    run: Run, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIXSESSION_KEEP_DAYS", "45")
    found = run("guide", "--register", lang=language)
    assert found.status == 0
    assert str(state_folder()) in found.out
    assert "45" in found.out
    assert "{" not in found.out


def test_a_page_that_cannot_be_written_leads_to_the_text(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PIXSESSION_STATE", str(tmp_path / "file"))
    found = run("guide")
    assert (found.status, found.out) == (2, "")
    assert "guide --text" in found.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_of_the_handbook_exists(language: str) -> None:
    commands = program().commands
    typed = re.findall(r"`(?:pixsession|py -m pixsession) ([^`]*)`", written(language))
    assert len(typed) > 8
    for line in typed:
        name, *rest = line.split()
        options = {spelling for one in commands[name].params for spelling in one.opts}
        assert {word for word in rest if word.startswith("--")} <= options, line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_card_exists(language: str) -> None:
    card = written(language).rpartition("\n## ")[2].replace("`Ctrl` `P`", "")
    known = {key for binding in every_key() for key in binding.key.split(",")}
    shown = {NAMED.get(key, key) for key in re.findall(r"`([^`]+)`", card)}
    assert len(shown) > 40
    assert shown <= known
