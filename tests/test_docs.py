"""The README says everything the command line can do, and its two commands are those that CI runs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from pixsession.cli import commands
from pixsession.cli.program import program
from pixsession.domain.pix.competences import CODES
from pixsession.settings.config import KEY_NAMES, VARIABLES, Settings, commented_default
from pixsession.ui.certification.filters import GROUP_KEYS
from pixsession.ui.common.digit_keys import STATE_KEYS
from pixsession.ui.lesson.filters import LESSON_KEYS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """A chapter of the README, without the next one of its rank."""
    rank = title.split(" ", maxsplit=1)[0]
    found = re.search(rf"(?ms)^{re.escape(title)}$(.*?)(?=^{rank} |\Z)", README)
    assert found, f"no chapter {title!r}"
    return found[1]


def command_after(mark: str) -> str:
    found = re.search(rf"(?s)<!-- {mark} -->\n```sh\n(.*?)\n```", README)
    assert found, f"no command after {mark!r}"
    return found[1]


COMMANDS = dict(program().commands.items())
OPTIONS = {
    (name, spelling)
    for name, command in COMMANDS.items()
    for option in command.params
    if isinstance(option, click.Option)
    for spelling in (*option.opts, *option.secondary_opts)
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"(?m)^\| `pixsession {name}( \[FOLDER\]| FILE)?` \|", section("## Commands"))


@pytest.mark.parametrize(("name", "spelling"), sorted(OPTIONS))
def test_every_option_is_in_the_readme_with_its_command(name: str, spelling: str) -> None:
    row = re.search(rf"(?m)^\| .*`{spelling}\b.*$", section("## Commands"))
    assert row, f"{spelling} is missing"
    of = row[0].replace(r"\|", "/").split(" | ")[1]
    assert name in of or of.startswith("all")


def test_the_readme_has_no_option_that_does_not_exist() -> None:
    known = {spelling for _name, spelling in OPTIONS} | {"--version"}
    assert set(re.findall(r"(?<![\w`-])`(--[\w-]+)", section("## Commands"))) <= known
    assert set(re.findall(r"`(--[\w-]+)", README)) <= known | {"--extra"}


def test_every_exit_status_is_in_the_readme() -> None:
    listed = {int(status) for status in re.findall(r"(?m)^\| (\d+) \|", section("### Exit status"))}
    assert listed == {
        commands.EVERYBODY_ELIGIBLE,
        commands.SOMEBODY_NOT,
        commands.NOTHING_CHECKED,
        commands.INTERRUPTED,
        commands.PIPE_CLOSED,
    }


def test_every_digit_is_in_the_readme_with_its_states() -> None:
    rows = re.findall(r"(?m)^\| `([1-9])` \|([^|]*)\|([^|]*)\|([^|]*)\|$", section("## Keys"))
    assert [row[0] for row in rows] == list("123456789")
    boards = (STATE_KEYS.values(), GROUP_KEYS.values(), LESSON_KEYS.values())
    for column, digits in enumerate(boards, start=1):
        assert {row[0] for row in rows if row[column].strip()} == set(digits)


def test_every_setting_is_in_the_readme_with_its_variable_and_default() -> None:
    rows = re.findall(r"(?m)^\| `([\w.]+)` \| `(\w+)` \| `?([^`|]+?)`? \|", section("## Settings"))
    assert [(key, variable) for key, variable, _default in rows] == list(
        zip(KEY_NAMES, VARIABLES, strict=True)
    )
    for key, _variable, default in rows:
        assert f"#{key.rpartition('.')[2]} = {default}\n" in commented_default()
    assert "`[keys]`" in section("## Settings")
    assert Settings().theme in section("## Settings")


def test_every_state_and_every_field_of_the_json_is_in_the_readme() -> None:
    contract = section("### JSON")
    for word in (
        "eligible",
        "not_eligible",
        "not_sent",
        "not_in_export",
        "to_check",
        "read",
        "ignored",
        "refused",
    ):
        assert f'"{word}"' in contract
    assert f'"{CODES[0]}"' in contract
    assert f'"{CODES[-1]}"' in contract


def test_the_first_screen_is_one_sentence_a_picture_and_two_commands() -> None:
    first = "\n".join(README.splitlines()[:24])
    assert first.count("```sh") == 2
    assert re.search(r"!\[[^\]]+\]\((\S+)\)", first)
    assert "pixsession demo" in command_after("demo")
    assert "pytest" in command_after("tests")


def test_the_picture_of_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\((\S+)\)", README)
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


def test_each_command_does_its_own_set_up() -> None:
    for mark in ("demo", "tests"):
        assert command_after(mark).startswith("python3 -m venv .venv && .venv/bin/pip install ")


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_ci_runs_the_test_command_of_the_readme() -> None:
    done = subprocess.run(
        ["bash", str(ROOT / ".ci" / "run"), "--print-test-command"],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout == command_after("tests") + "\n"


def test_what_the_readme_says_of_components_is_what_is_installed() -> None:
    import tomli

    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in project["dependencies"]:
        name = re.split(r"[^\w-]", dependency)[0]
        assert name in section("## What it is made of")
    assert f"Python {project['requires-python'].removeprefix('>=')} or newer" in README
