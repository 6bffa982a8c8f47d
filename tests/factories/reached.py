"""How often a property came to what it asserts: one whose condition never holds asserts nothing."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

_met: Counter[int] = Counter()


def reached(times: int = 1) -> None:
    """Count that what is asserted below this line is met; `times` where it is about all of so many."""
    _met[sys._getframe(1).f_lineno] += times


def places_to_reach(test: Callable[..., Any]) -> frozenset[int]:
    """The lines of a test at which its properties say that they are there; counting begins anew.

    Raises AssertionError where a property asserts and does not say that it is there, right before it.
    """
    _met.clear()
    handle = getattr(test, "hypothesis", None)
    lines, first = inspect.getsourcelines(handle.inner_test if handle else test)
    tree = ast.parse(textwrap.dedent("".join(lines)))
    ast.increment_lineno(tree, first - 1)
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_is_given, node.decorator_list)):
            said = {one.lineno for one in ast.walk(node) if isinstance(one, ast.expr) and _calls_reached(one)}
            silent = [block[at].lineno for block in _blocks(node) for at in _unannounced(block)]
            assert said, f"{node.name} does not say how often it reached what it asserts"
            assert not silent, f"{node.name} does not say that it reached line {silent}"
            found |= said
    return frozenset(found)


def times_reached(places: frozenset[int]) -> dict[int, int]:
    """How often each of these lines was met since."""
    return {line: _met[line] for line in sorted(places)}


def _blocks(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(function):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield block


def _unannounced(block: list[ast.stmt]) -> Iterator[int]:
    """Where in a block the first assertions after anything else stand, unless it is said before them."""
    for at, one in enumerate(block):
        if isinstance(one, ast.Assert):
            before = block[at - 1] if at else None
            is_said = isinstance(before, ast.Expr) and _calls_reached(before.value)
            is_sure = any(isinstance(earlier, ast.Assert) for earlier in block[:at])
            if not (is_said or is_sure):
                yield at


def _is_given(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "given"


def _calls_reached(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "reached"
