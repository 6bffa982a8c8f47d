"""A folder listened to by watchdog."""

from __future__ import annotations

import logging
from collections.abc import Callable

from watchdog import events, observers
from watchdog.observers.api import BaseObserver

# Without a filter our own reading would trigger a scan: opened, closed without writing.
_HEARD: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileClosedEvent,
    events.FileDeletedEvent,
    events.DirCreatedEvent,
    events.DirMovedEvent,
    events.DirDeletedEvent,
]


class _Handler(events.FileSystemEventHandler):
    def __init__(self, hear: Callable[[events.FileSystemEvent], None]) -> None:
        self._hear = hear

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        self._hear(event)


def listen(root: str, hear: Callable[[events.FileSystemEvent], None]) -> BaseObserver:
    """What calls `hear`, in a thread of its own; raises OSError, RuntimeError, SystemError otherwise."""
    _silence_log()
    observer = observers.Observer()
    try:
        observer.schedule(_Handler(hear), root, event_filter=_HEARD)
        observer.start()
    except (OSError, RuntimeError, SystemError):
        observer.stop()  # one of its threads runs from its birth
        raise
    return observer


def _silence_log() -> None:
    """Keep the log of watchdog (lost events, late stops) from being printed over the board."""
    logger = logging.getLogger("watchdog")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
