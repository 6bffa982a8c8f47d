"""From a text to rows as wide as their header: what fits, what is cut away, what is refused and where."""

from __future__ import annotations

import pytest

from pixsession.foundation.errors import UnreadableExport
from pixsession.readers import rows
from pixsession.readers.export import ExportKind
from pixsession.readers.recognise import Recognised
from pixsession.readers.rows import Alignment, cells_at, has_cells, is_untouched, table_of
from pixsession.readers.table import Row, Table


def fitted(alignment: Alignment, *given: str) -> list[str | None]:
    """Each of these rows, ";" between its cells, as it fits; None where it is refused with its line."""
    found: list[str | None] = []
    for line, row in enumerate(given, 7):
        try:
            found.append(";".join(alignment.fit(line, row.split(";"))))
        except UnreadableExport as refused:
            assert refused.line == line
            found.append(None)
    return found


@pytest.mark.parametrize(
    ("surplus_at", "yes_no_at", "given", "expected"),
    [
        (2, 3, ["a;b;c;Oui", "d;e;f;Non"], ["a;b;c;Oui", "d;e;f;Non"]),
        # A spreadsheet may add empty cells at the end.
        (2, 3, ["a;b;c;Oui;;", "d;e;f;Non; "], ["a;b;c;Oui", "d;e;f;Non"]),
        (None, None, ["a;b;c;;;"], ["a;b;c;"]),
        (2, 3, ["a;b;c;d;"], ["a;b;c;d"]),  # nothing was taken out of the middle
        # Cells without a label stand after the second one, and in every row.
        (2, 3, ["a;b;x;c;Oui", "d;e;;f;Non"], ["a;b;c;Oui", "d;e;f;Non"]),
        (2, 3, ["a;b;x;y;c;Oui;"], ["a;b;c;Oui"]),
        (2, 3, ["a;b;x;c;Oui", "d;e;f;Non"], ["a;b;c;Oui", None]),
        (2, 3, ["a;b;x;c;Oui", "d;e;x;y;f;Non"], ["a;b;c;Oui", None]),
        (2, 3, ["a;b;c;Oui", "d;e;x;f;Non"], ["a;b;c;Oui", None]),
        (2, 3, ["a;b;c;Oui;", "d;e;x;f;Non"], ["a;b;c;Oui", None]),
        (0, None, ["x;a;b;c;d"], ["a;b;c;d"]),
        (2, None, ["a;b;x;c;d"], ["a;b;c;d"]),
        # What is taken out must leave a yes or no where one belongs.
        (2, 3, ["a;b;c;Oui;d"], [None]),
        (None, 3, ["a;b;x;c;Oui"], [None]),
        (2, 3, ["a;b;c"], [None]),
        (2, 3, ["a;b;c", "a;b;c;Oui"], [None, "a;b;c;Oui"]),
    ],
)
def test_a_row_fits_its_header_or_is_refused(
    surplus_at: int | None, yes_no_at: int | None, given: list[str], expected: list[str | None]
) -> None:
    assert fitted(Alignment(4, surplus_at, yes_no_at), *given) == expected


@pytest.mark.parametrize(
    ("given", "counts"),
    [(["a;b;c"], "3 cells instead of 4"), (["a;b;x;c;Oui", "a;b;c;Oui"], "4 cells instead of 5")],
)
def test_a_refusal_tells_how_many_cells_there_should_be(given: list[str], counts: str) -> None:
    alignment = Alignment(4, 2, 3)
    fitted(alignment, *given[:-1])
    with pytest.raises(UnreadableExport, match=counts):
        alignment.fit(2, given[-1].split(";"))


@pytest.mark.parametrize(
    ("positions", "cells"),
    [([], []), ([1], ["b"]), ([None], [""]), ([2, 0], ["c", "a"]), ([2, None, 0], ["c", "", "a"])],
)
def test_the_cells_at_some_places(positions: list[int | None], cells: list[str]) -> None:
    assert list(cells_at(positions)(["a", "b", "c"])) == cells


