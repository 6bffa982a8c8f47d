"""The only door to DuckDB: exports in, rows for the board out, truth kept in the dossier."""

from pixsession.store.board import board_rows
from pixsession.store.database import DatabaseError
from pixsession.store.dossier import Dossier, dossier_folder
from pixsession.store.opening import OpenStore, open_store
from pixsession.store.store import Store, StoredExport

__all__ = [
    "DatabaseError",
    "Dossier",
    "OpenStore",
    "Store",
    "StoredExport",
    "board_rows",
    "dossier_folder",
    "open_store",
]
