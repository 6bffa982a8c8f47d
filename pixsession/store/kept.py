"""What this computer keeps, dossier by dossier, and forgetting it: a whole dossier, or one student."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.people.students import name_key
from pixsession.foundation.atomic import write_whole
from pixsession.foundation.clock import from_timestamp
from pixsession.foundation.errors import NotPix, PixSessionError, UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.readers import export_of
from pixsession.readers.recognise import recognise
from pixsession.store.dossier import Dossier, KeptExport, description_of
from pixsession.store.open_boards import Watched, is_open, watched_by

# A dossier that is being deleted has this name already: a board that opens meanwhile makes a new one.
_LEAVING = ".leaving-"
_MADE_ANEW = ("board.duckdb*", "damaged.duckdb*", ".*.part")  # all of it comes from the exports kept
_NOTES = ("session.json",)


class KeptDossier(NamedTuple):
    """One dossier: what it is about (None: it does not say), its newest change, its bytes, its students."""

    folder: Path
    watched: Watched | None
    changed_at: datetime
    size: int
    exports: int
    students: frozenset[tuple[str, str]]  # last and first name as Pix wrote them

    @property
    def name(self) -> str:
        """The folder or session file that it was kept for, else its own name; fit to be shown."""
        return shown(self.watched.path if self.watched else self.folder.name, 1000)


def kept_dossiers(state_folder: Path) -> tuple[KeptDossier, ...]:
    """Every dossier, the one changed last first; raises PixSessionError where they may not be read."""
    try:
        folders = [path for path in (state_folder / "dossiers").iterdir() if path.is_dir()]
    except FileNotFoundError:
        return ()
    except OSError as error:
        words = _("{folder} cannot be read ({cause}).")
        where = shown(str(state_folder), 1000)
        raise PixSessionError(words.format(folder=where, cause=cause_words(error))) from None
    found = [_kept(folder) for folder in folders]
    return tuple(sorted(found, key=lambda kept: (kept.changed_at, kept.folder.name), reverse=True))


def newest_change(dossier: Path) -> datetime:
    """When something was last written into a dossier."""
    return max(from_timestamp(status.st_mtime) for _path, status in _files(dossier, with_folder=True))


def has_words(text: str, words: frozenset[str]) -> bool:
    """Whether all these words (see `name_key`) stand in a text, in any order."""
    return words <= set(name_key(text).split())


def delete_dossier(folder: Path) -> None:
    """Delete a dossier; raises PixSessionError under an open board, and where something could not go."""
    try:
        if is_open(folder):
            raise PixSessionError(_("a board is open on this folder: close it first."))
        leaving = folder.with_name(f"{_LEAVING}{folder.name}")
        shutil.rmtree(leaving, ignore_errors=True)
        folder.replace(leaving)
        shutil.rmtree(leaving)
    except OSError as error:
        words = _("not everything could be deleted ({cause}); what is left is in {folder}.")
        where = shown(str(folder.parent), 1000)
        raise PixSessionError(words.format(cause=cause_words(error), folder=where)) from None


def erase_student(folder: Path, words: frozenset[str]) -> None:
    """Take everybody whose name has all these words out of a dossier: exports, gestures, notes, databases.

    The exports are then others, and the board is built of them anew. Raises PixSessionError under an open
    board, and where something could not be written.
    """
    try:
        if is_open(folder):
            raise PixSessionError(_("a board is open on this folder: close it first."))
        digests = _erased_exports(folder, words)
        for journal in sorted((folder / "journal").glob("*.jsonl")):
            _erase_lines(journal, words, digests)
        for name in _NOTES:
            _erase_notes(folder / name, words)
        for pattern in _MADE_ANEW:
            for path in folder.glob(pattern):
                path.unlink()
    except OSError as error:
        sentence = _("not everything could be deleted ({cause}); what is left is in {folder}.")
        where = shown(str(folder), 1000)
        raise PixSessionError(sentence.format(cause=cause_words(error), folder=where)) from None


def _kept(folder: Path) -> KeptDossier:
    exports = Dossier(folder).kept()
    students = frozenset(student for export in exports for student in _students(export))
    size = sum(status.st_size for _path, status in _files(folder))
    return KeptDossier(folder, watched_by(folder), newest_change(folder), size, len(exports), students)


def _files(folder: Path, *, with_folder: bool = False) -> Iterator[tuple[Path, os.stat_result]]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    for path in (folder, *paths) if with_folder else paths:
        with suppress(OSError):  # a board that is open makes and deletes files
            yield path, path.stat()


def _students(export: KeptExport) -> Iterator[tuple[str, str]]:
    content = export.content()
    if content is None:
        return
    with suppress(NotPix, UnreadableExport):
        contents = export_of(content, export.file).contents
        for line in (*contents.participations, *contents.assessments):
            yield line.last_name, line.first_name


def _erased_exports(folder: Path, words: frozenset[str]) -> dict[str, str]:
    """Each digest that has become another one, and which."""
    replaced: dict[str, str] = {}
    for kept in Dossier(folder).kept():
        content = kept.content()
        without = None if content is None else _without(content, words)
        if without is not None and without == content:
            continue
        kept.path.with_name(f"{kept.stem}.json").unlink()
        if without is not None:
            digest = hashlib.sha256(without).hexdigest()
            name, description = description_of(digest, kept.file)
            write_whole(kept.path.with_name(f"{digest}.csv"), without)
            write_whole(kept.path.with_name(name), description)
            replaced[kept.digest] = digest
    # What was replaced, half written, or has lost its description: nobody knows whose names it holds.
    described = {kept.path.name for kept in Dossier(folder).kept()}
    for path in (folder / "exports").glob("*"):
        if path.suffix != ".json" and path.name not in described:
            path.unlink()
    return replaced


def _without(content: bytes, words: frozenset[str]) -> bytes:
    """An export without the lines of these students, every other byte as it is."""
    found = recognise(content)
    text = content.decode(found.encoding)
    stream = io.StringIO(text, newline="")
    lines: list[str] = []

    def noted() -> Iterator[str]:
        for line in stream:
            lines.append(line)
            yield line

    left = []
    for row in csv.reader(noted(), delimiter=found.delimiter):
        if not has_words(" ".join(row), words):
            left += lines
        lines.clear()
    return "".join(left).encode(found.encoding)


def _erase_lines(journal: Path, words: frozenset[str], digests: dict[str, str]) -> None:
    text = journal.read_text(encoding="utf-8", errors="surrogateescape")
    left = "".join(line for line in text.splitlines(keepends=True) if not _speaks_of(line, words))
    for old, new in digests.items():  # a file that was taken back stays so
        left = left.replace(old, new)
    if left != text:
        write_whole(journal, left.encode("utf-8", errors="surrogateescape"))


def _speaks_of(line: str, words: frozenset[str]) -> bool:
    try:
        return has_words(" ".join(_texts(json.loads(line))), words)
    except ValueError:
        return has_words(line, words)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _erase_notes(path: Path, words: frozenset[str]) -> None:
    """Take whoever is named out of the lists of those who were called; a damaged note goes whole."""
    if not path.exists():
        return
    try:
        record = json.loads(path.read_bytes())
        lessons = record.get("lessons", [])
        for one in lessons:
            if isinstance(one.get("called"), list):
                one["called"] = [who for who in one["called"] if not has_words(" ".join(_texts(who)), words)]
    except (ValueError, AttributeError):
        path.unlink()
    else:
        write_whole(path, json.dumps(record).encode())
