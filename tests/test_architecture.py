"""The house plan, kept by machine: who imports whom, how long a file is, and what never loads."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from pixsession.foundation.paths import shipped
from tests.catalogue import trees

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pixsession"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.stem.isidentifier())  # PyInstaller's is none

TOP_LEVEL = {"pixsession", "styles", "sample_exports", "tests", "README.md", "pyproject.toml"}
# What building, testing and packing leave behind, none of it kept.
LEFT_BEHIND = {"__pycache__", "build", "dist", "snapshot_report.html", "PKG-INFO", "uv.lock"}
# Classes that still set what an ancestor keeps to itself.
STILL_SETTING: set[str] = set()
NETWORK = {"socket", "socketserver", "urllib", "http", "ssl", "ftplib", "smtplib", "xmlrpc", "requests"}
# What `check` can do without, each too slow to load for nothing or none of its business.
NOT_FOR_CHECK = {
    *("textual", "rich", "watchdog", "tomli", "difflib", "babel", "asyncio", "pixsession.ui.app"),
    *("pixsession.engine.share.sync", "pixsession.domain.share.words", "pixsession.store.share"),
}
DESCRIBED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
NOT_FOR_INSPECT = {"textual", "rich", "_duckdb", "watchdog", "python_calamine", "pixsession.store"}


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Every node that a test asks about, with the path of its module in the project."""
    asked = (*DESCRIBED, ast.Import, ast.ImportFrom, ast.Name, ast.Attribute, ast.Compare)
    return tuple(
        (name(module), node)
        for module in MODULES
        for node in ast.walk(trees()[module])
        if isinstance(node, asked)
    )


def name(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def imported(node: ast.AST) -> set[str]:
    """The first name of every module that this statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    return {node.module.partition(".")[0]} if isinstance(node, ast.ImportFrom) and node.module else set()


@pytest.mark.slow
def test_layers_and_library_doors_are_kept() -> None:
    pytest.importorskip("importlinter", reason="import-linter is not installed")
    done = python(
        "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    assert done.returncode == 0, done.stdout + done.stderr


@cache
def imports_of_ours() -> dict[str, set[str]]:
    """The modules of ours that each one imports, those for types alone or inside a function among them."""
    paths = {dotted(name(path)) for path in MODULES}
    found: dict[str, set[str]] = {module: set() for module in paths}
    for path, node in nodes():
        module = dotted(path)
        if isinstance(node, ast.Import):
            found[module] |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: a relative import"
            whole = (f"{node.module}.{alias.name}" for alias in node.names)
            found[module] |= {one if one in paths else node.module for one in whole}
    return {module: (named & paths) - {module} for module, named in found.items()}


@pytest.mark.slow
def test_no_module_imports_itself_round_about() -> None:
    imports = imports_of_ours()
    assert "pixsession.domain.people.students" in imports["pixsession.domain.board.snapshot"]
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the modules


@cache
def our_classes() -> dict[type, list[type]]:
    """Every class of ours at the top of a module, with its ancestors of ours, nearest first."""
    for module in MODULES:
        if module.stem != "__main__":
            importlib.import_module(dotted(name(module)))
    found = [
        member
        for module in map(dotted, map(name, MODULES))
        if module in sys.modules
        for member in vars(sys.modules[module]).values()
        if isinstance(member, type) and member.__module__ == module
    ]
    return {one: [base for base in one.__mro__[1:] if base in found] for one in found}


@cache
def dotted(path: str) -> str:
    """What a module is called that stands at this path in the project."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def statements() -> dict[tuple[str, str], ast.ClassDef]:
    """The statement of each class, by the names of its module and its own."""
    return {(dotted(module), node.name): node for module, node in nodes() if isinstance(node, ast.ClassDef)}


def lines_of(one: type) -> int:
    statement = statements()[one.__module__, one.__name__]
    first = min([statement.lineno, *(node.lineno for node in statement.decorator_list)])
    return (statement.end_lineno or first) - first + 1


@pytest.mark.slow
def test_no_class_is_longer_than_200_lines_with_all_its_ancestors() -> None:
    longer = [
        f"{one.__module__}.{one.__name__}"
        for one, ancestors in our_classes().items()
        if sum(map(lines_of, (one, *ancestors))) > 200
    ]
    assert longer == []


def test_no_class_has_more_than_two_ancestors_of_ours() -> None:
    classes = our_classes()
    assert len(classes) > 300  # they really were found
    assert not {one: ancestors for one, ancestors in classes.items() if len(ancestors) > 2}


def test_nobody_sets_a_private_attribute_of_another() -> None:
    set_outside = [
        f"{module}:{node.lineno}: {ast.unparse(node)}"
        for module, node in nodes()
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store | ast.Del)
        and node.attr.startswith("_")
        and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    ]
    assert set_outside == []


