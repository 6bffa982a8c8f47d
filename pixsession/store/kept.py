"""What this computer keeps, dossier by dossier, and forgetting it: a whole dossier, or one student."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from codecs import BOM_UTF16_BE
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pixsession.domain.lesson.calendar import CampaignLine, assessed_line, collected_line, tallies_of
from pixsession.domain.people.students import name_key
from pixsession.foundation.atomic import write_whole
from pixsession.foundation.encoded_twice import repaired
from pixsession.foundation.errors import NotPix, PixSessionError, UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.foundation.retention import files_of, newest_change
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown
from pixsession.readers import export_of
from pixsession.readers.campaign.labels import COLUMN_OF, Column, label_key
from pixsession.readers.document import PACKED_STARTS
from pixsession.readers.recognise import recognise
from pixsession.store.dossier import Dossier, KeptExport, description_of
from pixsession.store.journal_lines import with_words
from pixsession.store.open_boards import Watched, is_open, watched_by
from pixsession.store.session_notes import names_noted, note_narrowed, own_names

# A dossier that is being deleted has this name already: a board that opens meanwhile makes a new one.
_LEAVING = ".leaving-"
_MADE_ANEW = ("board.duckdb*", "damaged.duckdb*", ".*.part")  # all of it comes from the exports kept
_NOTES = "session.json"
_NAMES = (Column.LAST_NAME, Column.FIRST_NAME)
_ENOUGH_WORDS = 2  # of a name in common: files write one student in many ways


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


class Holdings(NamedTuple):
    """What a dossier holds about one student: names as Pix wrote them, files, gestures, lessons called to."""

    names: tuple[tuple[str, str], ...]
    exports: tuple[str, ...]
    gestures: int
    calls: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held at all."""
        return not (self.names or self.exports or self.gestures or self.calls)


def remains(state_folder: Path) -> Iterator[Path]:
    """Every dossier, and what is left of those that could not be deleted whole."""
    with suppress(OSError):
        yield from sorted(path for path in (state_folder / "dossiers").iterdir() if path.is_dir())


def holdings_about(folder: Path, words: frozenset[str]) -> Holdings:
    """What a dossier holds about whoever has all these words (see `name_key`) in the name."""
    names = {who for who in names_noted(folder) if has_words(" ".join(who), words)}
    exports = dict[str, None]()  # a file may have been kept many times under one name
    for kept in Dossier(folder).kept():
        if found := {who for who in _students(kept) if has_words(" ".join(who), words)}:
            names |= found
            exports[kept.file.name] = None
    lines = [line for path in _journals(folder) for line in _text_of(path).splitlines()]
    lessons = _lessons(folder / _NOTES)
    return Holdings(
        tuple(sorted(names)),
        tuple(exports),
        sum(_speaks_of(line, words) for line in lines),
        sum(any(_is_about(who, words) for who in one["called"]) for one in lessons),
    )


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


def has_words(text: str, words: frozenset[str]) -> bool:
    """Whether all these words (see `name_key`) stand in a text, in any order."""
    return words <= _words_of(text)


def delete_dossier(folder: Path) -> None:
    """Delete a dossier; raises PixSessionError under an open board, and where something could not go."""
    try:
        if is_open(folder):
            raise PixSessionError(_("a board is open on this folder: close it first."))
        leaving = folder.with_name(f"{_LEAVING}{folder.name.removeprefix(_LEAVING)}")
        if folder != leaving:
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
    with _changed(folder):

        def is_forgotten(text: str) -> bool:
            return has_words(text, words)

        digests = _erased_exports(folder, is_forgotten)
        for journal in _journals(folder):
            _erase_lines(journal, is_forgotten, digests)
        _erase_notes(folder / _NOTES, is_forgotten)
        _drop_databases(folder)


