"""The board once as plain text: the facts of the screen in its order, one student a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from pixsession.domain.board.changes import Delta
from pixsession.domain.board.snapshot import BoardRow, Campaign, FileEntry, FileStatus, Snapshot
from pixsession.domain.board.wording import (
    change_sentence,
    change_time,
    counted_state,
    delta_words,
    dots,
    export_words,
    from_words,
    hidden_words,
    nearest_words,
    sent_words,
    state_symbol,
    state_word,
)
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown

WIDEST_NAME = 30  # a longer name pushes its own line, not everybody's
MOST_IGNORED = 10  # a downloads folder may hold hundreds of files that are nobody's business here

_COLOURS = {
    Eligibility.NOT_ELIGIBLE: "1;31",
    Eligibility.TO_CHECK: "1;33",
    Eligibility.NOT_SENT: "36",
    Eligibility.NOT_IN_EXPORT: "35",
    Eligibility.ELIGIBLE: "32",
}
_GAP = "  "
# Symbols only: letters with accents are in every font that shows French.
_SYMBOLS_IN_ASCII = str.maketrans({"−": "-", "→": ">", "…": "...", "—": "-", "\xa0": " ", "\u202f": " "})


class _Detail(NamedTuple):
    """How much each line says: the width decides."""

    with_dots: bool
    nearest: int


# From the most that is said to the least; the first one that fits is taken.
_DETAILS = (_Detail(True, 3), _Detail(True, 2), _Detail(False, 2), _Detail(False, 1))
_WHEN_NOTHING_FITS = _Detail(False, 2)


def board_text(snapshot: Snapshot, now: datetime, *, width: int, ascii_only: bool, colour: bool) -> str:
    """The whole board, worst first, ending with a line break.

    `width` decides how much each line says; a line that holds more is left long, never cut.
    """
    parts = [_head(snapshot, now), _body(snapshot, now, width, ascii_only, colour), _files(snapshot)]
    text = "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"
    return in_ascii(text) if ascii_only else text


def changes_text(snapshot: Snapshot, now: datetime, *, ascii_only: bool) -> str:
    """The log of changes, oldest first, one change a line; empty when there is none."""
    lines = [f"{change_time(change, now)}{_GAP}{change_sentence(change)}\n" for change in snapshot.changes]
    return in_ascii("".join(lines)) if ascii_only else "".join(lines)


def in_ascii(text: str) -> str:
    """The text with the signs of this module that old terminals lack written otherwise."""
    return text.translate(_SYMBOLS_IN_ASCII)


def _head(snapshot: Snapshot, now: datetime) -> list[str]:
    names = ", ".join(_campaign_words(campaign) for campaign in snapshot.campaigns)
    lines = [names] if names else []
    now_true = now + snapshot.clock_behind
    lines.append(export_words(snapshot.newest_export_at, now_true, has_stamp=snapshot.newest_has_stamp))
    if snapshot.folder_missing_since is not None:
        since = from_words(snapshot.folder_missing_since, now)
        lines.append(_("folder not found since {time}, last view kept").format(time=since))
    if snapshot.rows:
        total = len(snapshot.rows)
        words = [counted_state(state, snapshot.counts.get(state, 0)) for state in _shown_states(snapshot)]
        words.append(ngettext("{n} student", "{n} students", total).format(n=total))
        lines.append(", ".join(words))
    if snapshot.hidden:
        lines.append(hidden_campaigns(snapshot))
    lines.extend(shown(notice) for notice in snapshot.notices)
    return lines


def hidden_campaigns(snapshot: Snapshot) -> str:
    """The campaigns that are kept off the board, and how to see them from the command line."""
    return _("{campaigns} (--all shows them)").format(campaigns=shown(hidden_words(snapshot.hidden), 400))


def _campaign_words(campaign: Campaign) -> str:
    name = shown(campaign.name)
    return f"{name} ({shown(campaign.code)})" if campaign.code else name


def _shown_states(snapshot: Snapshot) -> list[Eligibility]:
    return [state for state in Eligibility if snapshot.counts.get(state, 0)]


def _body(snapshot: Snapshot, now: datetime, width: int, ascii_only: bool, colour: bool) -> list[str]:
    if not snapshot.rows:
        return _nobody(snapshot)
    for detail in (*_DETAILS, _WHEN_NOTHING_FITS):
        table = [_cells(row, snapshot, now, detail, ascii_only) for row in snapshot.rows]
        widths = _widths([_titles(), *table])
        if sum(widths[:-1]) + len(_GAP) * (len(widths) - 2) <= width:
            break  # what changed comes last, on few lines: it decides nothing
    lines = [_line(_titles(), widths)]
    for row, cells in zip(snapshot.rows, table, strict=True):
        line = _line(cells, widths, _COLOURS[row.eligibility] if colour else "")
        lines.append(line + _doubts(row))
    return lines


def _nobody(snapshot: Snapshot) -> list[str]:
    if snapshot.files_with(FileStatus.READ):
        return [_("No student in the exports of this folder.")]
    return [
        _("No Pix export in this folder yet."),
        f"1. {_('In Pix Orga, open the campaign that collects profiles.')}",
        f"2. {_('Click on “Exporter les résultats (.csv)”.')}",
        f"3. {_('Save the file in {folder}').format(folder=shown(snapshot.folder))}",
    ]


def _titles() -> tuple[str, ...]:
    return (_("State"), _("Student"), _("Class"), _("Comp."), _("Pix"), _("Nearest"), _("Profile"), "")


# Numbers end under one another.
_TO_THE_RIGHT = frozenset({3, 4})


def _cells(
    row: BoardRow, snapshot: Snapshot, now: datetime, detail: _Detail, ascii_only: bool
) -> tuple[str, ...]:
    verdict = row.verdict
    count, wanted = verdict.eligible_competences, snapshot.rule.min_competences
    progress = "" if count is None else f"{count:>2}/{wanted}"
    if count is not None and detail.with_dots:
        progress = f"{dots(count, wanted, ascii_only=ascii_only)} {progress}"
    return (
        f"{state_symbol(row.eligibility, ascii_only=ascii_only)} {state_word(row.eligibility)}",
        row.shown_name,
        row.shown_place,
        progress,
        "" if row.pix is None else str(row.pix),
        nearest_words(verdict.nearest, detail.nearest),
        sent_words(row.sent_at, now),
        delta_words(row.delta, ascii_only=ascii_only) if row.delta and _is_news(row.delta, snapshot) else "",
    )


def _is_news(delta: Delta, snapshot: Snapshot) -> bool:
    """A board that was open for hours still carries what older exports changed: that is no news."""
    return snapshot.newest_export_at is None or delta.at >= snapshot.newest_export_at


def _widths(table: Sequence[tuple[str, ...]]) -> list[int]:
    widths = [max(map(cell_length, column)) for column in zip(*table, strict=True)]
    names = [cell_length(cells[1]) for cells in table]
    widths[1] = max(length for length in names if length <= WIDEST_NAME)
    return widths


def _line(cells: tuple[str, ...], widths: Sequence[int], colour: str = "") -> str:
    padded = []
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        blank = " " * max(0, width - cell_length(cell))
        padded.append(blank + cell if column in _TO_THE_RIGHT else cell + blank)
    line = _GAP.join(padded).rstrip()
    state = padded[0].rstrip()
    return f"\x1b[{colour}m{state}\x1b[0m{line[len(state) :]}" if colour else line


@lru_cache(maxsize=8192)
def cell_length(text: str) -> int:
    """Columns of the terminal that this text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


