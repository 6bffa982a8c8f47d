"""Any document in any form: what a text says is only text, and empty parts leave nothing behind."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pixsession.foundation.i18n import use_language
from pixsession.reports.document import (
    Column,
    Counts,
    Document,
    Group,
    Item,
    Medium,
    Row,
    Section,
    Spreadsheet,
    Table,
    listed,
)
from pixsession.reports.render import FORMS, rendered
from tests.factories.sheet_forms import Page

BARE = Document("bare", "Bare", Spreadsheet(("A",), ()))


def with_sections(*sections: Section) -> Document:
    return BARE._replace(sections=sections)


def page_of(document: Document) -> Page:
    page = Page(rendered(document, "html"))
    assert not page.open
    assert not page.odd
    return page


def full(text: str) -> Document:
    """A document that says the same in every field."""
    item = Item((text, text), text, text, text, source=text)
    ticked = Item((text,), at=text, ticked=True)
    table = Table((Column(text, text), Column(None, text)), (Row((text, text), aside=True),), text)
    return Document(
        name="full",
        title=text,
        data=Spreadsheet((text,), ((text,),)),
        kind=text,
        subtitles=(text,),
        facts=((text, text),),
        counts=(Counts(text, (("{n} came", 3),)),),
        notes=(text,),
        sections=(
            Section(text, table=table, titled=False),
            Section(text, (Group((item, ticked), text, to_tick=True),), in_columns=True, lead=text),
            Section(text, (Group((item,), text),), style="grouped"),
            listed(text, (item,)),
        ),
        signatures=(text,),
        closing=text,
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "&lt;b&gt;"])
def test_every_text_of_a_document_is_only_text_on_the_page(text: str) -> None:
    assert page_of(full(text)).tags == page_of(full("calm")).tags
    assert page_of(full(text)).text == page_of(full("calm")).text.replace("calm", text)


def test_a_document_with_a_title_alone_is_one_in_every_form() -> None:
    assert [rendered(BARE, form) for form in FORMS if form != "html"] == ['\ufeff"A"\r\n', "Bare\n"]
    page = page_of(BARE)
    assert not {"section", "table", "ul"} & set(page.tags)


def test_empty_sections_leave_nothing_behind() -> None:
    table = Table((Column("Head", ""),), ())
    document = with_sections(listed("None", ()), Section("Nothing", table=table), Section("Nobody"))
    assert rendered(document, "text") == "Bare\n"
    assert page_of(document).tags == page_of(BARE).tags


def test_a_section_for_one_medium_is_left_out_of_the_other() -> None:
    paper, lines = (
        listed(title, (Item((title,)),))._replace(medium=medium)
        for title, medium in (("paper", Medium.PAGE), ("lines", Medium.LINES))
    )
    document = with_sections(paper, lines)
    assert rendered(document, "text") == "Bare\n\nlines:\n- lines\n"
    assert "lines" not in page_of(document).text


def test_columns_are_on_the_page_in_a_line_or_in_both() -> None:
    columns = (Column("Name", ""), Column("Class"), Column(None, "sent"), Column("Pix", "pix", optional=True))
    table = Table(columns, (Row(("ROUX", "3eA", "yes", "")),))
    document = with_sections(Section("Students", table=table))
    assert rendered(document, "text").splitlines()[-1] == "- ROUX; sent: yes"
    assert page_of(document).text.endswith("Students Name Class ROUX3eA")


@pytest.mark.parametrize(
    ("item", "line"),
    [
        (Item((), "ROUX", "3eA"), "- ROUX, 3eA"),
        (Item(("late", "moved"), "ROUX", at="08:50"), "- 08:50 ROUX: late; moved"),
        (Item(("what",), source="x.csv"), "- what; x.csv"),
        (Item(("why",), "refused", source="x.csv"), "- refused: x.csv; why"),
        (Item(("done",), at="08:20", ticked=True), "- [x] done (08:20)"),
        (Item(("left",), ticked=False), "- [ ] left"),
    ],
)
def test_an_item_in_a_line(item: Item, line: str) -> None:
    use_language("en")
    assert rendered(with_sections(listed("T", (item,))), "text").splitlines()[-1] == line


def test_only_a_page_loads_jinja2() -> None:
    code = """
import sys
from pixsession.reports.document import Document, Spreadsheet
from pixsession.reports.render import rendered
import pixsession.reports.render.json
bare = Document("bare", "Bare", Spreadsheet((), ()))
for form, is_loaded in (("text", False), ("csv", False), ("html", True)):
    rendered(bare, form)
    assert ("jinja2" in sys.modules) is is_loaded, form
"""
    subprocess.run([sys.executable, "-c", code], check=True)
