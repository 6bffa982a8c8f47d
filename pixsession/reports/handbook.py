"""The handbook as one page that needs nothing else: its pictures are in it, and it fetches nothing."""

from __future__ import annotations

import base64
import re

from markdown_it import MarkdownIt

from pixsession.foundation.i18n import language
from pixsession.foundation.package_files import package_file

_HEAD = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>pixsession</title>
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width"><style>{style}</style></head><body>
"""
_PICTURE = re.compile(r"(?m)^!\[([^\]]*)\]\(([\w.]+)\)$")


class _Reader(MarkdownIt):
    """Only pictures that are in the page are shown."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name that markdown-it asks for
        return url.startswith("data:image/svg+xml;base64,")


def handbook_text() -> str:
    """The handbook in the language in use, to be read in a terminal: as it is written, without pictures."""
    return _PICTURE.sub(r"(\1)", _source(f"{language()}.md")) + f"\n#{keys_text()}"


def handbook_page() -> str:
    """The handbook in the language in use as an HTML page; the card of keys is its last sheet."""
    source = _source(f"{language()}.md")
    pictured = _PICTURE.sub(lambda found: f"![{found[1]}]({_as_address(found[2])})", source)
    return _page(_html(pictured) + _card(f"#{keys_text()}"))


def keys_text() -> str:
    """The card of keys alone, in the language in use."""
    return _source(f"keys.{language()}.md")


def keys_page() -> str:
    """The card of keys alone as an HTML page, one sheet of A4 when printed."""
    return _page(_card(keys_text()))


def _page(content: str) -> str:
    return f"{_HEAD.format(language=language(), style=_source('page.css'))}{content}</body></html>\n"


def _card(text: str) -> str:
    return f'<section class="card">{_html(text)}</section>'


def _html(text: str) -> str:
    return str(_Reader("commonmark", {"html": False}).enable("table").render(text))


def register_entry(state: str, downloads: str, keep_days: int) -> str:
    """The entry for the school's register of processing, filled in for this computer."""
    text = _source(f"register.{language()}.md")
    return text.format(state=state, downloads=downloads, keep_days=keep_days)


def _source(name: str) -> str:
    return package_file(f"handbook/{name}").decode()


def _as_address(picture: str) -> str:
    content = _source(picture).encode()
    return f"data:image/svg+xml;base64,{base64.b64encode(content).decode()}"
