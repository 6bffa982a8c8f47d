"""The ladder of the remediation, what became worse, and the next gesture with its key."""

from __future__ import annotations

import pytest

from pixsession.domain.board.snapshot import BoardRow, Campaign, CampaignProgress, Source
from pixsession.domain.certification.alerts import worsened
from pixsession.domain.certification.day import Action, ActionKind, Alert, DayState, DayView
from pixsession.domain.certification.remediation import Rung, rung_of
from pixsession.domain.certification.steps import KEYS, ladder_words, next_step
from pixsession.domain.certification.supervision import day_view
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.domain.share.place import Post
from pixsession.ui.every_key import every_key
from tests.factories.days import SESSION, act, clock, row_for

K = ActionKind
BELOW = Eligibility.NOT_ELIGIBLE
SOS, COLLECTION = Campaign("SOSPIX123", "SOSPIX123", "SOS"), Campaign("FDVRGZ586", "FDVRGZ586", "Collecte")


def path(at: str, progress: float, *, shared: bool = False) -> CampaignProgress:
    return CampaignProgress(SOS, "assessment", at, shared, None, progress=progress)


def collected(at: str) -> CampaignProgress:
    return CampaignProgress(COLLECTION, "profiles", at, True, None)


def view_of(actions: list[Action], *rows: BoardRow, now: str = "09:30") -> DayView:
    return day_view(SESSION, actions, list(rows), {}, {}, clock(now))


@pytest.mark.parametrize(
    ("parts", "now", "rung"),
    [
        ((), "09:00", Rung.CODE),
        ((path("09:00", 0.4),), "09:30", Rung.PATH),
        ((path("09:00", 1.0), collected("08:30")), "09:05", Rung.PROFILE),
        ((path("09:00", 0.9, shared=True), collected("08:30")), "09:05", Rung.PROFILE),
        ((path("09:00", 1.0), collected("08:30")), "09:11", Rung.EXPORT),
        ((path("09:00", 1.0),), "09:11", Rung.EXPORT),
        ((path("09:00", 1.0), collected("09:08")), "09:30", Rung.PROFILE),  # it would show the profile
    ],
)
def test_the_ladder(parts: tuple[CampaignProgress, ...], now: str, rung: Rung) -> None:
    row = row_for(1, BELOW)._replace(participations=parts)
    view = view_of([act(K.REDIRECT, "08:40", row)], row, now=now)
    view = view._replace(sources={one.origin: Source("", SOS, clock(one.origin)) for one in parts})
    assert rung_of(row, view, clock(now)) is rung
    ladder = ladder_words(row, view, clock(now))
    assert [is_now for _words, is_now in ladder].index(True) == list(Rung).index(rung)
    assert (Alert.SEND_AGAIN in view.alerts.get(1, ())) is (rung in {Rung.PROFILE, Rung.EXPORT})


def test_who_became_worse_comes_back_with_the_reason_and_nobody_else() -> None:
    row, other = row_for(1), row_for(2)
    begun = [act(K.START, "08:35", row, other)]
    before = view_of(begun, row, other)
    below = row._replace(verdict=row_for(1, BELOW).verdict)
    after = view_of([*begun, act(K.INCIDENT, "09:20", other, code="E3")], below, other)
    assert [(one.student_id, one.why) for one in worsened(before, after)] == [
        (2, Alert.INCIDENT), (1, Alert.FALLEN),
    ]  # fmt: skip
    assert worsened(after, after) == ()
    assert worsened(after, before) == ()
    late = view_of(begun, row, other, now="10:20")
    assert {one.why for one in worsened(before, late)} == {DayState.OVERTIME}


def test_an_incident_stays_until_it_is_handled_one_code_or_all() -> None:
    row = row_for(1)
    done = [act(K.START, "08:35", row), act(K.INCIDENT, "09:00", row, code="E3")]
    done += [act(K.INCIDENT, "09:01", row, code="E9"), act(K.INCIDENT, "09:02", row, code="C6")]
    assert view_of(done, row).alerts == {1: (Alert.INCIDENT,)}
    one = act(K.HANDLED, "09:05", row, code="E3")
    assert view_of([*done, one], row).alerts == {1: (Alert.INCIDENT,)}
    assert view_of([*done, one, act(K.HANDLED, "09:06", row)], row).alerts == {}
    ended = [*done, act(K.FINISH, "09:10", row)]
    assert view_of(ended, row).alerts == {1: (Alert.INCIDENT,)}  # until somebody has handled it
    assert view_of([*ended, act(K.HANDLED, "09:15", row)], row).alerts == {}


def test_who_handled_an_incident_is_who_was_typed_in_else_the_post_of_a_shared_session() -> None:
    row, cdi = row_for(1), Post("p1", "CDI")
    done = [act(K.START, "08:35", row), act(K.INCIDENT, "09:00", row, code="E3")]
    handled = act(K.HANDLED, "09:05", row, code="E3")
    told = {
        "": handled,
        "Mme Roy": handled._replace(text="Mme Roy", post=cdi),
        "CDI": handled._replace(post=cdi),
    }
    for by, action in told.items():
        (incident,) = view_of([*done, action], row).days[1].incidents
        assert (incident.handled_by, incident.handled_at) == (by, handled.at)


@pytest.mark.parametrize(
    ("kinds", "now", "key"),
    [
        ((), "08:40", "session.present"),
        ((K.PRESENT,), "08:40", "session.authorise"),
        ((K.AUTHORISE,), "08:45", "session.start"),
        ((K.AUTHORISE,), "08:55", "session.authorise"),
        ((K.PRESENT,), "10:01", "session.note"),
        ((K.START,), "09:00", None),
        ((K.START, K.PAUSE), "09:00", "session.pause"),
        ((K.START,), "10:20", "session.finish"),
        ((K.ABSENT,), "09:00", None),
    ],
)
def test_the_next_gesture_has_its_key(kinds: tuple[ActionKind, ...], now: str, key: str | None) -> None:
    row = row_for(1)
    view = view_of([act(kind, f"08:3{n}", row) for n, kind in enumerate(kinds, 5)], row, now=now)
    step = next_step(row, view, clock(now))
    assert (step and step.key) == key
    assert step is None or (step.word and step.sentence)


def test_every_key_of_a_step_exists() -> None:
    known = {binding.id for binding in every_key()}
    assert set(KEYS.values()) <= known
    assert "session.redirect" in known
