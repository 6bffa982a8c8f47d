"""The session file and the lists that it names, while the board is open: taken over, refused, or away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from pixsession.domain.certification.session import ExpectedFrom, Room, Session
from pixsession.domain.certification.slots import Offer, Slot
from pixsession.engine.certification import named_lists, offers, session_source
from pixsession.engine.certification.named_lists import NamedLists
from pixsession.engine.certification.offers import offers_in
from pixsession.engine.certification.session_source import SessionSource, Stamp, stamp_of
from pixsession.foundation.errors import BadConfiguration, ConfigurationAway
from tests.factories.days import SESSION
from tests.factories.lists_read import candidates
from tests.factories.samples.lists import SampleSession, listed_students, sessions_import

AT = datetime.fromisoformat("2026-03-12T08:30")


class File:
    """A session file whose contents the tests say, and what reading it gives."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "session.toml"
        self.write('title = "un"\nfolders = ["exports"]\n')
        self.session = SESSION._replace(path=self.path)
        self.answer: Callable[[], Session] = lambda: self.session
        self.reads = 0

    def write(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def read(self) -> Session:
        self.reads += 1
        return self.answer()

    def source(self, *, share: bool = False) -> SessionSource:
        self.session = self.session._replace(share=share)
        return SessionSource(self.session, self.read)

    def gives(self, session: Session) -> None:
        self.answer = lambda: session

    def refuses(self, error: BadConfiguration) -> None:
        def refused() -> Session:
            raise error

        self.answer = refused


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path)


def test_the_file_is_read_once_at_the_first_look_and_then_only_when_it_has_changed(file: File) -> None:
    source = file.source()
    assert source.has_moved
    assert [source.take_over() for _ in range(3)] == [False] * 3
    assert (file.reads, source.has_moved, source.trouble) == (1, False, "")
    file.write('title = "deux, et plus"\n')
    changed = file.session._replace(title="deux")
    file.gives(changed)
    assert source.has_moved
    assert not source.take_over()  # whoever writes may still be writing
    assert file.reads == 1
    assert source.take_over()
    assert (source.session, file.reads, source.has_moved) == (changed, 2, False)


def test_a_file_that_is_still_being_written_is_left_alone(file: File) -> None:
    source = file.source()
    source.take_over()
    for number in range(3):
        file.write("x" * (100 + number))
        assert not source.take_over()
    assert file.reads == 1
    file.path.unlink()
    assert [source.take_over(), source.take_over(), source.has_moved] == [False, False, False]
    assert file.reads == 1


def test_a_file_that_is_refused_leaves_the_session_and_is_told_once(file: File) -> None:
    source = file.source()
    file.refuses(BadConfiguration(f"{file.path}, line 3: duration_minutes is no number."))
    assert source.take_over()
    assert source.trouble == (
        "session.toml, line 3: duration_minutes is no number. The board goes on as before."
    )
    assert source.session == file.session
    assert not source.take_over()
    assert (file.reads, source.has_moved) == (1, False)
    file.write('title = "un"\n')
    file.gives(file.session)
    assert [source.take_over(), source.take_over()] == [False, True]
    assert source.trouble == ""


def test_a_file_that_is_away_is_read_again_at_the_next_look(file: File) -> None:
    source = file.source()
    file.refuses(ConfigurationAway("away."))
    assert source.take_over()
    assert source.has_moved
    assert not source.take_over()
    assert file.reads == 2
    file.gives(file.session)
    assert source.take_over()
    assert (source.trouble, source.has_moved) == ("", False)


def test_what_the_board_was_opened_with_stays_and_the_rest_counts(file: File) -> None:
    source = file.source()
    file.gives(file.session._replace(title="deux", folders=(Path("/ailleurs"),)))
    assert source.take_over()
    assert (source.session.title, source.session.folders) == ("deux", SESSION.folders)
    assert "session.toml" in source.trouble
    assert source.trouble.startswith("session.toml: folders (line 2) cannot change")
    rule = SESSION.rule._replace(min_competences=SESSION.rule.min_competences + 1)
    file.gives(file.session._replace(rule=rule))
    file.write('title = "deux"\n')
    assert [source.take_over(), source.take_over()] == [False, True]
    assert source.session.rule == SESSION.rule
    assert source.trouble.startswith("session.toml: [rule] cannot change")  # it is on no line of the file


def test_what_cannot_change_is_named_without_a_line_where_the_file_has_gone(file: File) -> None:
    source, changed = file.source(), file.session._replace(folders=(Path("/ailleurs"),))

    def read_as_it_goes() -> Session:
        file.path.unlink()
        return changed

    file.answer = read_as_it_goes
    assert source.take_over()
    assert source.trouble.startswith("session.toml: folders cannot change")


