"""Bytes of a dossier flipped and cut: the board comes back from what is kept, or the loss is said."""

from __future__ import annotations

import shutil

from pixsession.domain.board.snapshot import FileStatus
from pixsession.store.journal import Journal

from ..factories.dossiers import board_after, crowded, desk_on, noon, people, saved, story
from .tally import Tally, Trial


def run(trial: Trial) -> Tally:
    """A database, a journal and copies damaged, each in a fresh copy of one dossier."""
    tally, goes_on = Tally("damaged dossiers"), trial.rounds()
    whole, folder = trial.folder / "whole", trial.folder / "downloads"
    paths = saved(folder, *story())
    before = {row[1:5] for row in people(board_after(folder, whole))}
    journal = Journal(whole / "journal", noon)
    entries = [journal.append("note", {"text": f"n{number}"}) for number in range(5)]
    (trial.folder / "late").mkdir()
    late = crowded(59).write_to(trial.folder / "late")
    number = 0
    while goes_on():
        number += 1
        dossier = trial.folder / "damaged"
        shutil.rmtree(dossier, ignore_errors=True)
        shutil.copytree(whole, dossier)
        victim = trial.dice.choice(sorted(path for path in dossier.rglob("*") if path.is_file()))
        content = bytearray(victim.read_bytes())
        for _time in range(trial.dice.choice((1, 3, 200))):
            if content:
                content[trial.dice.randrange(len(content))] ^= 1 << trial.dice.randrange(8)
        is_cut = trial.dice.random() < 0.3
        victim.write_bytes(content[: trial.dice.randrange(len(content) + 1)] if is_cut else content)
        told = f"round {number}: {victim.relative_to(dossier)}"
        with desk_on(folder, dossier) as desk:
            for path in paths:
                desk.take(path)
            must_start_again = desk.is_damaged
            shown = desk.snapshot() if not must_start_again else None
        if shown is None:
            with desk_on(folder, dossier, rebuild=True) as desk:
                for path in paths:
                    desk.take(path)
                shown = desk.snapshot()
        tally.check({row[1:5] for row in people(shown)} == before, f"{told}: another board")
        with desk_on(folder, dossier) as desk:
            status = desk.take(late).status
            tally.check(status is FileStatus.READ, f"{told}: the next export is {status}")
        reader = Journal(dossier / "journal", noon, monotonic=iter(range(0, 1000, 20)).__next__)
        found = [entry for _time in range(3) for entry in reader.read_new()]
        known = {entry.id: entry for entry in entries}
        tally.check(all(known.get(one.id) == one for one in found), f"{told}: a changed action counts")
        # Of a file cut at the end of a line nothing is left that could tell.
        tally.check(
            len(found) == len(entries) or reader.troubles or is_cut, f"{told}: an action is lost in silence"
        )
    return tally
