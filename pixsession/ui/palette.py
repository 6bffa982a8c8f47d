"""The commands of the palette, in the language in use; Textual's own English ones are not among them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from textual.app import SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette, Hit, Hits
from textual.system_commands import SystemCommandsProvider

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.board.wording import states_word
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import N_, _
from pixsession.ui.certification.keys import SESSION_BINDINGS
from pixsession.ui.common.key_bar import key_words
from pixsession.ui.modes import mode_of
from pixsession.ui.themes import THEMES

_THEME_WORDS = {
    "pixsession-dark": N_("dark"),
    "pixsession-light": N_("light"),
    "pixsession-contrast": N_("strong contrast"),
    "pixsession-deuteranopia": N_("for colour-blind eyes"),
}
_EVERYWHERE = (
    (N_("Help"), N_("Keys, rule, signs, what is kept"), "app.page('help')"),
    (N_("Files"), N_("What was read, ignored or refused, and why"), "app.page('files')"),
    (N_("Who is who"), N_("Students who may be the same: confirm or refuse"), "app.page('matches')"),
    (
        N_("Map of competences"),
        N_("Students by the 16 competences, the weakest marked"),
        "app.page('heatmap')",
    ),
    (N_("Log"), N_("Exports, changes, actions and decisions, newest first"), "app.page('changes')"),
    (N_("One export earlier"), N_("The board as it was then"), "app.step(-1)"),
    (N_("One export later"), N_("After the newest one, live again"), "app.step(1)"),
    (N_("Freeze or go on"), N_("Hold the board still; new exports wait"), "app.freeze"),
    (N_("Quit"), N_("Back to the command line; what was read is kept"), "app.quit"),
)
# Each behind what the board must allow for it.
_IF_ALLOWED = (
    (
        "mutual_help",
        N_("Helping each other"),
        N_("In a lesson: who has the competence that is missing"),
        "app.page('mutual_help')",
    ),
    (
        "group_work",
        N_("Targeted sessions"),
        N_("Groups of 3 to 8 that miss the same competence"),
        "app.page('targeted')",
    ),
    (
        "group_work",
        N_("Competences to choose"),
        N_("What most of the group can bring to level 1"),
        "app.page('choice')",
    ),
    (
        "term",
        N_("The year"),
        N_("In a lesson: the lessons side by side, the council, the campaigns"),
        "app.page('term')",
    ),
)
_WITH_RESULTS = (
    (
        N_("Bilan of the certifications"),
        N_("Where the school stands, by class and by year"),
        "app.page('results')",
    ),
)
_SHARED = ((N_("Posts"), N_("Which computers share this session, and what waits"), "app.page('posts')"),)
_IN_A_LESSON = (
    (N_("Write the sheet"), N_("Of this lesson, to print"), "screen.gesture('hand_over')"),
    (N_("Project"), N_("How far the group is, without names"), "screen.gesture('projection')"),
)
_ON_THE_BOARD = (
    (N_("Search a name"), N_("Any part of the name, without accents"), "screen.search"),
    (N_("Choose classes or groups"), N_("Only their students"), "app.choose('places')"),
    (N_("Choose an objective"), N_("In a column: who has reached it"), "app.choose('objective')"),
    (N_("Choose campaigns"), N_("Only the profiles sent through them"), "app.choose('campaigns')"),
    (
        N_("Sort by the next column"),
        N_("After the last one, who needs something comes first again"),
        "screen.sort_next",
    ),
    (N_("Copy the student's line"), N_("As plain words, for a message"), "screen.copy"),
    (N_("Show every state"), N_("Takes the filter by state away"), "app.filter('state', 'all')"),
)

Run = Callable[[str], Awaitable[object]]


def commands(run: Run, snapshot: Snapshot | None, *, on_the_board: bool) -> Iterable[SystemCommand]:
    """Every command that does something on this screen; `run` takes an action."""
    mode = mode_of(snapshot)
    in_session = mode.allows("checklist")
    for binding in SESSION_BINDINGS if on_the_board and in_session else ():
        action = binding.action if binding.action.startswith("app.") else f"screen.{binding.action}"
        # With the word of its key: who looks for it types "redirect".
        name = f"{_('Session')}{_(': ')}{_(binding.tooltip)} ({_(binding.description)})"
        yield SystemCommand(name, _("Key: {key}").format(key=_signs(binding)), partial(run, action))
    for name, words, action in _IN_A_LESSON if on_the_board and mode.allows("mutual_help") else ():
        yield SystemCommand(_(name), _(words), partial(run, action))
    for name, words, action in _ON_THE_BOARD if on_the_board else ():
        yield SystemCommand(_(name), _(words), partial(run, action))
    if on_the_board and not mode.is_supervised:
        for state in Eligibility:
            name = _("Only: {state}").format(state=states_word(state))
            yield SystemCommand(name, _("Filter by state"), partial(run, f"app.filter('state', '{state}')"))
    results = _WITH_RESULTS if snapshot and snapshot.results else ()
    shared = _SHARED if snapshot and snapshot.share else ()
    allowed = (command for needed, *command in _IF_ALLOWED if mode.allows(needed))
    for name, words, action in (*results, *shared, *allowed, *_EVERYWHERE):
        yield SystemCommand(_(name), _(words), partial(run, action))
    for theme in THEMES:
        name = _("Theme: {name}").format(name=_(_THEME_WORDS.get(theme.name, theme.name)))
        yield SystemCommand(name, _("Colours of the board"), partial(run, f"app.use_theme('{theme.name}')"))


def _signs(binding: Binding) -> str:
    return " ".join(key_words(binding.with_key(key)) for key in binding.key.split(","))


class Commands(SystemCommandsProvider):
    """The search among them; says in the user's language that nothing was found."""

    async def search(self, query: str) -> Hits:
        """The commands that match, or one line that does nothing."""
        found = False
        async for hit in super().search(query):
            found = True
            yield hit
        if not found:
            yield Hit(0.01, _("No command with these letters"), _nothing)


def _nothing() -> None:
    """A line that is no command."""


def palette() -> CommandPalette:
    """The palette, asking in the user's language."""
    return CommandPalette(placeholder=_("Search a command…"))
