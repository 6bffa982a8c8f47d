"""JSON for programs, harmless in a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_FRENCH_SPACES = "\xa0\u202f"  # "not printable" for Python, harmless in a terminal
_write = json.JSONEncoder(ensure_ascii=False).encode  # indented JSON is ten times slower to write


def as_json(head: Mapping[str, Any], **lists: Iterable[Any]) -> str:
    """One document, `head` and then the lists, one item a line; it ends with a line break."""
    items = {name: ",\n".join(map(_write, found)) for name, found in lists.items()}
    told = "".join(f',\n"{name}": [\n{lines}\n]' for name, lines in items.items())
    return harmless(f"{_write(head)[:-1]}{told}}}\n")


def json_lines(items: Iterable[Any]) -> str:
    """A list, one item a line; it ends with a line break."""
    return harmless("[\n" + ",\n".join(map(_write, items)) + "\n]\n")


def harmless(text: str) -> str:
    """JSON with what a terminal would obey or UTF-8 cannot write as \\uXXXX: the same to a JSON reader."""
    return re.sub(r"[^\n -~]", _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character.isprintable() or character in _FRENCH_SPACES:
        return character
    return json.dumps(character)[1:-1]
