"""Whoever may write on a share may write anything: no board ends by it, and no order of gestures fails."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.entries import FileEntryKind, MatchEntry
from pixsession.domain.certification.day import ActionKind
from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post
from pixsession.domain.share.posts import ShareView, clock_off_by
from pixsession.domain.share.words import posts_words, share_notices
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.share.view import contradiction_notices, with_gestures
from pixsession.store.journal_lines import VERSION, sealed
from pixsession.store.share.folder import Contents, SharedFile
from pixsession.store.share.heartbeat import heartbeat_of
from pixsession.store.share.names import SharedKind
from pixsession.store.share.posts import Posts
from tests.factories.reached import reached

from .simulated import Replica

NOW = datetime(2026, 3, 12, 9, 0)  # noqa: DTZ001 - Paris time has no zone here
OTHER = "bbbbbbbb"


def _is_finite(value: object) -> bool:
    """Whether a journal can hold it: of the rest the program has written none."""
    try:
        return bool(json.dumps(value, allow_nan=False))
    except ValueError:
        return False


_numbers = st.one_of(st.floats(), st.integers(), st.sampled_from((1e300, -1e300, 1.7e9, 1.8e9)))
_scalars = st.one_of(st.none(), st.booleans(), _numbers, st.text(max_size=8))
_json = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
_FIELDS = ("v", "id", "name", "room", "version", "wall", "offset", "waiting", "left", "heard", "started")
_heartbeats = st.fixed_dictionaries(
    {"wall": _numbers}, optional={name: _json for name in _FIELDS if name != "wall"}
)
_times = st.one_of(
    st.datetimes().map(datetime.isoformat),
    st.sampled_from(("", "2000-01-01T00:00:00", "2999-12-31T23:59:59")),
)
_finite = _json.filter(_is_finite)
_students = st.fixed_dictionaries({"keys": st.lists(st.sampled_from("ab"))}, optional={"last_name": _finite})
_facts = dict.fromkeys(("text", "undoes", "entry", "room", "code"), _finite)
_lines = st.fixed_dictionaries(
    {
        "at": _times,
        "after": _times,
        "kind": st.sampled_from((*ActionKind, *MatchEntry, *FileEntryKind, "act.new")),
        "offset": st.one_of(st.none(), st.floats(-1e12, 1e12)),
        "post": st.one_of(st.just([OTHER, "CDI", ""]), _finite),
        "facts": st.fixed_dictionaries(
            {}, optional={"who": st.one_of(_finite, st.lists(_students, max_size=2)), **_facts}
        ),
    }
)


def clock() -> PostClock:
    return PostClock(Post("aaaaaaaa", "office"), lambda: NOW, 0.0, NOW)


@given(st.one_of(_heartbeats.map(json.dumps), _json.map(json.dumps), st.text()), st.integers())
def test_any_heartbeat_is_told_or_passed_over(content: str, modified_ns: int) -> None:
    own, replica = clock(), Replica()
    posts = Posts(own, OTHER, "1", lambda: 0.0, lambda: 1.79e9)
    name = f"post-{OTHER}.json"
    replica.put(name, content.encode("utf-8", "surrogatepass"))
    file = SharedFile(name, SharedKind.POST, name, len(content), modified_ns)
    posts.look(Contents((file,), ()), replica)
    seen = posts.seen(NOW, 0)
    reached(len(seen))
    assert [one.post.id for one in seen] == [own.post.id, OTHER]
    view = ShareView(seen)
    assert posts_words(view, NOW)
    assert all(share_notices(view, NOW))
    clock_off_by(seen)
    assert datetime.fromisoformat(own.stamp("")).year == NOW.year or own.offset
    told = heartbeat_of(content.encode("utf-8", "surrogatepass"), OTHER)
    assert told is None or heartbeat_of(told.written(), OTHER) == told


@given(st.lists(_lines, min_size=1, max_size=5), st.booleans())
def test_any_entry_counts_or_is_told(lines: list[dict[str, object]], is_lesson: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "journal"
        journal.mkdir()
        written, seal = [], ""
        for number, line in enumerate(lines, start=1):
            text, seal = sealed({"v": VERSION, "n": number, **line}, seal)  # type: ignore[dict-item]
            written.append(text)
        (journal / f"20260312T083000-1-{OTHER}00000000.jsonl").write_bytes(b"".join(written))
        log = EntryLog(Path(folder), lambda: NOW, clock=clock(), is_lesson=is_lesson)
        reached(len(lines))
        assert len(log.entries) + len(log.troubles) >= len(lines)
        with_gestures(ShareView(), log.entries)
        contradiction_notices(log.entries, OTHER, NOW)
        log.append("act.note", {"text": "mine"})
        assert log.entries[-1].facts == {"text": "mine"}
