"""The clock put back and forth, also over summer time, while people act and exports come."""

from __future__ import annotations

from datetime import datetime, timedelta

from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.settings.config import BoardRequest
from pixsession.store.journal import Journal

from ..factories.dossiers import crowded
from ..factories.screens import FakeClock
from .tally import Tally, Trial

_JUMPS = (
    timedelta(hours=1),
    timedelta(hours=-1),
    timedelta(days=1),
    timedelta(days=-1),
    timedelta(days=-3650),
)
_CHANGES = ("2026-03-29T01:59:58", "2026-03-29T03:00:01", "2026-10-25T02:59:59", "2026-10-25T02:00:00")


def run(trial: Trial) -> Tally:
    """Actions keep their order, and the last export counts, wherever the clock stands."""
    tally, goes_on = Tally("clock jumps"), trial.rounds()
    number = 0
    while goes_on():
        number += 1
        dossier, folder = trial.folder / f"dossier{number}", trial.folder / f"folder{number}"
        folder.mkdir()
        clock = FakeClock(datetime.fromisoformat("2026-03-12T12:00:00"))
        journal, written = Journal(dossier / "journal", clock), []
        engine = BoardEngine(BoardRequest(folder, Rule(), dossier=dossier), clock, live=True)
        for step in range(8):
            chosen = trial.dice.random()
            if chosen < 0.3:
                clock.moment = datetime.fromisoformat(trial.dice.choice(_CHANGES))
            elif chosen < 0.8:
                clock.moment += trial.dice.choice(_JUMPS)
            written.append(journal.append("note", {"step": step}).id)
            export = crowded(step)
            engine.take(export.write_to(folder))
            shown = engine.snapshot()
            sources = {source.file for row in shown.rows if (source := shown.source_of(row))}
            tally.check(
                sources == {export.name}, f"round {number}: {export.name} does not count at {clock.moment}"
            )
        engine.close()
        found = [entry.id for entry in Journal(dossier / "journal", clock).read_new()]
        tally.check(found == written, f"round {number}: the order of actions is {found}")
    return tally