@pytest.mark.slow
def test_nobody_sets_a_private_attribute_of_an_ancestor() -> None:
    """What a class keeps to itself is not set by those who inherit from it either."""
    setters = {
        one.__name__
        for one, ancestors in our_classes().items()
        if privates_set_by(one) & {name for ancestor in ancestors for name in privates_set_by(ancestor)}
    }
    assert setters <= STILL_SETTING


def privates_set_by(one: type) -> set[str]:
    """The private attributes that the methods of a class set on themselves."""
    return {
        node.attr
        for node in ast.walk(statements()[one.__module__, one.__name__])
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and node.attr.startswith("_")
    }


def test_who_is_who_is_asked_at_one_door() -> None:
    people = "pixsession.domain.people."
    doors = {f"{people}{module}" for module in ("resolver", "matches", "students", "identities", "expected")}
    asked = {
        (module, one)
        for module, imports in imports_of_ours().items()
        for one in imports
        if one.startswith(people) and not module.startswith(people)
    }
    assert f"{people}resolver" in {one for _module, one in asked}
    assert not {(module, one) for module, one in asked if one not in doors}


def test_only_the_chooser_of_the_mode_asks_what_is_supervised() -> None:
    """What differs between boards is asked of the mode; nobody else looks for a day or a lesson."""
    rooms = ("pixsession/cli/", "pixsession/ui/", "pixsession/reports/", "pixsession/engine/")
    asked = {
        module
        for module, node in nodes()
        if module.startswith(rooms)
        and isinstance(node, ast.Compare)
        and isinstance(node.ops[0], ast.Is | ast.IsNot)
        and ast.unparse(node.comparators[0]) == "None"
        and ast.unparse(node.left).rpartition(".")[2] in {"day", "lesson"}
    }
    assert asked == {"pixsession/ui/modes.py"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {name(module): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {module: length for module, length in lengths.items() if length >= 400} == {}


def test_nothing_knows_the_way_to_a_network() -> None:
    assert {(module, found) for module, node in nodes() for found in NETWORK & imported(node)} == set()


def test_only_the_command_line_writes_on_the_output() -> None:
    may_write = {"cli/words.py", "cli/printing.py", "cli/start.py"}
    may_write |= {"readers/apart/process.py"}  # the pipes of its child are called so
    writers = {
        module
        for module, node in nodes()
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr", "__stderr__", "__stdout__"})
    }
    assert writers <= {f"pixsession/{module}" for module in may_write}


def test_only_the_command_line_leaves_the_program() -> None:
    leavers = {
        module
        for module, node in nodes()
        if (isinstance(node, ast.Attribute) and node.attr in {"exit", "_exit"} and _is_system(node.value))
        or (isinstance(node, ast.Name) and node.id == "SystemExit")
    }
    assert leavers == {"pixsession/cli/program.py"}


def _is_system(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"sys", "os"}


def loaded_by(code: str) -> set[str]:
    """The modules loaded once this code has run in a process of its own."""
    done = python("-c", f"import sys\n{code}\nprint('LOADED', *sys.modules)")
    assert "LOADED" in done.stdout, done.stdout + done.stderr
    return set(done.stdout.rpartition("LOADED")[2].split())


def loaded_by_commands(*commands: list[str]) -> set[str]:
    """The modules loaded once the program has run these commands, one after the other."""
    return loaded_by(
        f"from pixsession.cli.program import main\n"
        f"for command in {commands!r}:\n  try: main(command)\n  except SystemExit: pass"
    )


def test_check_loads_neither_the_screen_nor_what_it_does_not_need() -> None:
    check = ["check", str(shipped("sample_exports"))]
    found = loaded_by_commands(check, [*check, "--format", "json"])
    assert "_duckdb" in found  # it really did check
    assert not NOT_FOR_CHECK & found
    # The engine's private module stays: `import duckdb` takes four times as long (194 ms, of which the engine
    # itself 45), and the time of a whole `check` is a promise.
    assert "duckdb" not in found


def test_a_check_of_one_export_asks_no_database_and_loads_none(tmp_path: Path) -> None:
    one = next(Path(str(shipped("sample_exports"))).glob("*.csv"))
    (tmp_path / one.name).write_bytes(one.read_bytes())
    found = loaded_by_commands(["check", str(tmp_path)])
    assert "pixsession.store.database" in found
    assert "_duckdb" not in found


def test_inspect_loads_neither_screen_nor_database() -> None:
    inspect = ["inspect", str(next(Path(str(shipped("sample_exports"))).glob("*.csv"))), "--format"]
    found = loaded_by_commands([*inspect, "text"], [*inspect, "json"])
    assert "pixsession.reports.inspection" in found  # it really did inspect
    assert NOT_FOR_INSPECT & found == set()


def test_the_pipeline_and_the_app_load_no_engine_before_they_run() -> None:
    """The time to the painted board: the engine loads in the pipeline's thread."""
    found = loaded_by("import pixsession.engine.pipeline, pixsession.ui.app")
    assert "textual" in found
    engine = {one for one in found if one.startswith(("pixsession.store", "pixsession.readers"))}
    assert not engine
    late = {
        "pixsession.engine.live_engine",
        "pixsession.ui.controllers.pages",
        "pixsession.ui.controllers.dialogs",
    }
    assert not ({"_duckdb", "watchdog"} | late) & found


def test_help_loads_neither_screen_nor_database() -> None:
    assert {"textual", "_duckdb", "watchdog"} & loaded_by_commands([]) == set()


@pytest.mark.slow
def test_nothing_is_created_when_the_program_is_imported(tmp_path: Path) -> None:
    modules = ", ".join(
        ".".join(module.relative_to(ROOT).with_suffix("").parts)
        for module in MODULES
        if module.stem not in {"__init__", "__main__"}
    )
    home = {key: str(tmp_path) for key in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")}
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PIXSESSION_")}
    subprocess.run([sys.executable, "-c", f"import {modules}"], cwd=ROOT, env={**environ, **home}, check=True)
    assert list(tmp_path.iterdir()) == []


def test_the_top_level_holds_what_the_plan_lists_and_nothing_else() -> None:
    found = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    assert found - LEFT_BEHIND == TOP_LEVEL


def test_every_module_says_what_it_is_for_in_one_sentence() -> None:
    # An empty one only says that its folder is a package.
    said = {
        name(module): (ast.get_docstring(trees()[module]) or "").partition("\n\n")[0].replace("\n", " ")
        for module in MODULES
        if module.stat().st_size
    }
    assert {module: first for module, first in said.items() if not 0 < len(first) <= 160} == {}


def test_no_docstring_is_too_short_to_say_anything() -> None:
    """Where a name and its types say it all there is none; four words are such a name once more."""
    short = [
        f"{module}: {node.name}"
        for module, node in nodes()
        if isinstance(node, DESCRIBED) and 0 < len((ast.get_docstring(node) or "").split()) <= 4
    ]
    assert short == []


def test_every_import_inside_a_function_says_which_promise_needs_it() -> None:
    """A letter of the benchmarks, or what it takes: beside it, above it, or beside the one before."""
    silent = []
    for module in MODULES:
        lines = module.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            reasons = " ".join(lines[max(0, number - 4) : number])
            if "PLC0415" in line and not re.search(r"\([c-fr]\)|\d ms|likewise", reasons):
                silent.append(f"{name(module)}:{number}")
    assert silent == []
