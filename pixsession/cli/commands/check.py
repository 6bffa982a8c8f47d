"""The command `check`: the board once, and the verdict as exit status."""

from __future__ import annotations

from typing import Any

import click

from pixsession.cli.once import read_once, status_of
from pixsession.cli.printing import print_board
from pixsession.cli.start import Start, folder_of, with_options
from pixsession.cli.words import write
from pixsession.foundation.clock import paris_now
from pixsession.reports.board.check import check_json


@click.pass_obj
def check(start: Start, /, folder: str | None, form: str, **chosen: Any) -> int:
    settings = with_options(start.usable(), chosen)
    snapshot = read_once(folder_of(folder), settings, chosen)
    if form == "json":
        write(check_json(snapshot, paris_now()), encoding="utf-8")
    else:
        print_board(snapshot, settings, start.environ, paris_now())
    return status_of(snapshot)
