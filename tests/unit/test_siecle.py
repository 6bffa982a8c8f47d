"""The pupil base SIECLE: who is in it, and what a hostile or damaged XML or ZIP is told."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.readers.export import Origin
from pixsession.readers.lists.siecle import looks_like_siecle, read_siecle
from tests.factories.lists import FILE, causes
from tests.factories.samples.lists import (
    listed_students,
    plain_list,
    siecle_xml,
    siecle_zip,
    whole_names_list,
)
from tests.factories.samples.ods import zipped

STUDENTS = tuple(
    replace(one, used_name="D'USAGE" if place % 5 == 0 else "")
    for place, one in enumerate(listed_students(30, seed=9, divisions=("3eA", "3e B"), awkward=0.3))
)
XML = siecle_xml(STUDENTS)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def base(pupils: str, structures: str = "") -> bytes:
    return (
        f"{HEAD}<BEE_ELEVES><DONNEES><ELEVES>{pupils}</ELEVES>\n"
        f"<STRUCTURES>{structures}</STRUCTURES></DONNEES></BEE_ELEVES>"
    ).encode()


def pupil(pupil_id: int, name: str = "BERGER", number: str = "1", more: str = "") -> str:
    ine = f"<ID_NATIONAL>{number}</ID_NATIONAL>" if number else ""
    return (
        f'\n<ELEVE ELEVE_ID="{pupil_id}">{ine}<NOM_DE_FAMILLE>{name}</NOM_DE_FAMILLE>'
        f"<PRENOM>Zoé</PRENOM>{more}</ELEVE>"
    )


def structure(pupil_id: int, *places: tuple[str, str]) -> str:
    codes = "".join(
        f"<STRUCTURE><CODE_STRUCTURE>{code}</CODE_STRUCTURE><TYPE_STRUCTURE>{kind}</TYPE_STRUCTURE></STRUCTURE>"
        for kind, code in places
    )
    return f'<STRUCTURES_ELEVE ELEVE_ID="{pupil_id}">{codes}</STRUCTURES_ELEVE>'


@pytest.mark.parametrize("encoding", ["ISO-8859-15", "UTF-8", "UTF-16", "windows-1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_pupil_of_a_base(encoding: str, packed: bool) -> None:
    content = siecle_zip(STUDENTS, encoding) if packed else siecle_xml(STUDENTS, encoding)
    assert looks_like_siecle(content[:65536])
    found = read_siecle(content, FILE)
    assert found.generation == "siecle"
    assert found.origin == Origin("xml", encoding.lower())
    assert [
        (
            s.last_name, s.first_name, s.division, s.group, s.birth_date, s.sex, s.student_number,
            s.used_name, s.other_first_names,
        )
        for s in found.expected
    ] == [
        (
            one.last_name.strip(), one.first_name.strip(), one.division, one.group,
            one.birth_date.isoformat(), one.sex, one.number, one.used_name or None,
            (one.second_name,) if one.second_name else (),
        )
        for one in STUDENTS
    ]  # fmt: skip
    assert (found.rejects, found.notes) == ((), ())


def test_who_is_left_out_and_why() -> None:
    pupils = (
        pupil(1),
        pupil(2, "PARTI", "2", "<DATE_SORTIE>01/02/2026</DATE_SORTIE>"),
        pupil(3, "SANSCLASSE", "3"),
        pupil(4, "INACTIF", "4"),
        pupil(5, "SANSINE", ""),
        pupil(6, "DOUBLE", "1"),
        pupil(7, "DEUX", "7"),
        pupil(1, "ENCORE", "8"),
    )
    places = (
        *(structure(number, ("D", "3eA")) for number in (1, 2, 5, 6)),
        structure(4, ("D", "Inactifs"), ("G", "3eA G1")),
        structure(7, ("D", "3eA"), ("D", "3eB")),
    )
    found = read_siecle(base("".join(pupils), "".join(places)), FILE)
    assert [(s.last_name, s.division, s.student_number) for s in found.expected] == [
        ("BERGER", "3eA", "1"),
        ("SANSINE", "3eA", None),
    ]
    assert causes(found) == {
        4: "no class",
        5: "no class",
        7: "the same INE as on line 2",
        8: "several classes: 3eA, 3eB",
        9: "the same pupil twice",
    }
    assert found.notes == (
        "1 pupil who has left",
        "1 pupil without INE: not in Pix Orga",
        "2 pupils without a birth date that can be read",
    )


def test_a_pupil_of_several_groups_is_in_none() -> None:
    places = structure(1, ("D", "3eA"), ("G", "LATIN"), ("G", "G1"))
    found = read_siecle(base(pupil(1), places), FILE)
    assert found.expected[0].group is None
    assert "1 pupil in several groups: none is taken" in found.notes


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE BEE_ELEVES [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE BEE_ELEVES [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE BEE_ELEVES SYSTEM "http://exemple.fr/base.dtd">',
        "<!DOCTYPE BEE_ELEVES>",
    ],
)
def test_document_types_and_entities_are_refused(prologue: str) -> None:
    content = base(pupil(1)).replace(HEAD.encode(), (HEAD + prologue).encode())
    assert looks_like_siecle(content)
    with pytest.raises(UnreadableExport, match="document type or entities"):
        read_siecle(content, FILE)


def test_a_base_that_is_cut_is_refused_wherever_it_is() -> None:
    for end in range(60, len(XML) - 1, 97):
        with pytest.raises((UnreadableExport, NotPix)):
            read_siecle(XML[:end], FILE)
    with pytest.raises(UnreadableExport, match="damaged or cut XML"):
        read_siecle(XML[: len(XML) // 2], FILE)


def test_an_encoding_that_is_not_the_declared_one_is_refused_with_its_line() -> None:
    content = siecle_xml(STUDENTS).replace(b"ISO-8859-15", b"UTF-8")
    with pytest.raises(UnreadableExport, match="damaged or cut XML") as refused:
        read_siecle(content, FILE)
    assert refused.value.line is not None
    assert refused.value.line > 1


@pytest.mark.parametrize("encoding", [b"klingon", b"shift_jis", b"utf-7"])
def test_an_encoding_that_nobody_reads_is_refused(encoding: bytes) -> None:
    with pytest.raises((UnreadableExport, NotPix)):
        read_siecle(XML.replace(b"ISO-8859-15", encoding), FILE)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (base("<a>" * 40 + "</a>" * 40), "too many levels"),
        (base(pupil(1, "A" * 5000)), "far too long"),
    ],
)
def test_an_xml_made_to_harm_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableExport, match=words):
        read_siecle(content, FILE)


def test_a_zip_that_grows_too_much_is_refused_before_it_has() -> None:
    bomb = zipped({"base.xml": HEAD.encode() + b"<BEE_ELEVES>" + b" " * 30_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableExport, match="grows far too large"):
        read_siecle(bomb, FILE)


def test_a_zip_that_lies_about_sizes_is_refused() -> None:
    packed = bytearray(siecle_zip(STUDENTS))
    at = packed.rindex(b"PK\x01\x02", 0, packed.rindex(b"PK\x01\x02"))
    packed[at + 24 : at + 28] = (12).to_bytes(4, "little")
    with pytest.raises(UnreadableExport):
        read_siecle(bytes(packed), FILE)


def test_several_bases_in_a_zip_are_refused_and_other_zips_are_not_pix() -> None:
    with pytest.raises(UnreadableExport, match="several XML"):
        read_siecle(zipped({"a.xml": XML, "b.xml": XML}), FILE)
    for files in ({"a.xml": b"<a/>", "b.xml": b"<b/>"}, {"a.txt": XML}, {"a.xml": b"<a/>"}, {".b.xml": XML}):
        with pytest.raises(NotPix):
            read_siecle(zipped(dict(files)), FILE)


def test_a_zip_that_is_locked_or_packed_oddly_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("base.xml", XML)
    with pytest.raises(UnreadableExport, match="locked or unusual ZIP"):
        read_siecle(stream.getvalue(), FILE)
    locked = bytearray(siecle_zip(STUDENTS))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    with pytest.raises(UnreadableExport, match="locked or unusual ZIP"):
        read_siecle(bytes(locked), FILE)


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (XML, True),
        (siecle_zip(STUDENTS), True),
        (zipped({"dossier/": b"", "dossier/base.xml": XML}), True),
        (whole_names_list(STUDENTS), False),
        (zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<b/>"}), False),
        (zipped({"photo.jpg": b"\xff\xd8"}), False),
        (plain_list(STUDENTS), False),
        (b"PK\x03\x04", False),
        (b"", False),
    ],
)
def test_what_may_be_a_base(content: bytes, is_one: bool) -> None:
    assert looks_like_siecle(content[:65536]) is is_one


def test_another_xml_is_not_pix() -> None:
    for content in (b"<html><body/></html>", b"<a", b"", b"\xff\xfe\x00"):
        with pytest.raises(NotPix):
            read_siecle(content, FILE)
