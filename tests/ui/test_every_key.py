"""What `[keys]` can name: every key of every screen, each once, in an order that reads well."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pkgutil import walk_packages

from textual.binding import Binding

import pixsession.ui
from pixsession.ui.every_key import every_key


def declared() -> Iterator[Binding]:
    """The bindings of every class, and of every list of them, wherever in the package."""
    for found in walk_packages(pixsession.ui.__path__, f"{pixsession.ui.__name__}."):
        for member in vars(import_module(found.name)).values():
            held = vars(member).get("BINDINGS", ()) if isinstance(member, type) else member
            if isinstance(held, list | tuple) and (not isinstance(member, type) or _is_ours(member)):
                yield from (one for one in held if isinstance(one, Binding))


def _is_ours(owner: type) -> bool:
    return owner.__module__.startswith("pixsession.")


def test_every_key_of_every_screen_can_be_named_and_each_once() -> None:
    names = [one.id for one in every_key()]
    found = {one.id for one in declared()}
    assert {"board.widen", "session.finish", "lesson.observe", "app.quit", "leaving.stay"} <= found
    assert set(names) == found
    assert len(names) == len(set(names))


def test_the_keys_of_a_subject_stand_together_and_the_board_comes_first() -> None:
    subjects = [subject for subject, _keys in groupby((one.id or "").split(".")[0] for one in every_key())]
    assert subjects[:5] == ["board", "session", "lesson", "search", "app"]
    assert len(subjects) == len(set(subjects))
