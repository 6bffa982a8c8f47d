"""What a dossier keeps of each export, and what it takes for damage; no database."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from pixsession.domain.lesson.tally import ClassTally
from pixsession.foundation.clock import with_offset
from pixsession.readers import Export, FileDescription
from pixsession.store.dossier import Dossier, described, description_of
from tests.factories.stored import at

NOW = at("12:00")
TALLIES = (ClassTally("3eA", 24, 12, "2026-03-12", None),)


def export(
    content: bytes = b"lines", name: str = "a.csv", stamp: str = "09:10:05", modified: str = "10:00"
) -> Export:
    file = FileDescription(name, at(stamp), True, at(modified))
    return Export(file, hashlib.sha256(content).hexdigest(), content, cast("Any", None))


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    found = Dossier(tmp_path / "dossiers" / "one")
    found.create(NOW)
    return found


def names(dossier: Dossier) -> list[str]:
    return sorted(path.name for path in (dossier.folder / "exports").iterdir())


def test_an_export_is_given_back_as_it_came(dossier: Dossier) -> None:
    assert (dossier.kept(), dossier.count(), dossier.trouble) == ([], 0, "")
    one = export()
    dossier.keep(one)
    stem = f"{one.digest[:32]}-20260312091005"
    assert names(dossier) == sorted([f"{one.digest}.csv", f"{stem}.json"])
    (kept,) = dossier.kept()
    assert kept == dossier.described(one.digest, one.file.exported_at)
    assert (kept.digest, kept.stem, kept.file) == (one.digest, stem, one.file)
    assert (kept.is_narrowed, kept.classes, kept.content()) == (False, (), b"lines")
    assert dossier.described(one.digest, at("09:10:06")) is None
    assert dossier.kept(but={stem}) == []
    assert dossier.kept(but={"another"}) == [kept]
    assert dossier.count() == 1


def test_the_database_and_its_lock_are_in_the_dossier(dossier: Dossier) -> None:
    assert (dossier.database.name, dossier.lock.name) == ("board.duckdb", "owner.lock")
    assert dossier.database.parent == dossier.lock.parent == dossier.folder


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders private itself")
def test_a_dossier_that_others_could_look_into_is_its_owner_s_alone_from_now_on(dossier: Dossier) -> None:
    folders = (dossier.folder, dossier.folder / "exports")
    for folder in folders:
        folder.chmod(0o755)
    dossier.create(NOW)
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700, 0o700]


def test_the_same_bytes_of_another_time_are_another_export_of_one_content(dossier: Dossier) -> None:
    first, again, other = export(), export(stamp="09:25:05"), export(b"other", stamp="09:40:05")
    for one in (other, again, first):
        dossier.keep(one)
    kept = dossier.kept()
    assert [one.file for one in kept] == [first.file, again.file, other.file]
    assert dossier.count() == 3
    dossier.drop(kept[0])
    assert [one.content() for one in dossier.kept()] == [b"lines", b"other"]
    dossier.drop(kept[1])
    assert names(dossier) == sorted([f"{other.digest}.csv", f"{kept[2].stem}.json"])
    dossier.drop(kept[1])  # gone already
    assert dossier.count() == 1


def test_exports_are_given_oldest_first_by_stamp_then_disk_then_copy(dossier: Dossier) -> None:
    told = [
        export(b"1", "b.csv", "09:10:00", "11:00"),
        export(b"2", "b (2).csv", "09:20:00", "10:00"),
        export(b"3", "b.csv", "09:20:00", "10:30"),
        export(b"4", "b (1).csv", "09:20:00", "10:30"),
        export(b"5", "b (2).csv", "09:20:00", "10:30"),
    ]
    for one in (told[3], told[0], told[4], told[2], told[1]):
        dossier.keep(one)
    assert [one.content() for one in dossier.kept()] == [b"1", b"2", b"3", b"4", b"5"]


def test_what_is_damaged_is_no_content_and_is_mended_by_the_next_of_the_same(dossier: Dossier) -> None:
    one = export()
    dossier.keep(one)
    (kept,) = dossier.kept()
    copy = dossier.folder / "copy.csv"
    copy.write_bytes(b"lines")
    assert dossier.holds(one.digest, one.file.exported_at, copy)
    assert not dossier.holds(one.digest, at("09:11"), copy)
    kept.path.write_bytes(b"liNes")
    assert kept.content() is None
    assert not dossier.holds(one.digest, one.file.exported_at, copy)
    dossier.keep(one)
    assert kept.content() == b"lines"
    kept.path.unlink()
    assert kept.content() is None
    dossier.keep(one)
    description = kept.path.with_name(f"{kept.stem}.json")
    description.write_text("{}")
    assert dossier.kept() == []
    assert dossier.count() == 1
    dossier.keep(one)
    assert dossier.kept() == [kept]


def test_what_is_whole_is_not_written_again(dossier: Dossier) -> None:
    one = export()
    dossier.keep(one)
    paths = sorted((dossier.folder / "exports").iterdir())
    for path in paths:
        os.utime(path, (1, 1))
    dossier.keep(export(name="renamed.csv"))
    assert [path.stat().st_mtime for path in paths] == [1, 1]
    assert [kept.file.name for kept in dossier.kept()] == ["a.csv"]


@pytest.mark.parametrize(
    "damage",
    [
        {"digest": "0" * 63},
        {"digest": "g" * 64},
        {"digest": None},
        {"exported_at": "2026-03-12T09:10:06"},
        {"exported_at": "today"},
        {"exported_at": 7},
        {"modified_at": None},
        {"classes": 7},
        {"classes": [[1, 2, 3, 4, 5, 6, 7, 8, 9]]},
    ],
)
def test_a_description_that_does_not_fit_its_name_says_nothing(damage: dict[str, object]) -> None:
    one = export()
    name, content = description_of(one.digest, one.file)
    assert described(Path(name), content) is not None
    for path, told in (
        (Path(name), json.dumps(json.loads(content) | damage).encode()),
        (Path(name), content[:-1]),
        (Path(name), b"[]"),
        (Path("other.json"), content),
    ):
        assert described(path, told) is None
    for key in ("digest", "file_name", "exported_at", "modified_at", "time_from_name"):
        assert (
            described(
                Path(name), json.dumps({k: v for k, v in json.loads(content).items() if k != key}).encode()
            )
            is None
        )


def test_a_description_leads_to_no_file_outside_of_its_folder() -> None:
    one = export()
    name, content = description_of(one.digest, one.file)
    for rest in ("/../../../etc/passwd", "g" * 32, one.digest[32:63], one.digest[32:] + "0"):
        told = json.dumps(json.loads(content) | {"digest": one.digest[:32] + rest}).encode()
        assert described(Path(name), told) is None


def test_nothing_is_kept_where_no_folder_was_made(tmp_path: Path) -> None:
    never = Dossier(tmp_path / "never")
    assert (never.kept(), never.count()) == ([], 0)
    assert never.described("0" * 64, NOW) is None


def test_a_narrowed_export_says_so_and_how_its_classes_stood() -> None:
    one = export()
    for is_narrowed, classes in ((True, TALLIES), (True, ()), (False, ())):
        name, content = description_of(one.digest, one.file, is_narrowed=is_narrowed, classes=classes)
        kept = described(Path("folder") / name, content)
        assert kept is not None
        assert (kept.is_narrowed, kept.classes, kept.file) == (is_narrowed, classes, one.file)
        assert kept.path == Path("folder") / f"{one.digest}.csv"
    yes = json.dumps(json.loads(content) | {"is_narrowed": "yes", "time_from_name": False}).encode()
    kept = described(Path(name), yes)
    assert kept is not None
    assert (kept.is_narrowed, kept.file.time_from_name) == (False, False)


def test_only_what_a_kill_left_over_an_hour_ago_is_cleared(dossier: Dossier) -> None:
    dossier.keep(export())
    whole = names(dossier)
    for age, is_left in ((59, True), (61, False)):
        path = dossier.folder / "exports" / f".{age}.part"
        path.write_bytes(b"half")
        moment = with_offset(NOW - timedelta(minutes=age)).timestamp()
        os.utime(path, (moment, moment))
        dossier.create(NOW)
        assert path.exists() is is_left
        path.unlink(missing_ok=True)
    assert names(dossier) == whole
    (dossier.folder / "exports" / ".hidden.json").write_text("{}")
    assert dossier.count() == 1


def test_what_the_disk_refuses_is_told_and_kept_once_it_takes_it(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_what: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("pixsession.store.dossier.write_whole", full)
    dossier.keep(export())
    dossier.keep(export(b"other"))
    assert dossier.trouble
    assert dossier.count() == 0
    dossier.flush()
    assert dossier.trouble
    monkeypatch.undo()
    dossier.flush()
    assert (dossier.trouble, dossier.count()) == ("", 2)
    assert sorted(kept.content() or b"" for kept in dossier.kept()) == [b"lines", b"other"]


def test_each_file_is_flushed_once_and_again_only_where_the_disk_refused(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    dossier.keep(export())
    dossier.keep(export(b"other"))

    def refused(_descriptor: int) -> None:
        flushed.append(1)
        if len(flushed) == 2:
            raise OSError(5, "refused")

    monkeypatch.setattr(os, "fsync", refused)
    dossier.flush()
    assert dossier.trouble
    assert len(flushed) == 2
    dossier.flush()
    assert dossier.trouble == ""
    assert len(flushed) == 5  # the three left
    dossier.flush()
    assert len(flushed) == 5
