"""What a name in a file may try on the terminal: no screen lets it through, and no code could."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pixsession
from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.board.snapshot import (
    BoardRow,
    Campaign,
    FileEntry,
    FileStatus,
    SentProfile,
    Snapshot,
    Source,
)
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.errors import PixSessionError
from pixsession.ui.board.grid.table import BoardGrid
from pixsession.ui.common.notices import FailureScreen
from tests.factories.screens import Board, board, change
from tests.factories.snapshots import NOW, row, snapshot

HOSTILE = (
    "[/]",
    "[@click=app.quit]x",
    "[red]x[/red]",
    "\x1b]0;HACK\x07",
    "\x1b[2J",
    "\x9b2J",
    "\u202eabc",
    "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306",
    "\u200b\ufeff",
    "\x00\x08\r\n\t",
    "\ud800",
    "$HOME {0} {name} %s",
    "x" * 400,
)
# C0, C1, bidi, zero-width, surrogates: nothing of it in a painted cell, whatever the file says.
_RAW = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def hostile_row(student_id: int, text: str) -> BoardRow:
    """A student whose every text is `text`."""
    state = list(Eligibility)[student_id % 5]
    reasons = (Reason(ReasonCode.CELL_UNREADABLE, (text, text)),)
    student = row(student_id, text, text, state=state, place=text, reasons=reasons, nearest="2.2-1")
    return student._replace(origin=text, sent_at="2026-03-12T09:31")


def hostile_source(text: str) -> Source:
    """An export whose every text is `text`."""
    return Source(text, Campaign(text, text, text), NOW)


def hostile_snapshot() -> Snapshot:
    """A board where every text of a file is one of the hostile ones."""
    rows = tuple(hostile_row(number, text) for number, text in enumerate(HOSTILE))
    campaigns = tuple(Campaign(text, text, text) for text in HOSTILE)
    statuses = list(FileStatus)
    files = tuple(
        FileEntry(text, statuses[number % 3], text, 3, text, campaign, NOW)
        for number, (text, campaign) in enumerate(zip(HOSTILE, campaigns, strict=True))
    )
    kinds = list(ChangeKind)
    changes = tuple(
        change(student, kinds[number % len(kinds)], student.last_name, student.last_name)
        for number, student in enumerate(rows)
    )
    board_of_all = snapshot(rows, files=files, changes=changes)
    sources = {text: hostile_source(text) for text in HOSTILE}
    return board_of_all._replace(sources=sources, campaigns=campaigns, notices=HOSTILE, folder=HOSTILE[3])


def assert_clean(driven: Board) -> None:
    """Nothing raw among the painted cells."""
    for line in driven.lines:
        assert not _RAW.search(line), line


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (130, 40)], ids=["narrow", "wide"])
async def test_no_screen_lets_it_through(size: tuple[int, int]) -> None:
    hostile = hostile_snapshot()
    async with board(snapshot(hostile.rows[:4]), size=size, toasts=True) as driven:
        for student in hostile.rows:
            source = hostile_source(student.last_name)
            driven.pipeline.histories[student.student_id] = (
                SentProfile(student.last_name, 3, (1,) * 16, source),
                SentProfile("2026-03-12T09:31", 2, (0,) * 16, source),
            )
        await driven.publish(hostile._replace(revision=2))
        await driven.until(lambda: len(driven.app.screen.query("Toast")) > 0)
        assert_clean(driven)
        driven.app.clear_notifications()
        # Log, files, help, classes, campaigns, search, copy.
        for keys in (
            ("l",), ("G",), ("escape", "f"), ("G",), ("escape", "question_mark"), ("escape", "c"),
            ("space", "enter"), ("escape", "C"), ("escape", "slash", "x"), ("escape", "y"),
        ):  # fmt: skip
            await driven.press(*keys)
            assert_clean(driven)
        driven.app.board.query_one(BoardGrid).select(0)
        await driven.press("enter")
        for _student in hostile.rows:
            assert_clean(driven)
            await driven.press("down")
        driven.pipeline.fail(PixSessionError("\n".join(HOSTILE), HOSTILE[0]))
        await driven.settle()
        assert isinstance(driven.app.screen, FailureScreen)
        assert "[@click=app.quit]x" in driven.text
        assert_clean(driven)
        assert driven.app.is_running


@pytest.mark.slow
async def test_a_name_is_never_an_action() -> None:
    rows = tuple(row(number, "[@click=app.quit]x", "[/]") for number in range(1, 30))
    async with board(snapshot(rows), size=(130, 30)) as driven:
        named = [y for y, line in enumerate(driven.lines) if "[@click=app.quit]x [/]" in line]
        assert len(named) > 20
        for y in named[::2]:
            x = driven.lines[y].index("[@click=")
            await driven.pilot.click(offset=(x + 2, y))
            assert driven.app.is_running
            await driven.press("escape")
        assert not driven.is_leaving
        assert driven.app.return_value is None


# -- the source --------------------------------------------------------------------------------------------

# What a text may come through on its way to these: names that give Content, or words of the program's own.
_MARKUP_TAKERS = {"Label", "Button", "Checkbox", "Collapsible", "TabPane", "RadioButton", "Select", "RichLog"}


PACKAGE = Path(pixsession.__file__).parent


@cache
def sources() -> tuple[tuple[Path, ast.Module], ...]:
    """Every module of the package."""
    return tuple(
        (path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(PACKAGE.rglob("*.py"))
    )


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """(name called, call) of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value of a keyword argument."""
    return next((word.value for word in call.keywords if word.arg == name), None)


def is_false(value: ast.expr | None) -> bool:
    """`name=False` was written."""
    return isinstance(value, ast.Constant) and value.value is False


@pytest.mark.slow
def test_no_text_is_shown_with_markup() -> None:
    found = 0
    for path, tree in sources():
        for name, call in calls(tree):
            where = f"{path.name}:{call.lineno}"
            if name in {"notify", "Static"}:
                found += 1
                assert is_false(keyword(call, "markup")), f"{where}: {name} without markup=False"
            assert name not in _MARKUP_TAKERS, f"{where}: {name} reads markup"
            assert name not in {"from_markup", "from_rich_text"}, f"{where}: {name}"
            if name == "__init__" and isinstance(call.func, ast.Attribute) and call.args:
                first = call.args[0]
                if isinstance(first, ast.Constant) and first.value == "":  # a Static of ours
                    assert is_false(keyword(call, "markup")), f"{where}: markup not switched off"
    assert found > 10, "the test reads the wrong files"


@pytest.mark.slow
def test_no_title_of_a_border_comes_from_anywhere() -> None:
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                assert node.attr not in {"border_title", "border_subtitle", "tooltip"}, (
                    f"{path.name}:{node.lineno}"
                )


def test_only_words_of_the_program_are_clickable() -> None:
    """`clickable` takes an action: its text must be no text of a file."""
    found = 0
    for path, tree in sources():
        for name, call in calls(tree):
            if name == "clickable":
                found += 1
                names = {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute)}
                assert not names & {"last_name", "first_name", "shown_name", "place", "message"}, (
                    f"{path.name}:{call.lineno}"
                )
    assert found > 3, "the test reads the wrong files"


# Attributes that hold a text of a file as it came: to be read through `shown` alone.
_RAW_ATTRIBUTES = {"last_name", "first_name", "message", "file"}


def test_raw_texts_are_only_read_inside_shown() -> None:
    """Where something is shown; the layers below compare and keep what came."""
    found = 0
    for path, tree in sources():
        if not path.is_relative_to(PACKAGE / "ui"):
            continue
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or node.attr not in _RAW_ATTRIBUTES:
                continue
            found += 1
            above, harmless = node, False
            while above in parents and not harmless:
                above = parents[above]  # type: ignore[assignment]
                called = getattr(above.func, "id", "") if isinstance(above, ast.Call) else ""
                harmless = called in {"shown", "name_key", "place_key", "Change"}
            owner = ast.unparse(node)
            compared = _is_compared(node, parents)
            assert harmless or compared or owner in _KNOWN, (
                f"{path.name}:{node.lineno}: {owner} not through shown"
            )
    assert found > 10, "the test reads the wrong files"


# Used for comparing, or of the program's own making.
_KNOWN = {
    "error.message",
    "message.message",
    "self._error.message",
    "entry.message",
    "self.file",
}


def _is_compared(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    above = parents.get(node)
    return isinstance(above, ast.Compare | ast.BoolOp | ast.If | ast.IfExp)
