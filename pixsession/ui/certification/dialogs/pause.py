"""A pause, for one or for a whole room, planned or not; the two are kept apart to the end."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from pixsession.domain.board.snapshot import BoardRow
from pixsession.domain.certification.day import ActionKind, DayView, StudentDay
from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown
from pixsession.ui.common.choice_list import ChoiceList
from pixsession.ui.common.key_bar import KeyBar
from pixsession.ui.common.note import LONGEST, NoteInput, who_words
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols


class PauseWish(NamedTuple):
    """A pause begun or ended; `of_room`: of the room, or of every room where `room` is None."""

    kind: ActionKind
    of_room: bool
    room: str | None
    planned: bool
    cause: str = ""


class PauseScreen(ModalScreen[PauseWish | None]):
    """Only what makes sense now is there to choose; a pause may have its cause."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right",
            "cause",
            N_("cause"),
            id="pause.cause",
            key_display="→",
            priority=True,  # a list scrolls by it
            tooltip=N_("Say why: it stands on the sheet"),
        ),
        Binding("escape", "back", N_("back"), id="pause.back", tooltip=N_("One step back")),
    ]

    def __init__(self, wishes: tuple[tuple[PauseWish, str], ...], *, symbols: Symbols) -> None:
        super().__init__()
        self._wishes = wishes
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="pause"):
            yield Static(_("Pause"), classes="title", markup=False)
            yield ChoiceList()
            yield NoteInput(compact=True, max_length=LONGEST, disabled=True)
            yield Static(_("Planned and incident time are counted apart."), classes="calm", markup=False)
            yield KeyBar(symbols=self._symbols)

    def on_mount(self) -> None:
        """The choices, and the keys to them."""
        choices = self.query_one(ChoiceList)
        choices.replace([(str(at), Content(words)) for at, (_wish, words) in enumerate(self._wishes)])
        choices.styles.height = len(self._wishes)
        choices.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only a pause that begins has a cause."""
        if action != "cause" or not self.is_mounted:
            return True
        return self.query_one(NoteInput).disabled and self._wish.kind is ActionKind.PAUSE

    @property
    def _wish(self) -> PauseWish:
        return self._wishes[int(self.query_one(ChoiceList).key or 0)][0]

    def on_plain_list_reached(self) -> None:
        self.refresh_bindings()

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        message.stop()
        self.dismiss(self._wish)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(self._wish._replace(cause=event.value.strip()))

    def action_cause(self) -> None:
        self.query_one(NoteInput).ask(_("the cause, for the sheet"))
        self.refresh_bindings()

    def action_back(self) -> None:
        """From the cause to the pauses, from these to the board."""
        if self.query_one(NoteInput).disabled:
            self.dismiss(None)
            return
        self.query_one(ChoiceList).focus()
        self.query_one(NoteInput).leave()
        self.refresh_bindings()


def pause_wishes(
    targets: tuple[BoardRow, ...], day: DayView, room: str | None
) -> tuple[tuple[PauseWish, str], ...]:
    """What can be paused, and which pauses can end, each with its words; the end of one comes first."""
    wishes: list[tuple[PauseWish, str]] = []
    days = [day.days.get(row.student_id) or StudentDay() for row in targets]
    who = who_words(targets) if targets else ""
    if any(pause.end is None and not pause.of_room for so_far in days for pause in so_far.pauses):
        wishes.append(
            (PauseWish(ActionKind.UNPAUSE, False, None, False), _("End of the pause: {who}").format(who=who))
        )
    rooms = [room] if room else [named.name for named in day.session.rooms]
    for name in rooms:
        if name in day.paused:
            words = _("End of the pause of {room}").format(room=_room_words(name, day))
            wishes.append((PauseWish(ActionKind.UNPAUSE, True, name, False), words))
    if any(so_far.started_at and not so_far.finished_at and not so_far.stopped_at for so_far in days):
        for planned, words in ((False, _("{who}: incident")), (True, _("{who}: planned"))):
            wishes.append((PauseWish(ActionKind.PAUSE, False, None, planned), words.format(who=who)))
    for name in rooms:
        if name not in day.paused:
            for planned, words in ((False, _("{room}: incident")), (True, _("{room}: planned"))):
                text = words.format(room=_room_words(name, day))
                wishes.append((PauseWish(ActionKind.PAUSE, True, name, planned), text))
    if len(rooms) > 1 and not day.paused:
        for planned, words in (
            (False, _("all the rooms: incident")),
            (True, _("all the rooms: planned pause")),
        ):
            wishes.append((PauseWish(ActionKind.PAUSE, True, None, planned), words))
    if len(rooms) > 1 and len(day.paused) == len(rooms):
        ends = PauseWish(ActionKind.UNPAUSE, True, None, False), _("End of the pause of all the rooms")
        wishes.insert(0, ends)
    return tuple(wishes)


def _room_words(name: str, day: DayView) -> str:
    return _("room {room}").format(room=shown(name)) if len(day.session.rooms) > 1 else _("the whole room")
