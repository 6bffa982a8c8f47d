"""The only door to DuckDB: exports in, rows for the board out, truth kept in the dossier."""

from pixsession.store.board import Board, board_of, united
from pixsession.store.board_changes import changes_between
from pixsession.store.database import DatabaseError
from pixsession.store.dossier import Dossier, KeptExport
from pixsession.store.history import ExportName
from pixsession.store.opening import OpenStore, open_store
from pixsession.store.order import Chain
from pixsession.store.rows import StoredExport
from pixsession.store.store import KEPT_KINDS, Store

__all__ = [
    "KEPT_KINDS",
    "Board",
    "Chain",
    "DatabaseError",
    "Dossier",
    "ExportName",
    "KeptExport",
    "OpenStore",
    "Store",
    "StoredExport",
    "board_of",
    "changes_between",
    "open_store",
    "united",
]
