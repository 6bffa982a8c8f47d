"""Every command on a computer where something is missing, full, forbidden or odd: words, and no traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pixsession.cli.program import program
from pixsession.foundation.paths import shipped, state_folder
from tests.e2e.runs import Run

NOWHERE = str(Path("/nonexistent") / "folder")
SAMPLES = str(shipped("sample_exports"))
FEW = "few"  # the last of the samples alone: the demonstration has a board of all of them
COMMANDS = [
    ["--help"],
    ["--version"],
    ["watch"],
    ["watch", FEW],
    ["watch", "--session", "none.toml"],
    ["check"],
    ["check", FEW],
    ["check", FEW, "--output", f"{NOWHERE}/x"],
    ["check", "--session", "none.toml"],
    ["doctor"],
    ["doctor", FEW],
    ["match", FEW],
    ["inspect", FEW],
    ["inspect", __file__],
    ["demo", "--speed", "100000"],
    ["init", f"{NOWHERE}/x.toml"],
    ["sessions"],
    ["sessions", "1"],
    ["report", "none.toml"],
    ["results"],
    ["results", FEW, "--output", f"{NOWHERE}/x"],
    ["results", FEW],
    ["sql"],
    ["guide"],
    ["guide", "--text"],
    ["guide", "--register"],
    ["completion", "bash"],
    ["completion", "powershell"],
    ["progress"],
    ["progress", "--format", "csv", "--output", f"{NOWHERE}/x"],
    ["groups"],
    ["groups", FEW],
    ["sql", "--tables"],
    ["sql", "select 1", FEW],
    ["config"],
    ["kept"],
    ["kept", "--student", "MARTIN Lou"],
    ["purge", "--yes"],
    ["purge", "--all", "--yes"],
    ["forget", "none.csv"],
]
# One process runs every command; copies of it, on each of the computers that start Python alike.
_RUN_ALL = """
import gc, importlib, json, os, pkgutil, sys
import pixsession
from pixsession.cli.program import main
commands, computers = map(json.loads, sys.argv[1:3])
if len(computers) > 1:  # what each would load is there before
    import _duckdb, jinja2, markdown_it, watchdog.observers
    for module in pkgutil.walk_packages(pixsession.__path__, "pixsession."):
        if "__" not in module.name:
            importlib.import_module(module.name)
    gc.freeze()
for environ in computers:
    if len(computers) > 1 and (child := os.fork()):
        os.waitpid(child, 0)
        continue
    os.environ.update(environ)
    if "NO_ROOM" in os.environ:  # every file is too large from its first byte on, as on a full disk
        import resource
        sys.dont_write_bytecode = True
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    for command in commands:
        try:
            main(command)
        except SystemExit as leaving:
            sys.stderr.flush()
            print("STATUS", leaving.code, *command, flush=True)
    print("COMPUTER", flush=True)
    if len(computers) > 1:
        os._exit(0)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the commands are given."""
    few = tmp_path / FEW
    few.mkdir()
    shutil.copy(max(Path(SAMPLES).glob("*.csv")), few)
    return tmp_path


def test_every_command_is_tried() -> None:
    named = {command[0] for command in COMMANDS if not command[0].startswith("-")}
    assert program().commands.keys() == named


def all_commands(folder: Path, *computers: dict[str, str]) -> list[str]:
    """What they say on each of these computers, one after the other, each followed by its status."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "PYTHONPATH") if name in os.environ}
    start = computers[0] if len(computers) == 1 else {}
    done = subprocess.run(
        [sys.executable, "-c", _RUN_ALL, json.dumps(COMMANDS), json.dumps(computers)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**kept, "HOME": str(folder), "USERPROFILE": str(folder), **start},
        timeout=180,
        check=False,
    )
    *said, _end = done.stdout.decode("utf-8", "replace").replace("\x00", "").split("COMPUTER")
    return said