def _doubts(row: BoardRow) -> str:
    sentences = _("; ").join(shown(reason.sentence()) for reason in row.verdict.reasons)
    return f"{_GAP}({sentences})" if sentences else ""


def _files(snapshot: Snapshot) -> list[str]:
    if not snapshot.files:
        return []
    read, ignored, refused = (snapshot.files_with(status) for status in FileStatus)
    lines = [
        _("Files: {read}, {ignored}, {refused}").format(
            read=ngettext("{n} read", "{n} read", read).format(n=read),
            ignored=ngettext("{n} ignored", "{n} ignored", ignored).format(n=ignored),
            refused=ngettext("{n} refused", "{n} refused", refused).format(n=refused),
        )
    ]
    lines += [_file_words(entry, _("refused")) for entry in _with_status(snapshot, FileStatus.REFUSED)]
    unknown = _with_status(snapshot, FileStatus.IGNORED)
    lines += [_file_words(entry, _("ignored")) for entry in unknown[:MOST_IGNORED]]
    if (more := len(unknown) - MOST_IGNORED) > 0:
        lines.append(ngettext("… and {n} more ignored", "… and {n} more ignored", more).format(n=more))
    return lines


def _with_status(snapshot: Snapshot, status: FileStatus) -> list[FileEntry]:
    return [entry for entry in snapshot.files if entry.status is status]


def _file_words(entry: FileEntry, fate: str) -> str:
    name = shown(entry.name)
    if entry.message:
        name = _("{name}: {cause}").format(name=name, cause=shown(entry.message))
    return f"{fate}{_GAP}{name}"
