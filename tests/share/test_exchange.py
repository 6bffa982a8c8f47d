"""One look at a share: what goes there, what comes, and which of several sessions counts."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from errno import EACCES, ESTALE
from pathlib import Path

import pytest

from pixsession.domain.share.clock import PostClock
from pixsession.domain.share.place import Post, SharePlace
from pixsession.readers.export import FileDescription
from pixsession.store.dossier import description_of
from pixsession.store.journal import Journal
from pixsession.store.open_boards import OpenBoard, Watched
from pixsession.store.opening import take_lock
from pixsession.store.share.exchange import Exchange
from pixsession.store.share.folder import SharedFolder
from pixsession.store.share.heartbeat import Heartbeat, heartbeat_of
from pixsession.store.share.joining import saved_offset
from pixsession.store.share.names import SESSION
from tests.factories.dossiers import NOON, noon, strangers

OFFICE, CDI = Post("aaaaaaaa", "Bureau"), Post("bbbbbbbb", "CDI")
_BEGIN = 1_773_300_000.0  # 12 March 2026
_STARTED = 5000.0  # the seconds that this computer counts
FIRST, SECOND, THIRD, FOURTH = (f"{number:016x}" for number in (1, 2, 3, 4))


def begun(root: Path, session_id: str, founder: str = OFFICE.id) -> Path:
    (root / session_id).mkdir(parents=True, exist_ok=True)
    (root / session_id / SESSION).write_text(json.dumps({"founder": founder}))
    return root / session_id


def acts(folder: Path, post: Post, text: str) -> None:
    """A gesture of a post, as a file of its own in a folder of journals."""
    Journal(folder, noon, clock=PostClock(post, noon)).append("act.note", {"text": text})


def keeps(exports: Path, content: bytes) -> None:
    exports.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(content).hexdigest()
    name, description = description_of(digest, FileDescription("export.csv", NOON, False, NOON))
    (exports / f"{digest}.csv").write_bytes(content)
    (exports / name).write_bytes(description)


class Office:
    """The exchange of a post, with a watch that the test sets."""

    def __init__(self, home: Path) -> None:
        self.seconds, self.behind = _STARTED, 0.0
        self.root, self.dossier = home / "share", home / "dossiers" / "x"
        self.place = SharePlace(begun(self.root, SECOND), SECOND, OFFICE)
        self.clock = PostClock(OFFICE, noon)
        self.exchange = self.again()

    def again(self) -> Exchange:
        """Another program on the same dossier, started now."""
        found = Exchange(self.place, self.dossier, self.clock, "1", lambda: self.seconds)
        found.posts._wall = self.wall
        return found

    def wall(self) -> float:
        return _BEGIN + self.seconds

    def look(self, at: float | None = None) -> bool:
        """Look so many seconds after the start."""
        self.seconds = self.seconds if at is None else _STARTED + at
        return self.exchange.look()

    def purge(self, session_id: str = SECOND) -> None:
        (self.root / f"{session_id}.purged").write_text("{}")

    def texts(self) -> list[str]:
        """What all that came here, and was done here, says."""
        return sorted(str(one.facts["text"]) for one in Journal(self.dossier / "journal", noon).read_new())

    def on_share(self, session_id: str = SECOND) -> list[str]:
        return sorted(path.suffix for path in (self.root / session_id).iterdir() if path.name != SESSION)

    def heartbeat(self, session_id: str = SECOND) -> Heartbeat | None:
        return heartbeat_of((self.root / session_id / f"post-{OFFICE.id}.json").read_bytes(), OFFICE.id)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A post whose clock is `behind` that of its share by so many seconds."""
    found = Office(tmp_path)
    monkeypatch.setattr(SharedFolder, "modified", lambda _folder, _name: found.wall() + found.behind)
    return found


def test_what_was_done_here_goes_there_and_what_others_did_comes(office: Office) -> None:
    acts(office.dossier / "journal", OFFICE, "here")
    keeps(office.dossier / "exports", b"Nom\n")
    assert office.exchange.waiting == 2
    assert not office.look(), "nothing came"
    assert office.exchange.waiting == 0
    assert office.on_share() == [".csv", ".json", ".json", ".jsonl"]
    acts(office.place.folder, CDI, "there")
    assert office.look()
    assert office.texts() == ["here", "there"]
    assert not office.look()
    keeps(office.place.folder, b"Prenom\n")
    assert office.look()
    assert not office.look()
    assert office.exchange.troubles == ()


def test_who_else_is_there_is_known(office: Office) -> None:
    (office.place.folder / f"post-{CDI.id}.json").write_bytes(Heartbeat(CDI, office.wall()).written())
    office.look()
    assert [seen.post for seen in office.exchange.posts.seen(NOON, 0)] == [OFFICE, CDI]
    if sys.platform != "win32":
        assert strangers(office.dossier) == [], "a dossier that it makes is its owner's alone"


