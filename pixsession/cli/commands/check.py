"""The command `check`: the board once, and the verdict as exit status."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pixsession.cli.once import read_once, status_of
from pixsession.cli.printing import deliver, deliver_board, print_board
from pixsession.cli.start import Start, folder_of, with_options
from pixsession.foundation.clock import paris_now


@click.pass_obj
def check(
    start: Start,
    /,
    folder: str | None,
    form: str,
    session: str | None,
    output: str | None,
    force: bool,
    **chosen: Any,
) -> int:
    settings = with_options(start.usable(), chosen)
    if session is not None:
        # (c): the board of a folder is checked without the modules of a session.
        from pixsession.cli.session_once import session_at  # noqa: PLC0415

        snapshot, text = session_at(Path(session), folder, settings, chosen, form, paris_now)
        deliver(text, output, force=force, for_programs=form == "json")
        return status_of(snapshot)
    snapshot = read_once(folder_of(folder), settings, chosen)
    if form == "json":
        from pixsession.reports.board.check import check_json  # noqa: PLC0415 - (c): 5 ms, which text needs not

        deliver(check_json(snapshot, paris_now()), output, force=force, for_programs=True)
    elif output is not None:
        deliver_board(snapshot, settings, paris_now(), output, force=force)
    else:
        print_board(snapshot, settings, start.environ, paris_now())
    return status_of(snapshot)
