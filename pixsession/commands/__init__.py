"""What each command does, from what was asked to its exit status."""

from pixsession.commands.boards import check, demo, match, watch
from pixsession.commands.files import forget, inspect
from pixsession.commands.sessions import init, report
from pixsession.commands.start import (
    EVERYBODY_ELIGIBLE,
    INTERRUPTED,
    NOTHING_CHECKED,
    PIPE_CLOSED,
    SOMEBODY_NOT,
    Start,
    alone,
)
from pixsession.commands.terms import progress
from pixsession.commands.upkeep import config, purge

__all__ = [
    "EVERYBODY_ELIGIBLE",
    "INTERRUPTED",
    "NOTHING_CHECKED",
    "PIPE_CLOSED",
    "SOMEBODY_NOT",
    "Start",
    "alone",
    "check",
    "config",
    "demo",
    "forget",
    "init",
    "inspect",
    "match",
    "progress",
    "purge",
    "report",
    "watch",
]