def test_a_board_that_only_reads_writes_nothing_there(office: Office) -> None:
    acts(office.dossier / "journal", OFFICE, "here")
    acts(office.place.folder, CDI, "there")
    assert office.exchange.look(pulls_only=True)
    assert office.texts() == ["here", "there"]
    assert (office.on_share(), office.exchange.waiting) == ([".jsonl"], 1)


def test_two_windows_on_one_dossier_take_turns(office: Office) -> None:
    office.dossier.mkdir(parents=True)
    acts(office.place.folder, CDI, "there")
    lock = take_lock(office.dossier / "share.lock")
    assert lock is not None
    assert not office.look()
    assert office.on_share() == [".jsonl"]
    lock.release()
    assert office.look()
    acts(office.place.folder, CDI, "then")
    assert office.again().look(), "the first has let go of it"


def test_a_heartbeat_is_written_when_it_is_due_and_says_what_waits(office: Office) -> None:
    office.look()
    told = office.heartbeat()
    assert told is not None
    assert (told.post, told.version, told.waiting, told.has_left) == (OFFICE, "1", 0, False)
    path = office.place.folder / f"post-{OFFICE.id}.json"
    path.unlink()
    office.look(at=29.9)
    assert not path.exists()
    office.look(at=30.0)
    assert path.exists()


def test_who_leaves_brings_what_is_left_and_says_so(office: Office) -> None:
    office.look()
    acts(office.dossier / "journal", OFFICE, "last")
    acts(office.place.folder, CDI, "there")
    assert office.exchange.leave()
    told = office.heartbeat()
    assert told is not None
    assert told.has_left
    assert office.exchange.waiting == 0
    assert not office.exchange.leave()


@pytest.mark.parametrize(
    ("looked_at", "asks_the_root"),
    [
        ([0.0, 0.0, 0.5], [True, True, True]),
        ([0.0, 29.9, 30.0], [True, True, False]),
        ([20.0, 30.0, 34.9, 35.0, 49.9, 50.0], [True, False, False, True, False, True]),
    ],
)
def test_the_folder_above_is_looked_at_each_time_for_half_a_minute_then_each_quarter_of_one(
    office: Office, looked_at: list[float], asks_the_root: list[bool]
) -> None:
    found = []
    for number, at in enumerate(looked_at):
        acts(begun(office.root, THIRD), CDI, f"{number}")
        found.append(office.look(at))
    assert found == asks_the_root, "what came into a session beside this one is read with it"


def test_asking_the_folder_above_is_counted(office: Office) -> None:
    asked = []
    for at in (0.0, 31.0, 32.0):  # the first looks around and beats, the second too, the third neither
        before = office.exchange.shared.requests
        office.look(at)
        asked.append(office.exchange.shared.requests - before)
    assert asked[0] == asked[1] == asked[2] + 1 + 2, "one for the folder above, two for the heartbeat"


def test_nothing_is_written_back_to_a_session_that_was_purged(office: Office) -> None:
    acts(office.dossier / "journal", OFFICE, "here")
    acts(begun(office.root, FIRST), CDI, "of another session")
    office.purge()
    assert not office.exchange.is_purged, "nobody has looked yet"
    for _look in range(2):
        assert not office.look()
        assert office.exchange.is_purged
    assert not office.exchange.leave()
    assert (office.on_share(), office.exchange.waiting) == ([], 1)
    for _again in range(2):  # also where nothing is left
        office.exchange.forget()
    assert sorted(path.name for path in office.root.iterdir()) == [FIRST, f"{SECOND}.purged"]
    assert not office.dossier.exists()


def test_a_mark_of_another_session_is_nothing_to_this_one(office: Office) -> None:
    office.purge(FIRST)
    office.look()
    assert not office.exchange.is_purged
    assert office.on_share() == [".json"]


def test_that_it_was_deleted_is_found_out_as_soon_as_its_folder_is_gone(office: Office) -> None:
    office.look(at=40)
    office.purge()
    (office.place.folder / SESSION).unlink()
    with pytest.raises(OSError) as gone:
        office.look(at=41)
    assert gone.value.errno == ESTALE
    office.look(at=42)
    assert office.exchange.is_purged


def test_a_board_that_is_open_keeps_its_dossier_though_it_is_to_be_forgotten(office: Office) -> None:
    opened = OpenBoard(office.dossier, Watched("x", is_session=True))
    office.exchange.forget()
    assert office.dossier.exists()
    assert not office.place.folder.exists()
    opened.close()


