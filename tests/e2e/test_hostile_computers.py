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
from pixsession.foundation.paths import shipped
from tests.e2e.runs import Run

posix = pytest.mark.skipif(sys.platform == "win32", reason="files and limits of POSIX")
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
# One process runs every command: to start one for each would take a minute.
_RUN_ALL = """
import json, os, sys
if "NO_ROOM" in os.environ:  # every file is too large from its first byte on, as on a full disk
    import resource
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from pixsession.cli.program import main
print("LOADED", flush=True)
for command in json.loads(sys.argv[1]):
    try:
        main(command)
    except SystemExit as leaving:
        sys.stderr.flush()
        print("STATUS", leaving.code, *command, flush=True)
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


def all_commands(folder: Path, **environ: str) -> str:
    """What they say, one after the other, each followed by its status."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", _RUN_ALL, json.dumps(COMMANDS)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**kept, "HOME": str(folder), "USERPROFILE": str(folder), **environ},
        timeout=180,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({"HOME": NOWHERE, "USERPROFILE": NOWHERE}, id="no home"),
        pytest.param(
            {
                "TMPDIR": NOWHERE,
                "TMP": NOWHERE,
                "TEMP": NOWHERE,
                "COLUMNS": "many",
                "LINES": "-1",
                "PYTHONTZPATH": NOWHERE,
                "PYTHONIOENCODING": "utf-16",
            },
            id="no temporary folder, a size that is none, no time zones, two bytes for each letter",
        ),
        pytest.param({"PIXSESSION_STATE": "~nobodyhere/x"}, id="the state of nobody"),
        pytest.param({"PIXSESSION_CONFIG": "~nobodyhere/x"}, id="the settings of nobody"),
        pytest.param({"PIXSESSION_STATE": os.devnull}, id="a state that is no folder"),
        pytest.param({"PIXSESSION_STATE": f"{os.devnull}/x"}, id="a state in no folder"),
        pytest.param({"PIXSESSION_STATE": "/proc/x"}, id="a disk that is read-only", marks=posix),
        pytest.param({"NO_ROOM": "1"}, id="a full disk", marks=posix),
        pytest.param(
            {"LC_ALL": "fr_FR.ISO-8859-1", "PYTHONUTF8": "0", "TZ": "Nowhere/None"},
            id="eight bits for a letter, in a zone of nowhere",
        ),
        pytest.param({"PIXSESSION_CONFIG": os.curdir}, id="settings that are a folder"),
        pytest.param({"PIXSESSION_LANG": "zz"}, id="a language of nobody"),
        pytest.param(
            {"LC_ALL": "xx_YY.KOI8-ZZ", "TERM": "nonsense", "HOME": ""},
            id="an odd locale and terminal, and an empty home",
        ),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TERM": ""}, id="the plainest"
        ),
    ],
)
def test_every_command_answers_in_words(folder: Path, environ: dict[str, str]) -> None:
    said = all_commands(folder, **environ).replace("\x00", "")
    assert said.count("STATUS ") == len(COMMANDS)
    for word in ("Traceback", "imprévu", "unexpected", "Exception ignored"):
        assert word not in said, said
    statuses = {line.split()[1] for line in said.splitlines() if line.startswith("STATUS ")}
    assert statuses <= {"0", "1", "2"}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may be somebody else")
def test_who_has_neither_account_nor_folder_is_answered_in_words(folder: Path) -> None:
    folder.chmod(0o755)
    other = ["setpriv", "--reuid=54321", "--clear-groups", sys.executable, "-c"]
    if subprocess.run([*other, "import pixsession"], check=False, cwd=folder).returncode:
        pytest.skip("that user may not read the program")
    done = subprocess.run(
        [*other, _RUN_ALL, json.dumps(COMMANDS)],
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
