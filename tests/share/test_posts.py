"""What a post knows of the others by their heartbeats, and when it writes its own."""

from __future__ import annotations

import json

import pytest

from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post
from pixsession.domain.share.posts import PostSeen
from pixsession.foundation.clock import from_timestamp
from pixsession.store.share.heartbeat import MOST_OFFSET, Heartbeat, believable, heartbeat_of
from pixsession.store.share.names import SharedKind, SharedName, name_on_share
from pixsession.store.share.posts import BEAT_SECONDS, Posts
from tests.factories.dossiers import noon

from .simulated import Replica

_FIELDS = {"left": "has_left"}
_BEGIN = 1_773_300_000.0  # 12 March 2026
_OWN, _CDI = Post("aaaaaaaa", "Bureau"), Post("bbbbbbbb", "CDI", "Salle 12")
_BEAT = Heartbeat(_CDI, _BEGIN, "1.0", 0.0, 2, has_left=False, heard={_OWN.id: 2.0}, started=_BEGIN - 60)


class Office:
    """A post, its clock, and a share on which others have written."""

    def __init__(self, offset: float | None = None, founder: str = _OWN.id) -> None:
        self.seconds, self.ahead = _BEGIN, 0.0
        self.share = Replica()
        self.clock = PostClock(_OWN, noon, offset)
        self.posts = Posts(self.clock, founder, "2.0", lambda: self.seconds, self.wall)
        self.share.modified = lambda name: self.seconds  # type: ignore[method-assign]

    def wall(self) -> float:
        """What the clock of the computer says, which somebody may set."""
        return self.seconds + self.ahead

    def hears(self, content: bytes, after: float = 0.0) -> PostSeen:
        """Look at what the CDI has written, so many seconds later; who it is then."""
        self.share.put(f"post-{_CDI.id}.json", content)
        return self.looks(after)

    def looks(self, after: float = 0.0) -> PostSeen:
        self.seconds += after
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


def test_a_post_whose_file_stays_as_it_is_was_not_seen_again() -> None:
    office = Office()
    office.hears(_BEAT.written())
    seen = office.hears(_BEAT.written(), after=30)
    assert [office.looks(after) for after in (0, 30, 600)] == [seen] * 3


@pytest.mark.parametrize(("moved", "is_set"), [(1.4, False), (1.5, True), (-1.4, False), (-1.5, True)])
def test_once_the_clock_of_this_computer_was_set_all_is_measured_anew(moved: float, is_set: bool) -> None:
    office = Office()
    office.hears(_BEAT.written())
    office.posts.write(office.share, 0)
    office.looks(after=1)
    assert not office.posts.is_due
    office.ahead = moved
    office.looks(after=1)
    assert office.posts.is_due == is_set, "the others are to know it"
    office.posts.write(office.share, 0)
    written = heartbeat_of(office.share.files[f"post-{_OWN.id}.json"], _OWN.id)
    assert written is not None
    assert (written.heard == {}, written.started) == (is_set, _BEGIN + moved * is_set)
    seen = office.hears(_BEAT._replace(waiting=7).written(), after=28)
    assert seen.waiting == (7 if is_set else 2), "though it was read half a minute ago"


def test_of_several_heartbeats_of_the_founder_the_quickest_tells_most() -> None:
    """This clock is ten minutes ahead; a heartbeat takes two seconds, or forty by a synchroniser."""
    told = _BEAT._replace(heard={_OWN.id: -598.0})
    for known, delays, expected in (
        (None, (602.0, 640.0), -600.0),
        (-600.0, (640.0,), -600.0),  # what the way may have taken is no difference
        (-700.0, (640.0,), -619.0),
        (None, (640.0,), -619.0),
    ):
        office = Office(known, founder=_CDI.id)
        for delay in delays:
            office.hears(told._replace(wall=office.seconds - delay, heard={}).written())
            office.seconds += 10
        office.hears(told._replace(wall=office.seconds - 640.0).written())
        assert office.clock.offset == expected
        office.ahead = 60.0
        office.looks()
        assert office.clock.offset == expected, "nothing is known before the next heartbeat"


def test_a_clock_that_knows_no_offset_counts_as_right() -> None:
    assert Office().hears(_BEAT._replace(offset=None).written()).seen_at == from_timestamp(_BEGIN)
    assert Office().hears(_BEAT._replace(offset=5.0).written()).seen_at == from_timestamp(_BEGIN + 5)
    assert Office(5.0).hears(_BEAT._replace(offset=None).written()).seen_at == from_timestamp(_BEGIN - 5)


def test_a_post_whose_heartbeat_says_nothing_is_called_by_its_id() -> None:
    seen = Office().hears(b"half of")
    assert (seen.post, seen.version, seen.waiting, seen.offset) == (Post(_CDI.id, _CDI.id), "", 0, None)
    assert not seen.has_left


