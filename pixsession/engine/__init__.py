"""Where files become a board: each file is read, kept and stored, and the board is told what changed."""

from pixsession.engine.board.board_engine import BoardEngine
from pixsession.engine.board.files import in_order_of_export

__all__ = ["BoardEngine", "in_order_of_export"]
