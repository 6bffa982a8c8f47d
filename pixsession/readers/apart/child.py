"""The process in which workbooks and archives are read: one question after the other, until the end."""

from __future__ import annotations

import os
import pickle
import struct
import sys
from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import IO, Any, NamedTuple

from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import language, use_language
from pixsession.readers.archived import check_packed
from pixsession.readers.documents import reading_of

if sys.platform != "win32":
    import resource

LENGTH = struct.Struct("<Q")  # of what follows, in bytes
# What may be asked for, by name: nothing else is called, whatever is sent.
_TASKS: dict[str, Callable[..., Any]] = {"check": check_packed, "read": reading_of}


class Question(NamedTuple):
    """What is asked of the child: a task of its own, and what it may take."""

    task: str
    arguments: tuple[Any, ...]
    language: str
    seconds: float  # of the processor
    memory: int  # bytes beside those that the process has taken already


class Answer(NamedTuple):
    """What came of it; `error` is what the task raised, `failure` the name of what it should never raise."""

    value: Any = None
    error: PixSessionError | OSError | None = None
    failure: str = ""


def serve() -> None:
    """Say by an empty message that it is ready, and answer questions on the standard input until it ends; the
    standard output carries nothing else.
    """
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _leave_no_trace()
    silent = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(silent, descriptor)  # a library that prints would garble an answer
    send(answers, b"")
    while (asked := received(questions)) is not None:
        send(answers, pickle.dumps(_answer(pickle.loads(asked))))  # noqa: S301 - from the program itself


def _answer(question: Question) -> Answer:
    if language() != question.language:
        use_language(question.language)
    _limit(question)
    try:
        return Answer(_TASKS[question.task](*question.arguments))
    except (PixSessionError, OSError) as error:
        return Answer(error=error)
    except Exception as error:  # noqa: BLE001 - whatever a file makes a reader do is told, and ends nothing
        return Answer(failure=type(error).__name__)


def _leave_no_trace() -> None:
    """Have the system write no image of this process where it ends it: there are names in it."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit(question: Question) -> None:
    """Have the system end this process where it takes too much; Windows is asked by the other side.

    macOS keeps to no limit of memory: there only the bounds on cells and the time hold.
    """
    if sys.platform != "win32":
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        limits = {resource.RLIMIT_CPU: ceil(used + question.seconds)}
        if sys.platform == "linux":
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + question.memory
        for kind, limit in limits.items():
            _soft, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message; raises OSError where the other side has gone."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def received(stream: IO[bytes]) -> bytes | None:
    """The next message; None where the other side has gone, or is gone before its end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    message = stream.read(length)
    return message if len(message) == length else None
