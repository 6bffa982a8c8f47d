"""Which files of a folder belong to a lesson: none made after it, none that names nobody of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pixsession.domain.board.snapshot import BoardRow, FileEntry, FileStatus
from pixsession.domain.certification.session import Session
from pixsession.domain.lesson.view import UnknownPlaces
from pixsession.domain.lesson.window import facts_until, lesson_evening
from pixsession.domain.people.expected import ExpectedStudent, groups_of
from pixsession.domain.people.identities import asked_keys, place_keys
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.participation import Participation
from pixsession.foundation.i18n import _
from pixsession.foundation.text import shown
from pixsession.readers import Export, ExportKind
from pixsession.store.history import ExportName
from pixsession.store.rows import StoredExport
from pixsession.store.store import KEPT_KINDS

_Placed = BoardRow | Participation | AssessmentLine | ExpectedStudent
_ENOUGH_WORDS = 2  # of a name, in any order: exports and lists write double names differently


class Belonging:
    """Says what belongs to one lesson; `held`: what did not so far."""

    def __init__(self, session: Session) -> None:
        self._names: frozenset[frozenset[str]] = frozenset()
        self._held: dict[str, Export] = {}
        self.follow(session)

    def follow(self, session: Session) -> None:
        """Go by the session file as it is now; what was held back is looked at once more."""
        expected = [room.expected for room in session.rooms]
        self._session = session
        self._is_open = all(source.is_open for source in expected)
        self._places = asked_keys(name for one in expected for name in (*one.classes, *one.groups))
        self._is_another = True

    def refusal(self, export: Export, known: Iterable[StoredExport]) -> str | None:
        """Why an export is no part of the lesson, in words; None: it is, or it is no export.

        `known`: those taken in.
        """
        if export.contents.kind not in KEPT_KINDS:
            return self._late_list(export)
        at = _made_at(export)
        times = _evaluation_times(known)
        if export.contents.kind is ExportKind.ASSESSMENT:
            times.append(at)
        if at > facts_until(self._session, times):
            self._held[export.digest] = export
            return self._late_words()
        if not self._names_somebody(export):
            self._held[export.digest] = export
            places = sorted({shown(place) for line in _lines(export) for place in _places_of(line)})
            words = _("names nobody of this lesson; it has: {places}")
            return words.format(places=", ".join(places[:5]) or "—")
        return None

    @property
    def left_out_until(self) -> datetime | None:
        """When the newest of the exports held back was made; None: there is none."""
        made = (_made_at(one) for one in self._held.values() if one.contents.kind in KEPT_KINDS)
        return max(made, default=None)

    def _late_list(self, export: Export) -> str | None:
        """Why a list does not count, in words; None: it does, as each that the session file names."""
        named = {path.name for room in self._session.rooms for path in room.expected.lists}
        is_list = bool(export.contents.expected) and export.file.name not in named
        if not is_list or export.file.exported_at <= lesson_evening(self._session):
            return None
        self._held[export.digest] = export
        words = _("came after this lesson ({day}): to have it count, name it under “lists” in its file")
        return words.format(day=f"{self._session.date:%d/%m/%Y}")

    def told_late(self, entry: FileEntry, known: Iterable[StoredExport]) -> FileEntry:
        """The entry of a file; one that was taken in and made after the lesson is ignored, with the cause."""
        if entry.status is not FileStatus.READ or (entry.digest, entry.exported_at) not in self.late(known):
            return entry
        return entry._replace(status=FileStatus.IGNORED, message=self._late_words())

    def _late_words(self) -> str:
        words = _("made after this lesson ({day}): it does not belong to it")
        return words.format(day=f"{self._session.date:%d/%m/%Y}")

    def late(self, known: Iterable[StoredExport]) -> frozenset[ExportName]:
        """Those taken in that were made after the lesson: the file of a lesson may serve the next one too."""
        exports = list(known)
        end = facts_until(self._session, _evaluation_times(exports))
        made = ((export, export.source.exported_at) for export in exports if export.has_stamp)
        return frozenset((export.digest, at) for export, at in made if at > end)

    def now_named(self, rows: Iterable[BoardRow], known: Sequence[StoredExport]) -> tuple[Export, ...]:
        """The exports held back so far that belong to the lesson of these students after all.

        Where nobody is known of it, so do the lists that came after it: its file was written later.
        """
        names = frozenset(_words(row) for row in rows)
        is_news = self._is_another or names != self._names
        self._names, self._is_another = names, False
        held = [*self._held.items()]
        found = [
            digest
            for digest, export in held
            if (not names and export.contents.expected) or (is_news and self.refusal(export, known) is None)
        ]
        return tuple(self._held.pop(digest) for digest in found)

    def unknown(self, rows: Iterable[BoardRow], listed: Iterable[ExpectedStudent]) -> UnknownPlaces | None:
        """The places of the session that neither these nor what was held back know; None: all are known.

        `rows` are everybody's, `listed` those of the lists, of which a wrong name calls nobody. Who is asked
        for in vain is answered with what could have been asked for.
        """
        named = [
            name for one in self._session.rooms for name in (*one.expected.classes, *one.expected.groups)
        ]
        held = self._held.values()
        people = [*rows, *listed, *(line for export in held for line in _lines(export))]
        people += [student for export in held for student in export.contents.expected]
        students = {(_words(one), place) for one in people for place in _places_of(one)}
        found = Counter(place for _name, place in students)
        known = frozenset[str]().union(*map(_keys_of, people))
        missing = tuple(sorted(name for name in named if not asked_keys((name,)) & known))
        return UnknownPlaces(missing, tuple(sorted(found.items()))) if missing and found else None

    def _names_somebody(self, export: Export) -> bool:
        if self._is_open:
            return True
        by_word = {word: name for name in self._names for word in name}
        return any(
            bool(self._places & _keys_of(line)) or _is_one_of(_words(line), self._names, by_word)
            for line in _lines(export)
        )


def _is_one_of(
    words: frozenset[str], names: frozenset[frozenset[str]], by_word: dict[str, frozenset[str]]
) -> bool:
    if words in names:
        return True
    if not words & by_word.keys():
        return False
    return any(len(words & name) >= min(_ENOUGH_WORDS, len(name)) for name in names)


def _lines(export: Export) -> Iterator[Participation | AssessmentLine]:
    yield from export.contents.participations
    yield from export.contents.assessments


def _places_of(line: _Placed) -> tuple[str, ...]:
    return tuple(place for place in (line.division, *groups_of(line.group)) if place)


def _keys_of(line: _Placed) -> frozenset[str]:
    return place_keys(line.division or "", line.group or "")


def _words(one: _Placed) -> frozenset[str]:
    return frozenset(f"{name_key(one.last_name)} {name_key(one.first_name)}".split())


def _evaluation_times(exports: Iterable[StoredExport]) -> list[datetime]:
    return [one.source.exported_at for one in exports if one.kind is ExportKind.ASSESSMENT]


def _made_at(export: Export) -> datetime:
    """Pix's stamp; without one the latest thing that it shows, as the disk's time may be that of a copy."""
    if export.file.time_from_name:
        return export.file.exported_at
    latest = max((at for line in _lines(export) for at in _times_of(line) if at), default="")
    try:
        return datetime.fromisoformat(latest)
    except ValueError:
        return export.file.exported_at


def _times_of(line: Participation | AssessmentLine) -> tuple[str | None, ...]:
    if isinstance(line, AssessmentLine):
        return line.started_at, line.shared_at
    return (line.sent_at,)
