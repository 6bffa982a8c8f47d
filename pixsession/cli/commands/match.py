"""The command `match`: who may be whom, and what was decided; nothing is kept."""

from __future__ import annotations

from typing import Any

import click

from pixsession.cli.once import whole_board
from pixsession.cli.printing import deliver
from pixsession.cli.start import EVERYBODY_ELIGIBLE, NOTHING_CHECKED, SOMEBODY_NOT, Start, folder_of
from pixsession.reports.people.doubts import doubts_json, doubts_text


@click.pass_obj
def match(
    start: Start, /, folder: str | None, form: str, output: str | None, force: bool, **chosen: Any
) -> int:
    settings = start.usable()
    snapshot = whole_board(folder_of(folder), settings, chosen)
    if form == "json":
        deliver(doubts_json(snapshot), output, force=force, for_programs=True)
    else:
        deliver(doubts_text(snapshot), output, force=force)
    if not snapshot.rows:
        return NOTHING_CHECKED
    return SOMEBODY_NOT if snapshot.doubts else EVERYBODY_ELIGIBLE
