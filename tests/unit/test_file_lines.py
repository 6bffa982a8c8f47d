"""Which lines one export has in common with another: always the same ones to the letter, and nearly all."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.readers.campaign.file_lines import FileLines, body_like, body_of
from tests.factories.examples import examples
from tests.factories.reached import reached

_HEADER = b"Nom;Pix\n"


def _file(lines: list[bytes]) -> bytes:
    return _HEADER + b"".join(line + b"\n" for line in lines)


def _known(lines: list[bytes]) -> FileLines:
    body = body_of(_file(lines))
    assert body is not None
    return body


def _edited(chance: Random, lines: list[bytes]) -> list[bytes]:
    """The same lines after some gestures: changed, put in, taken out, a block of them moved."""
    edited = list(lines)
    for _gesture in range(chance.randrange(6)):
        place = chance.randrange(len(edited) + 1)
        block = edited[place : place + chance.choice((1, 3, 20, 70))]
        match chance.choice(("change", "put in", "take out", "move")):
            case "change":
                edited[place : place + 1] = [b"autre;%d" % chance.randrange(99)]
            case "put in":
                edited[place:place] = [b"", b"ligne;%d" % chance.randrange(99)] * chance.choice((1, 40))
            case "take out":
                del edited[place : place + len(block)]
            case _:
                del edited[place : place + len(block)]
                there = chance.randrange(len(edited) + 1)
                edited[there:there] = block
    return edited


@examples(150)
@given(seed=st.integers(0, 1_000_000))
def test_what_two_files_have_in_common_is_equal_to_the_letter_and_stands_in_order(seed: int) -> None:
    chance = Random(seed)
    lines = [b"NOM%d;%d" % (number, chance.randrange(3)) for number in range(chance.choice((1, 5, 200)))]
    lines += lines[: chance.choice((0, 3))]  # some stand there twice
    newer = _edited(chance, lines)
    found = body_like(_file(newer), _known(lines))
    reached()
    assert found is not None
    body, runs = found
    assert body.between(0, len(body)) == newer
    assert list(body.starts) == list(_known(newer).starts)
    old_end = new_end = 0
    for old, new, length in runs:
        reached()
        assert lines[old : old + length] == newer[new : new + length]
        assert old >= old_end and new >= new_end and length > 0
        old_end, new_end = old + length, new + length


@pytest.mark.parametrize("moved", [10, 47, 60, 150])
def test_lines_that_overtake_each_other_leave_the_others_known(moved: int) -> None:
    lines = [b"NOM%d;%d" % (number, number) for number in range(1000)]
    newer = [*lines[:300], *lines[300 + moved : 300 + 2 * moved], *lines[300 : 300 + moved]]
    newer += lines[300 + 2 * moved :]
    found = body_like(_file(newer), _known(lines))
    assert found is not None
    assert sum(run.length for run in found[1]) == 1000 - moved


def test_lines_that_end_otherwise_are_not_compared() -> None:
    known = _known([b"NOM;1"])
    assert body_like(_HEADER + b"NOM;1\r\n", known) is None
    assert body_like(_HEADER + b"NOM;1", known) is None
    assert body_of(_HEADER + b"NOM;1") is None
