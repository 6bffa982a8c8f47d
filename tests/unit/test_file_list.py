"""What the list of files says of each: what was read, refused, held, deleted; no file and no database."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pixsession.domain.board.snapshot import Campaign, FileEntry, FileRole, FileStatus
from pixsession.engine.board.files import FileList, entry_of, in_order_of_export, read_entry, refused_entry
from pixsession.engine.common.revision import Revision
from pixsession.foundation.errors import FileHeld, NotPix, PixSessionError, UnreadableExport
from pixsession.readers import FileDescription, export_of
from pixsession.readers.export import Reject
from pixsession.store.database import DatabaseError
from pixsession.store.rows import StoredExport
from tests.factories.everybody import listed
from tests.factories.exports import CAMPAIGN, MORNING, NAME, export, pending, put, student
from tests.factories.samples.lists import plain_list
from tests.factories.stored import StoredExports, at, sent

COLLECTION = Campaign("731958", "FDVRGZ586", "Collecte")
NO_TEXT = "caf\udce9.csv"
AS_SHOWN = "caf" + "\ufffd" * (3 if sys.platform == "win32" else 1) + ".csv"  # one for each byte of it
READ, REFUSED, IGNORED = FileStatus.READ, FileStatus.REFUSED, FileStatus.IGNORED


class Watched:
    """A list of files, its clock, and how often it had something new to show."""

    def __init__(self, *, patient: bool = True) -> None:
        self.now = MORNING
        self._revision = Revision()
        self.files = FileList(self._revision, lambda: self.now, patient=patient)

    def after_note(self, entry: FileEntry) -> bool:
        """Note an entry; whether that was news."""
        before = self._revision.number
        self.files.note(entry)
        return self._revision.number > before

    def after_look(self, present: Iterable[str], irregular: Iterable[str] = ()) -> bool:
        before = self._revision.number
        self.files.look(present, irregular)
        return self._revision.number > before

    def listed(
        self,
        *current: StoredExport,
        roles: Mapping[str, FileRole] | None = None,
        taken_back: Iterable[str] = (),
    ) -> dict[str, FileEntry]:
        return {one.name: one for one in self.files.listed(current, roles or {}, set(taken_back))}


def read(name: str, **more: Any) -> FileEntry:
    """The entry of an export of profiles."""
    return FileEntry(name, READ, "profiles", 3, None, COLLECTION, MORNING, digest=f"of {name}")._replace(
        **more
    )


def held(name: str) -> FileEntry:
    return refused_entry(Path(name), FileHeld("held"))


def test_an_entry_is_news_only_where_it_says_something_else() -> None:
    watched = Watched()
    assert watched.after_note(read("a.csv"))
    assert not watched.after_note(read("a.csv"))
    assert watched.after_note(read("a.csv", rows=4))
    assert watched.listed()["a.csv"].rows == 4


def test_a_file_that_another_program_holds_is_told_when_it_lasts() -> None:
    watched = Watched()
    assert not watched.after_note(held("a.csv"))
    assert not watched.after_note(held("b.csv"))  # each file by itself
    assert watched.after_note(held("a.csv"))
    assert [*watched.listed()] == ["a.csv"]
    assert watched.after_note(read("a.csv"))
    assert not watched.after_note(held("a.csv"))  # another time, and again for a moment
    assert watched.listed()["a.csv"].status is READ
    watched.files.note(read("a.csv"))
    assert not watched.after_note(held("a.csv"))
    assert Watched(patient=False).after_note(held("a.csv"))


def test_what_is_refused_or_ignored_for_good_is_told_at_once() -> None:
    for error in (UnreadableExport("cut"), NotPix("no export"), ValueError()):
        assert Watched().after_note(refused_entry(Path("a.csv"), error))


def test_a_file_refused_goes_from_the_list_with_the_file_and_an_export_stays_as_deleted() -> None:
    watched = Watched()
    for entry in (read("good.csv"), refused_entry(Path("bad.csv"), UnreadableExport("cut"))):
        watched.files.note(entry)
    assert not watched.after_look(["good.csv", "bad.csv"])
    assert watched.after_look(["bad.csv"])
    assert {name: one.present for name, one in watched.listed().items()} == {
        "bad.csv": True,
        "good.csv": False,
    }
    assert not watched.after_look(["bad.csv"])
    assert watched.after_look([])
    assert [*watched.listed()] == ["good.csv"]
    assert not watched.after_look([])
    assert watched.after_look(["good.csv"])
    assert watched.listed()["good.csv"].present


def test_what_is_no_file_is_ignored_until_it_is_gone_or_one() -> None:
    watched = Watched()
    assert watched.after_look(["pipe.csv"], ["pipe.csv"])
    assert not watched.after_look([], ["pipe.csv"])
    (entry,) = watched.listed().values()
    assert (entry.name, entry.status, entry.message, entry.present) == (
        "pipe.csv", IGNORED, "not a file", True,
    )  # fmt: skip
    assert watched.after_look([], [])
    assert watched.listed() == {}


def test_names_that_are_no_text_are_the_same_in_every_look() -> None:
    watched = Watched()
    watched.files.note(read(AS_SHOWN))
    assert not watched.after_look([NO_TEXT])
    assert watched.after_look([], [NO_TEXT])
    assert [*watched.listed()] == [AS_SHOWN]


@pytest.mark.parametrize(
    ("entry", "minutes", "asked"),
    [
        (read("a.csv"), 10, True),
        (read("a.csv"), 10.1, False),
        (read("a.csv", campaign=None), 1, False),  # a list of people
    ],
)
def test_an_export_deleted_within_minutes_is_asked_about_until_it_is_there_again_or_taken_back(
    entry: FileEntry, minutes: float, asked: bool
) -> None:
    watched = Watched()
    watched.files.note(entry)
    watched.files.look(["a.csv"], [])
    assert watched.files.deleted_soon({}) == ()
    watched.now += timedelta(minutes=minutes)
    watched.files.look([], [])
    watched.files.look([], [])
    expected = ("a.csv",) if asked else ()
    assert watched.files.deleted_soon({"a.csv": FileRole.LIST}) == expected
    assert watched.files.deleted_soon({"a.csv": FileRole.TAKEN_BACK}) == ()
    watched.files.look(["a.csv"], [])
    assert watched.files.deleted_soon({}) == ()


def test_the_digest_of_a_file_is_that_of_the_bytes_read_last() -> None:
    watched = Watched()
    watched.files.note(read("a.csv"))
    watched.files.note(refused_entry(Path("b.csv"), UnreadableExport("cut")))
    assert [watched.files.digest_of(name) for name in ("a.csv", "b.csv", "c.csv")] == ["of a.csv", None, None]


def test_what_the_board_rests_on_is_listed_though_its_files_are_gone() -> None:
    store, watched = StoredExports(), Watched()
    here, gone = (store.add(name, sent("A", "08:10"), stamp="09:10") for name in ("b.csv", "a.csv"))
    watched.files.look(["b.csv", "c.csv"], [])
    watched.files.note(read("c.csv"))
    found = watched.listed(here, gone)
    assert [(name, one.present) for name, one in found.items()] == [
        ("a.csv", False), ("b.csv", True), ("c.csv", True),
    ]  # fmt: skip
    watched.files.note(read("a.csv", rows=7))  # what was read in this run counts
    assert watched.listed(here, gone)["a.csv"].rows == 7


DELETED = "deleted from the folder, and counted all the same"
UNSTAMPED = "no time of Pix in its name: the time is that of the file"


@pytest.mark.parametrize(
    ("role", "more", "said"),
    [
        (FileRole.LIST, {}, []),
        (FileRole.EARLIER, {}, []),
        (FileRole.EARLIER, {"has_stamp": False}, []),
        (FileRole.LIST, {"has_stamp": False}, [UNSTAMPED]),
        (FileRole.LIST, {"present": False}, [DELETED]),
        (FileRole.LIST, {"present": False, "has_stamp": False}, [UNSTAMPED, DELETED]),
        (FileRole.LIST, {"present": False, "campaign": None}, []),
        (FileRole.PART, {}, ["part of another export: it is no list"]),
        (FileRole.TAKEN_BACK, {"present": False}, ["taken back: it does not count"]),
    ],
)
def test_the_role_of_a_file_is_said_where_it_is_not_the_usual_one(
    role: FileRole, more: dict[str, Any], said: list[str]
) -> None:
    watched = Watched()
    watched.files.note(read("a.csv", message="guessed", notes=("guessed",), **more))
    (entry,) = watched.listed(roles={"a.csv": role, "b.csv": FileRole.PART}).values()
    assert (entry.role, entry.message) == (role, " · ".join(["guessed", *said]))
    assert entry.notes == ("guessed", *said)


def test_a_file_without_a_role_or_not_read_has_none_and_says_nothing_more() -> None:
    watched = Watched()
    refused = refused_entry(Path("bad.csv"), UnreadableExport("cut"))
    for entry in (read("a.csv", has_stamp=False, present=False), refused):
        watched.files.note(entry)
    found = watched.listed(roles={"bad.csv": FileRole.PART})
    assert [(one.role, one.message) for one in found.values()] == [(None, None), (None, "cut")]


def test_a_file_whose_bytes_were_taken_back_does_not_count_whatever_its_name() -> None:
    watched = Watched()
    for entry in (read("a.csv", digest="x"), read("b.csv", digest=""), read("c.csv")):
        watched.files.note(entry)
    found = watched.listed(roles={"a.csv": FileRole.LIST, "b.csv": FileRole.LIST}, taken_back=["x", ""])
    assert [one.role for one in found.values()] == [FileRole.TAKEN_BACK, FileRole.LIST, None]


@pytest.mark.parametrize(
    ("error", "status", "kind", "message"),
    [
        (NotPix("no export"), IGNORED, None, "no export"),
        (FileHeld("held"), REFUSED, None, "held"),
        (UnreadableExport("cut"), REFUSED, "profiles", "cut"),
        (UnreadableExport("cut", 7), REFUSED, "profiles", "line 7: cut"),
        (UnreadableExport("cut", 0, "assessment"), REFUSED, "assessment", "line 0: cut"),
        (DatabaseError("full"), REFUSED, "profiles", "read, but it could not be stored: is the disk full?"),
        (
            RecursionError("LEROY"),
            REFUSED,
            "unknown",
            "this file cannot be read (RecursionError): save it or download it again",
        ),
        (
            PixSessionError("other"),
            REFUSED,
            "unknown",
            "this file cannot be read (PixSessionError): save it or download it again",
        ),
    ],
)
def test_a_file_that_was_not_taken_in_says_why(
    error: Exception, status: FileStatus, kind: str | None, message: str
) -> None:
    found = refused_entry(Path(NO_TEXT), error)
    assert found == FileEntry(AS_SHOWN, status, kind, message=message)


@pytest.mark.parametrize("has_stamp", [True, False])
def test_an_export_just_read_and_one_of_an_earlier_run_have_the_same_entry(has_stamp: bool) -> None:
    file = FileDescription(NAME, MORNING, has_stamp, MORNING)
    one = export_of(export(student("LEROY", "Ana", pending())).content, file)
    one = one._replace(contents=one.contents._replace(notes=("guessed", "left out")))
    campaign = Campaign(str(CAMPAIGN.number), CAMPAIGN.code, CAMPAIGN.name)
    found = read_entry(one)
    assert found == FileEntry(
        NAME, READ, "profiles", 1, "guessed · left out", campaign, MORNING,
        notes=("guessed", "left out"), digest=one.digest, has_stamp=has_stamp,
    )  # fmt: skip
    stored = StoredExports().add("a", sent("A", "08:10"), stamp="09:10")
    again = entry_of(stored._replace(notes=("guessed",), line_count=7))
    assert (again.message, again.notes, again.rows, again.exported_at) == (
        "guessed", ("guessed",), 7, at("09:10"),
    )  # fmt: skip
    assert (again.campaign, again.digest, again.has_stamp) == (Campaign("731958", None, ""), "a", True)
    bare = entry_of(StoredExports().add("a", campaign=""))
    assert (bare.campaign, bare.message, bare.has_stamp) == (None, None, False)


def test_a_list_of_people_has_no_campaign_and_says_which_lines_were_left_out() -> None:
    file = FileDescription("3eA.csv", MORNING, False, MORNING)
    one = export_of(plain_list([listed()]), file)
    one = one._replace(contents=one.contents._replace(rejects=(Reject(3, "no name"),)))
    found = read_entry(one)
    assert (found.kind, found.campaign, found.message, found.rejects) == (
        "roster", None, None, ((3, "no name"),),
    )  # fmt: skip


def test_files_of_one_time_are_read_in_the_order_of_their_copies_then_names(tmp_path: Path) -> None:
    names = ["b.csv", "a (1).csv", "a (2).csv", "a.csv", "A (10).csv"]
    paths = [put(tmp_path, name, b"x", MORNING) for name in names]
    earlier = put(tmp_path, "z (3).csv", b"x", datetime(2026, 3, 11))  # noqa: DTZ001
    found = in_order_of_export([*paths, tmp_path / "gone", earlier])
    assert [path.name for path in found] == [
        "z (3).csv", "a.csv", "b.csv", "a (1).csv", "a (2).csv", "A (10).csv", "gone",
    ]  # fmt: skip
