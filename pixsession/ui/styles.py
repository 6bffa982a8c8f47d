"""The styles of a screen before it is painted, and those of the pages after the board is."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import Any

from textual.app import App
from textual.screen import Screen

from pixsession.foundation.paths import shipped


def read_board_styles(app: App[Any]) -> None:
    """Not as `css_path`: read that early, they are parsed once more as soon as the theme is chosen."""
    _read(app, shipped("styles"))


def read_page_styles(app: App[Any]) -> None:
    """What the screens over the board look like: the board is painted without."""
    _read(app, shipped("styles") / "pages")
    app.stylesheet.parse()
    if len(app.screen_stack) > 1:  # somebody was quicker
        app.refresh_css(animate=False)


def _read(app: App[Any], folder: Traversable) -> None:
    """As text: Textual opens files of the disk alone, and the program may be an archive."""
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".tcss"):
            app.stylesheet.add_source(file.read_text(encoding="utf-8"), (str(file), ""))


def size_known(app: App[Any], screen: Screen[None]) -> None:
    """Tell a screen its size before it is laid out, which it would be twice else."""
    sides = app.HORIZONTAL_BREAKPOINTS or (), app.VERTICAL_BREAKPOINTS or ()
    for size, breakpoints in zip(app.size, sides, strict=True):
        screen.add_class(max(point for point in breakpoints if point[0] <= size)[1], update=False)
