"""What a post knows of the others by their heartbeats, and when it writes its own."""

from __future__ import annotations

import pytest

from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post
from pixsession.domain.share.posts import PostSeen
from pixsession.foundation.clock import from_timestamp
from pixsession.store.share.heartbeat import MOST_OFFSET, Heartbeat, heartbeat_of
from pixsession.store.share.names import SharedKind, SharedName, name_on_share
from pixsession.store.share.posts import BEAT_SECONDS, Posts
from tests.factories.dossiers import noon

from .simulated import Replica

_BEGIN = 1_773_300_000.0  # 12 March 2026
_OWN, _CDI = Post("aaaaaaaa", "Bureau"), Post("bbbbbbbb", "CDI", "Salle 12")
_BEAT = Heartbeat(_CDI, _BEGIN, "1.0", 0.0, 2, has_left=False, heard={_OWN.id: 2.0}, started=_BEGIN - 60)


class Office:
    """A post, its clock, and a share on which others have written."""

    def __init__(self, offset: float | None = None) -> None:
        self.seconds = _BEGIN
        self.share = Replica()
        self.clock = PostClock(_OWN, noon, offset)
        self.posts = Posts(self.clock, _OWN.id, "2.0", lambda: self.seconds, lambda: self.seconds)
        self.share.modified = lambda name: self.seconds  # type: ignore[method-assign]

    def hears(self, content: bytes, after: float = 0.0) -> PostSeen:
        """Look at what the CDI has written, so many seconds later; who it is then."""
        self.seconds += after
        self.share.put(f"post-{_CDI.id}.json", content)
        self.posts.look(self.share.contents(), self.share)
        own, other = self.posts.seen(from_timestamp(self.seconds), 3)
        assert own == PostSeen(
            _OWN, from_timestamp(self.seconds), "2.0", None, 3, self.clock.offset, is_own=True
        )
        return other


def test_a_post_is_what_it_says_and_was_seen_when_its_file_last_changed() -> None:
    office = Office(10.0)
    told = _BEAT._replace(wall=_BEGIN - 300, offset=40.0, started=None)
    expected = PostSeen(_CDI, from_timestamp(_BEGIN - 270), "1.0", None, 2, 40.0)
    assert office.hears(told.written()) == expected, "a file that was there: by the clock of its post"
    later = told._replace(wall=_BEGIN - 200, waiting=0, has_left=True)
    expected = expected._replace(seen_at=from_timestamp(_BEGIN + 60), waiting=0, has_left=True)
    assert office.hears(later.written(), after=60) == expected
    assert office.hears(later.written(), after=30).seen_at == from_timestamp(_BEGIN + 90)


def test_a_clock_that_knows_no_offset_counts_as_right() -> None:
    assert Office().hears(_BEAT._replace(offset=None).written()).seen_at == from_timestamp(_BEGIN)
    assert Office().hears(_BEAT._replace(offset=5.0).written()).seen_at == from_timestamp(_BEGIN + 5)
    assert Office(5.0).hears(_BEAT._replace(offset=None).written()).seen_at == from_timestamp(_BEGIN - 5)


def test_a_post_whose_heartbeat_says_nothing_is_called_by_its_id() -> None:
    seen = Office().hears(b"half of")
    assert (seen.post, seen.version, seen.waiting, seen.offset) == (Post(_CDI.id, _CDI.id), "", 0, None)
    assert not seen.has_left


def test_a_heartbeat_in_time_is_noted_and_read_once_a_minute_and_one_out_of_turn_at_once() -> None:
    office, waiting = Office(), []
    for number, after in enumerate((0, 30, 30, 19.9, 20, 20, 20)):
        told = _BEAT._replace(waiting=number)
        waiting.append(office.hears(told.written(), after).waiting)
    assert waiting == [0, 0, 2, 3, 3, 3, 6]


