"""Which lines of an export are taken over from the one before it; read whole, it always says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from pixsession.foundation.errors import UnreadableExport
from pixsession.readers import Contents, FileDescription, export_of, rows
from pixsession.readers.campaign import line_memory
from pixsession.readers.campaign.line_memory import LineMemory
from tests.factories.exports import CAMPAIGN, MORNING, NAME, OTHER_CAMPAIGN, export, moment, sent, student
from tests.factories.samples import Generation, Layout
from tests.factories.samples.assessments import (
    SOS,
    AssessedStudent,
    AssessmentForm,
    Attempt,
    assessment_export,
)
from tests.factories.samples.paths import SOS_PATH

FILE = FileDescription(NAME, MORNING, time_from_name=True, modified_at=MORNING)
Runs = list[tuple[int, int, int]]


def exported(letters: str, changed: str = "", **more: object) -> bytes:
    """The students of these letters, in this order; those that changed have sent another profile."""
    names = sorted(set(letters))
    people = (
        student(f"NOM{letter}", "Lou", sent("08:50", 6 if letter in changed else 5)) for letter in names
    )
    header, *lines = export(*people, **more).content.splitlines(keepends=True)  # type: ignore[arg-type]
    return header + b"".join(lines[names.index(letter)] for letter in letters)


def with_line(content: bytes, place: int, *pairs: tuple[bytes, bytes]) -> bytes:
    """The same file, something replaced in one of its participations, each of one line."""
    lines = content.split(b"\n")
    for old, new in pairs:
        assert old in lines[place + 1]
        lines[place + 1] = lines[place + 1].replace(old, new, 1)
    return b"\n".join(lines)


def read_after(*files: bytes, file: FileDescription = FILE) -> tuple[list[Contents], Runs | None]:
    """What each of these files says, read one after the other; and what the last took over from which."""
    memory, found = LineMemory(), list[Contents]()
    for content in files:
        read = memory.export_of(content, file)
        assert (read.file, read.content) == (file, content)
        assert read.digest == hashlib.sha256(content).hexdigest()
        assert read.contents._replace(unchanged=None) == export_of(content, file).contents
        found.append(read.contents)
    unchanged = found[-1].unchanged
    return found, None if unchanged is None else [tuple(run) for run in unchanged.runs]  # type: ignore[misc]


def taken_over(*files: bytes) -> Runs | None:
    return read_after(*files)[1]


FIRST = exported("ABCDEFGH")


@pytest.mark.parametrize(
    ("letters", "changed", "runs"),
    [
        ("ABCDEFGH", "", [(0, 0, 8)]),
        ("ABCDEFGH", "A", [(1, 1, 7)]),
        ("ABCDEFGH", "D", [(0, 0, 3), (4, 4, 4)]),
        ("ABCDEFGH", "H", [(0, 0, 7)]),
        ("XABCDEFGH", "", [(0, 1, 8)]),
        ("ABCDXEFGH", "", [(0, 0, 4), (4, 5, 4)]),
        ("ABCDEFGHX", "", [(0, 0, 8)]),
        ("BCDEFGH", "", [(1, 0, 7)]),
        ("ABCEFGH", "", [(0, 0, 3), (4, 3, 4)]),
        ("ABCDEFG", "", [(0, 0, 7)]),
        ("ABBCDEFGH", "", [(0, 0, 2), (2, 3, 6)]),
        # As much may be new as is known, no more.
        ("ABCDEFGH", "BDFH", [(0, 0, 1), (2, 2, 1), (4, 4, 1), (6, 6, 1)]),
        ("ABCDEFGH", "BDEFH", None),
        ("STUVWXYZ", "", None),
    ],
)
def test_lines_that_are_repeated_are_taken_over(letters: str, changed: str, runs: Runs | None) -> None:
    assert taken_over(FIRST, exported(letters, changed)) == runs


def test_lines_that_were_only_moved_are_known_too() -> None:
    (first, again), _runs = read_after(FIRST, exported("ABFGCDEH"))
    by_name = {line.last_name: line for line in first.participations}
    assert [line.last_name for line in again.participations] == [f"NOM{letter}" for letter in "ABFGCDEH"]
    assert all(line is by_name[line.last_name] for line in again.participations)


def test_each_export_is_known_by_the_one_before_it() -> None:
    files = [FIRST, exported("ABCDEFGH", "D"), exported("ABCDEFGH", "DE"), exported("ABCDEFGHI", "DE")]
    found, runs = read_after(*files)
    assert runs == [(0, 0, 8)]
    digests = [one.unchanged.digest for one in found if one.unchanged]
    assert digests == [hashlib.sha256(content).hexdigest() for content in files[:-1]]


def test_a_name_of_several_lines_is_one_participation() -> None:
    def people(*names: str) -> bytes:
        return export(*(student(name, "Zoé\nLuce\nAna", sent("08:50", 5)) for name in names)).content

    first = people("A", "B", "C", "D")
    assert taken_over(first, first) == [(0, 0, 4)]
    assert taken_over(first, people("A", "BX", "C", "D")) == [(0, 0, 1), (2, 2, 2)]
    longer = people("A", "B", "C", "D", "E")
    assert taken_over(first, longer, people("A", "B", "C", "DX", "E")) == [(0, 0, 3), (4, 4, 1)]
    assert taken_over(longer, first) == [(0, 0, 4)]
    mixed = exported("ABCDEF").replace(b'"NOMC"', b'"NOM\nC"')
    assert taken_over(mixed, mixed) == [(0, 0, 6)]
    assert taken_over(mixed, mixed.replace(b'"NOMD"', b'"NOMDD"')) == [(0, 0, 3), (4, 4, 2)]
    assert taken_over(mixed, mixed.replace(b'"NOMB"', b'"BON\nB"')) == [(0, 0, 1), (2, 2, 4)]


def test_lines_whose_doubts_name_their_line_are_read_again() -> None:
    odd = with_line(FIRST, 3, (b'"Oui"', b'"Ouii"'))
    found, runs = read_after(odd, odd)
    assert runs == [(0, 0, 3), (4, 4, 4)]
    above = with_line(exported("XABCDEFGH"), 4, (b'"Oui"', b'"Ouii"'))
    found, runs = read_after(FIRST, odd, above, above)
    assert [one.participations[3 + (n > 1)].doubts[0].values[0] for n, one in enumerate(found[1:], 1)] == [
        "5",
        "6",
        "6",
    ]
    assert runs == [(0, 0, 4), (5, 5, 4)]


@pytest.mark.parametrize(
    "pair",
    [
        (b'"NOMD"', b'="NOMD"'),  # a formula
        (b'"NOMD"', b'"NOMD'),  # half of a pair of quotes
        (b'"NOMD"', b'"NO"MD"'),
        (b'"NOMD"', b'"NO"M"D"'),
        (b'"NOMD"', b'"NOMD\r"'),
        (b'"NOMD"', b'"NOM\xc3\x83\xc2\x89"'),  # encoded twice
        (b'"NOMD"', b'"\'601"'),
        (b"731958", b"731959"),
        (b'"Collecte"', b'"Collecte de mars"'),
        (b'"NOMD"', b'"NOM\xe9"'),
        (b'"NOMD";', b'"NOMD";;'),
        (b'"NOMD";', b""),
    ],
)
@pytest.mark.parametrize("place", [0, 3, 7])
def test_what_is_not_as_pix_writes_it_is_said_as_of_a_whole_file(
    pair: tuple[bytes, bytes], place: int
) -> None:
    letter = b"ABCDEFGH"[place : place + 1]
    content = with_line(FIRST, place, (pair[0].replace(b"D", letter), pair[1].replace(b"D", letter)))
    memory = LineMemory()
    memory.export_of(FIRST, FILE)
    try:
        expected = export_of(content, FILE).contents
    except UnreadableExport as refusal:
        with pytest.raises(UnreadableExport) as again:
            memory.export_of(content, FILE)
        assert (again.value.message, again.value.line) == (refusal.message, refusal.line)
    else:
        assert memory.export_of(content, FILE).contents._replace(unchanged=None) == expected


@pytest.mark.parametrize("place", [0, 3, 7])
def test_a_quote_alone_in_a_bare_cell_is_read_as_in_a_whole_file(place: int) -> None:
    letter = b"ABCDEFGH"[place : place + 1]
    odd = with_line(FIRST, place, (b'"NOM' + letter + b'"', b'NOM"' + letter))
    found, _runs = read_after(odd, odd, FIRST, odd, FIRST)
    assert found[0].participations[place].last_name == f'NOM"{letter.decode()}'


@pytest.mark.parametrize(
    "second",
    [
        exported("ABCDEFGH", layout=Layout(group=True)),
        FIRST.replace(b'"Classe"', b'"Groupe"'),  # the same lines say something else
        with_line(FIRST, 0, (b'"12/03/2026 08:50"', b"12/03/2026 08:50")),
        FIRST.replace(b"\n", b"\r\n"),
        FIRST.removesuffix(b"\n"),
        FIRST.split(b"\n")[0] + b"\n",
        FIRST + b"\n",
        FIRST + b"Total;;;25\n",
        FIRST.replace(b"\n", b"\nTotal;;;25\n", 1),
        FIRST.replace(b'"12/03/2026 08:50"', b"12/03/2026 08:50"),  # a spreadsheet has taken its quotes
        FIRST.replace(b"731958", b"802211"),
    ],
)
def test_what_has_another_form_is_read_whole(second: bytes) -> None:
    assert taken_over(FIRST, second) is None


@pytest.mark.parametrize(
    "first",
    [
        FIRST.replace(b'"12/03/2026 08:50"', b"12/03/2026 08:50"),
        FIRST.replace(b"\n", b"\r\n"),
        FIRST.removesuffix(b"\n"),
        FIRST + b"Total;;;25\n",
        FIRST.split(b"\n")[0] + b"\n",
    ],
)
def test_what_pix_did_not_write_is_not_remembered(first: bytes) -> None:
    assert taken_over(first, FIRST) is None
    assert taken_over(FIRST, first, FIRST) == [(0, 0, 8)]


def test_another_encoding_is_never_taken_over() -> None:
    first, again = (exported(letters).decode("utf-8-sig").encode("cp1252") for letters in ("ABCD", "ABCDE"))
    assert taken_over(first, again) is None


@pytest.mark.parametrize("number", [b"731958", b""])
@pytest.mark.parametrize("of_total", [b"731958", b""])
@pytest.mark.parametrize("place", [0, 4, 8])
def test_a_total_as_wide_as_a_line_is_what_it_is_in_a_whole_file(
    number: bytes, of_total: bytes, place: int
) -> None:
    header, *lines = FIRST.replace(b"731958", number).splitlines(keepends=True)
    total = b'"Total";' + of_total + b";" * (header.count(b";") - 1) + b"\n"
    longer = b"".join([header, *lines[:place], total, *lines[place:]])
    memory = LineMemory()
    memory.export_of(header + b"".join(lines), FILE)
    try:
        expected = export_of(longer, FILE).contents
    except UnreadableExport:
        with pytest.raises(UnreadableExport):
            memory.export_of(longer, FILE)
    else:
        assert memory.export_of(longer, FILE).contents._replace(unchanged=None) == expected


def test_without_a_number_of_the_campaign_nothing_is_taken_over() -> None:
    first, again = (exported(letters).replace(b'"ID Campagne"', b'"Autre"') for letters in ("ABCD", "ABCDE"))
    assert taken_over(first, again) is None


def test_campaigns_are_remembered_beside_each_other() -> None:
    other = exported("ABCDEFGH", campaign=OTHER_CAMPAIGN)
    assert taken_over(FIRST, other) is None
    found, runs = read_after(
        FIRST, other, exported("ABCDEFGH", "D"), exported("ABCDEFGH", "E", campaign=OTHER_CAMPAIGN)
    )
    assert runs == [(0, 0, 4), (5, 5, 3)]
    digests = [one.unchanged.digest for one in found if one.unchanged]
    assert digests == [hashlib.sha256(content).hexdigest() for content in (FIRST, other)]


@pytest.mark.parametrize(
    ("most", "known"),
    [(7, [False, False, True]), (15, [False, False, True]), (16, [False, True, True]), (24, [True] * 3)],
)
def test_the_exports_read_longest_ago_are_forgotten(
    most: int, known: Sequence[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_memory, "_MOST_HELD", most)
    third = replace(CAMPAIGN, number=555555)
    files = [FIRST, exported("ABCDEFGH", campaign=OTHER_CAMPAIGN), exported("ABCDEFGH", campaign=third)]
    found = [read_after(*files, again)[1] is not None for again in files]
    assert found == known


def test_a_file_of_too_many_lines_is_refused_as_if_none_were_known(monkeypatch: pytest.MonkeyPatch) -> None:
    longer = exported("ABCDEFGHI")
    for module in (rows, line_memory):
        monkeypatch.setattr(module, "MOST_LINES", 11)
    assert taken_over(FIRST, longer) == [(0, 0, 8)]
    for module in (rows, line_memory):
        monkeypatch.setattr(module, "MOST_LINES", 10)
    memory = LineMemory()
    memory.export_of(FIRST, FILE)
    with pytest.raises(UnreadableExport, match="more than 10 lines"):
        memory.export_of(longer, FILE)


def test_before_2024_a_student_has_one_line_by_the_name_of_each_file() -> None:
    old = datetime(2023, 12, 31, 23, 59)  # noqa: DTZ001 - Paris time without zone
    memory = LineMemory()
    memory.export_of(FIRST, FILE)
    for at, one_line_each in ((old, True), (MORNING, False)):
        found = memory.export_of(exported("ABCDEFGH", "D"), FILE._replace(exported_at=at)).contents
        assert found.unchanged is not None
        assert found.one_line_each is one_line_each


def evaluation(*names: str, in_percent: bool = False) -> bytes:
    form = AssessmentForm(Generation.NAMES_ONLY, in_percent=True) if in_percent else AssessmentForm()
    done = Attempt(moment("08:30"), moment("08:50"), moment("08:52"), frozenset(SOS_PATH.skills[:2]))
    people = [AssessedStudent(f"NOM{name}", "Lou", (done,)) for name in names]
    return assessment_export(people, SOS_PATH, form, moment("09:00"), SOS).content


def test_evaluations_are_taken_over_too() -> None:
    first, again = evaluation(*"ABCDEFGH"), evaluation(*"ABC", "CC", *"DEFGH")
    assert taken_over(first, again) == [(0, 0, 3), (3, 4, 5)]
    assert taken_over(FIRST, first, again, exported("ABCDEFGH", "D")) == [(0, 0, 3), (4, 4, 4)]


@pytest.mark.parametrize("date", [b"2018-09-20", b'"20/09/2018 08:30"', b'"12/03/2026 08:30"'])
def test_an_evaluation_of_percents_is_read_whole_every_time(date: bytes) -> None:
    """Its columns alone leave open how its numbers are meant: all its lines tell that."""
    plain = evaluation(*"ABCDEFGH", in_percent=True)
    assert b";2026-03-12;" in plain
    file = plain.replace(b";2026-03-12;", b";" + date + b";")
    assert taken_over(file, file) is None
