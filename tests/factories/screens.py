"""A pipeline without a folder, and a board driven by its keys, for the tests of the screens."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from textual.app import App
from textual.notifications import Notification
from textual.pilot import Pilot

from pixsession.domain.board.changes import Change, ChangeKind
from pixsession.domain.board.snapshot import BoardRow, SentProfile, Snapshot
from pixsession.domain.certification.actions import ActionRequest
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.outbox import Failed, Publish
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.errors import PixSessionError
from pixsession.settings.config import BoardRequest, Settings
from pixsession.ui.app import PixSessionApp
from pixsession.ui.asked_for import BoardOptions
from tests.factories.snapshots import NOW, SOURCE

PATIENCE = 30.0  # seconds before a condition that never comes fails its test
REQUEST = BoardRequest(Path("/home/prof/Téléchargements"), Rule())


class FakePipeline(Pipeline):
    """Publishes what a test gives it; remembers what the app asked."""

    def __init__(
        self, told: Snapshot | PixSessionError | None, *, painted_first: Snapshot | None = None
    ) -> None:
        """`told` as soon as it is heard; `painted_first`: what is there before the first paint."""
        super().__init__(REQUEST, lambda: NOW)
        self.told = told
        self.painted_first = painted_first
        self.chosen: list[frozenset[str]] = []
        self.asked: list[int] = []
        self.histories: dict[int, tuple[SentProfile, ...]] = {}
        self.decided: list[tuple[str, str, bool | None]] = []  # None: taken back
        self.acted: list[ActionRequest] = []
        self.undone = 0
        self.shows_all: bool | None = None
        self.taken_back: list[tuple[str, bool]] = []  # name of the file, whether it counts again
        self.files_undone = 0
        self.looked: list[datetime | None] = []  # moments asked for; None: live again
        self.past: Callable[[datetime | None], Snapshot] | None = None  # what to publish for each of them
        self.cannot_write: PixSessionError | None = None
        self.state = "made"

    def listen(self, publish: Publish, failed: Failed) -> None:
        super().listen(publish, failed)
        self.state = "started"
        if isinstance(self.told, PixSessionError):
            self.fail(self.told)
        elif self.told is not None:
            self.publish(self.told)

    def first(self, seconds: float) -> Snapshot | None:
        return self.painted_first

    def stop(self) -> None:
        self.state = "stopped"

    def join(self, timeout: float | None = None) -> None:
        self.state = "joined"

    def choose_campaigns(self, campaigns: frozenset[str]) -> None:
        self.chosen.append(campaigns)

    def history(self, student_id: int) -> tuple[SentProfile, ...]:
        self.asked.append(student_id)
        return self.histories.get(student_id, ())

    def decide(self, key: str, other: str, same: bool) -> None:
        self._write_down(key, other, same)

    def undo_decision(self, key: str, other: str) -> None:
        self._write_down(key, other, None)

    def show_all(self, shows_all: bool) -> None:
        self.shows_all = shows_all

    def take_back_file(self, name: str, counts: bool) -> None:
        self.refuse_in_the_past()
        self.taken_back.append((name, counts))

    def undo_file(self) -> str:
        self.refuse_in_the_past()
        self.files_undone += 1
        return "Resultats.csv"

    def act(self, request: ActionRequest) -> None:
        self.refuse_in_the_past()
        if self.cannot_write is not None:
            raise self.cannot_write
        self.acted.append(request)

    def look_back(self, at: datetime | None) -> None:
        if self.cannot_write is not None:
            raise self.cannot_write
        super().look_back(at)
        self.looked.append(at)
        if self.past is not None:
            self.publish(self.past(at))

    def undo_action(self) -> str:
        self.refuse_in_the_past()
        if self.cannot_write is not None:
            raise self.cannot_write
        self.undone += 1
        return "redirection: BARBIER Lou"

    def _write_down(self, key: str, other: str, same: bool | None) -> None:
        self.refuse_in_the_past()
        if self.cannot_write is not None:
            raise self.cannot_write
        self.decided.append((key, other, same))

    def publish(self, snapshot: Snapshot) -> None:
        self._outbox.say(snapshot)

    def fail(self, error: PixSessionError) -> None:
        self._outbox.say(error)


@dataclass
class FakeClock:
    """Paris time that moves when a test says so."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment


