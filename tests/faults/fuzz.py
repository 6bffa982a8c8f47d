"""Files of every kind that Pix and schools write, damaged at random: read, or refused in words, in time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path

from pixsession.domain.board.snapshot import FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.read_once import check_folder
from pixsession.settings.config import BoardRequest

from ..factories.everybody import CALLED
from ..factories.exports import MORNING, Sheet
from ..factories.samples import Generation, big_export
from ..factories.samples.assessments import half_group
from ..factories.samples.lists import (
    candidate_list,
    fregata,
    listed_students,
    onde,
    plain_list,
    sessions_import,
    siecle_xml,
    siecle_zip,
    sup,
)
from ..factories.samples.results import ResultForm, certified, session_results
from ..factories.workbooks import Cell, ods, typed, xlsx
from .oracle import sabotaged, wrongly_eligible
from .tally import Tally, Trial

SLOW_SECONDS = 10.0  # of a file under 1 MB, on a busy machine
_UNEXPECTED = "cannot be read ("  # how the refusal begins that no reader has words for
_PACKED = b"PK"
_ENOUGH = 100  # wrong verdicts, before the oracle is judged by them
Mutation = Callable[[bytes, random.Random], bytes]


@cache
def seeds() -> tuple[tuple[str, bytes], ...]:
    """One file of each kind and form, with the ending of its name."""
    profiles = [big_export(12, number, form).content for number, form in enumerate(Generation)]
    students = listed_students(12, 3)
    rows: list[list[Cell]] = [[typed(cell) for cell in row] for row in Sheet.of(profiles[-1]).rows]
    table: list[list[Cell]] = [list(Sheet.of(profiles[-1]).header), *rows]
    texts = [
        *profiles,
        half_group(MORNING, exports=2)[1].content,
        *(session_results(certified(12, 5), form).content for form in ResultForm),
        sessions_import([(CALLED, students)]),
        plain_list(students),
        fregata(students),
        sup(students),
        onde(students),
    ]
    return (
        *((".csv", one) for one in texts),
        (".xml", siecle_xml(students)),
        (".zip", siecle_zip(students)),
        (".ods", candidate_list(CALLED, students)),
        (".xlsx", xlsx(table)),
        (".ods", ods(table)),
    )


def _flipped(content: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(content)
    for _time in range(dice.choice((1, 1, 2, 8, 64))):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def _cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))] or content[:1]


def _hole(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.choice((1, 3, 50, 4096)) :] or content[:1]


def _zeros(content: bytes, dice: random.Random) -> bytes:
    start, count = dice.randrange(len(content)), dice.choice((4, 512, 4096))
    return content[:start] + bytes(count) + content[start + count :]


def _doubled(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    part = content[start : start + dice.choice((20, 400, 5000))]
    at = dice.randrange(len(content))
    return content[:at] + part + content[at:]


def _lines_shuffled(content: bytes, dice: random.Random) -> bytes:
    first, *lines = content.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join([first, *lines])


def _cell_changed(content: bytes, dice: random.Random) -> bytes:
    cells = content.split(b";")
    if len(cells) > 1:
        cells[dice.randrange(len(cells))] = dice.choice(
            (
                b"",
                b"8",
                b"0",
                b"-1",
                b"9" * 400,
                b"NA",
                b'"',
                b"\n",
                b"Oui",
                b"31/02/2026 25:61",
                b"\xff",
                b"=1+1",
            )
        )
    return b";".join(cells)


def _cells_swapped(content: bytes, dice: random.Random) -> bytes:
    cells = content.split(b";")
    one, other = dice.randrange(len(cells)), dice.randrange(len(cells))
    cells[one], cells[other] = cells[other], cells[one]
    return b";".join(cells)


def _encoded_otherwise(content: bytes, dice: random.Random) -> bytes:
    text = content.decode("utf-8-sig", "replace")
    return text.encode(dice.choice(("utf-16", "cp1252", "latin-1", "mac_roman", "utf-8")), "replace")


def _otherwise_separated(content: bytes, dice: random.Random) -> bytes:
    return content.replace(b";", dice.choice((b",", b"\t", b";;", b"|")))


_BYTES: tuple[Mutation, ...] = (_flipped, _cut, _hole, _zeros, _doubled)
_TEXTS: tuple[Mutation, ...] = (
    *_BYTES, _lines_shuffled, _cell_changed, _cell_changed, _cells_swapped, _encoded_otherwise,
    _otherwise_separated,
)  # fmt: skip


def mutated(content: bytes, dice: random.Random) -> bytes:
    """One to three changes."""
    for _time in range(dice.choice((1, 1, 2, 3))):
        mutations: Sequence[Mutation] = _BYTES if content.startswith(_PACKED) else _TEXTS
        content = dice.choice(mutations)(content, dice)
    return content


def board_of(folder: Path, ending: str, content: bytes) -> Snapshot:
    """The board of this one file."""
    path = folder / f"fichier{ending}"
    path.write_bytes(content)
    try:
        return check_folder(BoardRequest(folder, Rule()), lambda: MORNING + timedelta(days=1))
    finally:
        path.unlink()


def run(trial: Trial) -> Tally:
    """Mutated files until the time is over; each must be read or refused in words."""
    tally, goes_on, longest = Tally("mutated files"), trial.rounds(), 0.0
    read = eligible = turned = caught = 0
    while goes_on():
        ending, content = trial.dice.choice(seeds())
        content = mutated(content, trial.dice)
        began = time.monotonic()
        try:
            snapshot = board_of(trial.folder, ending, content)
        except Exception as error:  # noqa: BLE001 - whatever ends a board is what is looked for
            tally.check(False, _kept(trial, tally, ending, content, f"{type(error).__name__}: {error}"))
            continue
        seconds = time.monotonic() - began
        longest = max(longest, seconds)
        read += snapshot.files_with(FileStatus.READ)
        eligible += sum(row.verdict.eligibility is Eligibility.ELIGIBLE for row in snapshot.rows)
        faults = [entry.message for entry in snapshot.files if _UNEXPECTED in (entry.message or "")]
        faults += [f"{seconds:.0f} s"] if seconds > SLOW_SECONDS else []
        if ending == ".csv":
            faults += [f"wrongly eligible: {one}" for one in wrongly_eligible(snapshot, content)]
            broken = sabotaged(snapshot)
            turned += len(broken.rows)
            caught += len(wrongly_eligible(broken, content))
        tally.check(not faults, _kept(trial, tally, ending, content, str(faults)) if faults else "")
    if turned > _ENOUGH:
        tally.check(
            caught > turned / 2, f"the oracle has no teeth: {caught} of {turned} wrong verdicts caught"
        )
    tally.facts |= {"sabotaged": turned, "caught": caught}
    tally.facts |= {"read": read, "called eligible": eligible, "longest": f"{longest:.1f} s"}
    return tally


def _kept(trial: Trial, tally: Tally, ending: str, content: bytes, what: str) -> str:
    """What went wrong, and where the file is that did it."""
    kept = trial.folder.with_name(f"fault-{len(tally.failures) + 1}{ending}")
    kept.write_bytes(content)
    return f"{kept}: {what}"
