"""Exports between a dossier and the share: each by its bytes, whatever name they were downloaded under."""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import timedelta
from errno import EACCES
from pathlib import Path

import pytest

from pixsession.readers import export_of
from pixsession.readers.export import Export, FileDescription
from pixsession.store.dossier import Dossier, description_of
from pixsession.store.share.exports import ExportExchange
from pixsession.store.share.names import SESSION
from tests.factories.dossiers import noon, strangers
from tests.factories.exports import Sheet, export, sent, student
from tests.factories.half_groups import evaluation
from tests.factories.samples import Layout
from tests.factories.samples.demo_story import morning
from tests.factories.workbooks import xlsx

from .simulated import Replica

_FIRST, _SECOND = (one.content for one in morning()[:2])
_DOWNLOADED = FileDescription("export.csv", noon(), False, noon())
_WORKBOOK = b"PK\x03\x04"


def names_of(content: bytes) -> tuple[str, str]:
    """What its bytes and its description are called."""
    name, _description = description_of(hashlib.sha256(content).hexdigest(), _DOWNLOADED)
    return f"{hashlib.sha256(content).hexdigest()}.csv", name


def put_on(share: Replica, content: bytes, file: FileDescription = _DOWNLOADED) -> None:
    digest = hashlib.sha256(content).hexdigest()
    name, description = description_of(digest, file)
    share.put(f"{digest}.csv", content)
    share.put(name, description)


def keeps(dossier: Path, *contents: bytes) -> None:
    """A dossier that keeps these exports."""
    here = Replica()
    for content in contents:
        put_on(here, content)
    (dossier / "exports").mkdir(parents=True, exist_ok=True)
    for name in set(here.files) - {SESSION}:
        (dossier / "exports" / name).write_bytes(here.files[name])


def on(share: Replica) -> set[str]:
    return set(share.files) - {SESSION}


class Refusing(Replica):
    """A share of which these files are held by another program; `asked`: which were read or written."""

    def __init__(self, *held: str) -> None:
        super().__init__()
        self.held, self.asked = set(held), list[str]()

    def _answer(self, name: str) -> None:
        self.asked.append(name)
        if name in self.held:
            raise OSError(EACCES, os.strerror(EACCES))

    def read(self, name: str) -> bytes:
        self._answer(name)
        return super().read(name)

    def write(self, name: str, content: bytes) -> None:
        self._answer(name)
        super().write(name, content)


def pulled(dossier: Path, share: Replica) -> tuple[bool, set[bytes | None]]:
    came = ExportExchange(dossier).pull(share.contents(), share)
    return came, {kept.content() for kept in Dossier(dossier).kept()}


@pytest.mark.parametrize("contents", [(_FIRST, _SECOND), (_SECOND, _FIRST)])
def test_two_exports_downloaded_under_one_name_both_come(
    tmp_path: Path, contents: tuple[bytes, bytes]
) -> None:
    share, known = Replica(), set[bytes | None]()
    for content in contents:
        put_on(share, content)
        known.add(content)
        assert pulled(tmp_path, share) == (True, known)
    assert pulled(tmp_path, share) == (False, known)


