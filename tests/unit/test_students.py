"""Who is who: names made comparable, and students followed from export to export."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.people.students import StudentRegister, look_of, name_key, place_key
from pixsession.domain.pix.participation import Participation
from tests.factories.examples import examples
from tests.factories.reached import reached
from tests.factories.register import START, A, B, Years, line

FEW = examples(50)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N’Guyên", "N'GUYEN"),
        ("Jean-Baptiste", "JEAN BAPTISTE"),
        ("Le-Gall", "LE  GALL"),
        ("Œuvrard", "oeuvrard"),
        ("Straße", "STRASSE"),
        ("İpek", "ipek"),
        ("Đoàn", "doan"),
        ("ŁUKASZ", "Lukasz"),
        ("LEROY\u00a0", "leroy"),
        ("É", "E\u0301"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("O'NEIL", "ONEIL"), ("Léo", "Léa"), ("Louis", "Louise"), ("DURAND", "DURANT"), ("LE GALL", "LEGALL")],
)
def test_other_names(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_classes_are_compared_without_their_dress() -> None:
    assert place_key("3e B") == place_key("3E-B") == place_key("3eb")
    assert place_key("3e1") != place_key("3e2")
    assert place_key("301") == "301"


def test_a_name_made_to_hurt_does_not() -> None:
    started = time.process_time()
    name_key("a" + "\u0301\u0316" * 60_000)
    assert time.process_time() - started < 1


@FEW
@given(st.text(max_size=40))
def test_keys_are_stable_and_tell_case_from_nothing(text: str) -> None:
    reached()
    assert name_key(name_key(text)) == name_key(text)
    assert name_key(f" {text} ") == name_key(text)


def test_two_lines_of_one_name_class_and_number_are_one_student() -> None:
    years = Years()
    assert years.export(A, line(), line(), line("AUTRE")) == [1, 1, 2]


def test_namesakes_are_told_apart_by_whatever_there_is() -> None:
    years = Years()
    assert years.export(A, line(place="3eA"), line(place="3eB")) == [1, 2]
    assert years.export(A, line("B", number="1"), line("B", number="2")) == [3, 4]
    assert years.export(A, line("C", external_id="x1"), line("C", external_id="x2")) == [5, 6]
    assert years.export(A, line("D", place=None, group="L1"), line("D", place=None, group="L2")) == [7, 8]
    assert years.export(A, line("E", group="L1"), line("E", group="L2")) == [9, 10]


def test_two_spellings_in_one_export_are_two_students() -> None:
    years = Years()
    assert years.export(A, line("Durieux"), line("DURIEUX")) == [1, 2]


def test_two_classes_written_alike_in_one_export_are_two_classes() -> None:
    years = Years()
    assert years.export(A, line(place="3eA"), line(place="3e A")) == [1, 2]


def test_a_class_written_another_way_in_another_campaign_is_the_same() -> None:
    years = Years()
    assert years.export(A, line(place="3eA")) == years.export(B, line(place="3E A"))


def test_another_spelling_in_the_next_export_is_the_same_student() -> None:
    years = Years()
    assert years.export(A, line("Durieux", "zoe")) == years.export(A, line("DURIEUX", "Zoé"))


def test_the_same_student_in_two_campaigns() -> None:
    years = Years()
    assert years.export(A, line()) == years.export(B, line())


def test_a_campaign_without_classes() -> None:
    years = Years()
    first = years.export(A, line())
    assert years.export(B, line(place=None)) == first
    assert years.export(A, line()) == first
    assert years.export(B, line(place=None)) == first


def test_a_campaign_without_classes_does_not_forget_the_class() -> None:
    years = Years()
    (first,) = years.export(A, line())
    assert years.export(B, line(place=None)) == [first]
    # A namesake of another class arrives: the first one is still known by hers.
    assert years.export(A, line(), line(place="3eB")) == [first, first + 1]
    assert years.export(B, line(place=None)) == [first]


def test_namesakes_in_a_campaign_without_classes_are_another_student() -> None:
    years = Years()
    years.export(A, line(place="3eA"), line(place="3eB"))
    assert years.export(B, line(place=None)) == [3]


def test_another_class_in_another_campaign_is_another_student() -> None:
    years = Years()
    assert years.export(A, line(place="3eA")) != years.export(B, line(place="2nde 4"))


def test_who_changes_class_stays_the_same_student_with_the_same_sends() -> None:
    years = Years()
    first = years.export(A, line(sent_at="2026-03-12T09:31", pix=106))
    assert years.export(A, line(place="3eC", sent_at="2026-03-12T09:31", pix=106)) == first
    later = (
        line(place="3eB", sent_at="2026-03-12T09:31", pix=106),
        line(place="3eB", sent_at="2026-04-01", pix=1),
    )
    assert years.export(A, *later) == first * 2


def test_who_changes_class_before_sending_stays_the_same_student() -> None:
    years = Years()
    assert years.export(A, line()) == years.export(A, line(place="3eC"))


def test_a_namesake_of_another_class_with_other_sends_is_another_student() -> None:
    years = Years()
    first = years.export(A, line(sent_at="2026-03-12T09:31", pix=106))
    assert years.export(A, line(place="3eC", sent_at="2026-03-12T09:40", pix=106)) != first
    years = Years()
    first = years.export(A, line(sent_at="2026-03-12T09:31", pix=106))
    assert years.export(A, line(place="3eC")) != first


def test_one_of_two_namesakes_changes_class() -> None:
    years = Years()
    mine = {"sent_at": "2026-03-12T09:31"}
    years.export(A, line(place="3eA", pix=106, **mine), line(place="3eB", pix=50, **mine))
    assert years.export(A, line(place="3eB", pix=50, **mine), line(place="3eC", pix=106, **mine)) == [2, 1]


def test_two_who_may_both_have_moved_are_left_open() -> None:
    years = Years()
    years.export(A, line(place="3eA"), line(place="3eB"))
    assert years.export(A, line(place="3eC"), line(place="3eD")) == [3, 4]


def test_ids_of_two_campaigns_say_nothing_of_each_other() -> None:
    years = Years()
    first = years.export(A, line(external_id="0123"))
    assert years.export(B, line(external_id="zoe@exemple.fr")) == first
    assert years.export(A, line(external_id="0123")) == first


def test_the_same_id_in_two_campaigns_is_the_same_student_in_another_class() -> None:
    years = Years()
    assert years.export(A, line(external_id="0123")) == years.export(B, line(place="3eC", external_id="0123"))


def test_other_ids_in_one_campaign_are_other_students() -> None:
    years = Years()
    assert years.export(A, line(external_id="0123")) != years.export(A, line(external_id="0124"))


def test_a_student_number_is_the_same_everywhere() -> None:
    years = Years()
    first = years.export(A, line(number="022104640"))
    assert years.export(B, line(place="3eC", number="022104640")) == first
    assert years.export(B, line(number="022104641")) != first


def test_those_without_a_name_are_never_matched_by_it() -> None:
    years = Years()
    first = years.export(A, line("", "", sent_at="2026-03-12T09:31", pix=106))
    assert years.export(A, line("", "", "3eC", sent_at="2026-03-12T09:31", pix=106)) != first


def test_an_older_export_does_not_change_how_a_student_looks_now() -> None:
    years = Years()
    send = {"sent_at": "2026-03-12T09:31", "pix": 106}
    first = years.export(A, line(place="3eC", **send), minutes=60)  # type: ignore[arg-type]
    assert years.export(A, line(place="3eA", **send), minutes=5) == first  # type: ignore[arg-type]
    assert years.export(A, line(place="3eC", **send), minutes=70) == first  # type: ignore[arg-type]


def test_what_is_new_or_changed_is_told_once() -> None:
    register = StudentRegister([])
    _ids, touched = register.resolve(A, [line()], START, lambda *_: set())
    assert [student.student_id for student in touched] == [1]
    _ids, touched = register.resolve(A, [line()], START + timedelta(minutes=1), lambda *_: set())
    assert touched == []
    _ids, touched = register.resolve(A, [line(place="3eC")], START + timedelta(minutes=2), lambda *_: set())
    assert [student.look.class_and_group for student in touched] == ["3eC"]


def test_a_roll_made_anew_knows_the_same_students() -> None:
    register = StudentRegister([])
    _ids, touched = register.resolve(A, [line(), line(place="3eB"), line("AUTRE")], START, lambda *_: set())
    again = StudentRegister(touched)
    ids, _touched = again.resolve(A, [line("AUTRE"), line(place="3eB"), line()], START, lambda *_: set())
    assert ids == [3, 2, 1]
    assert again.resolve(A, [line("NEUF")], START, lambda *_: set())[0] == [4]


def test_hundreds_of_namesakes_cost_no_more_than_a_moment() -> None:
    years = Years()
    years.export(A, *(line(external_id=f"a{number}") for number in range(400)))
    started = time.process_time()
    years.export(B, *(line(external_id=f"b{number}") for number in range(400)))
    assert time.process_time() - started < 5


people = st.builds(
    line,
    st.sampled_from(["A", "a", "B"]),
    st.just("Z"),
    st.sampled_from([None, "3eA", "3e a", "3eB"]),
    sent_at=st.sampled_from([None, "2026-03-12T09:31", "2026-03-12T09:40"]),
    pix=st.just(7),
    external_id=st.sampled_from([None, "1", "2"]),
)


@FEW
@given(
    st.lists(st.tuples(st.sampled_from([A, B]), st.lists(people, max_size=6), st.integers(0, 50)), max_size=8)
)
def test_in_one_export_one_look_is_one_student_and_two_looks_are_two(
    exports: list[tuple[str, list[Participation], int]],
) -> None:
    years = Years()
    for campaign, lines, minutes in exports:
        ids = years.export(campaign, *lines, minutes=minutes)
        by_look: dict[object, set[int]] = {}
        for student_id, found in zip(ids, lines, strict=True):
            by_look.setdefault(look_of(found, campaign), set()).add(student_id)
        reached()
        assert all(len(found) == 1 for found in by_look.values())
        assert len(set().union(*by_look.values())) == len(by_look)


def test_one_name_without_a_class_and_two_numbers_are_two_students() -> None:
    years = Years()
    both = (line(place=None, number="1"), line(place=None, number="2"))
    first = years.export(A, *both)
    assert len(set(first)) == 2
    assert years.export(A, *both) == first
    assert years.export(A, *reversed(both)) == first[::-1]


def test_a_campaign_with_without_and_again_with_a_number_shows_one_student() -> None:
    years = Years()
    found = [years.export(A, line(number=number)) for number in ("7", None, "7")]
    assert found[0] == found[1] == found[2]


def test_exports_read_out_of_order_leave_the_class_of_the_newest() -> None:
    years = Years()
    sent = {"sent_at": "2026-03-12T07:00", "pix": 90}
    (student_id,) = years.export(A, line(place="3eA", **sent), minutes=1)  # type: ignore[arg-type]
    assert years.export(A, line(place="3eC", **sent), minutes=3) == [student_id]  # type: ignore[arg-type]
    assert years.export(A, line(place="3eB", **sent), minutes=2) == [student_id]  # type: ignore[arg-type]
    assert years.export(A, line(place="3eC", **sent), minutes=4) == [student_id]  # type: ignore[arg-type]


def test_one_line_without_a_name_in_each_of_two_exports_is_one_student() -> None:
    years, nameless = Years(), line("", "", None)
    first = years.export(A, nameless)
    assert years.export(A, nameless) == first
    assert years.export(A, line(), nameless)[1:] == first


def test_a_campaign_that_tells_no_class_keeps_its_student_when_a_namesake_comes_between() -> None:
    years = Years()
    one = line(place="3eA", sent_at="2026-03-12T07:00", pix=90)
    (student_id,) = years.export(A, one)
    assert years.export(B, line(place=None)) == [student_id]
    same, namesake = years.export(A, one, line(place="3eB"))
    assert (same, namesake != student_id) == (student_id, True)
    assert years.export(B, line(place=None)) == [student_id]
