"""The handbook: on the screen, as a page, and the entry for the register."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pixsession.cli.program import program
from pixsession.domain.board.wording import state_symbol, state_word
from pixsession.domain.lesson.view import LessonState
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import _, use_language
from pixsession.foundation.paths import state_folder
from pixsession.ui.common.digit_keys import SECOND_KEYS
from pixsession.ui.every_key import every_key
from pixsession.ui.lesson.keys import LESSON_KEYS
from pixsession.ui.lesson.symbols import lesson_word
from tests.e2e.browser import Browser, pages
from tests.e2e.runs import Run
from tests.handbook import HANDBOOK, PICTURES, picture

LANGUAGES = ("fr", "en")
NAMED = {"Entrée": "enter", "Enter": "enter", "Échap": "escape", "Esc": "escape", "Espace": "space",
         "Space": "space", "Fin": "end", "End": "end", "↑": "up", "↓": "down", ",": "comma", ";": "semicolon",
         "/": "slash", "?": "question_mark", "&": "ampersand", '"': "quotation_mark", "'": "apostrophe",
         "(": "left_parenthesis", "-": "minus", "_": "underscore"}  # fmt: skip


def written(language: str) -> str:
    return (HANDBOOK / f"{language}.md").read_text(encoding="utf-8")


def card(language: str) -> str:
    return (HANDBOOK / f"keys.{language}.md").read_text(encoding="utf-8")


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
    assert text.count("<h2>") == written(language).count("\n## ") + 1  # the card of keys
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
def test_every_key_of_the_card_and_of_the_chapters_exists(language: str) -> None:
    known = {key for binding in every_key() for key in binding.key.split(",")}
    shown = re.findall(r"`([^`]+)`", card(language).replace("`Ctrl` `P`", ""))
    assert len(set(shown)) > 40
    assert {NAMED.get(key, key) for key in shown} <= known
    assert set(re.findall(r"`([A-Za-z])`", written(language))) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_to_paste_are_those_of_the_readme(language: str) -> None:
    lines = re.findall(r"```(?:python)?\n(.+?)\n```", written(language), re.DOTALL)
    readme = (HANDBOOK.parents[1] / "README.md").read_text(encoding="utf-8")
    assert len(lines) == 3  # two installations, and another engine
    assert all(line in readme for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_states_have_the_signs_and_words_of_the_board(language: str) -> None:
    use_language(language)
    for state in Eligibility:
        assert f"| {state_symbol(state)} | {state_word(state)} |" in written(language)


def test_the_states_of_a_lesson_have_the_words_of_its_screen() -> None:
    use_language("fr")
    rows = [line for line in written("fr").splitlines() if line.startswith("| ")]
    assert all(any(lesson_word(state) in row for row in rows) for state in LessonState)
    by_key = dict(re.findall(r"^\| `(\S)` \|.*\| (\S.*?) \|$", card("fr"), re.MULTILINE))
    second = {NAMED.get(sign, sign): word for sign, word in by_key.items()}
    for state, digit in LESSON_KEYS.items():
        assert second[SECOND_KEYS[digit].split(",")[0]] == lesson_word(state)


def test_the_card_of_keys_says_the_words_of_the_screens() -> None:
    """What a key is called on the card is what the line of keys calls it, but for grammar."""
    use_language("fr")
    assert _("checklist") == "étapes"
    assert "étapes du jour" in card("fr")
    assert "liste du jour" not in card("fr") + written("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_alone_is_printed_or_written(run: Run, language: str) -> None:
    text = run("guide", "--keys", "--text", lang=language).out
    assert text == card(language)
    page = Path(run("guide", "--keys", lang=language).out.strip())
    assert page == state_folder() / f"keys-{language}.html"
    assert 'class="card"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_is_one_sheet_of_a4(run: Run, browser: Browser, language: str) -> None:
    browser.opens(Path(run("guide", "--keys", lang=language).out.strip()))
    assert browser.complaints == []
    assert pages(browser.printed()) == 1
