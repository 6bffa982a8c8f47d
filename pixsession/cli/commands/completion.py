"""The command `completion`."""

from __future__ import annotations

import click

from pixsession.cli.completion import script
from pixsession.cli.words import write


def completion(shell: str) -> int:
    write(script(click.get_current_context().find_root().command, shell))
    return 0
