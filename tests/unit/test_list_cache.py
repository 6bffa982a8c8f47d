"""Which lists of the folder count now: read once, held without their bytes, and forgotten with their file."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pixsession.domain.people.expected import ExpectedStudent, SessionFacts
from pixsession.domain.people.resolver import PeopleList, ResultsList
from pixsession.domain.pix.certification import CertificationResult
from pixsession.engine.board.lists import ListCache, Lists, people_listed
from pixsession.readers import Contents, Export, ExportKind, FileDescription
from pixsession.readers.export import Origin
from tests.factories.exports import MORNING

LEO = ExpectedStudent(2, "MARTIN", "Léo")
SESSION = SessionFacts("1", "Collège", None, "2026-03-12", "08:30", ())
RESULT = CertificationResult(**dict.fromkeys(CertificationResult._fields))  # type: ignore[arg-type]


def read(
    name: str, kind: ExportKind = ExportKind.ROSTER, *, at: datetime = MORNING, form: str = "plain"
) -> Export:
    is_result = kind is ExportKind.RESULTS
    contents = Contents(
        kind,
        form,
        Origin("csv"),
        sessions=(SESSION,),
        results=(RESULT,) if is_result else (),
        expected=() if is_result else (LEO,),
    )
    return Export(FileDescription(name, at, False, at), f"digest of {name}", b"names and dates", contents)


def held(*exports: Export) -> ListCache:
    cache = ListCache()
    for export in exports:
        cache.put(export)
    return cache


def counted(cache: ListCache) -> list[str]:
    """The files of the lists that count, in their order; all that the cache says of them agrees."""
    lists = cache.current()
    assert cache.current() is lists
    names = [*(one.name for one in lists.people), *(one.name for one in lists.results)]
    assert [one.file.name for one in cache.exports()] == names
    return names


def test_at_first_nobody_is_on_a_list() -> None:
    cache = ListCache()
    assert cache.current() == Lists()
    assert cache.read() == []


def test_lists_count_while_their_files_are_there_and_results_beside_them() -> None:
    cache = held(
        read("resultats.csv", ExportKind.RESULTS), read("a.csv"), read("b.ods", ExportKind.CANDIDATES)
    )
    people = PeopleList("a.csv", (LEO,), (SESSION,)), PeopleList("b.ods", (LEO,), (SESSION,))
    assert cache.current() == Lists(people, (ResultsList("resultats.csv", (RESULT,)),))
    assert {one.content for one in cache.read()} == {b""}
    lists = cache.current()
    assert not cache.keep_only({"resultats.csv", "a.csv", "b.ods", "autre.csv"})
    assert cache.current() is lists
    assert counted(cache) == ["a.csv", "b.ods", "resultats.csv"]
    assert cache.keep_only(["b.ods", "resultats.csv"])
    assert counted(cache) == ["b.ods", "resultats.csv"]
    assert cache.keep_only(())
    assert cache.current() == Lists()
    assert not cache.keep_only(())


def test_a_list_read_again_and_a_newer_download_take_the_place_of_the_older_one() -> None:
    cache = held(read("a.csv"))
    assert not cache.current().people[0].of_school
    cache.put(read("a.csv", form="siecle"))
    assert [one.of_school for one in cache.current().people] == [True]
    cache.put(read("a (1).csv", at=MORNING + timedelta(minutes=1)))
    assert counted(cache) == ["a (1).csv"]
    assert [one.file.name for one in cache.read()] == ["a.csv", "a (1).csv"]


def test_a_list_taken_back_does_not_count_until_that_is_undone() -> None:
    cache = held(read("a.csv"), read("b.csv"))
    assert counted(cache) == ["b.csv", "a.csv"]
    assert not cache.take_back(frozenset())
    assert cache.take_back(frozenset({"digest of a.csv"}))
    assert counted(cache) == ["b.csv"]
    assert [one.file.name for one in cache.read()] == ["a.csv", "b.csv"]
    assert not cache.take_back(frozenset({"digest of a.csv"}))
    assert cache.take_back(frozenset())
    assert counted(cache) == ["b.csv", "a.csv"]


@pytest.mark.parametrize(
    ("form", "of_school"),
    [("siecle", True), ("fregata", True), ("sup", True), ("onde", True), ("plain", False), ("", False)],
)
def test_the_bases_of_an_establishment_are_of_the_whole_school(form: str, of_school: bool) -> None:
    assert people_listed(read("a.csv", form=form)) == PeopleList("a.csv", (LEO,), (SESSION,), of_school)
