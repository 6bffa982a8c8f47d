"""A supervised session killed at any moment: every action whose confirmation was shown is there, once."""

from __future__ import annotations

import encodings.utf_8_sig  # noqa: F401 - loaded here once, and not in each of the lives
import gc
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import filelock  # noqa: F401
import pytest
import watchdog.observers  # noqa: F401

from pixsession import domain, readers, store
from pixsession import engine as desk
from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.certification.actions import ActionRequest, action_of
from pixsession.domain.certification.day import Action, ActionKind
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.pipeline import Pipeline
from pixsession.engine.read_once import session_snapshot
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest
from tests.factories.dossiers import crowded, noon
from tests.factories.samples import ExportFile
from tests.factories.sessions import certification

KILLS, EXPORTS = 200, 8
KINDS = (
    ActionKind.PRESENT, ActionKind.ABSENT, ActionKind.REDIRECT, ActionKind.AUTHORISE, ActionKind.START,
    ActionKind.PAUSE, ActionKind.UNPAUSE, ActionKind.STOP, ActionKind.RESUME,
    *[ActionKind.NOTE] * 20,  # never refused
)  # fmt: skip

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a program is killed by a signal here")


def supervise(request: BoardRequest, told: int, seed: int) -> None:
    """A supervisor without rest, in a process of its own: what is confirmed goes to the descriptor `told`."""
    chance = random.Random(seed)
    shown: list[Snapshot] = []
    pipeline = Pipeline(request, noon)
    pipeline.listen(shown.append, lambda _error: os._exit(3))
    pipeline.start()
    while not shown:
        time.sleep(0.001)
    os.write(told, b"ready\n")
    for number in range(10_000):
        students = [row.student_id for row in shown[-1].rows]
        text = f"{seed}.{number}"
        try:
            pipeline.act(ActionRequest(chance.choice(KINDS), (chance.choice(students),), text=text))
            os.write(told, f"{text}\n".encode())
        except PixSessionError:
            pass  # it makes no sense now: nothing is confirmed


@pytest.fixture
def everything_loaded() -> None:
    """What each life would load for itself is there before the first; and memory that no life has to copy."""
    for package in (desk, domain, readers, store):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    gc.freeze()  # the collector of a child writes into every page it looks at


def killed_runs(request: BoardRequest, folder: Path, exports: list[ExportFile]) -> Iterator[list[str]]:
    """What each of many programs confirmed before its end, exports landing meanwhile."""
    if sys.platform == "win32":
        pytest.skip("no fork")
    chance = random.Random(7)
    for kill in range(KILLS):
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ours)
            try:
                supervise(request, theirs, kill)
            finally:
                os._exit(4)
        os.close(theirs)
        heard = os.read(ours, 100)  # it acts from now on
        if kill % (KILLS // len(exports)) == 0 and exports:
            exports.pop(0).write_to(folder)
        time.sleep(chance.uniform(0, 0.03))  # at any moment: this is what is being tested
        os.kill(child, signal.SIGKILL)
        while more := os.read(ours, 1 << 16):
            heard += more
        os.close(ours)
        _pid, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "it ended by itself"
        # A line cut by the kill was shown to nobody.
        yield heard.decode().rpartition("\n")[0].split("\n")[1:]


def actions_of(request: BoardRequest) -> list[Action]:
    assert request.dossier is not None
    log = EntryLog(request.dossier, noon)
    assert log.troubles == ()
    return [action for entry in log.entries if (action := action_of(entry)) is not None]


@pytest.mark.usefixtures("everything_loaded")
def test_two_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    exports = [crowded(number) for number in range(EXPORTS)]
    exports.pop(0).write_to(folder)
    request = certification(folder, tmp_path / "dossier")
    confirmed: list[str] = []
    for said in killed_runs(request, folder, exports):
        confirmed += said
    written = Counter(action.text for action in actions_of(request))
    assert len(confirmed) > KILLS / 2  # else the kills came too early to tell anything
    assert set(confirmed) <= set(written)
    assert set(written.values()) == {1}
    assert len(written) <= len(confirmed) + KILLS  # of each life at most the last was written and not shown
    before, after = session_snapshot(request, noon), session_snapshot(request, noon)
    assert before.day is not None
    assert after.day is not None
    assert before.day == after.day
    assert before.rows == after.rows
    assert len(before.day.actions) == len(written)
