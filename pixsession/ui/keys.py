"""The keys that work on every screen, and when each of them does something."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from pixsession.domain.board.snapshot import Snapshot
from pixsession.foundation.i18n import N_
from pixsession.ui.board.mode import BoardMode
from pixsession.ui.modes import mode_of

_NEED_STUDENTS = frozenset({"choose", "freeze", "widen"})
_PAGES_OF_STUDENTS = frozenset({"mutual_help", "heatmap", "targeted", "choice"})

APP_BINDINGS: list[BindingType] = [
    # Brackets need AltGr on a French keyboard; comma and semicolon are keys of their own there and on others.
    Binding(
        "left_square_bracket,comma",
        "step(-1)",
        N_("earlier"),
        id="app.step_back",
        show=False,
        tooltip=N_("The board as it was one export earlier"),
    ),
    Binding(
        "right_square_bracket,semicolon",
        "step(1)",
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
        "page('heatmap')",
        N_("map"),
        id="app.heatmap",
        tooltip=N_("Map of competences: students by the 16 competences, the weakest marked"),
    ),
    Binding(
        "E",
        "page('mutual_help')",
        N_("help each other"),
        id="app.mutual_help",
        show=False,
        tooltip=N_("In a lesson: who in the room has the competence that is missing"),
    ),
    Binding(
        "R",
        "page('targeted')",
        N_("groups"),
        id="app.targeted",
        show=False,
        tooltip=N_("Groups of 3 to 8 that miss the same competence, and what success would reach"),
    ),
    Binding(
        "K",
        "page('choice')",
        N_("to choose"),
        id="app.choice",
        show=False,
        tooltip=N_("The five competences that most of the group can bring to level 1"),
    ),
    Binding(
        "Y",
        "page('term')",
        N_("year"),
        id="app.term",
        show=False,
        tooltip=N_("In a lesson: the lessons of the year, the council of the class, the campaigns"),
    ),
    Binding(
        "B",
        "page('results')",
        N_("bilan"),
        id="app.results",
        tooltip=N_("Bilan of the certifications whose results are in the folder"),
    ),
    Binding("f", "page('files')", N_("files"), id="app.files", tooltip=N_("Files read, ignored and refused")),
    Binding(
        "l", "page('changes')", N_("log"), id="app.changes", tooltip=N_("Log of everything, newest first")
    ),
    Binding(
        "W",
        "page('posts')",
        N_("posts"),
        id="app.posts",
        show=False,
        tooltip=N_("The posts that share this session: who is there, and what waits"),
    ),
    Binding(
        "r",
        "page('matches')",
        N_("doubts"),
        id="app.matches",
        tooltip=N_("Who is who: students who may be the same"),
    ),
    Binding("ctrl+p", "command_palette", N_("menu"), id="app.menu", tooltip=N_("Every command, and themes")),
    Binding("question_mark", "page('help')", N_("help"), id="app.help", tooltip=N_("Keys, rule, signs")),
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
    if action == "demo":
        return snapshot is not None and not students and not mode_of(snapshot).is_supervised
    if action == "step":
        return snapshot is not None and len(snapshot.export_times) > 1
    if action == "page" and parameters[0] == "results":
        return bool(snapshot and snapshot.results)
    if action == "page" and parameters[0] == "posts":
        return bool(snapshot and snapshot.share)
    if action == "page" and parameters[0] == "term":
        return students and mode_of(snapshot).allows("term")
    if action == "page":
        return students or parameters[0] not in _PAGES_OF_STUDENTS
    if action == "filter":
        return _filters(parameters, mode_of(snapshot), students=students)
    return students or action not in _NEED_STUDENTS


def _filters(parameters: tuple[object, ...], mode: BoardMode, *, students: bool) -> bool:
    if parameters[0] != "state":
        return mode.allows(f"filter_{parameters[0]}")
    # A session and a lesson have their own states.
    return parameters[1:] == ("all",) if mode.is_supervised else students
