"""Whatever a terminal sends: nothing raises, keys are read or ignored, and no report becomes letters."""

from __future__ import annotations

import random
import sys

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from pixsession.ui.terminal_input import SafeParser, guard, plain_report

SEED = 20260312
SEQUENCES = 2_500


def read(data: str) -> list[Message]:
    return list(SafeParser().feed(data))


def keys(data: str) -> list[tuple[str, str | None]]:
    return [(found.key, found.character) for found in read(data) if isinstance(found, events.Key)]


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[97:65;2u", ("A", "A")),
        ("\x1b[97;2u", ("A", "A")),
        ("\x1b[97;2;65u", ("A", "A")),
        ("\x1b[97:65:113;2:1;65u", ("A", "A")),
        ("\x1b[97:65;130u", ("A", "A")),  # with the lock of digits
        ("\x1b[233:50;2u", ("2", "2")),  # é with shift on a French keyboard
        ("\x1b[97;1:1;97u", ("a", "a")),
        ("\x1b[97;1:2;97u", ("a", "a")),  # held down
        ("\x1b[97::113;5u", ("ctrl+a", None)),
        ("\x1b[1;1:1A", ("up", None)),
        ("\x1b[5;1:1~", ("pageup", None)),
        ("\x1b[32;2u", ("shift+space", None)),
    ],
)
def test_a_report_of_a_key_is_understood(sent: str, key: tuple[str, str | None]) -> None:
    assert keys(sent) == [key]


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[97;1:3u",  # let go
        "\x1b[1;1:3A",
        "\x1b[99999999u",  # no character
        "\x1b[97;1;1114112u",
        "\x1b[55296u",  # half of one
        "\x1b[97;1;55296u",
        "\x1b[97:65:1:2;2u",
        "\x1b[?62;4c",  # what a terminal says of itself
        "\x1b[8;24;80t",
        "\x1b[48;0;0;0;0t",
        "\x1b[48;24;99999999;0;0t",
    ],
)
def test_what_means_nothing_is_ignored_and_the_next_key_is_read(sent: str) -> None:
    assert keys(f"{sent}q") == [("q", "q")]
    assert len(read(f"{sent}q")) == 1


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1b[1;5A", "ctrl+up"),
        ("\x1b[[A", "f1"),
        ("\x1bOP", "f1"),
        ("\x1b[Z", "shift+tab"),
        ("\x1b[23$", "f23"),
        ("\x1b[3~", "delete"),
    ],
)
def test_older_reports_are_read_as_textual_reads_them(sent: str, key: str) -> None:
    assert [found for found, _character in keys(sent)] == [key]


def test_the_other_messages_of_a_terminal_still_come() -> None:
    sent = ("\x1b[<0;3;4M", "\x1b[<0;3;4m", "\x1b[?2026;2$y", "\x1b[3;7R", "\x1b[200~é1\x1b[201~ ")
    found = [type(one).__name__ for one in read("".join(sent))]
    assert found == [
        "MouseDown", "MouseUp", "TerminalSupportsSynchronizedOutput", "CursorPosition", "Paste", "Key",
    ]  # fmt: skip


def test_a_motion_makes_no_sense_in_a_terminal_without_a_size() -> None:
    assert read("\x1b[48;0;0;0;0t\x1b[<0;3;4M") == []


def invented(chance: random.Random) -> str:
    """A sequence that a confused or a hostile terminal might send."""
    numbers = ("", "0", "1", "2", "3", "65", "97", "200", "201", "233", "55296", "1114112", "9" * 12)
    shape = chance.randrange(5)
    if shape == 0:  # of kitty's protocol, more or less
        fields = [
            ":".join(chance.choice(numbers) for _ in range(chance.randint(1, 4)))
            for _ in range(chance.randint(1, 4))
        ]
        return f"\x1b[{';'.join(fields)}{chance.choice('u~ABCDEFHPQRS')}"
    if shape == 1:  # any control sequence
        body = "".join(chance.choice("0123456789:;<=>?") for _ in range(chance.randrange(12)))
        return f"\x1b[{body}{chance.choice(' !$')}{chr(chance.randint(0x40, 0x7E))}"
    if shape == 2:  # the mouse and sizes
        side = [chance.choice(("0", "-1", "5", "99999999")) for _ in range(4)]
        return chance.choice((f"\x1b[<{';'.join(side[:3])}M", f"\x1b[48;{';'.join(side)}t"))
    if shape == 3:  # strings of commands
        return f"\x1b{chance.choice(']P_^XNO')}{chance.choice(numbers)};x\x1b\\"
    return "".join(chr(chance.choice((27, 91, 58, 59, 63, chance.randrange(0x11000)))) for _ in range(8))


@pytest.mark.slow
def test_nothing_that_a_terminal_sends_raises() -> None:
    chance = random.Random(SEED)
    parser = SafeParser()
    for number in range(SEQUENCES):
        sent = invented(chance)
        found = [*parser.feed(sent), *parser.tick(), *parser.feed("\x1b[201~q")]
        last = found[-1]
        assert isinstance(last, events.Key), (number, sent)
        assert last.key == "q", (number, sent)
        for one in found:
            if isinstance(one, events.Key):
                (one.character or "").encode()  # what is typed can be written
    assert list(parser.feed("")) == []


def test_an_error_nobody_thought_of_costs_what_it_was_in_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_parser: XTermParser, sequence: str, alt: bool = False) -> tuple[events.Key, ...]:
        if sequence == "x":
            raise RuntimeError(sequence)
        return (events.Key(sequence, sequence),) if len(sequence) == 1 else ()

    monkeypatch.setattr(XTermParser, "_sequence_to_key_events", fail)
    assert [one for one, _character in keys("axbx\x1b[201~c")] == ["a", "b", "c"]


def test_a_report_is_rewritten_only_where_textual_would_fail_or_lose_the_capital() -> None:
    for same in ("\x1b[97;5u", "\x1b[97;2;65u", "\x1b[1;2A", "\x1b[15;2~", "a", "\x1b"):
        assert plain_report(same) == same
    assert plain_report("\x1b[97:65;2u") == "\x1b[97;2;65u"
    assert plain_report("\x1b[97;1:3u") is None


def test_textual_still_fails_here_and_needs_the_guard() -> None:
    """When this fails Textual has mended its parser: see whether ours is still needed."""
    with pytest.raises(ValueError, match="97:65"):
        list(XTermParser().feed("\x1b[97:65;2u"))


def test_the_private_names_of_textual_are_still_there() -> None:
    parser = XTermParser()
    for name in ("_gen", "_awaiting", "_tokens", "_timeout_time", "_sequence_to_key_events"):
        assert hasattr(parser, name), name


@pytest.mark.skipif(sys.platform == "win32", reason="the driver of Linux and macOS")
def test_the_driver_takes_our_parser_and_a_decoder_that_forgives() -> None:
    from textual.drivers import linux_driver

    names = linux_driver.LinuxDriver.run_input_thread.__code__.co_names
    assert {"XTermParser", "getincrementaldecoder"} <= set(names)
    assert guard(linux_driver.LinuxDriver) is linux_driver.LinuxDriver
    assert vars(linux_driver)["XTermParser"] is SafeParser
    decode = vars(linux_driver)["getincrementaldecoder"]("utf-8")().decode
    assert decode(b"q\xe9" + "é".encode()) == "q\ufffdé"
