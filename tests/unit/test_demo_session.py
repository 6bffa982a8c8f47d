"""The rehearsal of a certification: everything happens in it, to students of the sample exports."""

from __future__ import annotations

import threading
from collections import Counter
from itertools import chain
from pathlib import Path

from pixsession.domain.certification.actions import action_of, facts_of
from pixsession.domain.certification.day import Action, ActionKind, Alert, DayState
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.demo import DemoClock, drop, sample_exports
from pixsession.engine.demo_session import DemoColleague, demo_cast, demo_session, session_clock
from pixsession.engine.read_once import session_snapshot
from pixsession.settings.config import BoardRequest
from pixsession.store.journal import Journal


def played(base: Path) -> tuple[BoardRequest, DemoClock]:
    folder, dossier = base / "exports", base / "dossier"
    folder.mkdir()
    dossier.mkdir()
    for export in sample_exports():
        drop(export, folder)
    clock = session_clock(sample_exports(), 30.0)
    cast = demo_cast(sample_exports())
    DemoColleague(dossier, clock, cast).do_all()
    return BoardRequest(folder, Rule(), dossier=dossier, session=demo_session(folder, Rule(), cast)), clock


def test_the_whole_day_happens(tmp_path: Path) -> None:
    request, clock = played(tmp_path)
    snapshot = session_snapshot(request, clock)
    day = snapshot.day
    assert day is not None
    assert (len(snapshot.rows), len(snapshot.others), day.warnings) == (26, 75 - 26, ())
    assert all(row.eligibility is not Eligibility.NOT_IN_EXPORT for row in snapshot.rows)
    assert snapshot.notices == ()
    assert [totals.students for totals in day.totals] == [13, 13]
    done = {action.kind for action in day.actions}
    assert {ActionKind.PRESENT, ActionKind.REDIRECT, ActionKind.LATE, ActionKind.EXTRA_TIME} <= done
    assert {ActionKind.PAUSE, ActionKind.INCIDENT, ActionKind.HANDLED, ActionKind.STOP} <= done
    assert [action.at for action in day.actions] == sorted(action.at for action in day.actions)
    alerts = Counter(chain.from_iterable(day.alerts.values()))
    assert (alerts[Alert.INCIDENT], alerts[Alert.FALLEN]) == (1, 1)
    states = list(day.states.values())
    assert states.count(DayState.FINISHED) == 9  # eight, and one stopped
    assert {DayState.OVERTIME, DayState.RUNNING, DayState.IN_REMEDIATION, DayState.TO_CHECK} <= set(states)
    back = next(row for row in snapshot.rows if row.last_name == "BOURDIER")
    assert f"{day.days[back.student_id].eligible_again_at:%H:%M}" == "08:30"


def test_a_colleague_leaves_alone_whom_the_user_has_seen_to(tmp_path: Path) -> None:
    clock, cast = session_clock(sample_exports(), 30.0), demo_cast(sample_exports())
    mine = Journal(tmp_path / "journal", clock)
    slip = mine.append(*facts_of(Action("", clock(), ActionKind.ABSENT, (cast["champion"],))))
    mine.append(*facts_of(Action("", clock(), ActionKind.UNDO, undoes=slip.id)))
    for key, kind in (("castaing", ActionKind.ABSENT), ("mbarki", ActionKind.REDIRECT)):
        mine.append(*facts_of(Action("", clock(), kind, (cast[key],))))
    DemoColleague(tmp_path, clock, cast).do_all()
    done = [action for action in map(action_of, Journal(tmp_path / "journal", clock).read_new()) if action]

    def kinds_of(key: str) -> list[ActionKind]:
        return [
            action.kind for action in done if cast[key].last_name in {who.last_name for who in action.who}
        ]

    assert kinds_of("castaing") == [ActionKind.ABSENT]
    assert kinds_of("mbarki") == [ActionKind.REDIRECT]
    assert {ActionKind.PRESENT, ActionKind.START, ActionKind.INCIDENT} <= set(kinds_of("champion"))
    assert kinds_of("bourdier").count(ActionKind.PRESENT) == 2


def test_a_colleague_says_when_all_is_done(tmp_path: Path) -> None:
    clock, over = session_clock(sample_exports(), 1e6), threading.Event()
    colleague = DemoColleague(tmp_path, clock, demo_cast(sample_exports()))
    clock.start()
    colleague.start(over.set)
    assert over.wait(10)
    colleague.stop()


def test_a_colleague_stops_at_once(tmp_path: Path) -> None:
    colleague = DemoColleague(tmp_path, session_clock(sample_exports(), 0.1), demo_cast(sample_exports()))
    colleague.start()
    colleague.stop()
    colleague.stop()