# Python itself reads these when it starts: each is a process of its own.
ODD_STARTS = {
    "no temporary folder, a size that is none, no time zones, two bytes for each letter": {
        "TMPDIR": NOWHERE,
        "TMP": NOWHERE,
        "TEMP": NOWHERE,
        "COLUMNS": "many",
        "LINES": "-1",
        "PYTHONTZPATH": NOWHERE,
        "PYTHONIOENCODING": "utf-16",
    },
    "eight bits for a letter, in a zone of nowhere": {
        "LC_ALL": "fr_FR.ISO-8859-1",
        "PYTHONUTF8": "0",
        "TZ": "Nowhere/None",
    },
    "an odd locale and terminal, and an empty home": {
        "LC_ALL": "xx_YY.KOI8-ZZ",
        "TERM": "nonsense",
        "HOME": "",
    },
    "the plainest": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TERM": ""},
}
ODD_PLACES = {
    "no home": {"HOME": NOWHERE, "USERPROFILE": NOWHERE},
    "the state of nobody": {"PIXSESSION_STATE": "~nobodyhere/x"},
    "the settings of nobody": {"PIXSESSION_CONFIG": "~nobodyhere/x"},
    "a state that is no folder": {"PIXSESSION_STATE": os.devnull},
    "a state in no folder": {"PIXSESSION_STATE": f"{os.devnull}/x"},
    "settings that are a folder": {"PIXSESSION_CONFIG": os.curdir},
    "a language of nobody": {"PIXSESSION_LANG": "zz"},
}
ODD_PLACES_OF_POSIX = {
    "a disk that is read-only": {"PIXSESSION_STATE": "/proc/x"},
    "a full disk": {"NO_ROOM": "1"},
}


def assert_words(said: str) -> None:
    assert said.count("STATUS ") == len(COMMANDS)
    for word in ("Traceback", "imprévu", "unexpected", "Exception ignored"):
        assert word not in said, said
    statuses = {line.split()[1] for line in said.splitlines() if line.startswith("STATUS ")}
    assert statuses <= {"0", "1", "2"}


@pytest.mark.parametrize("computer", ODD_STARTS)
def test_every_command_answers_in_words(folder: Path, computer: str) -> None:
    (said,) = all_commands(folder, ODD_STARTS[computer])
    assert_words(said)


def test_every_command_answers_in_words_wherever_its_files_should_be(folder: Path) -> None:
    computers = [*ODD_PLACES.values()]
    if hasattr(os, "fork"):
        computers += ODD_PLACES_OF_POSIX.values()
        said = all_commands(folder, *computers)
    else:
        said = [all_commands(folder, one)[0] for one in computers]
    for one in (*said, *[""] * (len(computers) - len(said))):
        assert_words(one)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may be somebody else")
def test_who_has_neither_account_nor_folder_is_answered_in_words(folder: Path) -> None:
    folder.chmod(0o755)
    other = ["setpriv", "--reuid=54321", "--clear-groups", sys.executable, "-c"]
    if subprocess.run([*other, "import pixsession"], check=False, cwd=folder).returncode:
        pytest.skip("that user may not read the program")
    done = subprocess.run(
        [*other, _RUN_ALL, json.dumps(COMMANDS), "[{}]"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={"PATH": os.environ["PATH"]}, cwd=folder, timeout=180, check=False,
    )  # fmt: skip
    said = done.stdout.decode("utf-8", "replace")
    assert said.count("STATUS ") == len(COMMANDS)
    assert not [word for word in ("Traceback", "imprévu") if word in said], said


@pytest.mark.parametrize("command", sorted(program().commands))
@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks nobody who has an account")
def test_the_folder_of_nobody_is_refused_in_words(run: Run, command: str) -> None:
    found = run(command, "~nobodyhere/x", *(["--yes"] if command == "purge" else []))
    assert found.status == 2
    assert "unexpected" not in found.err


def test_a_demonstration_without_a_temporary_folder_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_more: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("pixsession.cli.commands.demo.TemporaryDirectory", refused)
    found = run("demo")
    assert (found.status, found.out) == (2, "")
    assert "temporary folder" in found.err


def test_a_state_that_is_of_another_account_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object) -> None:
        raise PermissionError(13, "Permission denied", str(state_folder() / "dossiers"))

    monkeypatch.setattr("pixsession.cli.commands.sessions.noted_sessions", refused)
    found = run("sessions", lang="fr")
    assert found.status == 2
    assert f"{state_folder() / 'dossiers'} : vous n’en avez pas le droit" in " ".join(found.err.split())


def test_what_the_system_refuses_is_said_in_the_language_in_use(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(*_given: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "MARTIN Lou"))

    monkeypatch.setattr("pixsession.cli.once.check_folder", refused)
    found = run("check", tmp_path, lang="fr")
    assert found.status == 2
    assert "le disque est plein" in found.err
    assert "MARTIN" not in found.err