def test_of_the_copies_of_a_heartbeat_the_newest_counts_and_that_of_this_post_is_nobody_elses() -> None:
    office = Office()
    for name, waiting in ((f"post-{_CDI.id} (1).json", 7), (f"post-{_CDI.id}.json", 2)):
        told = _BEAT._replace(waiting=waiting).written()
        office.share.put(name, told)
    office.share.versions[f"post-{_CDI.id} (1).json"] = 5
    for name in (f"post-{_OWN.id}.json", f"post-{_OWN.id} (1).json"):
        office.share.put(name, _BEAT.written())
    office.share.put("post-0aaaaaaa.json", _BEAT.written())
    office.posts.look(office.share.contents(), office.share)
    seen = office.posts.seen(noon(), 0)
    assert [(one.post.id, one.waiting) for one in seen] == [(_OWN.id, 0), ("0aaaaaaa", 2), (_CDI.id, 7)]


def test_a_post_beats_at_first_then_in_time_then_for_who_comes() -> None:
    office = Office()
    assert office.posts.is_due
    office.posts.write(office.share, 0)
    assert not office.posts.is_due
    office.seconds += BEAT_SECONDS - 0.1
    assert not office.posts.is_due
    office.seconds += 0.1
    assert office.posts.is_due
    office.posts.write(office.share, 0)
    office.hears(_BEAT.written())
    assert office.posts.is_due, "who comes wants to know how long its heartbeat took"


def test_a_post_writes_what_it_is() -> None:
    office = Office(20.0)
    office.hears(_BEAT._replace(wall=_BEGIN - 2, offset=None, heard={}).written())
    office.posts.write(office.share, 4, left=True)
    written = heartbeat_of(office.share.files[f"post-{_OWN.id}.json"], _OWN.id)
    assert written == Heartbeat(
        _OWN, _BEGIN, "2.0", 20.0, 4, has_left=True, heard={_CDI.id: 2.0}, started=_BEGIN
    )


@pytest.mark.parametrize(
    ("moved", "started", "known"),
    [(1.4, True, 2.0), (1.5, True, 600.0), (-1.5, True, 600.0), (9.0, False, 2.0)],
)
def test_delays_are_measured_anew_once_the_clock_of_a_post_was_set(
    moved: float, started: bool, known: float
) -> None:
    office = Office()
    office.hears(_BEAT._replace(wall=_BEGIN - 2).written())
    then = _BEAT._replace(wall=_BEGIN - 540, started=_BEGIN - 60 + moved if started else None)
    office.hears(then.written(), after=60)
    office.posts.write(office.share, 0)
    written = heartbeat_of(office.share.files[f"post-{_OWN.id}.json"], _OWN.id)
    assert written is not None
    assert written.heard == {_CDI.id: known}


@pytest.mark.parametrize(
    ("took", "differs", "known"),
    [
        (0.0, 1.4, None),
        (0.0, 1.5, 1.5),
        (0.0, -1.5, -1.5),
        (4.0, 5.4, None),
        (4.0, 5.5, 5.5),
        (-4.0, 5.4, None),
    ],
)
def test_the_time_of_a_share_counts_where_it_differs_by_more_than_the_writing_took(
    took: float, differs: float, known: float | None
) -> None:
    office = Office()
    written = office.share.write

    def write(name: str, content: bytes) -> None:
        written(name, content)
        office.seconds += took

    office.share.write = write  # type: ignore[method-assign]
    office.share.modified = lambda name: _BEGIN + took / 2 + differs  # type: ignore[method-assign]
    office.posts.write(office.share, 0)
    assert office.clock.offset == known


@pytest.mark.parametrize(
    ("first", "then", "known"),
    [(6.4, 0.0, 6.4), (6.5, 0.0, 0.0), (6.5, 5.1, 6.5), (6.5, 5.0, 5.0), (MOST_OFFSET, 0.0, None)],
)
def test_that_a_share_agrees_counts_where_it_once_told_more_than_any_file_system_rounds(
    first: float, then: float, known: float | None
) -> None:
    office = Office()
    for differs in (first, then):
        office.share.modified = lambda name, by=differs: office.seconds + by  # type: ignore[method-assign,misc]
        office.posts.write(office.share, 0)
    assert office.clock.offset == known


