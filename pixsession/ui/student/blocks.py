"""What is said of one student in several lines, the same beside the board and over it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.content import Content

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.pix.eligibility import Rule
from pixsession.ui.common.line import justified
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.student.words import (
    gap_content,
    missing_heading,
    name_content,
    profile_words,
    rule_words,
    state_content,
)


def head_lines(
    row: BoardRow, rule: Rule, now: datetime, width: int, symbols: Symbols, *, named: bool
) -> list[Content]:
    """Who (where `named`), in which state, and the rule applied, in as few lines as the width allows.

    The state is never cut.
    """
    state = state_content(row, symbols)
    facts = [
        Content.styled(rule_words(row, rule), "$board-calm"),
        Content.styled(profile_words(row, now, symbols), "$board-calm"),
    ]
    if not named:
        return _stacked([state, *facts], width, symbols)
    name = name_content(row, symbols)
    fits = name.cell_length + state.cell_length + 2 <= width
    return _stacked(facts, width, symbols, [justified(name, state, width)] if fits else [name, state])


def _stacked(
    facts: Sequence[Content], width: int, symbols: Symbols, lines: Sequence[Content] = ()
) -> list[Content]:
    stack = list(lines)
    line = Content("")
    for fact in filter(None, facts):
        longer = Content.assemble(line, f" {symbols.point} ", fact) if line else fact
        if line and longer.cell_length > width:
            stack += line.wrap(width)
            longer = fact
        line = longer
    return [*stack, *line.wrap(width)]


def missing_content(row: BoardRow, rule: Rule, most: int, width: int, symbols: Symbols) -> Content:
    """What is missing, nearest first and `most` competences at most, or what to do; empty for nothing."""
    heading = missing_heading(row, rule)
    if not heading:
        return Content("")
    lines = [gap_content(gap, width, symbols) for gap in row.verdict.nearest[:most]]
    return Content("\n").join([*Content.styled(heading, "bold").wrap(width), *lines])
