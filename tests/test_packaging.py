"""What is built is complete: the program, its styles, its samples and its French, and nothing else."""

from __future__ import annotations

import gettext
import os
import re
import runpy
import shutil
import subprocess
import sys
import tarfile
import zipapp
import zipfile
from contextlib import chdir
from pathlib import Path

import pytest
import tomli

from pixsession.__pyinstaller import hook_folders
from pixsession.cli.program import program
from tests.factories.workbooks import xlsx

backend = pytest.importorskip("hatchling.build", reason="hatchling is not installed: nothing can be built")

ROOT = Path(__file__).parent.parent
FRENCH = "pixsession/locale/fr/LC_MESSAGES/pixsession.mo"


def built(kind: str, tree: Path, into: Path) -> Path:
    """Have the build backend make a `wheel` or an `sdist` of a tree, without a network; gives its file."""
    with chdir(tree):
        name: str = getattr(backend, f"build_{kind}")(str(into))
    return into / name


@pytest.fixture(scope="module")
def from_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", ROOT, tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def shipped(folder: str, pattern: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern)}


def test_the_wheel_holds_program_styles_samples_and_french(from_tree: Path) -> None:
    found = names(from_tree)
    styles, samples = shipped("styles", "*.tcss"), shipped("sample_exports", "*.csv")
    assert styles
    assert len(samples) == 8 + 11 + 7  # a morning, a lesson, and the two lessons before it
    expected = {f"pixsession/{name}" for name in styles | samples}
    expected |= {
        name
        for ending in ("py", "sql", "html", "css", "md", "svg")
        for name in shipped("pixsession", f"*.{ending}")
    }
    assert expected <= found
    with zipfile.ZipFile(from_tree) as archive, archive.open(FRENCH) as compiled:
        french = gettext.GNUTranslations(compiled)
    assert french.gettext("eligible") == "certifiable"
    assert french.info()["pot-creation-date"].startswith("2020-02-02")  # two builds are alike


def test_the_wheel_holds_nothing_else(from_tree: Path) -> None:
    found = names(from_tree)
    assert {name.split("/")[0].removesuffix(".dist-info")[:10] for name in found} == {"pixsession"}
    assert not [name for name in found if "/tests/" in name or name.endswith(".pyc")]


