"""The app before it shows anything: themes, widths, palette, and the ways to leave."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.command import CommandPalette

from pixsession.foundation.i18n import _
from pixsession.ui.common.notices import TooSmallScreen, is_too_small
from pixsession.ui.palette import Commands, palette
from pixsession.ui.terminal_input import GuardedApp
from pixsession.ui.themes import begin_with, state_variables
from pixsession.ui.typed_keys import TypedKeys


class FramedApp(GuardedApp):
    """What any app of ours would have."""

    COMMANDS: ClassVar = {Commands}
    ENABLE_COMMAND_PALETTE = False  # Textual's own opening of it: ours speaks the user's language
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-roomy"), (120, "-wide"), (160, "-vast")]  # noqa: RUF012 - as in Textual
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012

    def __init__(self, theme: str) -> None:
        """`theme`: the first colours; ours where there is none of this name."""
        super().__init__()
        self.typed = TypedKeys(self, super().on_event)
        begin_with(self, theme)

    async def on_event(self, event: events.Event) -> None:
        await self.typed.take(event)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return state_variables(self.current_theme)

    def action_close_page(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(palette())

    def on_resize(self, event: events.Resize) -> None:
        """One message instead of a board that cannot be read."""
        if is_too_small(event.size) and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    def action_use_theme(self, name: str) -> None:
        self.theme = name

    def action_help_quit(self) -> None:
        self.notify(_("q quits the board; what was read is kept."), markup=False)  # some mean to copy

    def action_demo(self) -> None:
        self.exit("demo")  # from an empty board only: the wish to see the demonstration
