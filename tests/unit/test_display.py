"""Text from files made fit to be painted."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.foundation.text import MAX_LENGTH, MAX_MARKS, shown
from tests.factories.examples import examples
from tests.factories.reached import reached

FEW = examples(150)


@pytest.mark.parametrize(
    ("text", "painted"),
    [
        ("MARTIN", "MARTIN"),
        ("  DE   LA TOUR ", "DE LA TOUR"),
        ("Anne\nLaure", "Anne Laure"),
        ("a\tb\r\nc\x85d", "a b c d"),
        ("\x1b[31mROUGE", "�[31mROUGE"),
        ("\x1b]0;HACK\x07", "�]0;HACK�"),
        ("\x9b2J", "�2J"),
        ("\u202eABC\u202c", "�ABC�"),
        ("a\u200bb\u2060c", "a�b�c"),
        ("\ud800", "�"),
        ("A\u2028B", "A�B"),
        ("\ue000", "�"),
        ("[/]", "[/]"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("e\u0301", "é"),
        ("Bảo Châu", "Bảo Châu"),
        ("e" + "\u0301" * 9, "é\u0301\u0301"),
        ("\u00a0A\u00a0", "A"),
        ("李小龍", "李小龍"),
        ("", ""),
        ("\x00", "�"),
    ],
)
def test_what_is_painted(text: str, painted: str) -> None:
    assert shown(text) == painted


def test_a_long_text_is_cut() -> None:
    assert len(shown("x" * 5000)) == MAX_LENGTH
    assert shown("abcdef", 4) == "abc…"
    assert shown("abcd", 4) == "abcd"
    assert len(shown("é" * 5000)) == MAX_LENGTH


def test_a_text_made_to_hurt_does_not() -> None:
    started = time.process_time()
    shown("a" + "\u0301\u0316" * 60_000)
    assert time.process_time() - started < 1


anything = st.text(st.characters(), max_size=60) | st.text("e\u0301\u0316\x1b\u202e\n\t [/]a", max_size=60)


@FEW
@given(anything)
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    painted = shown(text)
    reached()
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in painted)
    assert painted == painted.strip()
    assert "  " not in painted
    assert len(painted) <= MAX_LENGTH
    marks = 0
    for character in painted:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        reached()
        assert marks <= MAX_MARKS


@FEW
@given(anything)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    reached()
    assert shown(shown(text)) == shown(text)


def test_a_sentence_of_latin_letters_is_shown_as_one_that_is_looked_at_letter_by_letter() -> None:
    by_letters = "\u4e00"  # no letter of ours: what stands beside it is not taken as it is
    for code in range(0x2E80):
        text = f"a{chr(code)}é’"
        assert shown(by_letters + text) == by_letters + shown(text), hex(code)
