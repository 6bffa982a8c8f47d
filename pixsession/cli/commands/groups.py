"""The command `groups`: who could work together on which competence, by the profiles of a folder."""

from __future__ import annotations

from typing import Any

import click

from pixsession.cli.once import read_once
from pixsession.cli.start import Start, folder_of, with_options
from pixsession.cli.words import write
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS
from pixsession.domain.lesson.targeted import targeted_sessions
from pixsession.foundation.clock import paris_now
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import at_home
from pixsession.foundation.text import shown
from pixsession.reports.files import save
from pixsession.reports.lesson.targeted import targeted_document
from pixsession.reports.render import rendered


@click.pass_obj
def groups(
    start: Start, /, folder: str | None, objective: str, slots: int, form: str, output: str | None,
    **chosen: Any,
) -> int:  # fmt: skip
    settings = with_options(start.usable(), chosen)
    wanted = OBJECTIVE_PRESETS[objective]
    rows = read_once(folder_of(folder), settings, chosen).rows
    told = targeted_document(targeted_sessions(rows, wanted, slots), paris_now())
    if form == "text" and output is None:
        write(rendered(told, form))
        return 0
    path = save(told, form, at_home(output or "."), force=chosen["force"])
    write(_("{file} is written.").format(file=shown(str(path), 1000)) + "\n")
    return 0