def erase_others(folder: Path, taken_back: Collection[str]) -> None:
    """Take everybody out of the exports of a session whom it neither called nor speaks of in its gestures.

    Whoever shares two words of a name with one of them stays: two files may write one student so. Exports
    `taken_back`, by digest, go whole: nothing else tells that they do not count. Raises PixSessionError as
    `erase_student`, and where the session calls everybody.
    """
    own = [_words_of(f"{last} {first}") for last, first in own_names(folder)]
    if not own:
        raise PixSessionError(_("nobody is noted as called: it is not known who the others are."))
    with _changed(folder):
        spoken = [_words_in(line) for path in _journals(folder) for line in _text_of(path).splitlines()]

        @cache
        def is_own(words: frozenset[str]) -> bool:
            alike = (len(words & one) >= min(_ENOUGH_WORDS, len(words), len(one)) for one in own if one)
            return any(alike) or any(words <= line for line in spoken)

        _narrow_exports(folder, lambda name: not is_own(_words_of(name)), taken_back)
        _drop_databases(folder)
        note_narrowed(folder)


def _narrow_exports(folder: Path, is_other: Callable[[str], bool], taken_back: Collection[str]) -> None:
    for kept in Dossier(folder).kept():
        content = None if kept.digest in taken_back else kept.content()
        without = None if content is None else _without(content, kept, is_other, keeps_workbooks=True)
        if without is None or without != content:
            classes = kept.classes if kept.is_narrowed or without is None else tallies_of(_lines(kept))
            _replace(kept._replace(is_narrowed=True, classes=classes), without)
    _sweep(folder)


@contextmanager
def _changed(folder: Path) -> Iterator[None]:
    """Nothing under an open board, nor of a shared session; an error of the disk in words."""
    if "-shared-" in folder.name:
        raise PixSessionError(
            _("a shared session: other computers would bring the name back. Delete it whole: purge FILE.")
        )
    try:
        if is_open(folder):
            raise PixSessionError(_("a board is open on this folder: close it first."))
        yield
    except OSError as error:
        sentence = _("not everything could be deleted ({cause}); what is left is in {folder}.")
        where = shown(str(folder), 1000)
        raise PixSessionError(sentence.format(cause=cause_words(error), folder=where)) from None


def _kept(folder: Path) -> KeptDossier:
    exports = Dossier(folder).kept()
    students = frozenset(student for export in exports for student in _students(export))
    size = sum(status.st_size for status in files_of(folder))
    changed_at = newest_change(folder)
    return KeptDossier(folder, watched_by(folder), changed_at, size, len(exports), students)


def _students(export: KeptExport) -> Iterator[tuple[str, str]]:
    return ((line.last_name, line.first_name) for line in _lines(export))


def _lines(export: KeptExport) -> Iterator[CampaignLine]:
    content = export.content()
    if content is None:
        return
    with suppress(NotPix, UnreadableExport):
        contents = export_of(content, export.file).contents
        yield from map(collected_line, contents.participations)
        yield from map(assessed_line, contents.assessments)


def _erased_exports(folder: Path, is_forgotten: Callable[[str], bool]) -> dict[str, str]:
    """Each digest that has become another one, and which."""
    replaced: dict[str, str] = {}
    for kept in Dossier(folder).kept():
        content = kept.content()
        without = None if content is None else _without(content, kept, is_forgotten, keeps_workbooks=False)
        if without is not None and without == content:
            continue
        if digest := _replace(kept, without):
            replaced[kept.digest] = digest
    _sweep(folder)
    return replaced


def _replace(kept: KeptExport, content: bytes | None) -> str | None:
    """Keep an export with this other content, or not at all; its digest now."""
    digest = None
    if content is not None:
        digest = hashlib.sha256(content).hexdigest()
        name, description = description_of(
            digest, kept.file, is_narrowed=kept.is_narrowed, classes=kept.classes
        )
        write_whole(kept.path.with_name(f"{digest}.csv"), content)
        write_whole(kept.path.with_name(name), description)
    kept.path.with_name(f"{kept.stem}.json").unlink()  # not before: a disk may be full
    return digest


def _sweep(folder: Path) -> None:
    """What was replaced, half written, or has lost its description: nobody knows whose names it holds."""
    described = {kept.path.name for kept in Dossier(folder).kept()}
    for path in (folder / "exports").glob("*"):
        if path.suffix != ".json" and path.name not in described:
            path.unlink()


