"""The keys of a session: the letters of what supervisors do, French teachers' words behind them."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding

from pixsession.domain.certification.action_kinds import ActionKind
from pixsession.foundation.i18n import N_
from pixsession.ui.certification.groups import GROUP_KEYS, MISSING_KEY, DayGroup
from pixsession.ui.common.digit_keys import keys_of, span_of
from pixsession.ui.common.key_bar import key_words
from pixsession.ui.common.symbols import symbols_for

# p(résent), a(bsent), t(ard), e(nvoyer en remédiation), o(k pour commencer), d(ébut), v (coché: terminé),
# h(alte), u (pa-u-se), i(ncident), n(ote), x (cocher), b(asculer de salle); a capital is the other way round.
_GESTURES = (
    ("p", f"gesture('act', '{ActionKind.PRESENT}')", N_("present"), "present", N_("The student is here")),
    ("a", f"gesture('act', '{ActionKind.ABSENT}')", N_("absent"), "absent", N_("The student is absent")),
    ("t", f"gesture('act', '{ActionKind.LATE}')", N_("late"), "late", N_("The student comes late, now")),
    (
        "e",
        "gesture('redirect')",
        N_("redirect"),
        "redirect",
        N_("Send to remediation, with the code in large letters"),
    ),
    (
        "o",
        f"gesture('act', '{ActionKind.AUTHORISE}')",
        N_("authorise"),
        "authorise",
        N_("Authorised to start; for how long, the session file says"),
    ),
    ("d", f"gesture('act', '{ActionKind.START}')", N_("start"), "start", N_("The test starts now")),
    ("v", f"gesture('act', '{ActionKind.FINISH}')", N_("finish"), "finish", N_("The test is finished")),
    (
        "h",
        "gesture('stop')",
        N_("stop"),
        "stop",
        N_("The test is stopped before its end"),
    ),
    ("H", f"gesture('act', '{ActionKind.RESUME}')", N_("resume"), "resume", N_("The stopped test goes on")),
    ("u", "gesture('pause')", N_("pause"), "pause", N_("A pause, for the student or for the room; its end")),
    ("i", "gesture('incident')", N_("incident"), "incident", N_("An incident, by its code in Pix")),
    ("n", "gesture('note')", N_("note"), "note", N_("A free note")),
    ("z", "gesture('undo')", N_("undo"), "undo", N_("Take back the last thing done")),
    (
        "x",
        "gesture('mark')",
        N_("mark"),
        "mark",
        N_("Mark or unmark the student: the next key is for all marked"),
    ),
    ("X", "gesture('mark_all')", N_("mark all"), "mark_all", N_("Mark everybody shown, or nobody any more")),
    ("L", "gesture('checklist')", N_("checklist"), "checklist", N_("The checklist of the day")),
    (
        "F",
        "gesture('hand_over')",
        N_("sheet"),
        "hand_over",
        N_("Write the sheet of the day, to print"),
    ),
    (
        "O",
        "gesture('call')",
        N_("others"),
        "others",
        N_("The other students of the exports: call one, or a name"),
    ),
    ("T", "gesture('extra_time')", N_("extra time"), "extra_time", N_("Enter or change extra time")),
    ("B", "gesture('choose_room')", N_("other room"), "choose_room", N_("Call to another room")),
    (
        "P",
        "gesture('projection')",
        N_("project"),
        "projection",
        N_("For the projector: no scores, and no name unless it is asked for"),
    ),
)
_GROUP_TOOLTIPS = {
    DayGroup.INCIDENT: N_("Only the students with an open incident"),
    DayGroup.OVERTIME: N_("Only the students whose time is exceeded"),
    DayGroup.FALLEN: N_("Only the students who run and are not eligible any more, or to check"),
    DayGroup.TO_REDIRECT: N_("Only the students to redirect"),
    DayGroup.NOT_SENT: N_("Only the students who sent no profile"),
    DayGroup.TO_CHECK: N_("Only the students to check"),
    DayGroup.TO_CALL_BACK: N_("Only the students to call back"),
    DayGroup.IN_REMEDIATION: N_("Only the students in remediation"),
    DayGroup.ABSENT: N_("Only the absent students"),
    DayGroup.TO_START: N_("Only the students who have yet to start"),
    DayGroup.RUNNING: N_("Only the students at work"),
    DayGroup.FINISHED: N_("Only the students who have finished"),
}


def _group_binding(group: DayGroup, key: str) -> Binding:
    first = key == "1"
    return Binding(
        keys_of(key) if key.isdigit() else key,
        f"app.filter('group', '{group}')",
        N_("filter") if first else N_("filter by state"),
        id=f"session.only_{group}",
        show=first,
        key_display=span_of(filter(str.isdigit, GROUP_KEYS.values())) if first else None,
        tooltip=_GROUP_TOOLTIPS[group],
    )


SESSION_BINDINGS = (
    *(
        Binding(key, action, words, id=f"session.{name}", tooltip=sentence)
        for key, action, words, name, sentence in _GESTURES
    ),
    Binding(
        MISSING_KEY,
        "app.filter('missing')",
        N_("who is missing"),
        id="session.missing",
        tooltip=N_("Only the students nobody has seen yet"),
    ),
    Binding(
        "b",
        "app.filter('room')",
        N_("room"),
        id="session.room",
        tooltip=N_("The next room, after the last one all of them"),
    ),
    Binding(
        "escape",
        "gesture('unmark')",
        N_("unmark"),
        id="session.unmark",
        show=False,
        tooltip=N_("Mark nobody any more"),
    ),
    *(_group_binding(group, key) for group, key in GROUP_KEYS.items()),
)
_KEYS_OF = {binding.id: binding for binding in SESSION_BINDINGS}
# Of the board and the app, where a line asks for their key.
_KEYS_BESIDE = {"app.matches": "r", "board.open": "enter", "app.files": "f", "board.show_all": "A"}


def key_words_of(binding_id: str, chosen: Mapping[str, str], *, ascii_only: bool) -> str:
    """The key of a gesture as people read it; `chosen`, by id of a binding, are those of the settings."""
    return key_words(Binding(all_keys_of(binding_id, chosen)[0], ""), symbols_for(ascii_only))


def all_keys_of(binding_id: str, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Every key of a gesture, as Textual names them; the one that is told stands first."""
    binding = _KEYS_OF.get(binding_id)
    keys = chosen.get(binding_id) or (binding.key if binding else _KEYS_BESIDE[binding_id])
    return tuple(key.strip() for key in keys.split(","))


# On the line of keys: what is done most often first; where room is short the end of it goes first.
SESSION_KEYS = tuple(
    f"session.{name}"
    for name in (
        "present", "absent", "late", "redirect", "start", "finish", "authorise", "incident", "note", "undo",
        "pause", "mark", "missing", "room", "checklist", "projection", "hand_over", "stop", "resume",
    )
)  # fmt: skip
