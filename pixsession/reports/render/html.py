"""A document as one HTML page to print: no script, nothing from elsewhere, black on white."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pixsession.foundation.i18n import language
from pixsession.foundation.package_files import package_file
from pixsession.reports.document import Document
from pixsession.reports.render.charts import drawing_of

if TYPE_CHECKING:
    from jinja2 import Template


# A page that has it is one of ours: it may be written anew.
PAGE_MARK = '<meta name="generator" content="pixsession">'


def as_html(document: Document) -> str:
    """The page, ending with a line break; every text is escaped by the template."""
    return _template().render(document=document, drawn=drawing_of, language=language(), mark=PAGE_MARK)


@cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - 150 ms, for pages only

    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")


def _source(name: str) -> str:
    return package_file(f"reports/render/{name}").decode()
