"""What bytes are: a text, a workbook of one or many sheets, the school's base, or a ZIP of one of these."""

from typing import NamedTuple

from pixsession.foundation.errors import UnreadableExport
from pixsession.foundation.i18n import _
from pixsession.readers.document import PACKED_STARTS, Document
from pixsession.readers.export import Contents, ExportKind, FileDescription, Origin
from pixsession.readers.kinds import Columns, looks_like_school_base, read_school_base, read_table
from pixsession.readers.parts import read_parts
from pixsession.readers.recognise import PEEK_BYTES, recognise, text_of
from pixsession.readers.repairs import with_names_repaired
from pixsession.readers.rows import table_of

_SCHOOL_BASE = b"BEE_ELEVES"  # the root of the XML that the school's base exports


class Reading(NamedTuple):
    """One file recognised and read; `contents` is None where it was `refused` once its kind was known."""

    kind: ExportKind
    origin: Origin
    header: tuple[str, ...] = ()
    inner_name: str | None = None
    contents: Contents | None = None
    refused: UnreadableExport | None = None


def reading_of(content: bytes, file: FileDescription, columns: Columns | None = None) -> Reading:
    """What these bytes of a file are and say; raises NotPix, and UnreadableExport for what has no kind."""
    document = document_of(content, columns)
    header = document.table.header if document.table else ()
    found = Reading(document.kind, document.origin, header, document.inner_name)
    try:
        return found._replace(contents=contents_of(document, content, file, columns))
    except UnreadableExport as refused:
        return found._replace(refused=refused)


def unexpected(name: str) -> UnreadableExport:
    """The refusal of a file that made its reader fail as none should; `name`: of the error in Python."""
    words = _("this file cannot be read ({kind}): save it or download it again")
    return UnreadableExport(words.format(kind=name), kind=ExportKind.UNKNOWN.value)


def document_of(content: bytes, columns: Columns | None = None) -> Document:
    """What these bytes are; raises NotPix for what is not known, UnreadableExport for what is refused."""
    if content.startswith(PACKED_STARTS):
        from pixsession.readers.archived import document_inside  # noqa: PLC0415 - (c), (r): 3 ms, and few folders hold workbooks

        return document_inside(content, columns, document_of)
    if is_school_base(content[:PEEK_BYTES]):
        return Document(ExportKind.ROSTER, Origin("xml"), None)
    recognised = recognise(content, columns)
    try:
        table = table_of(text_of(content, recognised), recognised)
    except UnreadableExport as error:
        error.kind = error.kind or recognised.kind.value
        raise
    return Document(recognised.kind, table.origin, table)


def contents_of(
    document: Document, content: bytes, file: FileDescription, columns: Columns | None = None
) -> Contents:
    """The contents of a recognised file, from its reader; raises UnreadableExport with its `kind`."""
    try:
        if document.table is None:
            return with_names_repaired(read_school_base(content, file))
        if document.inner_name:
            file = file._replace(name=document.inner_name)
        if len(document.parts) > 1:
            contents = read_parts(document.kind, document.parts, file, columns)
        else:
            contents = read_table(document.kind, document.table, file, columns)
    except UnreadableExport as error:
        error.kind = error.kind or document.kind.value
        raise
    contents = with_names_repaired(contents)
    return _with_encoding_note(contents._replace(notes=(*contents.notes, *document.notes)))


def is_school_base(head: bytes) -> bool:
    """Whether a text, by its beginning, is the school's base (SIECLE) as XML."""
    text = head.replace(b"\x00", b"") if b"\x00" in head[:4] else head  # of UTF-16 every second byte is zero
    return _SCHOOL_BASE in text and looks_like_school_base(head)


def _with_encoding_note(contents: Contents) -> Contents:
    missing = tuple(note for note in contents.origin.notes() if note not in contents.notes)
    return contents._replace(notes=contents.notes + missing) if missing else contents
