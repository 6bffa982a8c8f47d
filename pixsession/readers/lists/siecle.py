"""The reader of the pupil base SIECLE, an XML or a ZIP that holds one: names, classes, birth dates, INE."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from pixsession.domain.people.expected import ExpectedStudent
from pixsession.domain.people.students import name_key
from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.foundation.i18n import _, ngettext
from pixsession.readers.dates import read_day
from pixsession.readers.export import ColumnUse, Contents, ExportKind, FileDescription, Origin, Reject
from pixsession.readers.workbook.zipped import MAX_XML_BYTES, ZIP_MARK, may_hold_xml, xml_chunks

_ROOT = "BEE_ELEVES"
_MARK = b"<BEE_ELEVES"
_CHUNK_BYTES = 64 * 1024
_DEEPEST = 24  # a base has five levels
_LONGEST = 200  # characters of one text
_MOST_PUPILS = 50_000
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_INACTIVE = "inactifs"
_SEX = {"1": "M", "2": "F"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")

# What is read of an ELEVE, and as what.
_FIELDS = {
    "ID_NATIONAL": "student_number",
    "NOM_DE_FAMILLE": "last_name",
    "NOM_USAGE": "used_name",
    "PRENOM": "first_name",
    "PRENOM2": "other_first_names",
    "PRENOM3": "other_first_names",
    "DATE_NAISS": "birth_date",
    "CODE_SEXE": "sex",
    "DATE_SORTIE": "left_on",
}
_PLACES = {"CODE_STRUCTURE": None, "TYPE_STRUCTURE": None}


def looks_like_siecle(head: bytes) -> bool:
    """Whether a file, by its first bytes, is a SIECLE base, or a ZIP that holds an XML which may be one."""
    if head.startswith(ZIP_MARK):
        return may_hold_xml(head)
    return _MARK in head.replace(b"\x00", b"")


def read_siecle(content: bytes, file: FileDescription) -> Contents:  # noqa: ARG001 - as every reader
    """The pupils of a SIECLE base, by the rules of siecle-parser.js @1ea9e140; who is left out is listed.

    A pupil who has left, or who has no class, is no more in the lists of Pix Orga: left out. A pupil without
    INE is not there either but is in class on the day: kept. A class is the structure of type D other than
    "Inactifs"; a group the only structure of type G, where there is one only.
    Raises NotPix for another XML, UnreadableExport for one that is damaged, too large, or has a DTD.
    """
    base, start = _parsed(content)
    pupils, rejects, notes = _PupilList(base).called()
    return Contents(
        kind=ExportKind.ROSTER,
        generation="siecle",
        origin=Origin("xml", _encoding(start)),
        columns=_COLUMNS,
        expected=pupils,
        rejects=rejects,
        notes=notes,
    )


def _parsed(content: bytes) -> tuple[_Base, bytes]:
    """What the XML holds, and its first bytes; raises as `read_siecle`."""
    base = _Base()
    parser = DefusedXMLParser(target=base, forbid_dtd=True)
    base.line_of = lambda: int(parser.parser.CurrentLineNumber)
    start = b""
    try:
        for chunk in _chunks(content):
            start = start or chunk
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException:
        raise UnreadableExport(
            _("XML with a document type or entities, which no base of a school has: refused"),
            base.line_of(),
        ) from None
    except (ParseError, LookupError, ValueError):
        if not base.is_siecle and _MARK not in start.replace(b"\x00", b""):
            raise NotPix(_("not an export of Pix")) from None
        raise UnreadableExport(
            _("damaged or cut XML: the download is incomplete, download it again"), base.line_of()
        ) from None
    return base, start


_COLUMNS = (
    *(ColumnUse(tag, meaning) for tag, meaning in _FIELDS.items()),
    ColumnUse("CODE_STRUCTURE (D)", "division"),
    ColumnUse("CODE_STRUCTURE (G)", "group"),
)


def _chunks(content: bytes) -> Iterator[bytes]:
    if content.startswith(ZIP_MARK):
        yield from xml_chunks(content, _MARK)
        return
    if len(content) > MAX_XML_BYTES:
        raise UnreadableExport(_("far too large for the base of a school: download it again"))
    for start in range(0, len(content), _CHUNK_BYTES):
        yield content[start : start + _CHUNK_BYTES]


def _encoding(start: bytes) -> str:
    """The encoding that an XML declares, as Python names it; without declaration UTF-8, by the standard."""
    if start.startswith(_UTF_16):
        return "utf-16"
    match = _ENCODING.match(start.lstrip(b"\xef\xbb\xbf"))
    return match[1].decode("ascii", "replace").lower() if match else "utf-8"


class _Pupil(NamedTuple):
    line: int
    texts: dict[str, list[str]]

    def text(self, name: str) -> str | None:
        return next(iter(self.texts.get(name, ())), None)


class _Base:
    """Target of the XML parser: keeps the pupils and their structures, nothing else."""

    def __init__(self) -> None:
        self.is_siecle = False
        self.pupils: dict[str, _Pupil] = {}
        self.doubled: list[int] = []
        self.structures: dict[str, list[tuple[str, str]]] = {}
        self.line_of: Callable[[], int] = lambda: 1
        self._path: list[str] = []
        self._pupil: _Pupil | None = None
        self._pupil_id = ""
        self._structure: dict[str, str] = {}
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag)
        depth = len(self._path)
        if depth == 1:
            if tag != _ROOT:
                raise NotPix(_("not an export of Pix"))
            self.is_siecle = True
        if depth > _DEEPEST:
            raise UnreadableExport(_("damaged XML: too many levels"), self.line_of())
        self._text = None
        if depth == 4 and self._path[1] == "DONNEES":
            self._enter(tag, attributes.get("ELEVE_ID", ""))
        elif (depth == 5 and self._pupil is not None and tag in _FIELDS) or (depth == 6 and tag in _PLACES):
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None and sum(map(len, self._text)) <= _LONGEST:
            self._text.append(text[: _LONGEST + 1])

    def end(self, tag: str) -> None:
        depth = len(self._path)
        self._path.pop()
        if self._text is not None:
            text = "".join(self._text).strip()
            if len(text) > _LONGEST:
                raise UnreadableExport(_("damaged XML: a text far too long"), self.line_of())
            if depth == 5 and self._pupil is not None and text:
                self._pupil.texts.setdefault(_FIELDS[tag], []).append(text)
            elif depth == 6:
                self._structure[tag] = text
            self._text = None
        elif depth == 5 and tag == "STRUCTURE" and self._path[3] == "STRUCTURES_ELEVE":
            structure = (self._structure.get("TYPE_STRUCTURE", ""), self._structure.get("CODE_STRUCTURE", ""))
            self.structures.setdefault(self._pupil_id, []).append(structure)
            self._structure = {}
        elif depth == 4:
            self._pupil = None

    def close(self) -> None:
        """Nothing is left to do at the end."""

    def _enter(self, tag: str, pupil_id: str) -> None:
        self._pupil, self._pupil_id, self._structure = None, pupil_id, {}
        if tag != "ELEVE":
            return
        self._pupil = _Pupil(self.line_of(), {})
        if pupil_id in self.pupils:
            self.doubled.append(self._pupil.line)
            return
        if len(self.pupils) >= _MOST_PUPILS:
            raise UnreadableExport(_("far too large for the base of a school: download it again"))
        self.pupils[pupil_id] = self._pupil


class _PupilList:
    """The expected pupils of a base in the order of the file; the others are rejects with their causes."""

    def __init__(self, base: _Base) -> None:
        self._base = base
        self._rejects = [Reject(line, _("the same pupil twice")) for line in base.doubled]
        self._numbers: dict[str, int] = {}
        self._left = self._undated = self._unnumbered = self._in_groups = 0

    def called(self) -> tuple[tuple[ExpectedStudent, ...], tuple[Reject, ...], tuple[str, ...]]:
        """Students, lines left out, notes."""
        found = [self._student(pupil_id, pupil) for pupil_id, pupil in self._base.pupils.items()]
        pupils = tuple([one for one in found if one is not None])
        return pupils, tuple(sorted(self._rejects)), self._notes(pupils)

    def _student(self, pupil_id: str, pupil: _Pupil) -> ExpectedStudent | None:
        last, first = pupil.text("last_name"), pupil.text("first_name")
        division, cause = self._division(pupil_id)
        if pupil.text("left_on"):
            self._left += 1
            return None
        if last is None or first is None:
            cause = _("no last name") if last is None else _("no first name")
        number = pupil.text("student_number")
        if cause is None and number is not None:
            line = self._numbers.setdefault(name_key(number), pupil.line)
            if line != pupil.line:
                cause = _("the same INE as on line {line}").format(line=line)
        if cause is not None or last is None or first is None:
            self._rejects.append(Reject(pupil.line, cause or ""))
            return None
        birth_date = read_day(pupil.text("birth_date") or "")
        self._undated += birth_date is None
        self._unnumbered += number is None
        return ExpectedStudent(
            pupil.line,
            last,
            first,
            used_name=pupil.text("used_name"),
            other_first_names=tuple(pupil.texts.get("other_first_names", ())),
            division=division,
            group=self._group(pupil_id),
            birth_date=birth_date,
            sex=_SEX.get(pupil.text("sex") or ""),
            student_number=number,
        )

    def _division(self, pupil_id: str) -> tuple[str | None, str | None]:
        """The class of a pupil, or why there is none."""
        codes = self._codes(pupil_id, "D")
        if len(codes) == 1:
            return codes[0], None
        return None, _("no class") if not codes else _("several classes: {all}").format(all=", ".join(codes))

    def _group(self, pupil_id: str) -> str | None:
        codes = self._codes(pupil_id, "G")
        self._in_groups += len(codes) > 1
        return codes[0] if len(codes) == 1 else None

    def _codes(self, pupil_id: str, kind: str) -> list[str]:
        structures = self._base.structures.get(pupil_id, ())
        codes = [
            code for type_, code in structures if type_ == kind and code and code.casefold() != _INACTIVE
        ]
        return list(dict.fromkeys(codes))

    def _notes(self, pupils: tuple[ExpectedStudent, ...]) -> tuple[str, ...]:
        counts = (
            (self._left, ngettext("{n} pupil who has left", "{n} pupils who have left", self._left)),
            (
                self._unnumbered,
                ngettext(
                    "{n} pupil without INE: not in Pix Orga",
                    "{n} pupils without INE: not in Pix Orga",
                    self._unnumbered,
                ),
            ),
            (
                self._undated,
                ngettext(
                    "{n} pupil without a birth date that can be read",
                    "{n} pupils without a birth date that can be read",
                    self._undated,
                ),
            ),
            (
                self._in_groups,
                ngettext(
                    "{n} pupil in several groups: none is taken",
                    "{n} pupils in several groups: none is taken",
                    self._in_groups,
                ),
            ),
        )
        notes = [sentence.format(n=count) for count, sentence in counts if count]
        return tuple(notes) if pupils else (*notes, _("no student in this list"))
