"""The styles of a screen before it is painted, and those of the pages after the board is."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import Screen

from pixsession.foundation.paths import shipped


def read_board_styles(app: App[Any]) -> None:
    """Not as `css_path`: read that early, they are parsed once more as soon as the theme is chosen."""
    app.stylesheet.read_all(sorted(shipped("styles").glob("*.tcss")))


def read_page_styles(app: App[Any]) -> None:
    """What the screens over the board look like: the board is painted without."""
    app.stylesheet.read_all(sorted(shipped("styles").glob("pages/*.tcss")))
    app.stylesheet.parse()
    if len(app.screen_stack) > 1:  # somebody was quicker
        app.refresh_css(animate=False)


def size_known(app: App[Any], screen: Screen[None]) -> None:
    """Tell a screen its size before it is laid out, which it would be twice else."""
    sides = app.HORIZONTAL_BREAKPOINTS or (), app.VERTICAL_BREAKPOINTS or ()
    for size, breakpoints in zip(app.size, sides, strict=True):
        screen.add_class(max(point for point in breakpoints if point[0] <= size)[1], update=False)
