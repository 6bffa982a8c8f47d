"""Two screens that say one thing: the terminal is too small, or the board cannot go on."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.symbols import Symbols

LEAST_COLUMNS, LEAST_LINES = 60, 15


def is_too_small(size: Size) -> bool:
    """Whether no board can be read on a screen of this size."""
    return size.width < LEAST_COLUMNS or size.height < LEAST_LINES


class TooSmallScreen(ModalScreen[None]):
    """Stands over everything while the terminal is too small: no key does anything but quit."""

    DEFAULT_CSS = "TooSmallScreen { overflow: hidden; }"  # a bar of one column comes and goes without end
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", N_("quit"), id="small.quit", tooltip=N_("Back to the command line")),
    ]

    def compose(self) -> ComposeResult:
        """One message, short enough for very little room."""
        words = _("Terminal too small: {columns}×{lines} needed.").format(
            columns=LEAST_COLUMNS, lines=LEAST_LINES
        )
        yield Static(words, markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Gone as soon as there is room."""
        self._leave(event.size)

    def on_screen_resume(self) -> None:
        """Room may have come while another message stood over this one."""
        self._leave(self.app.size)

    def _leave(self, size: Size) -> None:
        if not is_too_small(size) and self.is_current:
            self.dismiss()


class FailureScreen(ModalScreen[None]):
    """What happened and what to do, in words; the last view of the board stays under it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter",
            "close",
            N_("last view"),
            id="failure.close",
            tooltip=N_("See the last board"),
        ),
        Binding("q", "app.quit", N_("quit"), id="failure.quit", tooltip=N_("Back to the command line")),
    ]

    def __init__(self, error: PixSessionError, *, has_view: bool, symbols: Symbols) -> None:
        super().__init__()
        self._error = error
        self._has_view = has_view
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            title = shown(self._error.title) or _("The board cannot go on")
            yield Static(f"{self._symbols.warning} {title}", classes="title", markup=False)
            lines = [shown(line, 1000) for line in self._error.message.splitlines()]
            yield Static("\n".join(lines), classes="message", markup=False)
            yield KeyBar(symbols=self._symbols)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Without a last view there is nothing to go back to."""
        return action != "close" or self._has_view

    def action_close(self) -> None:
        """Back to the last view, whose head says that it is not live."""
        self.dismiss()
