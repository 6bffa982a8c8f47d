"""The app before it shows anything: themes, widths, palette, and the ways to leave."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.command import CommandPalette

from pixsession.foundation.i18n import _
from pixsession.ui.common.notices import LEAST_COLUMNS, LEAST_LINES, TooSmallScreen
from pixsession.ui.palette import Commands, palette
from pixsession.ui.terminal_input import GuardedApp
from pixsession.ui.themes import begin_with, state_variables


class FramedApp(GuardedApp):
    """What any app of ours would have."""

    COMMANDS: ClassVar = {Commands}
    ENABLE_COMMAND_PALETTE = False  # Textual's own opening of it: ours speaks the user's language
    # As Textual declares them:
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-roomy"), (120, "-wide"), (160, "-vast")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012

    def __init__(self, theme: str) -> None:
        """`theme`: the first colours; ours where there is none of this name."""
        super().__init__()
        begin_with(self, theme)

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
        too_small = event.size.width < LEAST_COLUMNS or event.size.height < LEAST_LINES
        if too_small and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    def action_use_theme(self, name: str) -> None:
        self.theme = name

    def action_help_quit(self) -> None:
        # Ctrl+C copies in some terminals and quits in others.
        self.notify(_("q quits the board; what was read is kept."), markup=False)

    def action_demo(self) -> None:
        """From an empty board only: end with the wish to see the demonstration."""
        self.exit("demo")
