"""A file recognised and not yet read, and how those begin that hold others."""

from typing import NamedTuple

from pixsession.readers.export import ExportKind, Origin
from pixsession.readers.table import Part, Table

OLD_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of Excel's workbooks before 2007
ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
PACKED_STARTS = (*ARCHIVE_STARTS, OLD_START)  # of what is read in a process of its own


class Document(NamedTuple):
    """A file recognised and not yet read; `table` is None for the school's base, which is no table.

    `parts`: the tables of one with several, which are read together; `table` is then the first. `notes`: what
    the user should know of what was passed over. `inner_name`: the file of a ZIP that this is.
    """

    kind: ExportKind
    origin: Origin
    table: Table | None
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    inner_name: str | None = None
