"""Every test runs away from the user's own files, settings, language and terminal."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pixsession.foundation.i18n import use_language
from pixsession.foundation.room_time import use_room_zone
from pixsession.settings.config import VARIABLES
from tests.factories.one_engine import share_one_engine
from tests.factories.reached import places_to_reach, times_reached

# What would change a screen, a text or a path from one machine to another.
_FOREIGN = (
    *VARIABLES,
    "PIXSESSION_DEBUG",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLORTERM",
    "COLUMNS",
    "LINES",
    "SSH_CONNECTION",
    "SSH_CLIENT",
    "SSH_TTY",
    "TMUX",
    "TEXTUAL",
    "TEXTUAL_ANIMATIONS",
    "TEXTUAL_COLOR_SYSTEM",
    "TEXTUAL_DEBUG",
    "TEXTUAL_DRIVER",
    "TEXTUAL_LOG",
    "TEXTUAL_THEME",
)


# What is compiled is kept, whatever the environment says: else each run rewrites six thousand assertions in
# each of its processes, and each program that a test starts compiles all of its modules.
sys.dont_write_bytecode = False
for _variable in (*_FOREIGN, "PYTHONDONTWRITEBYTECODE"):
    os.environ.pop(_variable, None)
os.environ["TERM"] = "xterm-256color"
if hasattr(time, "tzset"):
    os.environ["TZ"] = "Europe/Paris"

# Tests make and delete folders by the thousand, and what they flush waited for the disk.
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there is in a folder of pytest's own
if sys.platform == "linux" and _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > 4 << 30:
    os.environ.setdefault("TMPDIR", str(_IN_MEMORY))
    tempfile.tempdir = None  # it may have been asked for already

# The same examples on every machine and every day, unless one asks for others: --hypothesis-profile=others
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("others", deadline=None)
settings.load_profile("same")

_REACHED = "reached"  # in a report: how often, and where


_HERE = Path(__file__).parent
_WHOLE = {"e2e", "faults", "live", "properties", "share"}  # the whole program, real folders, drawn examples


@pytest.hookimpl(optionalhook=True)  # of xdist, which may be left out
def pytest_xdist_auto_num_workers() -> int:
    """Two for each processor: a third of the time a test waits for other processes."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m 'not slow'` leaves units, the store and the screens."""
    for item in items:
        if item.path.relative_to(_HERE).parts[0] in _WHOLE:
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Keep the collector off what stays: it took a sixth of the time of every test of a screen."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Have a property fail that never came to one of its assertions, whatever the others say."""
    if not isinstance(item, pytest.Function) or "given" not in vars(item.module):
        return (yield)
    places = places_to_reach(item.obj)
    result = yield
    times = times_reached(places)
    item.user_properties += [
        (_REACHED, (count, f"{item.nodeid}, line {line}")) for line, count in times.items()
    ]
    never = [line for line, count in times.items() if not count]
    assert not never, f"what stands below lines {never} was asserted of nothing"
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how often properties came to what they assert, and which tests took over a second unmarked.

    A busy machine names a few of these more.
    """
    reports = terminalreporter.getreports("passed")
    found = [value for report in reports for name, value in report.user_properties if name == _REACHED]
    if found:
        least, where = min(found)
        terminalreporter.line(
            f"properties: {len(found)} places that assert, met {sum(count for count, _ in found)} times; "
            f"the least met one {least} times ({where})"
        )
    long = [report for report in reports if report.duration > 1 and "slow" not in report.keywords]
    if long:
        terminalreporter.section("over a second, and not marked slow")
    for report in sorted(long, key=lambda report: -report.duration):
        terminalreporter.line(f"{report.duration:5.1f} s {report.when} {report.nodeid}")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders, each for one test: `mktemp` looks at all that it made before, seven thousand times."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(scope="module")
def one_engine() -> Iterator[None]:
    """The boards of this module, none of which is about how a database is opened, share one DuckDB."""
    with pytest.MonkeyPatch.context() as patched:
        yield from share_one_engine(patched)


@pytest.fixture(autouse=True)
def elsewhere(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """State, settings and downloads in a folder of this test alone; English, until a test speaks French."""
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("PIXSESSION_STATE", str(home / "state"))
    monkeypatch.setenv("PIXSESSION_CONFIG", str(home / "config.toml"))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(home / "downloads"))
    if hasattr(time, "tzset"):
        time.tzset()  # a test before may have been elsewhere
    else:  # Windows has one zone for all programs: none chosen counts as Paris
        monkeypatch.setattr(time, "tzname", ("UTC", "UTC"))
    use_language("en")
    use_room_zone(None)
    yield home
    use_language("en")
    use_room_zone(None)
