"""The command `groups`: who could work together on which competence, by the profiles of a folder."""

from __future__ import annotations

from typing import Any

import click

from pixsession.cli.documents import deliver_document
from pixsession.cli.once import read_once
from pixsession.cli.start import Start, folder_of, with_options
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.domain.lesson.targeted import targeted_sessions
from pixsession.foundation.clock import paris_now
from pixsession.reports.lesson.targeted import targeted_document


@click.pass_obj
def groups(
    start: Start, /, folder: str | None, objective: str, slots: int, form: str, output: str | None,
    **chosen: Any,
) -> int:  # fmt: skip
    settings = with_options(start.usable(), chosen)
    wanted = OBJECTIVE_PRESETS[objective]
    rows = read_once(folder_of(folder), settings, chosen).rows
    told = targeted_document(targeted_sessions(rows, wanted, slots), paris_now())
    return deliver_document(told, form, output, force=chosen["force"])