def test_a_share_that_keeps_the_time_of_the_writer_takes_back_nothing_that_the_others_told() -> None:
    office = Office(-600.0)
    office.posts.write(office.share, 0)
    assert office.clock.offset == -600.0


def test_no_clock_is_ten_years_off() -> None:
    for offset, expected in ((MOST_OFFSET - 1, MOST_OFFSET - 1), (MOST_OFFSET, None), (-MOST_OFFSET, None)):
        office = Office()
        office.share.modified = lambda name, at=_BEGIN + offset: at  # type: ignore[method-assign,misc]
        office.posts.write(office.share, 0)
        assert office.clock.offset == expected


def test_what_a_heartbeat_says_comes_back_as_it_was() -> None:
    for told in (_BEAT, Heartbeat(_OWN, _BEGIN), _BEAT._replace(has_left=True, offset=-3.5, heard={})):
        assert heartbeat_of(told.written(), told.post.id) == told
    assert heartbeat_of(b"[]", _CDI.id) is None
    assert heartbeat_of(b'{"wall": 946684799}', _CDI.id) is None, "before 2000"
    assert heartbeat_of(b'{"wall": 946684800}' + b" " * 99_981, _CDI.id) == Heartbeat(
        Post(_CDI.id, _CDI.id), 946_684_800.0
    )
    assert heartbeat_of(b'{"wall": 946684800}' + b" " * 99_982, _CDI.id) is None, "more than any post writes"


_JOURNAL = "20260312T080000-77-aaaaaaaabbbbbbbb"
_DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ("session.json", (SharedKind.SESSION, "session.json")),
        ("SESSION (1).JSON", (SharedKind.SESSION, "session.json")),
        ("sessions.json", None),
        ("session.toml", None),
        ("session-0123456789abcdef.toml", (SharedKind.TEXT, "session-0123456789abcdef.toml")),
        ("session-0123456789abcdef0.toml", None),
        (f"{_JOURNAL}.jsonl", (SharedKind.JOURNAL, f"{_JOURNAL}.jsonl")),
        (f"{_JOURNAL.lower()}-PC1.jsonl", (SharedKind.JOURNAL, f"{_JOURNAL}.jsonl")),
        (f"{_JOURNAL[:-8]}.jsonl", (SharedKind.JOURNAL, f"{_JOURNAL[:-8]}.jsonl")),
        (f"{_JOURNAL[:-1]}.jsonl", None),
        (f"{_JOURNAL}.json", None),
        (f"{_DIGEST}.csv", (SharedKind.EXPORT, f"{_DIGEST}.csv")),
        (f"{_DIGEST}.sync-conflict-1.csv", (SharedKind.EXPORT, f"{_DIGEST}.csv")),
        (f"{_DIGEST}0.csv", None),
        (
            f"{_DIGEST[:32]}-20260312080000.json",
            (SharedKind.DESCRIPTION, f"{_DIGEST[:32]}-20260312080000.json"),
        ),
        (f"{_DIGEST[:32]}-202603120800001.json", None),
        ("post-bbbbbbbb.json", (SharedKind.POST, "post-bbbbbbbb.json")),
        ("post-bbbbbbbb (conflicted copy).json", (SharedKind.POST, "post-bbbbbbbb.json")),
        ("post-bbbbbbbbc.json", None),
        ("post-bbbbbbbb.json.tmp", None),
        ("post-bbbbbbbb.json.part", None),
        (".post-bbbbbbbb.json", None),
        ("~post-bbbbbbbb.json", None),
        ("post-bbbbbbbb.json.nextcloud", (SharedKind.PLACEHOLDER, "post-bbbbbbbb.json.nextcloud")),
        ("notes.txt", None),
    ],
)
def test_a_file_is_what_its_name_says_whatever_a_synchroniser_made_of_it(
    found: str, known: tuple[SharedKind, str] | None
) -> None:
    assert name_on_share(found) == (SharedName(*known) if known else None)