def test_without_a_file_or_somebody_to_read_it_the_session_stays(file: File) -> None:
    for source in (SessionSource(file.session, None), SessionSource(SESSION, file.read)):
        assert not source.take_over()
        assert not source.has_moved
    assert file.reads == 0


def test_a_file_on_a_share_is_looked_at_seldom(file: File) -> None:
    source = file.source(share=True)
    assert not source.take_over()
    assert file.reads == 1
    file.write("x")
    assert not source.has_moved  # seen within ten seconds


def test_a_share_that_hangs_holds_neither_the_file_nor_the_lists_up(
    file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Event()

    def hangs(path: Path) -> Stamp:
        answers.wait(2)
        return stamp_of(path)

    for module in (session_source, named_lists):
        monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.01)
        monkeypatch.setattr(module, "stamp_of", hangs)
    one = file.path.with_name("un.csv")
    one.write_bytes(b"1")
    rooms = (Room("X", ExpectedFrom(lists=(one,))),)
    lists = NamedLists()
    assert not file.source(share=True).has_moved
    assert lists.look(SESSION._replace(rooms=rooms, share=True)) == ((), frozenset())
    answers.set()


# The lists that it names


@pytest.mark.parametrize("share", [False, True])
def test_of_the_lists_those_that_are_new_or_changed_are_told_with_the_names_of_all(
    tmp_path: Path, *, share: bool
) -> None:
    first, second = tmp_path / "un.csv", tmp_path / "deux.csv"
    first.write_bytes(b"1")
    rooms = (Room("X", ExpectedFrom(lists=(first, second))),)
    session, lists = SESSION._replace(rooms=rooms, share=share), NamedLists()
    assert lists.look(session) == ((first,), frozenset({"un.csv"}))
    assert lists.look(session) == ((), frozenset({"un.csv"}))
    second.write_bytes(b"2")
    assert lists.look(session) == ((second,), frozenset({"un.csv", "deux.csv"}))
    first.write_bytes(b"111")
    assert lists.look(session) == ((first,), frozenset({"un.csv", "deux.csv"}))
    lists.look_again(second)
    assert lists.look(session) == ((second,), frozenset({"un.csv", "deux.csv"}))
    first.unlink()
    assert lists.look(session) == ((), frozenset({"deux.csv"}))


def test_a_list_is_gone_where_its_folder_lacks_it_and_stays_where_its_drive_is_away(tmp_path: Path) -> None:
    drive, held = tmp_path / "drive", tmp_path / "session.toml"
    drive.mkdir()
    one = drive / "un.csv"
    one.write_bytes(b"1")
    held.write_bytes(b"")
    session = SESSION._replace(path=held, rooms=(Room("X", ExpectedFrom(lists=(one,))),))
    lists = NamedLists()
    assert lists.look(session)[1] == frozenset({"un.csv"})
    one.unlink()
    drive.rmdir()
    held.unlink()
    assert lists.look(session) == ((), frozenset({"un.csv"}))  # nothing is mounted there any more
    drive.write_bytes(b"")  # no folder: the disk answers something else than that the file lacks
    assert lists.look(session) == ((), frozenset({"un.csv"}))
    drive.unlink()
    held.write_bytes(b"")
    assert lists.look(session) == ((), frozenset())


def test_each_session_of_each_list_of_a_folder_is_offered_with_its_candidates(tmp_path: Path) -> None:
    held = SampleSession("412207", "Collège de la Lune-Rousse", "Salle 12", AT, ("Mme Aubin",))
    later = SampleSession("412208", held.site, "CDI", AT.replace(hour=10), held.invigilators)
    people = listed_students(5, seed=3)
    (tmp_path / "import.csv").write_bytes(sessions_import(((held, people[:3]), (later, people[3:]))))
    (tmp_path / "notes.csv").write_bytes("Nom;Prénom;Classe\nMARTIN;Léa;3eA\n".encode())
    found = offers_in(tmp_path, AT)
    assert [(one.slot.file, one.slot.day, one.slot.hour, one.candidates) for one in found] == [
        ("import.csv", "2026-03-12", "08:30", 3), ("import.csv", "2026-03-12", "10:30", 2),
    ]  # fmt: skip
    assert offers_in(tmp_path / "nowhere", AT) == ()


def test_a_list_that_does_not_say_of_which_session_it_is_is_offered_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "liste.ods").write_bytes(b"1")
    contents = candidates("liste.ods").contents
    monkeypatch.setattr(offers, "contents_at", lambda *_asked: contents)
    assert offers_in(tmp_path, AT) == (Offer(Slot("liste.ods", None), 1),)