def test_the_beginning_of_an_export_that_is_here_whole_does_not_come(tmp_path: Path) -> None:
    share = Replica()
    put_on(share, _SECOND)
    assert pulled(tmp_path, share) == (True, {_SECOND})
    put_on(share, _SECOND[: len(_SECOND) // 2])
    assert pulled(tmp_path, share) == (False, {_SECOND})


def test_an_export_whose_bytes_are_not_there_yet_is_tried_again_seconds_later(tmp_path: Path) -> None:
    share, seconds = Replica(), [100.0]
    exchange = ExportExchange(tmp_path, lambda: seconds[0])
    put_on(share, _FIRST)
    name = f"{hashlib.sha256(_FIRST).hexdigest()}.csv"
    del share.files[name]
    assert not exchange.pull(share.contents(), share)
    share.put(name, _FIRST[:-1])  # a synchroniser has not brought all of it
    for later, came in ((4.9, False), (5.0, False)):
        seconds[0] = 100.0 + later
        assert exchange.pull(share.contents(), share) == came
    share.put(name, _FIRST)
    for later, came in ((9.9, False), (10.0, True)):
        seconds[0] = 100.0 + later
        assert exchange.pull(share.contents(), share) == came
    assert [kept.content() for kept in Dossier(tmp_path).kept()] == [_FIRST]


def test_what_is_kept_here_waits_until_it_is_on_the_share_and_is_brought_once(tmp_path: Path) -> None:
    here, share = Replica(), Replica()
    put_on(here, _FIRST)
    assert pulled(tmp_path, here)[0]
    exchange = ExportExchange(tmp_path)
    assert exchange.waiting == 1
    exchange.push(share.contents(), share)
    assert exchange.waiting == 0
    assert share.files == here.files
    exchange.push(share.contents(), share)
    assert set(share.versions.values()) == {1}
    assert pulled(tmp_path / "other", share) == (True, {_FIRST})
    share.put(f"{hashlib.sha256(_FIRST).hexdigest()}.csv", _FIRST[:9])  # spoilt there
    ExportExchange(tmp_path).push(share.contents(), share)
    assert share.files == here.files


def test_what_is_here_is_not_read_again_and_what_comes_is_its_owners_alone(tmp_path: Path) -> None:
    share = Refusing()
    put_on(share, _FIRST)
    exchange = ExportExchange(tmp_path / "dossier")
    assert exchange.pull(share.contents(), share)
    assert sorted(share.asked) == sorted(names_of(_FIRST))
    assert not exchange.pull(share.contents(), share)
    assert len(share.asked) == 2
    if sys.platform != "win32":
        assert strangers(tmp_path / "dossier" / "exports") == []


def test_of_several_copies_the_first_that_is_sound_comes(tmp_path: Path) -> None:
    share = Refusing()
    put_on(share, _FIRST)
    put_on(share, _SECOND)
    for name in names_of(_FIRST):
        stem, _dot, suffix = name.rpartition(".")
        for copy in (f"{stem}-PC1.{suffix}", f"{stem}-PC2.{suffix}"):
            share.put(copy, share.files[name])
        share.put(name, b"spoilt")
    assert pulled(tmp_path, share) == (True, {_FIRST, _SECOND})
    assert not any("PC2" in name for name in share.asked)


def test_a_description_that_says_nothing_is_read_again_once_it_changes_or_five_seconds_later(
    tmp_path: Path,
) -> None:
    share, seconds = Replica(), [100.0]
    exchange = ExportExchange(tmp_path, lambda: seconds[0])
    for content in (_FIRST, _SECOND):
        put_on(share, content)
        name = names_of(content)[1]
        whole = share.files[name]
        for damaged in (b"", b"half of", whole.replace(b"2026", b"2025")):
            share.put(name, damaged)
            assert not exchange.pull(share.contents(), share)
        if content == _FIRST:
            share.put(name, whole)
            assert exchange.pull(share.contents(), share)
    share.files[name] = whole  # a synchroniser has left size and time as they were
    for later, came in ((4.9, False), (5.0, True)):
        seconds[0] = 100.0 + later
        assert exchange.pull(share.contents(), share) == came
    assert {kept.content() for kept in Dossier(tmp_path).kept()} == {_FIRST, _SECOND}


@pytest.mark.parametrize("which", [0, 1])
def test_an_export_that_is_held_is_told_and_the_others_come(tmp_path: Path, which: int) -> None:
    held = names_of(_FIRST)[which]
    share, seconds = Refusing(held), [100.0]
    exchange = ExportExchange(tmp_path, lambda: seconds[0])
    for content in (_FIRST, _SECOND):
        put_on(share, content)
    assert exchange.pull(share.contents(), share)
    seconds[0] += 10
    assert not exchange.pull(share.contents(), share)
    assert [words.startswith(f"{held} cannot be read") for words in exchange.troubles] == [True]
    share.held.clear()
    seconds[0] += 10
    assert exchange.pull(share.contents(), share)
    assert exchange.troubles == ()


def test_only_the_beginning_of_a_sound_export_of_the_same_name_is_left_behind(tmp_path: Path) -> None:
    beginning = _SECOND[: len(_SECOND) // 2]

    def comes(dossier: Path, name: str = "export.csv") -> bool:
        share = Replica()
        put_on(share, beginning, _DOWNLOADED._replace(name=name))
        return pulled(dossier, share)[0]

    for number in range(4):
        keeps(tmp_path / f"{number}", _FIRST, _SECOND)
    assert not comes(tmp_path / "0")
    assert comes(tmp_path / "0", "other.csv")
    (tmp_path / "1" / "exports" / names_of(_SECOND)[0]).write_bytes(_SECOND + b"spoilt")
    assert comes(tmp_path / "1"), "nobody has it whole"
    (tmp_path / "2" / "exports" / names_of(_SECOND)[1]).write_bytes(b"half of")
    assert comes(tmp_path / "2")
    for name in ("0.json", "z.json"):
        (tmp_path / "3" / "exports" / name).mkdir()
    assert not comes(tmp_path / "3"), "what cannot be read beside it is passed over"


def test_the_same_bytes_exported_a_quarter_of_an_hour_later_are_news(tmp_path: Path) -> None:
    share, later = Replica(), noon() + timedelta(minutes=15)
    put_on(share, _FIRST)
    assert pulled(tmp_path, share) == (True, {_FIRST})
    put_on(share, _FIRST, _DOWNLOADED._replace(exported_at=later))
    assert pulled(tmp_path, share)[0]
    assert [kept.file.exported_at for kept in Dossier(tmp_path).kept()] == [noon(), later]


def test_what_is_damaged_here_does_not_go_and_holds_up_nothing(tmp_path: Path) -> None:
    third = _SECOND + b"third"
    keeps(tmp_path, _FIRST, _SECOND, third)
    exports = tmp_path / "exports"
    for content, (name, described) in ((one, names_of(one)) for one in (_FIRST, _SECOND)):
        damaged = name if content == _FIRST else described
        (exports / damaged).write_bytes(bytes((exports / damaged).stat().st_size))
    keeps(tmp_path, b"gone")
    (exports / names_of(b"gone")[0]).unlink()
    share = Replica()
    exchange = ExportExchange(tmp_path)
    exchange.push(share.contents(), share)
    assert on(share) == set(names_of(third))
    assert share.files[names_of(third)[0]] == third


@pytest.mark.parametrize("missing", [0, 1])
def test_what_is_missing_on_the_share_is_brought_and_nothing_else(tmp_path: Path, missing: int) -> None:
    keeps(tmp_path, _FIRST)
    whole = Replica()
    put_on(whole, _FIRST)
    share, name = Refusing(), names_of(_FIRST)[missing]
    share.files |= whole.files
    del share.files[name]
    for odd in (".aside.json", "notes.txt"):
        (tmp_path / "exports" / odd).write_text("{}")
    exchange = ExportExchange(tmp_path)
    assert exchange.waiting == 1
    exchange.push(share.contents(), share)
    assert (share.asked, exchange.waiting) == ([name], 0)
    assert share.files == whole.files
    again = ExportExchange(tmp_path)
    again.push(share.contents(), share)
    assert (share.asked, again.waiting) == ([name], 0), "all of it is there"


def test_an_export_that_the_share_refuses_waits_and_the_others_go(tmp_path: Path) -> None:
    keeps(tmp_path, _FIRST, _SECOND)
    share, seconds = Refusing(names_of(_FIRST)[0]), [100.0]
    exchange = ExportExchange(tmp_path, lambda: seconds[0])
    for told in (0, 1):
        exchange.push(share.contents(), share)
        assert (on(share), exchange.waiting) == (set(names_of(_SECOND)), 1)
        assert len(exchange.troubles) == told
        seconds[0] += 10
    share.held.clear()
    exchange.push(share.contents(), share)
    assert (exchange.waiting, exchange.troubles) == (0, ())


def workbook(sheet: Sheet, label: str = "", before: str = "", cell: str = "0123456789A") -> bytes:
    """That sheet as a workbook, with a column more."""
    told = sheet.with_column(label, [cell] * len(sheet.rows), before) if label else sheet
    return xlsx([told.header, *told.rows])


def test_a_workbook_is_shared_unless_it_tells_what_is_taken_out_of_a_text(tmp_path: Path) -> None:
    layout = Layout(division=True)
    profiles = Sheet.of(export(student("MARTIN", "Lou", sent("08:05", 6)), layout=layout).content)
    results = Sheet.of(evaluation("12:00").content)
    listed = [("Nom", "Naissance"), ("MARTIN", "2011-05-17")]
    leave = [
        workbook(profiles),
        workbook(results),
        workbook(profiles, "Numéro étudiant", "Classe", ""),
        _FIRST,
    ]
    roster = [("Nom", "Prénom", "Date de naissance", "Classe"), ("MARTIN", "Lou", "17/05/2011", "3eA")]
    stay = [_WORKBOOK, xlsx([profiles.header, *profiles.rows], listed), xlsx(roster)]
    for sheet, before in ((profiles, "Envoi (O/N)"), (results, "% de progression")):
        stay += [workbook(sheet, label, before) for label in ("Numéro étudiant", "Identifiant externe")]
        stay.append(workbook(sheet, "Né le", "Classe", "17/05/2011"))
    keeps(tmp_path, *leave, *stay)
    exchange, share = ExportExchange(tmp_path), Replica()
    assert exchange.waiting == len(leave) + len(stay), "nobody has looked yet"
    exchange.push(share.contents(), share)
    assert on(share) == {name for content in leave for name in names_of(content)}
    assert exchange.waiting == 0, "what stays here waits for nothing"
    (words,) = exchange.troubles
    assert "holds student numbers" in words
    keeps(tmp_path, _SECOND)
    assert exchange.waiting == 1


def test_a_workbook_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def reads(content: bytes, file: FileDescription) -> Export:
        read.append(content)
        return export_of(content, file)

    monkeypatch.setattr("pixsession.store.share.exports.export_of", reads)
    keeps(tmp_path, _WORKBOOK, _FIRST)
    exchange, share = ExportExchange(tmp_path), Replica()
    for _look in range(2):
        exchange.push(share.contents(), share)
    assert read == [_WORKBOOK]
