"""Exports between a dossier and the share: each by its bytes, whatever name they were downloaded under."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pixsession.readers.export import FileDescription
from pixsession.store.dossier import Dossier, description_of
from pixsession.store.share.exports import ExportExchange
from tests.factories.dossiers import noon
from tests.factories.samples.demo_story import morning

from .simulated import Replica

_FIRST, _SECOND = (one.content for one in morning()[:2])


def put_on(share: Replica, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    name, description = description_of(digest, FileDescription("export.csv", noon(), False, noon()))
    share.put(f"{digest}.csv", content)
    share.put(name, description)


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
    assert exchange.push(share.contents(), share)
    assert exchange.waiting == 0
    assert share.files == here.files
    assert not exchange.push(share.contents(), share)
    assert pulled(tmp_path / "other", share) == (True, {_FIRST})
    share.put(f"{hashlib.sha256(_FIRST).hexdigest()}.csv", _FIRST[:9])  # spoilt there
    assert ExportExchange(tmp_path).push(share.contents(), share)
    assert share.files == here.files
