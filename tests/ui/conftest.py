"""The screens are painted the same way on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet


@pytest.fixture(scope="session", autouse=True)
def styles_parsed_once() -> Iterator[None]:
    """The rules of one text under the same variables are parsed once, and not by every app anew.

    Textual keeps them likewise for one app, in the method and by the parameters patched here.
    """
    parse, kept = Stylesheet._parse_rules, dict[Any, list[RuleSet]]()

    def parse_once(sheet: Stylesheet, css: str, *rest: Any, **named: Any) -> list[RuleSet]:
        key = (css, rest, tuple(named.items()), tuple(sheet._variables.items()))
        if key not in kept:
            kept[key] = parse(sheet, css, *rest, **named)
        return kept[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Stylesheet, "_parse_rules", parse_once)
        patched.setattr(RuleSet, "__hash__", object.__hash__)  # the same, asked two hundred times per widget
        yield


@pytest.fixture(scope="session", autouse=True)
def painted_at_rest() -> Iterator[None]:
    """A screen is painted when its app has come to rest, and never in between because a clock says so."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("textual.screen.UPDATE_PERIOD", 3600.0)
        yield


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """These two change every picture."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)


@pytest.fixture(autouse=True)
def quick_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test presses keys sooner than anybody could; those about slips say how soon is too soon."""
    monkeypatch.setattr("pixsession.ui.common.question.READING_SECONDS", 0.0)
    monkeypatch.setattr("pixsession.ui.board.gestures.TWICE_SECONDS", 0.0)
