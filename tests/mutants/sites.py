"""Every small change that one can make in a file of the code that decides and keeps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not",
    ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_COUNTED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "//", ast.FloorDiv: "*", ast.BitOr: "&", ast.BitAnd: "|"}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: these bytes of a file become others; `function` is where it stands, by its first line."""

    file: str
    line: int
    start: int
    stop: int
    new: str
    was: str
    function: int  # 0: outside of any

    @property
    def folder(self) -> str:
        return self.file.rpartition("/")[0]

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.new.encode() + source[self.stop :]

    def __str__(self) -> str:
        was, new = (" ".join(text.split())[:80] for text in (self.was, self.new))
        return f"{self.file}:{self.line}: `{was}` → `{new}`"


def mutants_of(file: str, source: bytes) -> Iterator[Mutant]:
    """All of one file, in its order."""
    lines = [0]
    for line in source.split(b"\n"):
        lines.append(lines[-1] + len(line) + 1)
    for node, function in _walked(ast.parse(source), 0):
        for changed, new in _changes(node):
            start = lines[changed.lineno - 1] + changed.col_offset
            stop = lines[(changed.end_lineno or 0) - 1] + (changed.end_col_offset or 0)
            was = source[start:stop].decode()
            if was != new:
                yield Mutant(file, changed.lineno, start, stop, new, was, function)


def _walked(node: ast.AST, function: int) -> Iterator[tuple[ast.AST, int]]:
    """Every node that runs, with the first line of its function; what is only said of types is left out."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        function = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_for_types(child):
                yield child, function
                yield from _walked(child, function)


def _is_for_types(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # a docstring
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:  # noqa: PLR0912 - one for each kind of node
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in _COMPARED:
            yield node, f"({ast.unparse(left)} {_COMPARED[type(operator)]} {ast.unparse(right)})"
        case ast.BoolOp(op=operator, values=values):
            word = " or " if isinstance(operator, ast.And) else " and "
            yield node, "(" + word.join(f"({ast.unparse(value)})" for value in values) + ")"
            for at in range(len(values)):
                rest = [f"({ast.unparse(value)})" for place, value in enumerate(values) if place != at]
                yield node, "(" + (" and " if isinstance(operator, ast.And) else " or ").join(rest) + ")"
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _COUNTED:
            if not any(
                isinstance(side, ast.Constant | ast.JoinedStr) and _is_text(side) for side in (left, right)
            ):
                yield node, f"({ast.unparse(left)} {_COUNTED[type(operator)]} {ast.unparse(right)})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, f"({ast.unparse(operand)})"
        case ast.Constant(value=bool() as value):
            yield node, str(not value)
        case ast.Constant(value=int() as value):
            yield node, str(value + 1)
        case ast.If(test=test) | ast.IfExp(test=test):
            yield test, "True"
            yield test, "False"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield value, "None"
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Continue() | ast.Break():
            yield node, "pass"
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield node.func, _CALLED[name]
        case ast.comprehension(ifs=[only]):
            yield only, "True"


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
