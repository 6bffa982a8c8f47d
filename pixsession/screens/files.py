"""Every file of the folder: what it is, what was read, or why not; the refused ones first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pixsession.domain.display import shown
from pixsession.domain.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.domain.wording import export_words
from pixsession.i18n import N_, _, ngettext
from pixsession.screens.page import Page
from pixsession.widgets.filters import campaign_words
from pixsession.widgets.line import cut
from pixsession.widgets.plain_list import PlainList
from pixsession.widgets.signs import Signs

_ORDER = {FileStatus.REFUSED: 0, FileStatus.READ: 1, FileStatus.IGNORED: 2}
_STATUS_WORDS = {
    FileStatus.REFUSED: N_("refused"),
    FileStatus.READ: N_("read"),
    FileStatus.IGNORED: N_("ignored"),
}
_STATUS_SIGNS = {
    FileStatus.REFUSED: ("✖", "x", "bold $state-not-eligible"),
    FileStatus.READ: ("✔", "+", "$state-eligible"),
    FileStatus.IGNORED: ("–", "-", "$board-calm"),
}
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - Paris time without zone, as everywhere
_KIND_WORDS = {"profiles": N_("collection of profiles")}


class FilesScreen(Page):
    """Two lines a file: its name and fate, then what it holds or the cause."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f", "app.close_page", N_("back"), id="files.close", show=False, tooltip=N_("Back to the board")
        ),
    ]

    def __init__(self, folder: str, *, signs: Signs) -> None:
        super().__init__(_("Files of {folder}").format(folder=folder), signs=signs)

    def body(self) -> Iterable[Widget]:
        """How many of each, what is worth knowing of the road, then the files."""
        yield Static(id="counts", markup=False)
        yield Static(id="notices", markup=False)
        yield PlainList()

    def on_screen_resume(self) -> None:
        """The list has the keys."""
        self.query_one(PlainList).focus()

    def show(self) -> None:
        """Refused ones first, then the newest export."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        self.query_one("#counts", Static).update(_counts(snapshot))
        notices = Content("\n").join([f"{self.signs.warning} {shown(notice)}" for notice in snapshot.notices])
        self.query_one("#notices", Static).update(notices)
        self.query_one("#notices", Static).display = bool(snapshot.notices)
        entries = sorted(snapshot.files, key=_newest_first)
        width = self.size.width - 5  # the list's own margins and its scrollbar
        self.query_one(PlainList).replace([(entry.name, self._entry(entry, width)) for entry in entries])

    def _entry(self, entry: FileEntry, width: int) -> Content:
        sign, ascii_sign, colour = _STATUS_SIGNS[entry.status]
        name = "bold" if entry.status is FileStatus.REFUSED else ""
        words = f"{ascii_sign if self.signs.ascii_only else sign} {_(_STATUS_WORDS[entry.status])}"
        margin = max(len(f"{sign} {_(word)}") for word in _STATUS_WORDS.values()) + 2
        facts = [Content(" " * margin) + line for line in self._facts(entry).wrap(width - margin)]
        file = cut(Content.styled(shown(entry.name), name), width - margin, self.signs.cut)
        return Content("\n").join([Content.styled(words.ljust(margin), colour) + file, *facts])

    def _facts(self, entry: FileEntry) -> Content:
        if entry.status is not FileStatus.READ:
            cause = shown(entry.message or "", 400) or "—"
            return Content.styled(cause, "" if entry.status is FileStatus.REFUSED else "$board-calm")
        parts = [_(_KIND_WORDS[entry.kind]) if entry.kind in _KIND_WORDS else shown(entry.kind or "")]
        if entry.campaign:
            parts.append(campaign_words(entry.campaign))
        if entry.exported_at:
            parts.append(export_words(entry.exported_at, self.moment))
        parts.append(ngettext("{n} line", "{n} lines", entry.rows).format(n=entry.rows))
        if not entry.present:
            parts.append(_("deleted since, kept here"))
        if entry.message:
            parts.append(shown(entry.message, 400))
        return Content.styled(f" {self.signs.point} ".join(parts), "$board-calm")


def _counts(snapshot: Snapshot) -> str:
    read, ignored, refused = (
        snapshot.files_with(status) for status in (FileStatus.READ, FileStatus.IGNORED, FileStatus.REFUSED)
    )
    return _("Files: {read}, {ignored}, {refused}").format(
        read=ngettext("{n} read", "{n} read", read).format(n=read),
        ignored=ngettext("{n} ignored", "{n} ignored", ignored).format(n=ignored),
        refused=ngettext("{n} refused", "{n} refused", refused).format(n=refused),
    )


def _newest_first(entry: FileEntry) -> tuple[int, float, str]:
    age = -(entry.exported_at - _EPOCH).total_seconds() if entry.exported_at else 0.0
    return _ORDER[entry.status], age, entry.name