def test_all_posts_go_to_the_session_with_the_smallest_id_and_lose_nothing_of_the_others(
    office: Office,
) -> None:
    acts(office.dossier / "journal", OFFICE, "here")
    office.look()
    assert office.exchange.posts.founder == OFFICE.id
    acts(begun(office.root, FIRST, CDI.id), CDI, "in the first")
    assert office.look()
    assert office.exchange.shared.path == office.root / FIRST
    assert office.exchange.posts.founder == CDI.id
    assert office.texts() == ["here", "in the first"]
    assert office.on_share(FIRST) == [".jsonl", ".jsonl"], "what was done here is brought there too"
    office.look(at=30)
    assert office.on_share(FIRST) == [".json", ".jsonl", ".jsonl"]
    acts(office.place.folder, CDI, "late, in the second")
    assert office.look(at=45)
    assert office.texts() == ["here", "in the first", "late, in the second"]
    office.purge(FIRST)
    office.look(at=60)
    assert office.exchange.is_purged


def test_a_session_with_a_greater_id_is_only_read(office: Office) -> None:
    begun(office.root, FOURTH)
    acts(begun(office.root, THIRD), CDI, "in the third")
    assert office.look(), "one of them had something"
    assert office.exchange.shared.path == office.place.folder
    assert office.texts() == ["in the third"]
    assert (office.on_share(), office.on_share(THIRD), office.on_share(FOURTH)) == ([".json"], [".jsonl"], [])


def test_a_session_whose_beginning_is_not_there_for_a_while_is_not_left(office: Office) -> None:
    begun(office.root, THIRD)
    (office.place.folder / SESSION).unlink()
    with pytest.raises(OSError) as gone:
        office.look()
    assert gone.value.errno == ESTALE
    assert office.exchange.shared.path == office.place.folder


@pytest.mark.parametrize("record", ["half of", "[]", "{}", "7"])
def test_who_began_a_session_that_does_not_say_it_is_nobody(office: Office, record: str) -> None:
    (office.place.folder / SESSION).write_text(record)
    assert office.again().posts.founder == ""
    (office.place.folder / SESSION).unlink()
    assert office.again().posts.founder == ""


def test_what_is_called_as_ours_and_is_none_is_told_once_as_is_what_cannot_be_read(office: Office) -> None:
    damaged, other = (f"20260312T080000-{number}-{CDI.id}00000000.jsonl" for number in (77, 79))
    for one in (SECOND, THIRD):
        (begun(office.root, one) / damaged).write_bytes(b"damaged\n")
    (office.root / THIRD / other).write_bytes(b"damaged\n")
    (office.place.folder / f"20260312T080000-78-{CDI.id}00000000.jsonl").mkdir()
    (office.place.folder / f"{'0' * 64}.csv.nextcloud").write_bytes(b"")
    office.look()
    told = list(office.exchange.troubles)
    assert [words.split(":")[0] for words in told] == [
        f"20260312T080000-78-{CDI.id}00000000.jsonl is no file",
        f"{'0' * 64}.csv.nextcloud",
    ]
    office.look(at=10)
    more = [words for words in office.exchange.troubles if words not in told]
    assert [words.split(",")[0] for words in more] == [damaged, other], "once, though both sessions have it"
    assert list(office.exchange.troubles) == [*told, *more]


def test_a_heartbeat_that_is_held_is_told_and_all_else_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = SharedFolder.write

    def held(folder: SharedFolder, name: str, content: bytes) -> None:
        if name.startswith("post-"):
            raise OSError(EACCES, os.strerror(EACCES))
        written(folder, name, content)

    monkeypatch.setattr(SharedFolder, "write", held)
    acts(office.dossier / "journal", OFFICE, "here")
    office.look()
    assert (office.on_share(), office.exchange.troubles) == ([".jsonl"], ())
    office.look(at=10)
    (words,) = office.exchange.troubles
    assert f"post-{OFFICE.id}.json cannot be written" in words


def test_how_far_the_clock_of_this_computer_is_off_is_kept_once_it_is_known_and_when_it_changes(
    office: Office,
) -> None:
    known = []
    for at, office.behind in ((0, 0.0), (30, 600.0), (60, 600.0), (90, 900.0)):
        office.look(at)
        known.append(saved_offset(office.dossier))
        (office.dossier / "clock.json").unlink(missing_ok=True)
    assert known == [None, 600.0, None, 900.0], "not written again while it is the same"


def test_an_offset_of_the_last_start_is_not_written_again(office: Office) -> None:
    office.place = office.place._replace(offset=600.0)
    office.clock.offset = office.behind = 600.0
    office.exchange = office.again()
    office.look()
    assert office.clock.offset == 600.0
    assert saved_offset(office.dossier) is None
