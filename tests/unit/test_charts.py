"""Charts of a document: every number is said, in shapes, in bars of characters and in a table."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree

from pixsession.reports.document import (
    Bar,
    Chart,
    ChartKind,
    Column,
    Document,
    Row,
    Section,
    Spreadsheet,
    Table,
)
from pixsession.reports.render import folded, in_ascii, rendered
from pixsession.reports.render.charts import chart_lines, drawing_of
from tests.factories.sheet_forms import Page

BARS = (Bar("Novice <1>", 3, "3"), Bar("Expert & 2", 12, "12"), Bar("—", 0, "0"))
SHARES = (Bar("1.1", 2.0, "2,0", (0.25, 0.5, 0.25)), Bar("5.2", 0.0, "0,0", (1.0, 0.0, 0.0)))
CHARTS = [
    *(
        Chart(kind, "What it shows", BARS, 12)
        for kind in (ChartKind.BARS, ChartKind.HISTOGRAM, ChartKind.SPARKLINE)
    ),
    Chart(ChartKind.SHARES, "What it shows", SHARES, 1, ("low", "middle", "high")),
]


def page(chart: Chart, *, unseen: bool = True) -> str:
    table = Table((Column("Name"), Column("Number")), tuple(Row((bar.label, bar.text)) for bar in chart.bars))
    section = Section("A chart", table=table, chart=chart, unseen=unseen)
    return rendered(Document("d", "D", Spreadsheet((), ()), sections=(section,)), "html")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind.value)
def test_a_page_has_the_shapes_what_they_show_and_a_table_that_says_the_same(chart: Chart) -> None:
    html = page(chart)
    read = Page(html)
    assert not read.open
    assert not read.odd
    assert 'role="img" aria-label="What it shows"' in html
    table = html[html.index('<div class="unseen">') :]
    for bar in chart.bars:
        assert f">{bar.text}</td>" in table
    assert "<1>" not in html, "texts are escaped"


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind.value)
def test_shapes_stay_in_their_field_and_are_told_apart_without_colour(chart: Chart) -> None:
    found = re.search(r"(?s)<svg.*?</svg>", page(chart))
    assert found
    svg = ElementTree.fromstring(found[0])
    _x, _y, width, height = map(float, svg.attrib["viewBox"].split())
    for box in svg.iter("rect"):
        x, y, wide, high = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + wide <= width + 0.2
        assert y + high <= height + 0.2
        red, green, blue = re.findall("[0-9a-f]", box.attrib["fill"])
        assert red == green == blue
    assert "style" not in found[0], "it needs no style sheet"


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = drawing_of(CHARTS[0])
    widths = [box.width for box in drawn.boxes]
    assert widths[0] == pytest.approx(widths[1] / 4, abs=0.1)
    assert widths[2] == 0


def test_parts_of_a_bar_make_its_whole() -> None:
    boxes = [box for box in drawing_of(CHARTS[3]).boxes if box.y > 10]
    first, second = boxes[:3], boxes[3:]
    assert sum(box.width for box in first) == pytest.approx(sum(box.width for box in second), abs=0.3)
    assert [box.fill for box in first] == ["#fff", "#aaa", "#333"]


@pytest.mark.parametrize("width", [40, 78, 118])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind.value)
def test_lines_say_each_number_and_fit(chart: Chart, width: int) -> None:
    lines = chart_lines(chart, width)
    assert max(map(len, lines)) <= width
    said = lines[1:] if chart.legend else lines
    for bar, line in zip(chart.bars, said, strict=True):
        assert bar.label in line
        assert line.endswith(bar.text)


def test_lines_of_shares_are_cut_where_their_parts_end() -> None:
    lines = chart_lines(CHARTS[3], 29)
    assert lines[1] == "1.1 ░░░░░▒▒▒▒▒▒▒▒▒▒▒▒█████ 2,0".replace("░░░░░", "░" * 5).replace("▒" * 12, "▒" * 11)
    assert lines[2].count("░") == 21


def test_without_signs_bars_are_of_plain_characters() -> None:
    assert all(in_ascii(line).isascii() for line in chart_lines(CHARTS[3], 40))


def test_a_chart_of_nothing_is_nothing() -> None:
    for kind in ChartKind:
        assert drawing_of(Chart(kind, "", (), 0)).boxes == ()
        assert chart_lines(Chart(kind, "", (), 0)) == []


def figures(*cells: str) -> str:
    columns = (Column("Class", "", "name"), Column("Not obtained", "not obtained", "num"))
    table = Table(columns, (Row(cells), Row(("3eB", "12"))))
    section = Section("Side by side", table=table, style="figures")
    return rendered(Document("d", "D", Spreadsheet((), ()), sections=(section,)), "text", width=24)


def test_figures_stand_one_under_the_other_under_titles_of_two_lines() -> None:
    assert figures("3eA", "7").split("Side by side:\n")[1].splitlines()[:4] == [
        "            Not",
        "Class  obtained",
        "3eA           7",
        "3eB          12",
    ]


def test_figures_that_do_not_fit_are_said_line_by_line() -> None:
    assert "- 3eA with a long name; not obtained: 7\n" in figures("3eA with a long name", "7")


def test_a_long_line_is_broken_between_words_and_that_of_a_list_stays_under_its_first_word() -> None:
    bars = "  1-2 ████ 4\n"
    assert folded(f"one two three\n\n- four five six\n{bars}", 12) == (
        f"one two\nthree\n\n- four five\n  six\n{bars}"
    )
