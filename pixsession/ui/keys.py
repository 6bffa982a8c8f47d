"""The keys that work on every screen, and when each of them does something."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import N_
from pixsession.ui.modes import mode_of

_FILTERS_OF_MODES = frozenset({"show_need", "show_group", "show_missing", "next_room"})
_NEED_STUDENTS = frozenset({"mutual_help", "heatmap", "show_state", "places", "campaigns", "freeze", "widen"})
_STEPS = frozenset({"step_back", "step_on"})

APP_BINDINGS: list[BindingType] = [
    # Brackets need AltGr on a French keyboard; comma and semicolon are keys of their own there and on others.
    Binding(
        "left_square_bracket,comma",
        "step_back",
        N_("earlier"),
        id="app.step_back",
        show=False,
        tooltip=N_("The board as it was one export earlier"),
    ),
    Binding(
        "right_square_bracket,semicolon",
        "step_on",
        N_("later"),
        id="app.step_on",
        show=False,
        tooltip=N_("One export later; after the newest one, live again"),
    ),
    Binding(
        "end",
        "go_live",
        N_("live"),
        id="app.go_live",
        show=False,
        priority=True,
        tooltip=N_("From the past back to live"),
    ),
    Binding(
        "M",
        "heatmap",
        N_("map"),
        id="app.heatmap",
        tooltip=N_("Map of competences: students by the 16 competences, the weakest marked"),
    ),
    Binding(
        "E",
        "mutual_help",
        N_("help each other"),
        id="app.mutual_help",
        show=False,
        tooltip=N_("In a lesson: who in the room has the competence that is missing"),
    ),
    Binding("f", "files", N_("files"), id="app.files", tooltip=N_("Files read, ignored and refused")),
    Binding("l", "changes", N_("log"), id="app.changes", tooltip=N_("Log of everything, newest first")),
    Binding(
        "r",
        "matches",
        N_("doubts"),
        id="app.matches",
        tooltip=N_("Who is who: students who may be the same"),
    ),
    Binding("ctrl+p", "command_palette", N_("menu"), id="app.menu", tooltip=N_("Every command, and themes")),
    Binding("question_mark", "help", N_("help"), id="app.help", tooltip=N_("Keys, rule, signs")),
    Binding("q", "quit", N_("quit"), id="app.quit", tooltip=N_("Back to the command line")),
    Binding(
        "ctrl+q",
        "quit",
        N_("quit"),
        id="app.quit_anywhere",
        show=False,
        priority=True,
        tooltip=N_("Back to the command line, from anywhere"),
    ),
    Binding(
        "ctrl+c",
        "help_quit",
        N_("how to quit"),
        id="app.how_to_quit",
        show=False,
        tooltip=N_("How to quit"),
    ),
    Binding("d", "demo", N_("demonstration"), id="app.demo", show=False, tooltip=N_("See a demonstration")),
]


def does_something(action: str, parameters: tuple[object, ...], snapshot: Snapshot | None) -> bool:
    """Whether an action of the app would do anything on the board of this Snapshot."""
    students = bool(snapshot and snapshot.rows)
    mode = mode_of(snapshot)
    if action == "demo":
        return snapshot is not None and not students
    if action in _STEPS:
        return snapshot is not None and len(snapshot.export_times) > 1
    if action in _FILTERS_OF_MODES:
        return mode.allows(action)
    if action == "show_state" and mode.is_supervised:
        return parameters == ("all",)  # a session and a lesson have their own states
    return students or action not in _NEED_STUDENTS
