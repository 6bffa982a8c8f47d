"""The command `config`: where the settings are, a file to start from, what is wrong with the user's own."""

from __future__ import annotations

import click

from pixsession.cli.keys import key_names
from pixsession.cli.start import Start
from pixsession.cli.words import write
from pixsession.foundation.i18n import _
from pixsession.foundation.paths import settings_file
from pixsession.foundation.text import shown
from pixsession.settings.config import commented_default


@click.pass_obj
def config(start: Start, /) -> int:
    path = settings_file()
    there = _("it exists") if path.exists() else _("it does not exist yet")
    keys = "".join(f'#"{name}" = "{keys}"  # {words}\n' for name, keys, words in key_names())
    write(f"# {shown(str(path), 1000)} ({there})\n{commented_default()}{keys}")
    start.usable()
    return 0
