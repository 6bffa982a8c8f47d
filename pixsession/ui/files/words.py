"""A file of the folder in words: its line in the list, and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content

from pixsession.domain.board.file_kinds import FILE_KINDS, file_kind_words
from pixsession.domain.board.snapshot import FileEntry, FileRole, FileStatus
from pixsession.domain.board.wording import age_words, full_moment_words, moment_words
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.board.filters import campaign_words
from pixsession.ui.common.line import cut, cut_middle, justified
from pixsession.ui.common.symbols import Symbols

CREDENTIALS = "credentials"
# Word, sign, sign in ASCII, colour.
_FATES = {
    "refused": (N_("refused"), "✖", "x", "bold $state-not-eligible"),
    "partly": (N_("partly read"), "⚠", "!", "$state-to-check"),
    "read": (N_("read"), "✔", "+", "$state-eligible"),
    "off": (N_("not counted"), "⊘", "o", "$board-calm"),
    "ignored": (N_("ignored"), "–", "-", "$board-calm"),
}
_OFF_THE_BOARD = {FileRole.EARLIER_YEAR, FileRole.OTHER_ORGANISATION, FileRole.PART, FileRole.TAKEN_BACK}
_ROOM_FOR_TIME, _ROOM_FOR_CAMPAIGN = 92, 115  # cells of a line
_MOST_WORDS = 400  # letters of a sentence


def fate_of(entry: FileEntry) -> str:
    """What became of it, "partly" where lines were left out; the order of `FATES` is that of need."""
    if entry.status is FileStatus.READ and entry.role in _OFF_THE_BOARD:
        return "off"
    return "partly" if entry.status is FileStatus.READ and entry.rejects else str(entry.status)


FATES = tuple(_FATES)


def kind_words(entry: FileEntry) -> str:
    """The kind of a file in words of teachers; empty where it is not known at all."""
    kind = entry.kind or ""
    return file_kind_words(kind) or shown(kind, 40)


def fate_words(fate: str, symbols: Symbols) -> Content:
    """Sign and word in the colour of the fate, all of one width."""
    word, sign, ascii_sign, colour = _FATES[fate]
    width = max(len(_(words[0])) for words in _FATES.values())
    text = f"{ascii_sign if symbols.ascii_only else sign} {_(word).ljust(width)}"
    return Content.styled(text, colour)


def file_line(entry: FileEntry, now: datetime, width: int, symbols: Symbols) -> Content:
    """Fate, name, kind; campaign and time where there is room. The name gives way in its middle."""
    fate = fate_words(fate_of(entry), symbols) + "  "
    columns = [kind_words(entry)]
    if width >= _ROOM_FOR_TIME:
        when = moment_words(entry.exported_at, now) if entry.exported_at else ""
        columns = [columns[0].ljust(max(len(file_kind_words(kind)) for kind in FILE_KINDS)), when.rjust(8)]
    if width >= _ROOM_FOR_CAMPAIGN:
        campaign = cut(campaign_words(entry.campaign), 26, symbols.cut) if entry.campaign else Content("")
        columns.insert(1, campaign.plain + " " * (26 - campaign.cell_length))
    right = Content.styled("  ".join(columns), "$board-calm")
    room = width - fate.cell_length
    style = "bold" if entry.status is FileStatus.REFUSED else ""
    name = cut_middle(shown(entry.name), room - right.cell_length - 2 * bool(right), symbols.cut)
    return fate + justified(Content.styled(name, style), right, room, symbols.cut)


def is_foreign(entry: FileEntry) -> bool:
    """Whether a file is neither of Pix nor a list; one that a lesson leaves out is, and says why."""
    return entry.status is FileStatus.IGNORED and entry.kind is None


def ignored_line(count: int, width: int, symbols: Symbols, *, folded: bool) -> Content:
    """One line for all the files that are not Pix's."""
    words = ngettext("{n} file that is not of Pix", "{n} files that are not of Pix", count).format(n=count)
    key = _("i: show") if folded else _("i: hide")
    fate = fate_words("ignored", symbols) + "  "
    right = Content.styled(key, "$board-calm")
    return fate + justified(
        Content.styled(words, "$board-calm"), right, width - fate.cell_length, symbols.cut
    )


def ignored_detail() -> Content:
    """What it means that files are ignored."""
    words = _("These files are not of Pix: there is nothing to do.")
    return Content.styled(words, "$board-calm")


def file_detail(entry: FileEntry, now: datetime, width: int) -> Content:
    """All that is known of a file, one fact a line, each wrapped under its label."""
    name = Content.styled(shown(entry.name, _MOST_WORDS), "bold")
    facts = [*_cause(entry), *_facts(entry, now)]
    margin = max((len(label) for label, _text in facts), default=0) + 2
    lines = list(name.wrap(width))
    for label, text in facts:
        for number, line in enumerate(text.wrap(max(10, width - margin))):
            head = Content.styled((label if not number else "").ljust(margin), "$board-calm")
            lines.append(head + line)
    return Content("\n").join(lines)


def _cause(entry: FileEntry) -> Iterable[tuple[str, Content]]:
    if entry.status is FileStatus.READ:
        return
    refused = entry.status is FileStatus.REFUSED
    if entry.kind == CREDENTIALS:
        words = _("Delete this file: it holds passwords of students. Nothing of it was read or kept.")
        yield _("Do"), Content.styled(words, "bold $state-not-eligible")
    if entry.message:
        colour = "$state-not-eligible" if refused else ""
        yield _("Cause"), Content.styled(shown(entry.message, _MOST_WORDS), colour)
    if refused and entry.kind != CREDENTIALS:
        yield _("Do"), Content(_("Mend it or download it again: it will be read again by itself."))


def _facts(entry: FileEntry, now: datetime) -> Iterable[tuple[str, Content]]:
    if kind := kind_words(entry):
        yield _("Kind"), Content(kind)
    if entry.campaign:
        code = shown(entry.campaign.code or "")
        name = campaign_words(entry.campaign)
        yield _("Campaign"), Content(f"{name} ({code})" if code and code != name else name)
    if entry.exported_at and entry.status is not FileStatus.IGNORED:
        moment = full_moment_words(entry.exported_at, now)
        yield _("Date"), Content(f"{moment}, {age_words(entry.exported_at, now)}")
    if entry.status is FileStatus.READ:
        yield _("Content"), Content(_line_counts(entry))
    if not entry.present:
        yield _("Folder"), Content(_("deleted since, kept here"))
    # The message of a file that was read is mostly its notes in one line: nothing is told twice.
    is_told = entry.status is not FileStatus.READ or entry.message in {None, " · ".join(entry.notes)}
    for note in entry.notes if is_told else (entry.message or "", *entry.notes):
        yield _("Guessed"), Content.styled(shown(note, _MOST_WORDS), "$state-to-check")
    for line, cause in entry.rejects:
        yield _("Line {n}").format(n=line), Content.styled(shown(cause, _MOST_WORDS), "$state-to-check")


def _line_counts(entry: FileEntry) -> str:
    read = ngettext("{n} line", "{n} lines", entry.rows).format(n=entry.rows)
    if not entry.rejects:
        return read
    count = len(entry.rejects)
    return f"{read}, {ngettext('{n} left out', '{n} left out', count).format(n=count)}"
