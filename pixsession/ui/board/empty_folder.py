"""What stands in the place of the table when there is nothing to show, and what to do then."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from pixsession.domain.board.snapshot import FileEntry, FileStatus, Snapshot
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.line import clickable

_MOST_REFUSED = 3


def folder_words(folder: str, home: str) -> str:
    """A folder as people write it, fit to be painted."""
    inside = home and (folder == home or folder.startswith((home + "/", home + "\\")))
    return shown(f"~{folder[len(home) :]}" if inside else folder)


class EmptyFolder(Static):
    """In words: where to click in Pix Orga, where to save, and what was not understood."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)

    def __init__(self, folder: str, mode_of: ModeOf) -> None:
        super().__init__("", markup=False)
        self.auto_links = False
        self._folder = folder
        self._mode_of = mode_of
        self._written = Content("")

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Another reason to be empty; the same one is not laid out again behind a full board."""
        content = self._content(snapshot)
        if not content.is_same(self._written):
            self._written = content
            self.update(content)

    def _content(self, snapshot: Snapshot | None) -> Content:
        if snapshot is None:
            return Content(_("Reading the folder {folder}…").format(folder=self._folder))
        if snapshot.rows:
            return Content.assemble(_("No student with these filters."), "\n\n", _("esc: see more of them"))
        return Content("\n").join([*self._head(snapshot), *self._guide(snapshot), *self._others(snapshot)])

    def _head(self, snapshot: Snapshot) -> list[Content | str]:
        refused = [entry for entry in snapshot.files if entry.status is FileStatus.REFUSED]
        if snapshot.results:
            words = _("This folder holds certification results, and no student's profile.")
            return [
                Content.styled(words, "bold"),
                "",
                clickable(_("B: see their bilan"), "app.page('results')"),
                "",
            ]
        if snapshot.files_with(FileStatus.READ):
            return [Content.styled(self._mode_of(snapshot).nobody_words(), "bold"), ""]
        if not refused:
            return [Content.styled(_("No Pix export in this folder yet."), "bold"), ""]
        head = ngettext(
            "{n} Pix file in this folder, and it cannot be read.",
            "{n} Pix files in this folder, and none can be read.",
            len(refused),
        )
        lines: list[Content | str] = [
            Content.styled(head.format(n=len(refused)), "bold $state-not-eligible"),
            "",
        ]
        for entry in refused[:_MOST_REFUSED]:
            lines += [*_refusal(entry), ""]
        return lines

    def _guide(self, snapshot: Snapshot) -> list[Content | str]:
        return [
            f"1. {self._mode_of(snapshot).campaign_to_open_words()}",
            f"2. {_('Click on “Exporter les résultats (.csv)”.')}",
            Content.assemble(f"3. {_('Save the file in')} ", (self._folder, "bold")),
            "",
            _("The board shows by itself as soon as the file is there."),
            "",
        ]

    def _others(self, snapshot: Snapshot) -> list[Content | str]:
        ignored = snapshot.files_with(FileStatus.IGNORED)
        refused = snapshot.files_with(FileStatus.REFUSED)
        lines: list[Content | str] = []
        if not self._mode_of(snapshot).is_supervised:  # there the letter starts a test
            lines = [clickable(_("d: see a demonstration"), "app.demo", "$board-calm")]
        if ignored or refused:
            words = ngettext(
                "f: {n} file of this folder was left aside, see why",
                "f: {n} files of this folder were left aside, see why",
                ignored + refused,
            )
            lines.insert(0, clickable(words.format(n=ignored + refused), "app.page('files')", "$board-calm"))
        return lines


def _refusal(entry: FileEntry) -> list[Content | str]:
    return [Content.styled(shown(entry.name), "bold"), f"  {shown(entry.message or '', 300)}"]
