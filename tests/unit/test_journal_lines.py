"""The seals on the lines of a journal: what was changed is told, and only what is sound is passed on."""

from __future__ import annotations

import hashlib
import json

import pytest

from pixsession.store.journal_lines import Chain, Fault, sealed, sound_part, with_words
from tests.factories.dossiers import sealed_lines


def test_a_line_is_json_and_holds_the_digest_of_what_stands_before_it() -> None:
    line, seal = sealed({"n": 1, "text": "Zoé"}, "abc")
    assert line.endswith(b"\n")
    assert json.loads(line) == {"n": 1, "text": "Zoé", "before": "abc", "seal": seal}
    body = line[: line.index(b', "seal"')]
    assert seal == hashlib.sha256(body).hexdigest()[:32]
    with pytest.raises(ValueError, match="Out of range"):  # no JSON that others cannot read
        sealed({"n": float("nan")}, "")


ONE, TWO, THREE = sealed_lines("one", "two", "three")
(OTHER,) = sealed_lines("another")
CHANGED = TWO.replace(b"two", b"six")
PLAIN = b'{"v": 1, "n": 1}\n'


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        ([ONE, TWO, THREE], [None, None, None]),
        ([PLAIN, PLAIN, ONE, TWO], [None, None, None, None]),  # the first version had no seals
        ([ONE, PLAIN, TWO], [None, Fault.CHANGED, None]),
        ([ONE, CHANGED, THREE], [None, Fault.CHANGED, None]),  # nobody knows what its seal was
        ([ONE, CHANGED, PLAIN], [None, Fault.CHANGED, None]),
        ([TWO, THREE], [Fault.GAP, None]),
        ([ONE, THREE], [None, Fault.GAP]),
        ([ONE, OTHER, TWO], [None, Fault.GAP, Fault.GAP]),
        ([ONE.rstrip(), TWO], [None, None]),
    ],
)
def test_each_line_is_held_against_the_one_before(lines: list[bytes], faults: list[Fault | None]) -> None:
    chain = Chain()
    assert [chain.fault(line) for line in lines] == faults


@pytest.mark.parametrize(
    ("content", "sound"),
    [
        ([], 0),
        ([ONE, TWO, THREE], 3),
        ([PLAIN, b'{"v": 1}\n'], 2),
        ([ONE, TWO.rstrip(b"\n")], 1),  # still being written
        ([ONE, CHANGED, THREE], 1),
        ([ONE, THREE], 1),
        ([PLAIN, b"no json\n", PLAIN], 1),
        ([PLAIN, b"[1]\n", PLAIN], 1),
        ([PLAIN, b"\xff\n", PLAIN], 1),
        ([PLAIN, b"[" * 100_000 + b"\n"], 1),
        ([TWO], 0),
    ],
)
def test_the_sound_part_ends_before_the_first_line_that_does_not_fit(
    content: list[bytes], sound: int
) -> None:
    assert sound_part(b"".join(content)) == b"".join(content[:sound])


def test_words_are_changed_with_the_seal_where_it_was_right() -> None:
    changed = with_words(TWO, b"two", b"twelve")
    record, before = json.loads(changed), json.loads(TWO)
    assert (record["text"], record["before"]) == ("twelve", before["before"])
    chain = Chain()
    assert [chain.fault(line) for line in (ONE, changed)] == [None, None]
    for line in (TWO, TWO.rstrip(b"\n")):  # byte for byte, also where it was cut short
        assert with_words(line, b"absent", b"x") == line
    # A line that was not sound does not become so.
    assert with_words(CHANGED, b"six", b"two") == CHANGED.replace(b"six", b"two")
    assert Chain().fault(with_words(CHANGED, b"six", b"ten")) is Fault.CHANGED
    assert with_words(PLAIN, b'"n": 1', b'"n": 2') == b'{"v": 1, "n": 2}\n'
