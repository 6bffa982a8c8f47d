"""The command `doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pixsession.cli.health import (
    board_findings,
    clock_findings,
    database_finding,
    disk_findings,
    place_findings,
    program_findings,
    terminal_findings,
)
from pixsession.cli.printing import plain_only
from pixsession.cli.sessions import board_asked
from pixsession.cli.start import Start
from pixsession.cli.words import write
from pixsession.domain.certification.opening import opening_check
from pixsession.domain.certification.session import SessionKind
from pixsession.engine.read_once import check_folder, session_snapshot
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.reports.health import Finding, Health, health_text, opening_findings
from pixsession.reports.sheets import supervised_day
from pixsession.settings.config import BoardRequest


@click.pass_obj
def doctor(start: Start, /, folder: str | None, session: str | None, ascii_only: bool | None) -> int:
    """Whether this computer, this folder and this session are fit for a board; the worst is the status."""
    findings = [*program_findings(), *terminal_findings(start.environ), *disk_findings()]
    try:
        request = board_asked(start, folder, session)
    except PixSessionError:
        # The message may name a file, and a file may be called after somebody.
        words = (
            _("the settings cannot be read: pixsession check says why")
            if session is None
            else _(
                "the settings or the session file cannot be read: pixsession check --session FILE says why"
            )
        )
        findings.append(Finding(_("settings"), words, Health.BAD))
    else:
        findings += _board(request, Path(session).expanduser().absolute() if session else request.folder)
    plain = plain_only(start.settings) or bool(ascii_only)
    write(health_text(findings, ascii_only=plain))
    return int(max(one.health for one in findings))


def _board(request: BoardRequest, board: Path) -> Iterator[Finding]:
    """The folders, the database, the clock, and what was read there."""
    places = [finding for folder in request.folders for finding in place_findings(folder)]
    timezone = request.session.timezone if request.session else None
    yield from (*places, database_finding(board), *clock_findings(paris_now(), timezone))
    if any(finding.health is Health.BAD for finding in places):
        return
    snapshot = session_snapshot(request, paris_now) if request.session else check_folder(request, paris_now)
    yield from board_findings(snapshot)
    if request.session is not None and request.session.kind is SessionKind.CERTIFICATION:
        yield from opening_findings(opening_check(snapshot, supervised_day(snapshot), paris_now()))