@pytest.mark.slow
def test_the_wheel_built_from_the_sdist_is_the_same(from_tree: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    wheel = built("wheel", tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path)
    with zipfile.ZipFile(from_tree) as one, zipfile.ZipFile(wheel) as other:
        assert {name: one.read(name) for name in one.namelist()} == {
            name: other.read(name) for name in other.namelist()
        }


def test_the_sdist_holds_the_tests_and_what_they_read(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        found = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "pyproject.toml", ".ci/run", "tests/conftest.py", "tests/test_packaging.py"} <= found
    assert shipped("tests", "test_*.py") <= found


def test_the_wheel_runs_from_where_it_is_unpacked(from_tree: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(from_tree) as archive:
        archive.extractall(site)  # noqa: S202 - the wheel built just now
    code = (
        "import pixsession.foundation.paths as paths\n"
        "from pixsession.foundation.i18n import use_language, _\nuse_language('fr')\n"
        "print(paths.shipped('styles'), paths.shipped('sample_exports'), _('eligible'), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    inside = site / "pixsession"
    assert done.stdout.splitlines() == [
        str(inside / "styles"), str(inside / "sample_exports"), "certifiable"
    ]  # fmt: skip


@pytest.mark.slow
def test_the_program_runs_out_of_an_archive(from_tree: Path, tmp_path: Path) -> None:
    """Every shipped file is read through the loader of the package: texts, statements, samples, handbook."""
    inside = tmp_path / "inside"
    with zipfile.ZipFile(from_tree) as archive:
        archive.extractall(inside)  # noqa: S202 - the wheel built just now
    zipapp.create_archive(inside, tmp_path / "pixsession.pyz", main="pixsession.__main__:main")
    shutil.rmtree(inside)

    workbook = tmp_path / "exports" / "liste.xlsx"
    workbook.parent.mkdir()
    workbook.write_bytes(xlsx([["Nom", "Prénom", "Classe"], ["ROY", "Ana", "3eB"]]))
    samples = str(ROOT / "sample_exports")
    asked = [  # each with its status and a word of the answer
        (["check", samples, "--all"], 1, "certifiable"),
        (["demo", "--speed", "100000"], 0, "certifiable"),
        (["guide", "--text"], 0, "Pix Orga"),
        (["doctor", samples], 1, "pixsession 0."),
        (["sql", "select count(*) as n from students", samples], 0, "n"),
        (["inspect", str(workbook)], 0, "ROY Ana"),  # read by a process of its own
    ]
    script = (
        "import sys\nfrom pixsession.cli.program import main\n"
        f"for command in {[command for command, _status, _word in asked]!r}:\n"
        "    try: main(command)\n"
        "    except SystemExit as leaving: print('\\nSTATUS', leaving.code, flush=True)\n"
        "assert '.pyz' in main.__code__.co_filename"
    )
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    kept = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "pixsession.pyz"), *libraries]),
        "PIXSESSION_STATE": str(tmp_path / "state"), "PIXSESSION_LANG": "fr",
    }  # fmt: skip
    done = subprocess.run(
        # Without `-S` the checkout would be found, by way of the installation that is edited in place.
        [sys.executable, "-S", "-X", "utf8", "-c", script],
        capture_output=True, encoding="utf-8", cwd=tmp_path, env={**os.environ, **kept}, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    *answers, _end = re.split(r"(?m)^STATUS (\d+)$", done.stdout)
    for (command, status, word), said, left in zip(asked, answers[::2], answers[1::2], strict=True):
        assert (word in said, int(left)) == (True, status), command


def test_pyinstaller_is_told_what_to_pack(from_tree: Path) -> None:
    with zipfile.ZipFile(from_tree) as archive:
        entry_points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "hook-dirs = pixsession.__pyinstaller:hook_folders" in archive.read(entry_points).decode()
    (folder,) = hook_folders()
    assert (Path(folder) / "hook-pixsession.py").is_file()


def test_every_dependency_is_locked_with_its_digest() -> None:
    locked = (ROOT / ".github" / "locked.txt").read_text(encoding="utf-8")
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in project["dependencies"]:
        name = re.split(r"[^\w-]", dependency)[0]
        assert re.search(rf"(?m)^{name}==\S+ (?:; .*)?\\\n    --hash=sha256:", locked), name


def test_the_workflows_use_what_is_pinned_and_may_do_little() -> None:
    workflows = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    assert [path.stem for path in workflows] == ["release", "tests"]
    for path in workflows:
        text = path.read_text(encoding="utf-8")
        assert "\npermissions: {}\n" in text
        used = re.findall(r"uses: (\S+)", text)
        assert used
        assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []


def test_the_portable_folder_starts_the_program_in_utf_8(tmp_path: Path) -> None:
    portable = runpy.run_path(str(ROOT / ".github" / "portable.py"))
    with zipfile.ZipFile(tmp_path / "python.zip", "w") as archive:
        for name in ("python3.dll", "python313.dll", "vcruntime140.dll"):
            archive.writestr(name, "")
    assert portable["version_of"](tmp_path / "python.zip") == (3, 13)
    commands = program().commands
    for name, text in portable["FILES"].items():
        assert "\n" not in text.replace("\r\n", ""), name
        if name.endswith(".cmd"):
            assert "chcp 65001" in text
            asked = re.search(r'"%~dp0python\\python.exe" -X utf8 -m pixsession (\S+)', text)
            assert asked
            assert asked[1] == "%*" or asked[1] in commands
