"""The first line of the board: its campaigns or what is supervised, and the files read and refused."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.board.filters import Filters
from pixsession.ui.board.mode import ModeOf
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.common.title_line import TitleLine

# Columns that there have to be.
_ROOM_FOR_POSTS, _ROOM_FOR_FILES, _ROOM_FOR_CLOCK = 100, 140, 11


class BoardTitle(TitleLine):
    """The title of the board: its campaigns, and the files that were read and refused."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)
    filters: reactive[Filters] = reactive(Filters(), repaint=False)

    def __init__(self, mode_of: ModeOf, *, demo: bool, symbols: Symbols) -> None:
        super().__init__(symbols=symbols)
        self._mode_of = mode_of
        self._demo = demo

    def watch_snapshot(self) -> None:
        self.rewrite()

    def watch_filters(self) -> None:
        self.rewrite()

    def _title(self, room: int) -> Content:
        titles = self._titles()
        return Content.styled(next((one for one in titles if cell_len(one) <= room), titles[-1]), "bold")

    def _titles(self) -> Sequence[str]:
        titles = self._mode_of(self.snapshot).titles(self.snapshot, self.filters, self._symbols)
        return [_("demonstration: {name}").format(name=name) if self._demo else name for name in titles]

    def _facts(self, width: int) -> Content:
        snapshot = self.snapshot
        if snapshot is None:
            return Content("")
        posts, files = self._posts(snapshot, width), self._files(snapshot, width)
        parts = self._titles()[0], posts.plain, files.plain, self.freshness.words
        # What is supervised, and its campaign, are worth more than how many files were read.
        if self._mode_of(snapshot).is_supervised and sum(map(cell_len, parts)) > width - _ROOM_FOR_CLOCK:
            files = self._files(snapshot, 0)
        return posts + files

    def _posts(self, snapshot: Snapshot, width: int) -> Content:
        """Of a shared session, who is there; a share that is away is said whatever the width."""
        if snapshot.share is None:
            return Content("")
        from pixsession.domain.share.words import posts_words  # noqa: PLC0415 - (d): as all of sharing

        words = posts_words(snapshot.share, self.moment or snapshot.built_at, short=width < _ROOM_FOR_POSTS)
        away = snapshot.share.away_since is not None or bool(snapshot.share.fault)
        return Content.assemble(f" {self._symbols.point} ", (words, "bold $state-to-check" if away else ""))

    def _files(self, snapshot: Snapshot, width: int) -> Content:
        if not snapshot.files:
            return Content("")
        read = snapshot.files_with(FileStatus.READ)
        refused = snapshot.files_with(FileStatus.REFUSED)
        words = (
            ngettext("{n} file read", "{n} files read", read)
            if width >= 100
            else ngettext("{n} file", "{n} files", read)
        )
        parts = []
        # A feed in trouble needs the room of a narrow line for its own words.
        supervised = self._mode_of(snapshot).is_supervised
        shared = snapshot.share is not None and width < _ROOM_FOR_FILES
        if read and not shared and (width >= 100 or (self.freshness.is_live and not supervised)):
            parts.append(Content.styled(words.format(n=read), "dim"))
        if refused:
            text = ngettext("{n} refused", "{n} refused", refused).format(n=refused)
            # On a head in colour the text has one colour only.
            parts.append(Content.styled(text, "bold $state-to-check" if self.freshness.is_live else "bold"))
        return (
            Content.assemble(f" {self._symbols.point} ", Content(", ").join(parts)) if parts else Content("")
        )
