"""What each command does, from what was asked to its exit status."""

from pixsession.cli.boards import check, demo, match, watch
from pixsession.cli.files import forget, inspect
from pixsession.cli.sessions import init, report
from pixsession.cli.start import (
    EVERYBODY_ELIGIBLE,
    INTERRUPTED,
    NOTHING_CHECKED,
    PIPE_CLOSED,
    SOMEBODY_NOT,
    Start,
    alone,
)
from pixsession.cli.terms import progress
from pixsession.cli.upkeep import config, purge

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
