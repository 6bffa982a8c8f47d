"""A program killed at any moment: what was shown as read is on the board afterwards, once."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

from pixsession.domain.board.snapshot import Snapshot
from pixsession.store.dossier import Dossier
from tests.factories.dossiers import crowded, desk_on, from_dossier, without_marks

from .boards import Viewer, download

KILLS = 15
EXPORTS_EACH = 4


def test_fifteen_kills_while_exports_land(tmp_path: Path) -> None:
    folder, dossier = tmp_path / "downloads", tmp_path / "dossier"
    folder.mkdir()
    chance = random.Random(15)
    shown: set[str] = set()
    dropped: list[str] = []
    for kill in range(KILLS):
        viewer = Viewer(folder, dossier, forked=True)
        viewer.wait_for(lambda _said: True)
        for number in range(EXPORTS_EACH):
            dropped.append(download(folder, crowded(kill * EXPORTS_EACH + number)).name)
            time.sleep(chance.uniform(0, 0.05))
        time.sleep(chance.uniform(0, 0.3))  # at any moment: this is what is being tested
        viewer.kill()
        shown |= {name for said in viewer.said for name in said["read"]}
        for path in folder.iterdir():
            if path.name in shown:
                path.unlink()
    assert len(shown) > KILLS  # else the kills came too early to tell anything
    after = from_dossier(folder, dossier)
    kept = Counter(kept.file.name for kept in Dossier(dossier).kept())
    assert shown <= set(kept) <= set(dropped)
    assert set(kept.values()) == {1}
    assert taken_in(folder, dossier) == len(kept)
    assert without_marks(after) == without_marks(from_scratch(dossier))
    assert max(Counter(after.changes).values()) == 1


def taken_in(folder: Path, dossier: Path) -> int:
    """How many exports the database holds; each of them has a minute of its own."""
    return len(from_dossier(folder, dossier).export_times)


def from_scratch(dossier: Path) -> Snapshot:
    """The board of the exports kept, made in the order of their times by a desk that was never killed."""
    fresh = dossier.with_name("fresh")
    fresh.mkdir(exist_ok=True)
    for kept in Dossier(dossier).kept():
        (fresh / kept.file.name).write_bytes(kept.path.read_bytes())
    with desk_on(fresh, None) as desk:
        for path in sorted(fresh.iterdir()):
            desk.take(path)
        return desk.snapshot()