def _drop_databases(folder: Path) -> None:
    for pattern in _MADE_ANEW:
        for path in folder.glob(pattern):
            path.unlink()


def _without(
    content: bytes, kept: KeptExport, is_forgotten: Callable[[str], bool], *, keeps_workbooks: bool
) -> bytes | None:
    """An export without the lines of these students, every other byte as it is; None: nothing of it stays.

    What is no text cannot be written anew line by line: where it names one of them, all of it goes.
    """
    if content.startswith(PACKED_STARTS):
        forgotten = [is_forgotten(" ".join(who)) for who in _students(kept)]
        return None if (all if keeps_workbooks else any)(forgotten) else content
    found = recognise(content)
    text = content.decode(found.encoding)
    stream = io.StringIO(text, newline="")
    lines: list[str] = []

    def noted() -> Iterator[str]:
        for line in stream:
            lines.append(line)
            yield line

    left, of_names = [], list[int]()
    for row in csv.reader(noted(), delimiter=found.delimiter):
        who = " ".join(repaired(row[place]) for place in of_names if place < len(row))
        if not of_names:  # the header, and what stands above it
            of_names = [place for place, cell in enumerate(row) if COLUMN_OF.get(label_key(cell)) in _NAMES]
        if not is_forgotten(who):
            left += lines
        lines.clear()
    if content.startswith(BOM_UTF16_BE):  # which Python reads, and does not write
        return BOM_UTF16_BE + "".join(left).encode("utf-16-be")
    return "".join(left).encode(found.encoding)


def _journals(folder: Path) -> list[Path]:
    return sorted((folder / "journal").glob("*.jsonl"))


def _text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="surrogateescape")


def _erase_lines(journal: Path, is_forgotten: Callable[[str], bool], digests: dict[str, str]) -> None:
    content, left = journal.read_bytes(), b""
    for line in content.splitlines(keepends=True):
        if not is_forgotten(_said_in(line.decode("utf-8", errors="surrogateescape"))):
            for old, new in digests.items():  # a file that was taken back stays so
                line = with_words(line, old.encode(), new.encode())  # noqa: PLW2901
            left += line
    if left != content:
        write_whole(journal, left)


def _said_in(line: str) -> str:
    """The texts of one line of a journal; of one that is damaged, all of it."""
    try:
        return " ".join(_texts(json.loads(line)))
    except ValueError:
        return line


def _speaks_of(line: str, words: frozenset[str]) -> bool:
    return has_words(_said_in(line), words)


def _words_of(text: str) -> frozenset[str]:
    # Word by word: of a long text, as a gesture about a whole class is, the key has the beginning alone.
    return frozenset(word for part in text.split() for word in name_key(part).split())


def _words_in(line: str) -> frozenset[str]:
    return _words_of(_said_in(line))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _is_about(who: object, words: frozenset[str]) -> bool:
    return has_words(" ".join(_texts(who)), words)


def _lessons(notes: Path) -> list[dict[str, Any]]:
    """The lessons noted that call somebody; raises OSError where the notes are there and cannot be read."""
    try:
        lessons = json.loads(notes.read_bytes())["lessons"]
        return [one for one in lessons if isinstance(one["called"], list)]
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return []


def _erase_notes(path: Path, is_forgotten: Callable[[str], bool]) -> None:
    """Take whoever is named out of the lists of those who were called; a damaged note goes whole."""
    if not path.exists():
        return
    try:
        record = json.loads(path.read_bytes())
        for one in record.get("lessons", []):
            if isinstance(one["called"], list):
                one["called"] = [who for who in one["called"] if not is_forgotten(" ".join(_texts(who)))]
            if isinstance(one.get("names"), list):
                one["names"] = [who for who in one["names"] if not is_forgotten(" ".join(_texts(who)))]
    except (ValueError, LookupError, TypeError, AttributeError):
        path.unlink()
    else:
        write_whole(path, json.dumps(record).encode())
