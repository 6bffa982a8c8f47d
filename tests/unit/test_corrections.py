"""What is changed on the day of what the lists say: who is called, where, with how much time."""

from __future__ import annotations

from pixsession.domain.board.snapshot import Campaign, CampaignProgress, Expectation
from pixsession.domain.certification.corrections import Corrections, corrected, corrections_of, typed_in
from pixsession.domain.certification.day import Action, ActionKind, Who
from pixsession.domain.people.matches import MatchRule
from tests.factories.days import act, clock, row_for

K = ActionKind
LOU, ZOE, ENZO = (row_for(number) for number in (1, 2, 3))
NOTHING = Corrections(frozenset(), {}, {}, {})


def told(*actions: Action) -> Corrections:
    return corrections_of(actions, [LOU, ZOE, ENZO])


def test_each_gesture_corrects_what_it_is_about_and_nothing_else() -> None:
    extra = act(K.EXTRA_TIME, "08:30", ZOE)._replace(extra_time=0.0)
    assert told(act(K.CALL, "08:30", LOU)) == NOTHING._replace(added=frozenset({1}))
    assert told(act(K.CALL, "08:30", LOU, ENZO, room="B")) == NOTHING._replace(
        added=frozenset({1, 3}), rooms={1: "B", 3: "B"}
    )
    assert told(act(K.ROOM, "08:30", ZOE, room="B")) == NOTHING._replace(rooms={2: "B"})
    assert told(extra) == NOTHING._replace(extra_time={2: 0.0})
    assert told(act(K.START, "08:40", ZOE)) == NOTHING._replace(started={2: clock("08:40")})
    others = [kind for kind in K if kind not in {K.CALL, K.ROOM, K.EXTRA_TIME, K.START}]
    for kind in others:
        assert told(act(kind, "08:30", LOU, room="B")._replace(extra_time=0.33)) == NOTHING
    assert told(act(K.ROOM, "08:30", ZOE), act(K.ROOM, "08:30", row_for(9), room="B")) == NOTHING
    assert told(act(K.EXTRA_TIME, "08:30", ZOE)) == NOTHING


def test_the_last_gesture_counts_and_those_added_add_up() -> None:
    found = told(
        act(K.CALL, "08:30", LOU, room="A"),
        act(K.CALL, "08:31", ZOE),
        act(K.ROOM, "08:32", LOU, room="B"),
        act(K.EXTRA_TIME, "08:33", LOU)._replace(extra_time=0.33),
        act(K.EXTRA_TIME, "08:34", LOU)._replace(extra_time=0.1),
        act(K.START, "08:40", LOU),
        act(K.START, "08:41", ZOE),
    )
    starts = {1: clock("08:40"), 2: clock("08:41")}
    assert found == Corrections(frozenset({1, 2}), {1: 0.1}, {1: "B"}, starts)


def test_what_was_entered_by_hand_stands_in_place_of_the_list_and_the_rest_of_it_stays() -> None:
    listed = LOU._replace(
        expected=Expectation("liste.ods", MatchRule.NAME_ALONE, "2011-01-02", 0.2, None, "A")
    )
    assert listed.expected is not None
    assert corrected(listed, NOTHING) == listed
    assert corrected(listed, NOTHING._replace(added=frozenset({1}))) == listed
    for found, wanted in (
        (NOTHING._replace(extra_time={1: 0.0}), listed.expected._replace(extra_time=0.0)),
        (NOTHING._replace(rooms={1: "B"}), listed.expected._replace(room="B")),
        (
            NOTHING._replace(extra_time={1: 0.33}, rooms={1: "B"}),
            listed.expected._replace(extra_time=0.33, room="B"),
        ),
        (NOTHING._replace(extra_time={2: 0.33}, rooms={2: "B"}), listed.expected),
    ):
        assert corrected(listed, found) == listed._replace(expected=wanted)


def test_who_is_on_no_list_is_expected_by_hand_where_something_says_so() -> None:
    path = CampaignProgress(Campaign("k", "SOSPIX123", "SOS"), "assessment", "o", False, None)
    exported = LOU._replace(expected=None)
    unseen = exported._replace(origin=None)
    by_hand = Expectation("entered by hand", MatchRule.DECISION)
    added = NOTHING._replace(added=frozenset({1}))
    assert corrected(exported, NOTHING).expected is None
    assert corrected(exported, added).expected == by_hand
    assert corrected(unseen._replace(participations=(path,)), added).expected == by_hand
    assert corrected(unseen, added).expected == by_hand._replace(matched_by=None)
    assert corrected(exported, NOTHING._replace(rooms={1: "B"})).expected == by_hand._replace(room="B")
    assert corrected(exported, NOTHING._replace(extra_time={1: 0.1})).expected == by_hand._replace(
        extra_time=0.1
    )


def test_those_added_by_name_alone_are_a_list_each_time() -> None:
    ana, tom = Who((), "PETIT", "Ana", "3eB"), Who((), "ROUX", "Tom", None)
    typed = act(K.CALL, "08:30", room="B")._replace(who=(ana, tom))
    (found,) = typed_in([typed, act(K.CALL, "08:31", LOU), act(K.PRESENT, "08:32")._replace(who=(ana,))])
    assert (found.name, found.room, found.calls) == ("entered by hand", "B", True)
    assert [(one.line, one.last_name, one.first_name, one.division) for one in found.people] == [
        (1, "PETIT", "Ana", "3eB"), (2, "ROUX", "Tom", None),
    ]  # fmt: skip
    mixed = typed._replace(who=(ana, Who(("k1",), "BARBIER", "Lou", None)))
    assert typed_in([mixed]) == ()
    assert len(typed_in([typed, typed])) == 2
