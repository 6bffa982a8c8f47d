"""Names encoded twice on their way: decoded back where that is sure, a genuine name is never harmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.foundation.encoded_twice import repaired
from tests.factories.reached import reached

pytestmark = pytest.mark.usefixtures("one_engine")

NAMES = ("Léna", "François", "MAËL", "ÉLÉONORE", "Œuvrard", "D’ÀRC Íñigo", "Nguyễn", "Łukasz", "Zoë", "Ève")


def encoded_again(text: str) -> str:
    """What a program makes of UTF-8 that it takes for cp1252."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_name_encoded_again_up_to_three_times_is_decoded_back(name: str) -> None:
    text = name
    for _time in range(3):
        text = encoded_again(text)
        assert repaired(text) == name


@pytest.mark.parametrize("name", ["Léna", "François", "RENÉE"])
@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_other_encodings_too(name: str, encoding: str) -> None:
    assert repaired(name.encode().decode(encoding)) == name


@pytest.mark.parametrize(
    "name",
    ["JOÃO", "Conceição", "SÃO PEDRO", "Ângela", "Åsa", "MÃE", "RENÉ’S", "Ã", "Â", "Á’ne", "Nguyễn", "Â’"],
)
def test_a_name_with_such_letters_of_its_own_stays(name: str) -> None:
    assert repaired(name) == name


@given(st.text("aeéèêëçÉÈÇÃÂÅÄáâñõœŒ’ -", max_size=12))
def test_french_letters_in_any_order_are_decoded_back_and_left_alone(name: str) -> None:
    once = repaired(name)
    reached()
    assert repaired(encoded_again(once)) == once
    assert repaired(once) == once
