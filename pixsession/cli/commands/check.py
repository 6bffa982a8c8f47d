"""The command `check`: the board once, and the verdict as exit status."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pixsession.cli.once import read_once, status_of
from pixsession.cli.printing import deliver, deliver_board, plain_only, print_board
from pixsession.cli.start import Start, dossier_of, folder_of, request_of, with_options
from pixsession.domain.board.snapshot import Snapshot, narrowed
from pixsession.foundation.clock import paris_now
from pixsession.settings.config import Settings


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
        snapshot, text = _session(settings, Path(session), folder, form, chosen)
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


def _session(
    settings: Settings, file: Path, folder: str | None, form: str, chosen: dict[str, Any]
) -> tuple[Snapshot, str]:
    """The session once, with what was done so far, of the classes chosen; and what to print."""
    # (c): the board of a folder is checked without the modules of a session.
    from pixsession.cli.sessions import supervised  # noqa: PLC0415
    from pixsession.engine.read_once import session_snapshot  # noqa: PLC0415
    from pixsession.reports.sheets import supervised_json, supervised_text  # noqa: PLC0415

    path = folder_of(folder)
    request = supervised(
        file, settings, request_of(path, settings, chosen, dossier_of(path)), named=folder is not None
    )
    snapshot = narrowed(session_snapshot(request, paris_now), frozenset(chosen["classes"]))
    if form == "json":
        return snapshot, supervised_json(snapshot, paris_now())
    return snapshot, supervised_text(snapshot, paris_now(), ascii_only=plain_only(settings))