@pytest.mark.parametrize(
    ("after", "read"),
    [
        ((0, 30, 30, 19.9, 20, 20, 20), [0, 0, 2, 3, 3, 3, 6]),
        ((0, 30, 24.9, 25), [0, 0, 0, 3]),
        ((0, 30, 25), [0, 0, 2]),
    ],
)
def test_a_heartbeat_in_time_is_noted_and_read_once_a_minute_and_one_out_of_turn_at_once(
    after: tuple[float, ...], read: list[int]
) -> None:
    office = Office()
    told = [_BEAT._replace(waiting=number).written() for number in range(len(after))]
    assert [office.hears(*one).waiting for one in zip(told, after, strict=True)] == read


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
    comes = _BEAT._replace(heard={}).written()
    office.hears(comes)
    assert office.posts.is_due, "who comes wants to know how long its heartbeat took"
    office.posts.write(office.share, 0)
    office.hears(comes, after=10)
    assert not office.posts.is_due, "who is known does not"


def test_a_post_writes_what_it_is() -> None:
    office = Office(20.0)
    office.hears(_BEAT._replace(wall=_BEGIN - 2, offset=None, heard={}).written())
    office.posts.write(office.share, 4, left=True)
    written = heartbeat_of(office.share.files[f"post-{_OWN.id}.json"], _OWN.id)
    assert written == Heartbeat(
        _OWN, _BEGIN, "2.0", 20.0, 4, has_left=True, heard={_CDI.id: 2.0}, started=_BEGIN
    )


@pytest.mark.parametrize(
    ("before", "then", "known"),
    [(0.0, 1.4, 2.0), (0.0, 1.5, 600.0), (0.0, -1.5, 600.0), (0.0, None, 2.0), (None, 9.0, 2.0)],
)
def test_delays_are_measured_anew_once_the_clock_of_a_post_was_set(
    before: float | None, then: float | None, known: float
) -> None:
    office = Office()
    for after, wall, moved in ((0, _BEGIN - 2, before), (60, _BEGIN - 540, then)):
        started = None if moved is None else _BEGIN - 60 + moved
        office.hears(_BEAT._replace(wall=wall, started=started).written(), after)
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
    assert heartbeat_of(b"[" * 99_000, _CDI.id) is None
    assert heartbeat_of(b'{"wall": 946684799}', _CDI.id) is None, "before 2000"
    assert heartbeat_of(b'{"wall": 946684800}' + b" " * 99_981, _CDI.id) == Heartbeat(
        Post(_CDI.id, _CDI.id), 946_684_800.0
    )
    assert heartbeat_of(b'{"wall": 946684800}' + b" " * 99_982, _CDI.id) is None, "more than any post writes"


_LAST = 32_503_680_000.0  # the year 3000


@pytest.mark.parametrize(
    ("field", "inside", "outside", "otherwise"),
    [
        ("wall", (946_684_800.0, _LAST), (946_684_799.0, _LAST + 1), None),
        ("started", (946_684_800.0, _LAST), (946_684_799.0, _LAST + 1), None),
        ("offset", (MOST_OFFSET, -MOST_OFFSET), (MOST_OFFSET + 1, -MOST_OFFSET - 1), None),
        ("waiting", (0, 1_000_000_000), (-1, 1_000_000_001), 0),
        ("heard", ({"x": MOST_OFFSET}, {"x": -MOST_OFFSET}), ({"x": MOST_OFFSET + 1}, {"x": None}, [1]), {}),
        ("left", (True, False), (1, "true", None), False),
        ("name", ("CDI",), ("", 7, None), _CDI.id),
        ("room", ("12", ""), (12, None), ""),
        ("version", ("1.0", ""), (1, None), ""),
    ],
)
def test_what_no_post_says_of_itself_is_not_taken_over(
    field: str, inside: tuple[object, ...], outside: tuple[object, ...], otherwise: object
) -> None:
    def told(value: object) -> object:
        found = heartbeat_of(json.dumps({"wall": _BEGIN, field: value}).encode(), _CDI.id)
        if found is None:
            return None
        return getattr(found.post if field in {"name", "room"} else found, _FIELDS.get(field, field))

    assert [told(value) for value in inside] == list(inside)
    assert [told(value) for value in outside] == [otherwise] * len(outside)


def test_a_time_that_a_file_system_makes_up_is_brought_to_one_that_a_clock_may_show() -> None:
    for wall, expected in ((0.0, 946_684_800.0), (_BEGIN, _BEGIN), (_LAST + 1, _LAST)):
        assert believable(wall) == expected


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
        (".post-bbbbbbbb.json.nextcloud", None),
        ("~post-bbbbbbbb.json.cloud", None),
        ("notes.txt", None),
    ],
)
def test_a_file_is_what_its_name_says_whatever_a_synchroniser_made_of_it(
    found: str, known: tuple[SharedKind, str] | None
) -> None:
    assert name_on_share(found) == (SharedName(*known) if known else None)