@pytest.mark.parametrize(
    ("row", "has"),
    [([], False), ([""], False), ([" ", "\t"], False), (["a", ""], True), (["", "", "a"], True)],
)
def test_a_row_that_holds_anything(row: list[str], has: bool) -> None:
    assert has_cells(row) is has


PLAIN = '"Nom";"Le"\n"A";"12/03/2026 08:50";126;"Oui"\n'


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        (PLAIN, True),
        (PLAIN.replace("12/03/2026 08:50", "2026-03-12T08:50:00Z"), True),
        (PLAIN.replace('"12/03/2026 08:50"', '"NA"'), True),  # no date at all
        (PLAIN.replace('"12/03/2026 08:50"', "12/03/2026 08:50"), False),
        (PLAIN.replace("12/03/2026", "12/3/2026"), False),
        (PLAIN.replace("126", '"126"'), False),
        (PLAIN.replace('"Nom"', "Nom"), False),
        (PLAIN.replace("\n", "\r\n"), False),
        ("", False),
    ],
)
def test_quotes_tell_what_no_other_program_has_saved(text: str, is_so: bool) -> None:
    assert is_untouched(text, "utf-8-sig", ";") is is_so
    assert is_untouched(text, "utf-8", ";") is is_so
    assert not is_untouched(text, "cp1252", ";")
    assert not is_untouched(text, "utf-8", ",")


def table(text: str, skipped: int = 0) -> Table:
    return table_of(text, Recognised(ExportKind.PROFILES, "utf-8", ";", False, skipped))


def test_every_row_comes_with_the_line_that_it_starts_on() -> None:
    found = table('a;b\n1;2\n\n;;\n"x\ny";3\nz;="3B"')
    assert (found.header, found.header_line, found.above) == (("a", "b"), 1, ())
    assert list(found.rows) == [(2, ["1", "2"]), (5, ["x\ny", "3"]), (7, ["z", "3B"])]
    assert not found.ended
    assert [table(text).ended for text in ("a;b\n", "a;b\r", "a;b")] == [True, True, False]


def test_the_rows_over_the_header_have_their_lines_too() -> None:
    found = table('"Collecte\nde mars"\n\nde la 3eA;\n;\na;b\n1;2\n', 5)
    expected: tuple[Row, ...] = ((1, ["Collecte\nde mars"]), (4, ["de la 3eA", ""]))
    assert found.above == expected
    assert (found.header_line, list(found.rows)) == (6, [(7, ["1", "2"])])
    assert not table('"Collecte"\n' + PLAIN, 1).untouched
    assert not table("a;b\n1;2\n").untouched
    assert table(PLAIN).untouched


def test_a_line_that_cannot_be_split_is_refused() -> None:
    with pytest.raises(UnreadableExport, match="damaged or cut") as refused:
        list(table('titre\na;b\n1;2\n"x;3\n', 1).rows)
    assert refused.value.line == 4


@pytest.mark.parametrize(("skipped", "lines"), [(0, 4), (1, 3)])
def test_so_many_lines_are_read_and_no_more(
    skipped: int, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_LINES", 5)
    text = "titre\n" * skipped + "a;b\n"
    assert len(list(table(text + "1;2\n" * (lines - 1), skipped).rows)) == lines - 1
    with pytest.raises(UnreadableExport, match="more than 5 lines") as refused:
        list(table(text + "1;2\n" * (lines + 1), skipped).rows)
    assert refused.value.line == 6


def test_a_line_of_too_many_cells_is_refused_before_it_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = "a;b\n1;2\n" + ";" * 4 + "\n"
    monkeypatch.setattr(rows, "MOST_CELLS", 4)
    assert len(list(table(wide).rows)) == 1  # a small text does no harm
    monkeypatch.setattr(rows, "_LARGE", len(wide) - 1)
    with pytest.raises(UnreadableExport, match="more than 4 cells") as refused:
        list(table(wide).rows)
    assert refused.value.line == 3
    assert len(list(table(wide.replace(";;;;", "1;2;3").ljust(len(wide), "\n")).rows)) == 2
    assert len(list(table("\n" + "a;b\n" * 9).rows)) == 8
    assert len(list(table("a;b\n" * 9 + "1;2").rows)) == 9
