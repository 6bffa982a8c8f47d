"""The pages tell the truth: every command and option, what CI runs, files that are there, and no names."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from pixsession import __version__
from pixsession.cli import start
from pixsession.cli.program import program
from pixsession.domain.pix.competences import CODES
from pixsession.settings.config import KEY_NAMES, VARIABLES, Settings, commented_default
from pixsession.ui.certification.groups import GROUP_KEYS
from pixsession.ui.common.digit_keys import STATE_KEYS
from pixsession.ui.lesson.keys import LESSON_KEYS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ROOT / ".github"
CONTRIBUTING, SECURITY, CHANGELOG = (
    (PAGES / f"{name}.md").read_text(encoding="utf-8") for name in ("CONTRIBUTING", "SECURITY", "CHANGELOG")
)
FORMS = sorted(path for path in (PAGES / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")


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
    assert re.search(rf"(?m)^\| `pixsession {name}( \[FOLDER\]| FILE| SHELL)?` \|", section("## Commands"))


@pytest.mark.parametrize(("name", "spelling"), sorted(OPTIONS))
def test_every_option_is_in_the_readme_with_its_command(name: str, spelling: str) -> None:
    row = re.search(rf"(?m)^\| .*`{spelling}\b.*$", section("## Commands"))
    assert row, f"{spelling} is missing"
    of = row[0].replace(r"\|", "/").split(" | ")[1]
    assert name in of or of.startswith("all")


def test_the_readme_has_no_option_that_does_not_exist() -> None:
    known = {spelling for _name, spelling in OPTIONS} | {"--version"}
    assert set(re.findall(r"(?<![\w`-])`(--[\w-]+)", section("## Commands"))) <= known
    others = {"--extra"}  # of uv
    assert set(re.findall(r"`(--[\w-]+)", README)) <= known | others


def test_every_exit_status_is_in_the_readme() -> None:
    listed = {int(status) for status in re.findall(r"(?m)^\| (\d+) \|", section("### Exit status"))}
    assert listed == {
        start.EVERYBODY_ELIGIBLE,
        start.SOMEBODY_NOT,
        start.NOTHING_CHECKED,
        start.INTERRUPTED,
        start.PIPE_CLOSED,
    }


def test_every_digit_is_in_the_readme_with_its_states() -> None:
    rows = re.findall(r"(?m)^\| `([1-9A-Z])` \|([^|]*)\|([^|]*)\|([^|]*)\|$", section("## Keys"))
    assert [row[0] for row in rows] == list("123456789INV")
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


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted(PAGES.glob("*.md"))], ids=lambda page: page.name
)
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [CONTRIBUTING, SECURITY], ids=["CONTRIBUTING", "SECURITY"])
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    named = set(re.findall(r"`((?:pixsession|tests|\.ci|\.github)/[\w./-]*)`", page))
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_contributors_run_what_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for command in ("ruff check .", "ruff format --check .", "mypy", "lint-imports"):
        assert f".venv/bin/{command}\n" in ci
        assert f".venv/bin/{command}" in CONTRIBUTING
    set_up, tests = command_after("tests").rsplit(" && ", 1)
    assert f"{set_up}\n" in CONTRIBUTING
    assert f"{tests} " in CONTRIBUTING


def test_the_folders_of_tests_are_those_that_contributors_read_of() -> None:
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/*.py")}
    assert set(re.findall(r"(?m)^\| `tests/(\w+)/` \|", CONTRIBUTING)) == folders


def test_the_changelog_has_this_version_and_what_comes_next() -> None:
    versions = re.findall(r"(?m)^## \[([^\]]+)\]", CHANGELOG)
    assert versions[0] == "Unreleased"
    assert __version__ in versions
    assert set(re.findall(r"(?m)^### (.+)$", CHANGELOG)) <= {
        "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security",
    }  # fmt: skip


def test_no_page_has_an_address_of_a_person() -> None:
    for page in (*PAGES.rglob("*.md"), *PAGES.rglob("*.yml"), ROOT / "README.md"):
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w", page.read_text(encoding="utf-8")), page.name


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_report_asks_for_the_structure_and_for_no_name(form: Path) -> None:
    asked = form.read_text(encoding="utf-8")
    assert "**No names, please.**" in asked
    assert "`pixsession inspect FILE`" in asked
    assert "Leave out the lines below it" in asked
    assert asked.rstrip().endswith("required: true")


def test_there_is_a_form_for_each_kind_of_report() -> None:
    assert [form.stem for form in FORMS] == ["bug", "unread_file", "wrong_verdict"]
