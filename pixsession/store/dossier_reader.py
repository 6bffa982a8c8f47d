"""Reads dossiers one after the other, to compare what they keep; changes nothing in them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from pixsession.foundation.errors import PixSessionError
from pixsession.readers import export_of
from pixsession.store.archive import Assessments, LineArchive, Lines
from pixsession.store.database import Database, DatabaseError
from pixsession.store.dossier import Dossier
from pixsession.store.history import ExportHistory
from pixsession.store.opening import take_lock
from pixsession.store.order import HasLines
from pixsession.store.progress import progress_of
from pixsession.store.rows import stored_export
from pixsession.store.store import Store

if TYPE_CHECKING:
    from pixsession.domain.lesson.view import ProgressPoint

_Answer = TypeVar("_Answer")
_DAMAGE = (DatabaseError, ValueError, TypeError, LookupError)


class DossierContents(HasLines, Protocol):
    """What a dossier keeps: every export ever taken in, their lines, the progress of the students."""

    @property
    def exports(self) -> ExportHistory: ...
    def progress(self, campaign_key: str) -> dict[int, tuple[ProgressPoint, ...]]: ...


class DossierReader:
    """Reads dossiers through one DuckDB connection: to open one costs more than a query."""

    def __init__(self) -> None:
        self._database = Database(None)

    def answer(self, dossier: Dossier, question: Callable[[DossierContents], _Answer]) -> _Answer:
        """What the question makes of all that one dossier keeps, of its database or of its exports.

        These are read anew where a board owns the database right now, and where it is behind or damaged: some
        damage shows only when a line is asked for, and then the question is asked a second time.
        """
        try:
            lock = take_lock(dossier.lock)
        except OSError:
            lock = None
        try:
            if lock is not None and dossier.database.exists():
                with suppress(*_DAMAGE):
                    return question(self._attached(dossier))
                self._start_again()
            return question(_read_again(dossier))
        finally:
            self._database.detach()
            if lock is not None:
                lock.release()

    def _attached(self, dossier: Dossier) -> DossierContents:
        """What its database holds; raises LookupError where that is not all, and what damage raises."""
        self._database.attach(dossier.database)
        kept = _Attached(self._database)
        if len(kept.exports.all) < dossier.count():
            raise LookupError(dossier.database)
        return kept

    def _start_again(self) -> None:
        """A fatal error of the engine ends every query of its connection."""
        with suppress(DatabaseError):
            self._database.close()
        self._database = Database(None)

    def close(self) -> None:
        self._database.close()


class _Attached:
    """The database of a dossier, attached."""

    def __init__(self, database: Database) -> None:
        self._database = database
        rows = database.ask("exports")
        exports = [stored_export(row) for _place, *row in rows]
        places = [place for place, *_row in rows]
        self._archive = LineArchive(database, zip(places, exports, strict=True))
        self._history = ExportHistory(exports, self._archive, database.ask)

    @property
    def exports(self) -> ExportHistory:
        return self._history

    def lines(self, content_id: int) -> Lines:
        return self._archive.lines(content_id)

    def assessments(self, content_id: int) -> Assessments:
        return self._archive.assessments(content_id)

    def progress(self, campaign_key: str) -> dict[int, tuple[ProgressPoint, ...]]:
        return progress_of(self._database.ask, self.exports.steps(campaign_key))


def _read_again(dossier: Dossier) -> Store:
    """The exports kept, read into a database in memory."""
    store = Store(Database(None))
    for kept in dossier.kept():
        content = kept.content()
        if content is not None and store.is_news(kept.digest, kept.file):
            with suppress(PixSessionError), store.taking_in(export_of(content, kept.file)):
                pass
    return store
