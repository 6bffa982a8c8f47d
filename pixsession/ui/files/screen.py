"""Every file of the folder: what it is, what was read, or why not; the refused ones first."""

from __future__ import annotations

from datetime import datetime, timedelta

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from pixsession.domain.board.snapshot import FileEntry, FileRole, FileStatus, Snapshot
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.common.list_detail_page import ListDetailPage
from pixsession.ui.common.plain_list import PlainList
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.files.lines import IGNORED, FileLines
from pixsession.ui.files.words import (
    file_detail,
    ignored_detail,
    is_foreign,
)
from pixsession.ui.messages import FileTakenBack, FileUndoAsked

_BINDINGS: list[BindingType] = [
    Binding("escape", "leave", N_("back"), id="files.back", tooltip=N_("To the list, then to the board")),
    Binding("f", "app.close_page", N_("back"), id="files.close", show=False, tooltip=N_("Back to the board")),
    Binding(
        "i", "fold", N_("ignored files"), id="files.ignored", tooltip=N_("Show or hide the ignored files")
    ),
    Binding(
        "n",
        "take_back",
        N_("counts or not"),
        id="files.take_back",
        tooltip=N_("Have this file count no more, or count again"),
    ),
    Binding("z", "undo", N_("undo"), id="files.undo", tooltip=N_("The file taken back last counts again")),
    # Before the list's own enter, which has nothing to choose here.
    Binding(
        "enter",
        "enlarge",
        N_("whole file"),
        id="files.open",
        priority=True,
        tooltip=N_("All that is known of this file, over the whole screen"),
    ),
    Binding(
        "pagedown,space",
        "scroll(10)",
        N_("page down"),
        id="files.page_down",
        show=False,
        tooltip=N_("A page down"),
    ),
    Binding("pageup", "scroll(-10)", N_("page up"), id="files.page_up", show=False, tooltip=N_("A page up")),
    Binding("down,j", "scroll(1)", N_("down"), id="files.down", show=False, tooltip=N_("Further down")),
    Binding("up,k", "scroll(-1)", N_("up"), id="files.up", show=False, tooltip=N_("Back up")),
]


class FilesScreen(ListDetailPage):
    """One line a file; those that are not of Pix are folded into one, so that they drown nobody."""

    BINDINGS = _BINDINGS

    def __init__(self, folder: str, *, symbols: Symbols) -> None:
        super().__init__(_("Files of {folder}").format(folder=folder), symbols=symbols)
        self._folded = True
        self._lines = FileLines(symbols)

    def show(self) -> None:
        """Refused ones first, then those read in part, then the newest export."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        self.query_one("#counts", Static).update(_counts(snapshot))
        self._say(snapshot)
        lines = self._lines.of(snapshot.files, self.moment, self.text_width, folded=self._folded)
        # On the first line one follows what comes first; elsewhere one reads on.
        self.plain_list.replace(lines, at=self.plain_list.key if self.plain_list.highlighted else None)
        self.show_detail()

    def _say(self, snapshot: Snapshot) -> None:
        notices = Content("\n").join(
            [f"{self.symbols.warning} {shown(notice)}" for notice in snapshot.notices]
        )
        self.query_one("#notices", Static).update(notices)
        self.set_class(not snapshot.notices, "-no-notices")
        self.query_one("#none", Static).update(_("No file in this folder yet."))
        self.set_class(not snapshot.files, "-none")
        self.set_class(not snapshot.files, "-nothing")

    def show_detail(self) -> None:
        key, content = self.plain_list.key, Content("")
        if key == IGNORED:
            content = ignored_detail()
        elif (entry := self._entry(key)) is not None:
            behind = self.snapshot.clock_behind if self.snapshot else timedelta()
            content = file_detail(entry, self.moment + behind, self.text_width)
        self.query_one("#detail", Static).update(content)

    def _entry(self, name: str | None) -> FileEntry | None:
        files = self.snapshot.files if self.snapshot else ()
        return next((entry for entry in files if entry.name == name), None)

    def watch_moment(self, before: datetime, moment: datetime) -> None:
        """The age of an export, to the minute."""
        if before.replace(second=0) != moment.replace(second=0) and self.is_mounted and self.snapshot:
            self.show_detail()

    def on_plain_list_reached(self) -> None:
        """The details of another file, from their top."""
        self.query_one("#details").scroll_home(animate=False)
        self.show_detail()
        self.refresh_bindings()

    # -- gestures ----------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The list has its own keys until a file takes the whole screen."""
        if action == "scroll":
            return self._is_enlarged
        if action == "fold":
            files = self.snapshot.files if self.snapshot else ()
            return not self._is_enlarged and any(map(is_foreign, files))
        if action == "take_back":
            entry = self._entry(self.plain_list.key)
            return entry is not None and entry.status is FileStatus.READ and bool(entry.digest)
        if action == "undo":
            files = self.snapshot.files if self.snapshot else ()
            return any(entry.role is FileRole.TAKEN_BACK for entry in files)
        if action == "enlarge":
            return not self._is_enlarged and bool(self.snapshot and self.snapshot.files)
        return True

    @property
    def _is_enlarged(self) -> bool:
        return self.has_class("-enlarged")

    def action_enlarge(self) -> None:
        """The file alone; on the line of the ignored ones, all of them."""
        if self.plain_list.key == IGNORED:
            self.action_fold()
        elif self._entry(self.plain_list.key) is not None:
            self._enlarge(True)

    def action_leave(self) -> None:
        if self._is_enlarged:
            self._enlarge(False)
        else:
            self.dismiss()

    def _enlarge(self, enlarged: bool) -> None:
        self.set_class(enlarged, "-enlarged")
        self.set_focus(None if enlarged else self.plain_list)
        self.refresh_bindings()

    def action_fold(self) -> None:
        """Show the ignored files or hide them; the cursor goes to their line."""
        self._folded = not self._folded
        self.show()
        self.plain_list.go_to(IGNORED)

    def action_take_back(self) -> None:
        """The file under the cursor counts no more, or counts again."""
        entry = self._entry(self.plain_list.key)
        if entry is not None:
            self.post_message(FileTakenBack(entry.name, counts=entry.role is FileRole.TAKEN_BACK))

    def action_undo(self) -> None:
        self.post_message(FileUndoAsked())

    def action_scroll(self, lines: int) -> None:
        self.query_one("#details").scroll_relative(y=lines, animate=False)

    def on_plain_list_chosen(self, message: PlainList.Chosen) -> None:
        if message.key == IGNORED:
            self.action_fold()


def _counts(snapshot: Snapshot) -> str:
    read, ignored, refused = (
        snapshot.files_with(status) for status in (FileStatus.READ, FileStatus.IGNORED, FileStatus.REFUSED)
    )
    return _("Files: {read}, {ignored}, {refused}").format(
        read=ngettext("{n} read", "{n} read", read).format(n=read),
        ignored=ngettext("{n} ignored", "{n} ignored", ignored).format(n=ignored),
        refused=ngettext("{n} refused", "{n} refused", refused).format(n=refused),
    )
