"""Lists that went wrong: read right or refused in words, never a crash, never somebody invented."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.foundation.errors import NotPix, UnreadableExport
from pixsession.readers.dates import read_day
from pixsession.readers.export import Contents, Origin
from pixsession.readers.lists.candidates import looks_like_candidates, read_candidates
from pixsession.readers.lists.cells import read_clock, read_extra_time, split_student
from pixsession.readers.lists.rosters import looks_like_roster, read_roster
from pixsession.readers.lists.sessions import looks_like_sessions, read_sessions
from pixsession.readers.lists.siecle import looks_like_siecle, read_siecle
from pixsession.readers.table import Table
from tests.factories.examples import examples
from tests.factories.lists import FILE, csv_table, ods_table
from tests.factories.reached import reached
from tests.factories.samples.lists import (
    SampleSession,
    candidate_list,
    fregata,
    listed_students,
    plain_list,
    sessions_import,
    siecle_xml,
    siecle_zip,
    sup,
)
from tests.properties.drawn import texts

AT = datetime(2026, 6, 2, 8, 30)  # noqa: DTZ001 - Paris time without zone, as everywhere
SESSION = SampleSession("412207", "Collège de la Lune-Rousse", "Salle 12", AT, ("Mme Aubin", "M. D'Or"))
LATER = replace(SESSION, starts_at=AT.replace(hour=10), room="CDI")
STUDENTS = listed_students(12, seed=21, divisions=("3eA", "3e1", "301"), awkward=0.4)
REFUSED = (UnreadableExport, NotPix)
LABELS = (
    "Nom", "Prénom", "Classe", "Groupe", "Élève", "INE", "Né(e) le", "Sexe", "* Nom de naissance", "* Prénom",
    "* Nom du site", "* Nom de la salle", "* Date de début", "Temps majoré ?", "Signature", "N° de session",
    "Mot de passe", "Identifiant", "E-mail", "Nom de famille", "Division*", "Date", "",
)  # fmt: skip

WORDS = ("DE", "LA", "GALL", "Marie-Lou", "d'A", "M.", "ÉV", "Zoé", "de", ",")

Read = Callable[[Table], Contents]


class Kind(NamedTuple):
    """One kind of list: its bytes and how they are read."""

    content: bytes
    looks: Callable[[Sequence[str]], bool]
    read: Read

    def table(self) -> Table:
        if self.content.startswith(b"PK"):
            return ods_table(self.content, self.looks)
        return csv_table(self.content)


def _candidates(table: Table) -> Contents:
    return read_candidates(table, FILE)


def _sessions(table: Table) -> Contents:
    return read_sessions(table, FILE)


def _roster(table: Table) -> Contents:
    return read_roster(table, FILE)


IMPORT = sessions_import(((SESSION, STUDENTS[:6]), (LATER, STUDENTS[6:])))
KINDS = {
    "candidates": Kind(candidate_list(SESSION, STUDENTS), looks_like_candidates, _candidates),
    "sessions": Kind(IMPORT, looks_like_sessions, _sessions),
    "fregata": Kind(fregata(STUDENTS), looks_like_roster, _roster),
    "sup": Kind(sup(STUDENTS), looks_like_roster, _roster),
    "plain": Kind(plain_list(STUDENTS), looks_like_roster, _roster),
}
ROSTERS = ("fregata", "sup", "plain")
kinds = pytest.mark.parametrize("name", sorted(KINDS))


def rows_of(table: Table) -> list[list[str]]:
    return [cells for _line, cells in table.rows]


def with_rows(table: Table, rows: Sequence[Sequence[str]], header: Sequence[str] | None = None) -> Table:
    """The same table with other rows, numbered from the header on."""
    numbered = [(table.header_line + place, list(cells)) for place, cells in enumerate(rows, 1)]
    return table._replace(rows=numbered, header=tuple(header or table.header))


def without_line(found: ExpectedStudent) -> ExpectedStudent:
    return found._replace(line=0)


def called(found: Contents) -> list[tuple[ExpectedStudent, SessionFacts | None]]:
    """Everybody with their session, whatever the line and the place of the session in the file."""
    return [
        (
            without_line(one)._replace(session=None),
            None if one.session is None else found.sessions[one.session],
        )
        for one in found.expected
    ]


def is_seen_in(found: ExpectedStudent, whole: Sequence[ExpectedStudent]) -> bool:
    """Whether somebody is one of these, apart from what is not known of them."""
    told = {name: value for name, value in found._asdict().items() if name != "line" and value}
    return any(all(getattr(one, name) == value for name, value in told.items()) for one in whole)


@pytest.mark.parametrize("name", [*ROSTERS, "sessions"])  # a workbook that is cut is no ZIP any more
@given(st.data())
@examples(50)
def test_a_list_cut_anywhere_names_nobody_who_is_not_in_it(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    whole = kind.read(kind.table()).expected
    cut = kind.content[: data.draw(st.integers(3, len(kind.content)))]
    try:
        table = csv_table(cut)
    except (UnicodeDecodeError, csv.Error, ValueError):
        return
    if not kind.looks(table.header):
        return
    try:
        found = kind.read(table).expected
    except REFUSED:
        return
    reached(len(found))
    assert all(is_seen_in(one, whole) for one in found)
    assert len(found) >= len(rows_of(table)) - 1


@kinds
@given(st.data())
@examples(30)
def test_any_text_in_any_cell_changes_that_student_only(name: str, data: st.DataObject) -> None:
    table = KINDS[name].table()
    before = {one.line: one for one in KINDS[name].read(with_rows(table, rows_of(table))).expected}
    rows = [list(cells) for cells in rows_of(table)]
    row = data.draw(st.integers(0, len(STUDENTS) - 1))
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    rows[row][column] = data.draw(texts)
    try:
        found = KINDS[name].read(with_rows(table, rows))
    except REFUSED:
        return
    line = table.header_line + 1 + row

    def of_session(one: ExpectedStudent) -> ExpectedStudent:
        """In an import, a session changes for all that stand under it."""
        return one._replace(session=None) if name == "sessions" else one

    cells = {cell.strip() for cell in rows[row]}
    for one in found.expected:
        if one.line == line:
            reached()
            assert {one.last_name, one.first_name} <= cells
            continue
        reached()
        assert of_session(one) == of_session(before[one.line])
    rejected = {reject.line for reject in found.rejects}
    reached()
    assert {one.line for one in found.expected} | rejected >= set(before) - {line}


@kinds
@given(st.data())
@examples(20)
def test_columns_in_another_order_tell_the_same(name: str, data: st.DataObject) -> None:
    table = KINDS[name].table()
    rows = rows_of(table)
    order = data.draw(st.permutations(range(len(table.header))))
    moved = [[cells[place] if place < len(cells) else "" for place in order] for cells in rows]
    header = [table.header[place] for place in order]
    reached()
    assert KINDS[name].looks(header)
    same = KINDS[name].read(with_rows(table, rows))
    found = KINDS[name].read(with_rows(table, moved, header))
    assert found.expected == same.expected
    assert found.sessions == same.sessions
    assert found.rejects == same.rejects


@pytest.mark.parametrize("name", [*ROSTERS, "candidates"])
@given(st.data())
@examples(20)
def test_rows_dropped_doubled_and_reordered_are_the_students_that_are_left(
    name: str, data: st.DataObject
) -> None:
    table = KINDS[name].table()
    rows = rows_of(table)
    everybody = KINDS[name].read(with_rows(table, rows)).expected
    places = data.draw(st.lists(st.integers(0, len(STUDENTS) - 1), max_size=30))
    found = KINDS[name].read(with_rows(table, [rows[place] for place in places]))
    left = [without_line(everybody[place]) for place in dict.fromkeys(places)]
    reached()
    assert [without_line(one) for one in found.expected] == left
    assert len(found.rejects) == len(places) - len(left)


@given(st.data())
@examples(30)
def test_a_row_of_an_import_is_of_the_session_named_last(data: st.DataObject) -> None:
    table = KINDS["sessions"].table()
    rows = rows_of(table)
    places = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=20, unique=True))
    found = read_sessions(with_rows(table, [rows[place] for place in places]), FILE)
    wanted, start = [], None
    for place in places:
        start = rows[place][4] or start
        if start is not None:
            wanted.append((rows[place][7].strip(), start))
    told = [(one.last_name, session.start) for one, session in called(found) if session is not None]
    reached()
    assert told == wanted
    assert len(found.rejects) == len(places) - len(wanted)


# Of each kind the labels that make a header one of it, more that it may have, and cells as they are typed.
SIGNS = {
    "candidates": ("* Nom de naissance", "* Prénom", "Temps majoré ?", "Signature"),
    "sessions": ("* Nom de naissance", "* Prénom", "* Nom du site", "* Nom de la salle"),
    "plain": ("Nom", "Prénom", "Classe"),
    "fregata": ("Élève", "Classe", "Né(e) le"),
}
MORE = ("INE", "Sexe", "Date de naissance", "* Date de début", "N° de session", "E-mail", "Division*", "")
CELLS = (
    "DE LA TOUR", "LE GALL Zoé", "Marie-Lou", "d'A", "3eA", "12/03/2012", "33%", "08:30", "F", "", " ", "é",
)  # fmt: skip
USUAL = {
    "* Nom de naissance": ("DE LA TOUR", "d'A"),
    "Nom": ("DE LA TOUR", "d'A"),
    "* Prénom": ("Zoé", "Marie-Lou"),
    "Prénom": ("Zoé", "Marie-Lou"),
    "Élève": ("LE GALL Zoé", "PETIT Marie-Lou"),
    "Classe": ("3eA", "3eB"),
    "* Nom du site": ("Collège",),
    "* Nom de la salle": ("Salle 12",),
}


@st.composite
def odd_tables(draw: st.DrawFn, name: str) -> Table:
    """A table with the header of a kind, its columns in any order, and rows of anything, short or long."""
    header = draw(st.permutations([*SIGNS[name], *draw(st.lists(st.sampled_from(MORE), max_size=3))]))
    wide = len(header)
    cells = st.sampled_from(CELLS) | texts
    usual = st.tuples(*[st.sampled_from(USUAL.get(label, CELLS)) for label in header]).map(list)
    anything = st.lists(cells, min_size=wide - 2, max_size=wide + 1)
    rows = draw(st.lists(usual | anything, max_size=5))
    above = draw(st.lists(st.lists(st.sampled_from(LABELS) | texts, max_size=4), max_size=4))
    start = len(above) + 1
    numbered = [(start + place, row) for place, row in enumerate(rows, 1)]
    form = draw(st.sampled_from(("csv", "xlsx", "ods")))
    return Table(
        Origin(form), tuple(header), start, numbered, tuple(enumerate(above, 1)), draw(st.booleans())
    )


def named_in(found: Contents, table: Table) -> int:
    """How many are named, each of whom their line names; no line is told of twice."""
    by_line = dict(table.rows)
    for one in found.expected:
        words = {word for cell in by_line[one.line] for word in cell.replace(",", " ").split()}
        assert set(f"{one.last_name} {one.first_name}".replace(",", " ").split()) <= words
        assert any(map(str.isalpha, one.last_name))
    taken = [one.line for one in found.expected] + [reject.line for reject in found.rejects]
    assert len(taken) == len(set(taken))
    assert len(found.columns) == len(table.header)
    return len(found.expected)


@pytest.mark.parametrize("name", sorted(SIGNS))
def test_any_table_is_read_or_refused(name: str) -> None:
    @given(odd_tables(name))
    @examples(150)
    def odd(table: Table) -> None:
        reached()
        assert KINDS[name].looks(table.header)
        try:
            found = KINDS[name].read(table)
        except REFUSED:
            return
        reached(named_in(found, table))

    odd()


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@examples(100)
def test_any_bytes_are_no_base_or_refused(content: bytes) -> None:
    for bytes_ in (content, b"<BEE_ELEVES>" + content, b"PK\x03\x04" + content):
        looks_like_siecle(bytes_)
        with pytest.raises(REFUSED):
            read_siecle(bytes_, FILE)
    reached()


@pytest.mark.parametrize("packed", [False, True])
@given(st.data())
@examples(75)
def test_a_base_with_damaged_bytes_is_read_or_refused(packed: bool, data: st.DataObject) -> None:
    content = bytearray(siecle_zip(STUDENTS) if packed else siecle_xml(STUDENTS))
    whole = read_siecle(bytes(content), FILE).expected
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    looks_like_siecle(bytes(content[:65536]))
    try:
        found = read_siecle(bytes(content), FILE).expected
    except REFUSED:
        return
    reached()
    assert found == whole if packed else len(found) >= len(whole) - 2  # a ZIP has sums of control


@given(st.text(max_size=40) | st.lists(st.sampled_from(WORDS)).map(" ".join))
@examples(150)
def test_a_name_split_is_made_of_its_own_words(text: str) -> None:
    found = split_student(text)
    if found is not None:
        last, first = found
        reached()
        assert last
        assert first
        assert sorted(f"{last} {first}".split()) == sorted(text.replace(",", " ", 1).split())


@given(texts)
@examples(150)
def test_cells_are_values_or_unknown(text: str) -> None:
    day, start, share = read_day(text), read_clock(text), read_extra_time(text)
    reached()
    assert day is None or datetime.fromisoformat(day)
    assert start is None or datetime.strptime(start, "%H:%M")  # noqa: DTZ007 - a time of day
    assert share is None or 0 <= share <= 1


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(("{0:%d/%m/%Y}", "{0.day}.{0.month}.{0.year}", "{0:%Y-%m-%d}", " {0:%d-%m-%Y} 00:00")),
)
@examples(50)
def test_a_day_is_read_however_it_is_written(day: date, form: str) -> None:
    reached()
    assert read_day(form.format(day)) == day.isoformat()


@given(st.times(), st.sampled_from(("{0:%H:%M}", "{0.hour}h{0:%M}", "{0:%H:%M:%S}", "2026-03-12 {0:%H:%M}")))
@examples(50)
def test_a_time_is_read_however_it_is_written(at: time, form: str) -> None:
    reached()
    assert read_clock(form.format(at)) == f"{at:%H:%M}"


@given(st.integers(1, 100), st.sampled_from(("{0}%", "{0} %", "{0}", "{0},0", "{0}\u202f%")))
@examples(50)
def test_extra_time_is_read_however_it_is_written(percent: int, form: str) -> None:
    reached()
    assert read_extra_time(form.format(percent)) == percent / 100


@given(st.integers(1, 99), st.sampled_from(",."))
@examples(50)
def test_extra_time_below_one_is_a_fraction(percent: int, point: str) -> None:
    reached()
    assert read_extra_time(f"0{point}{percent:02}") == percent / 100
