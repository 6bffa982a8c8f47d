"""How the table of the board is painted."""

from __future__ import annotations

from enum import StrEnum

from rich.style import Style
from textual.widget import Widget

from pixsession.ui.board.grid.roles import Role
from pixsession.ui.common.table.painter import Look

_PREFIX = "board-grid"


def _style_of(table: Widget, role: StrEnum | None) -> Style:
    style = table.get_component_rich_style(f"{_PREFIX}--{role or 'sign'}")
    if table.app.no_color and role not in (Role.CALM, Role.HEADER):
        # Turned to grey, the colours of states would dim those who matter most.
        style += Style(color=table.get_component_rich_style(f"{_PREFIX}--body").color)
    return style


BOARD_LOOK = Look(_PREFIX, headings=1, footings=0, blank=Role.BODY, marks_margin=False, style_of=_style_of)
BOARD_STYLES = {f"{_PREFIX}--{name}" for name in ("cursor", "hover", "sign", *Role)}
