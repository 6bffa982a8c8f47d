"""Dossiers with exports, journals and notes of a session in them, made without a board."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path

from pixsession.foundation.clock import with_offset
from pixsession.readers import FileDescription, export_of
from pixsession.store.dossier import Dossier
from tests.factories.dossiers import NOON
from tests.factories.exports import export, moment, pending, student

ZOE, LUCAS, ANA = ("DURIEUX", "Zoé"), ("MARTIN", "Lucas"), ("LEROY", "Ana")
WORDS_OF_ZOE = frozenset({"zoe", "durieux"})


def nothing_kept(home: Path) -> Path:
    """The folder of a new dossier under this one."""
    folder = home / "state" / "dossiers" / "one"
    Dossier(folder).create(NOON)
    return folder


def lines_of(*names: tuple[str, str]) -> bytes:
    """An export with a line of each of these students."""
    return export(*(student(last, first, pending()) for last, first in names)).content


def keep(folder: Path, content: bytes, at: str = "09:45", name: str = "") -> str:
    """Keep these bytes as an export of this moment; their digest."""
    stamp = moment(at)
    one = export_of(content, FileDescription(name or f"export-{at[:2]}{at[3:]}.csv", stamp, True, stamp))
    Dossier(folder).keep(one)
    return one.digest


def contents(folder: Path) -> list[bytes | None]:
    """Of the exports kept, oldest first; each is what its name and its description say."""
    kept = Dossier(folder).kept()
    assert {f"{one.digest}.csv" for one in kept} == {one.name for one in (folder / "exports").glob("*.csv")}
    return [one.content() for one in kept]


def names_in(content: bytes | None) -> list[str]:
    """The last names of a file."""
    assert content is not None
    rows = csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";")
    return sorted(row["Nom du Participant"] for row in rows)


def journal(folder: Path, *facts: object, name: str = "20260312T080000-1-0.jsonl") -> Path:
    """A journal with a line for each of these facts; a text stands there as it is."""
    path = folder / "journal" / name
    path.parent.mkdir(exist_ok=True)
    lines = [one if isinstance(one, str) else json.dumps({"kind": "act.note", "facts": one}) for one in facts]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def who(*names: tuple[str, str]) -> dict[str, object]:
    return {"who": [{"keys": ["x"], "last": last, "first": first, "place": "3eA"} for last, first in names]}


def note(folder: Path, *lessons: object, **more: object) -> Path:
    """What is noted of the session: its lessons."""
    path = folder / "session.json"
    path.write_text(json.dumps({"kind": "certification", "date": "2026-03-12", "lessons": lessons, **more}))
    return path


def lesson(*called: tuple[str, str], names: Sequence[tuple[str, str]] = ()) -> dict[str, object]:
    people = [[["key"], last, first, "3eA"] for last, first in called]
    own = {"names": [list(one) for one in names]} if names else {}
    return {"date": "2026-03-12", "called": people, **own}


def dated(path: Path, clock: str) -> None:
    seconds = with_offset(moment(clock)).timestamp()
    os.utime(path, (seconds, seconds))
