"""Settings: each layer over the one below, and every mistake said with its place."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
import tomli

from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.errors import BadConfiguration
from pixsession.foundation.i18n import use_language
from pixsession.settings.config import KEY_NAMES, VARIABLES, Settings, commented_default, load_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refusal(file: Path, text: str | bytes, **environ: str) -> str:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadConfiguration) as caught:
        load_settings(file, environ)
    return caught.value.message


def settings_of(file: Path, text: str, **environ: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load_settings(file, environ)


def test_without_a_file_everything_is_at_its_default(file: Path) -> None:
    assert load_settings(file, {}) == Settings()


def test_every_key_of_the_file_is_taken(file: Path) -> None:
    text = """
language = "en"
stale_minutes = 45
change_minutes = 5
scan_seconds = 1
theme = "nord"
ascii = true
mouse = false
bell = true
[rule]
min_competences = 16
min_level = 2
[keys]
freeze = "p"
board.quit = "ctrl+q"
"""
    assert settings_of(file, text) == Settings(
        language="en",
        rule=Rule(16, 2),
        stale_minutes=45,
        change_minutes=5,
        scan_seconds=1,
        theme="nord",
        ascii_only=True,
        mouse=False,
        bell=True,
        keys={"freeze": "p", "board.quit": "ctrl+q"},
    )


def test_the_environment_wins_over_the_file(file: Path) -> None:
    text = 'language = "fr"\nstale_minutes = 45\nmouse = true\n[rule]\nmin_level = 2\n'
    environ = {
        "PIXSESSION_LANG": "EN",
        "PIXSESSION_STALE_MINUTES": " 10 ",
        "PIXSESSION_SCAN_SECONDS": "2.5",
        "PIXSESSION_MOUSE": "auto",
        "PIXSESSION_ASCII": "1",
        "PIXSESSION_BELL": "off",
        "PIXSESSION_MIN_LEVEL": "3",
        "PIXSESSION_THEME": "",
    }
    found = settings_of(file, text, **environ)
    assert found == Settings(
        language="en", stale_minutes=10, scan_seconds=2.5, ascii_only=True, rule=Rule(5, 3)
    )


def test_every_setting_has_a_key_and_every_key_a_variable() -> None:
    assert len(KEY_NAMES) == len(set(VARIABLES)) == len(Settings._fields) - 3 + len(Rule._fields)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_commented_default_without_its_marks_is_the_default(file: Path, language: str) -> None:
    use_language(language)
    text = commented_default()
    assert tomli.loads(text) == {}
    uncommented = re.sub(r"(?m)^#(?=\S)", "", text)
    # The one line that is an example, since there is no default for a header.
    assert settings_of(file, uncommented) == Settings(columns={"Eleve": "student"})
    given = tomli.loads(uncommented)
    assert {*given, *(f"rule.{key}" for key in given["rule"])} == {*KEY_NAMES, "rule", "keys", "columns"}


def test_the_columns_of_class_lists_are_named_in_their_section(file: Path) -> None:
    found = settings_of(file, '[columns]\n"Nom. élève" = "student"\nClasse2 = "division"\n')
    assert found.columns == {"Nom. élève": "student", "Classe2": "division"}
    assert "line 2" in refusal(file, '[columns]\nEleve = "pupil"\n')
    assert '"first_name"' in refusal(file, '[columns]\nEleve = "pupil"\n')


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_key_of_the_commented_default_has_a_reason_above_it(language: str) -> None:
    use_language(language)
    lines = commented_default().splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"#\w+ =", line)]
    assert len(keys) == len(KEY_NAMES)
    for number, variable in zip(keys, VARIABLES, strict=True):
        assert re.match(r"# \w.{20,}", lines[number - 1])
        assert f"({variable})" in lines[number - 1]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(file: Path) -> None:
    file.write_bytes('\ufefflanguage = "en"\r\n[rule]\r\nmin_level = 2\r\n'.encode())
    assert load_settings(file, {}) == Settings(language="en", rule=Rule(5, 2))


@pytest.mark.parametrize(
    ("text", "line", "key", "nearest"),
    [
        ('\n\nlangage = "fr"', 3, "langage", "language"),
        ("stale_minutes = 3\nstale_minute = 4", 2, "stale_minute", "stale_minutes"),
        ("[rule]\n\nmin_levle = 1", 3, "rule.min_levle", "rule.min_level"),
        ("min_level = 1", 1, "min_level", "rule.min_level"),
        ("rule.min_lvl = 1", 1, "rule.min_lvl", "rule.min_level"),
        ("bell = true\nrule = { min_competence = 4 }", 2, "rule.min_competence", "rule.min_competences"),
        ('# min_lvl\n[ rule ]\nmin_level = 1\n"min_lvl" = 1', 4, "rule.min_lvl", "rule.min_level"),
        ("[rules]\nmin_level = 2", 2, "rules.min_level", "rule.min_level"),
        ("[[key]]\na = 1", 1, "key", None),
    ],
)
def test_an_unknown_key_names_file_line_key_and_the_nearest_spelling(
    file: Path, text: str, line: int, key: str, nearest: str | None
) -> None:
    message = refusal(file, text)
    assert f"{file}, line {line}:" in message
    assert f"“{key}”" in message
    assert nearest is None or f"“{nearest}”" in message


def test_an_unknown_key_like_no_other_gets_the_list(file: Path) -> None:
    message = refusal(file, "zzz = 1")
    assert all(key in message for key in KEY_NAMES)


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ('stale_minutes = "30"', 1, 'a whole number from 1 to 1440, not "30"'),
        ("stale_minutes = true", 1, "a whole number from 1 to 1440, not true"),
        ("stale_minutes = 2.5", 1, "not 2.5"),
        ("stale_minutes = 0", 1, "not 0"),
        ("change_minutes = -1", 1, "not -1"),
        ("\nscan_seconds = 0.1", 2, "a number from 0.5 to 60, not 0.1"),
        ("scan_seconds = nan", 1, "not nan"),
        ("scan_seconds = inf", 1, "not inf"),
        ('language = "de"', 1, 'one of "fr", "en", not "de"'),
        ("language = 1", 1, "not 1"),
        ("theme = ''", 1, "a text"),
        ("ascii = 1", 1, "true or false, not 1"),
        ('mouse = "maybe"', 1, 'true, false or "auto", not "maybe"'),
        ("[rule]\nmin_competences = 17", 2, "a whole number from 1 to 16, not 17"),
        ("[rule]\nmin_competences = 0", 2, "not 0"),
        ("[rule]\nmin_level = 9", 2, "a whole number from 1 to 8, not 9"),
        ("[keys]\nquit = 3", 2, "a text, not 3"),
        ("language = ['fr']", 1, "not ['fr']"),
    ],
)
def test_a_value_that_cannot_be_names_file_line_and_what_is_expected(
    file: Path, text: str, line: int, expected: str
) -> None:
    message = refusal(file, text)
    assert f"{file}, line {line}:" in message
    assert expected in message


@pytest.mark.parametrize("text", ["rule = 3", "keys = 'q'"])
def test_a_section_written_as_a_key_is_said_to_be_one(file: Path, text: str) -> None:
    assert f"[{text[:4]}]" in refusal(file, text)


def test_a_syntax_error_names_line_and_column_and_shows_the_line(file: Path) -> None:
    message = refusal(file, 'language = "fr"\nstale_minutes = = 3\n')
    assert f"{file}, line 2, column 17" in message
    assert "stale_minutes = = 3" in message


def test_a_syntax_error_never_brings_escapes_to_the_terminal(file: Path) -> None:
    assert "\x1b" not in refusal(file, "a = \x1b[2J\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 2026-02-30", "no calendar has this date: a = 2026-02-30"),
        ("bell = true\nbell = false", "line 2"),
        ("bell = true\nbell = false", "for the second time: bell = false"),
        ("theme = nord", "may need quotes"),
        ("theme: nord", "then = and its value"),
        ("theme", "then = and its value"),
        ("thème = 'nord'", "without accents"),
        ("theme = 12/03/2026", "may need quotes"),
        ('theme = "C:\\Users\\lou"', "backslash"),
        ('theme = "C:\\docs"', "backslash"),
        ("theme = " + "[" * 2000, "brackets"),
        ("stale_minutes = " + "1" * 5000, "digits"),
        ("stale_minutes = 0x" + "f" * 5000, "such a large number"),
        pytest.param("#" * 1_000_001, "too large", id="a megabyte"),
    ],
)
def test_frequent_slips_are_said_for_what_they_are(file: Path, text: str, said: str) -> None:
    message = refusal(file, text)
    assert said in message
    assert str(file) in message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('theme = """\n[rule]\nmin_lvl = 1\n"""\nbel = true', 5),
        ("theme = '''\nbel = true'''\nbel = true", 3),
        ("theme = 'x' # bel = 1\n\n\nbel = 'a#b'", 4),
        ("[columns]\n'a.b' = 'group'\n'a=b' = 'group'\n'a\"[c' = 'grup'", 4),
        ("keys . a = 'x'\n'keys'.\"b\" = 3", 2),
        ("bell = true\nlanguage = [\n 'fr', # two\n 'en',\n]", 2),
        ("[[rule]]\n[[rule]]\nmin_level = 1", 1),
    ],
)
def test_the_line_is_right_whatever_stands_around(file: Path, text: str, line: int) -> None:
    assert f"{file}, line {line}:" in refusal(file, text)


def test_a_key_below_the_wrong_section_is_said_to_belong_above(file: Path) -> None:
    message = refusal(file, "[rule]\nmin_level = 2\nbell = true")
    assert f"{file}, line 3:" in message
    assert "“bell” does not belong to [rule]" in message


def test_a_file_cut_short_says_so(file: Path) -> None:
    assert "stops too early" in refusal(file, "keys = [\n")


def test_a_file_in_another_encoding_is_refused_in_words(file: Path) -> None:
    assert "UTF-8" in refusal(file, "theme = 'é'".encode("cp1252"))
    assert "UTF-8" in refusal(file, "theme = 'é'".encode("utf-16"))


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration) as caught:
        load_settings(tmp_path, {})
    assert str(tmp_path) in caught.value.message


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the owner may always read here")
def test_a_file_without_rights_is_refused_in_words(file: Path) -> None:
    file.touch(mode=0)
    with pytest.raises(BadConfiguration):
        load_settings(file, {})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PIXSESSION_LANG", "klingon"),
        ("PIXSESSION_STALE_MINUTES", "soon"),
        ("PIXSESSION_STALE_MINUTES", "-3"),
        ("PIXSESSION_SCAN_SECONDS", "nan"),
        ("PIXSESSION_ASCII", "perhaps"),
        ("PIXSESSION_MIN_COMPETENCES", "17"),
    ],
)
def test_a_value_of_the_environment_that_cannot_be_names_its_variable(
    file: Path, variable: str, value: str
) -> None:
    message = refusal(file, "", **{variable: value})
    assert f"environment variable {variable}" in message
    assert value in message


def test_tomli_is_only_loaded_for_a_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tomli", None)  # importing it would fail
    assert load_settings(file, {"PIXSESSION_LANG": "en"}).language == "en"