async def settle(app: App[Any]) -> None:
    """Have all tasks of the loop wait and the screen painted, once the app has come to rest.

    `Pilot.pause` asks every widget whether it is done, which costs as much as what most keys do.
    """
    loop: Any = asyncio.get_running_loop()
    if sys.platform == "win32":  # its loop learns later of what is due
        for _turn in range(3):
            await Pilot(app).pause(0)
    unpainted = app.screen_stack  # once: one that stands behind another asks to be painted again for ever
    async with asyncio.timeout(PATIENCE):
        while True:
            await asyncio.sleep(0)
            if not loop._ready:
                for screen in () if app._exit else unpainted:
                    screen._on_timer_update()
                if not loop._ready:
                    return
                unpainted = app.screen_stack[-1:]


async def resize(app: App[Any], pilot: Pilot[Any], width: int, height: int) -> None:
    """Give the terminal another size; Textual passes it on when it has nothing else to do."""
    await pilot.resize_terminal(width, height)
    async with asyncio.timeout(PATIENCE):
        while app.screen.outer_size != (width, height):
            await pilot.pause(0.01)


@dataclass
class Board:
    """A running app, its pipeline, and what is on its screen."""

    app: PixSessionApp
    pilot: Pilot[str]
    pipeline: FakePipeline
    clock: FakeClock

    async def press(self, *keys: str) -> None:
        """Keys without the pauses of `Pilot.press`, ten times faster."""
        for key in keys:
            self.app.simulate_key(key)
            await self.settle()
            if self.app.typed.waits:
                await self.until(lambda: not self.app.typed.waits)
                await self.settle()

    async def settle(self) -> None:
        """Let every message that is on its way arrive, and the screen be painted."""
        await settle(self.app)

    async def resize(self, width: int, height: int) -> None:
        """The terminal in another size, up to the screen."""
        await resize(self.app, self.pilot, width, height)
        await self.settle()

    async def publish(self, snapshot: Snapshot) -> None:
        """A Snapshot from the pipeline, up to the screen."""
        self.pipeline.publish(snapshot)
        await self.settle()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something that comes from another thread."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.settle()
                await asyncio.sleep(0.001)

    async def tick(self) -> None:
        """What the app does by itself after a while: looks at its clock, and paints what it changes."""
        self.app.live.look()
        await self.settle()

    @property
    def toasts(self) -> list[Notification]:
        """What was said in a corner, oldest first, whether or not it is shown."""
        return list(self.app._notifications)

    @property
    def is_leaving(self) -> bool:
        """The app was asked to end."""
        return self.app._exit

    @property
    def on_board(self) -> bool:
        """No other screen stands over the board."""
        return self.app.screen is self.app.board

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        return screen_lines(self.app)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.lines)


def screen_lines(app: PixSessionApp) -> list[str]:
    """The text of the painted screen, line by line, with nothing filtered."""
    compositor = app.screen._compositor
    return ["".join(segment.text for segment in strip) for strip in compositor.render_strips()]


@asynccontextmanager
async def board(
    first: Snapshot | PixSessionError | None,
    *,
    size: tuple[int, int] = (80, 24),
    settings: Settings | None = None,
    request: BoardRequest = REQUEST,
    toasts: bool = False,
    painted_first: Snapshot | None = None,
    **options: Any,
) -> AsyncIterator[Board]:
    """An app at work, its first Snapshot (or failure) shown."""
    pipeline, clock = FakePipeline(first, painted_first=painted_first), FakeClock()
    app = PixSessionApp(
        request,
        settings or Settings(),
        BoardOptions(animations=False, **options),
        now=clock,
        pipeline=pipeline,
    )
    async with app.run_test(size=size, notifications=toasts) as pilot:
        driven = Board(app, pilot, pipeline, clock)
        await driven.until(lambda: pipeline.state == "started")
        if isinstance(first, Snapshot):
            await driven.until(lambda: app.snapshot is first)
        await driven.settle()
        yield driven


def change(
    row: BoardRow, kind: ChangeKind, before: str = "4", after: str = "5", at: datetime = SOURCE.exported_at
) -> Change:
    """One line of the log about this student."""
    return Change(
        kind, at, row.student_id, row.last_name, row.first_name, row.place, before, after, row.sent_at
    )


def sent(sent_at: str, count: int, pix: int) -> SentProfile:
    """One profile of a history."""
    return SentProfile(sent_at, pix, (1,) * count + (0,) * (16 - count), SOURCE)
