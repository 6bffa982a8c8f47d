"""What the tests of the command line share: running it, and folders for it to look at."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pixsession.cli.program import main
from pixsession.foundation.paths import dossier_folder, state_folder
from pixsession.reports.document import Document
from pixsession.reports.render import FORMS, rendered
from tests.factories.samples import Generation, Layout, Participation, Send, Student, profiles_export

if TYPE_CHECKING:
    import pexpect

PATIENCE = 60.0  # seconds; a busy machine is slow, a wrong program never gets there
AT = datetime.fromisoformat("2026-03-12T09:45")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@contextmanager
def every_form() -> Iterator[None]:
    """A document is written in all of its forms whichever is asked for: a command costs more than a form."""
    with pytest.MonkeyPatch.context() as patched:
        for writer in ("cli.documents", "reports.files"):
            patched.setattr(f"pixsession.{writer}.rendered", _in_all_forms)
        yield


def _in_all_forms(document: Document, _form: str) -> str:
    return "\n".join(rendered(document, form) for form in FORMS)


def document_of(run: Run, *command: str | Path) -> str:
    """What a command tells, in every form, but for the time of writing."""
    with every_form():
        found = run(*command, "--output", "-")
    assert found.status == 0, found.err
    return re.sub(r"Made on \S+ at \S+ with", "Made with", found.out)


def program(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, away from any terminal."""
    return subprocess.run(
        [sys.executable, "-m", "pixsession", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, **environ},
        timeout=120,
        check=False,
    )


def piped(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The program in this process, away from any terminal: its outputs are pipes as Python opens them."""
    with pytest.MonkeyPatch.context() as patched, Path(os.devnull).open(encoding="utf-8") as nothing:
        for name, value in environ.items():
            patched.setenv(name, value)
        _heed_the_zone()
        coding = environ.get("PYTHONIOENCODING", "utf-8")
        outputs = io.BytesIO(), io.BytesIO()
        streams = [io.TextIOWrapper(output, coding) for output in outputs]
        for name, stream in zip(("stdin", "stdout", "stderr"), (nothing, *streams), strict=True):
            patched.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as leaving:
            main(list(map(str, arguments)))
        for stream in streams:
            stream.flush()
    _heed_the_zone()
    return subprocess.CompletedProcess(
        arguments, int(str(leaving.value.code)), *(output.getvalue() for output in outputs)
    )


def _heed_the_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


def spawned(
    *arguments: str | Path,
    command: str = sys.executable,
    environ: Mapping[str, str] | None = None,
    **more: Any,
) -> pexpect.spawn[Any]:
    """The program (or another Python script, or command) in a pseudo-terminal; what it says is UTF-8."""
    import pexpect  # there is none on Windows

    more = {"timeout": PATIENCE, "encoding": "utf-8", "codec_errors": "replace"} | more
    if command == sys.executable and arguments[0] != "-c":
        arguments = ("-m", "pixsession", *arguments)
    child = pexpect.spawn(command, [*map(str, arguments)], env={**os.environ, **(environ or {})}, **more)
    # Its pauses are for programs that ask for a password, or end slowly.
    child.delaybeforesend = None
    child.ptyproc.delayafterclose = child.ptyproc.delayafterterminate = 0.02
    return child


def ended(child: pexpect.spawn[Any]) -> str:
    """All that it said since it was last expected to, once it has ended by itself."""
    import pexpect

    child.expect(pexpect.EOF)
    child.wait()
    child.close()
    return str(child.before)


def screen_of_script(script: str, folder: Path, **environ: str) -> tuple[int | None, str]:
    """The exit status of `watch` begun by a script, in a terminal, and all that it wrote there."""
    child = spawned("-c", script, "--lang", "en", "watch", folder, environ=environ)
    said = ended(child)
    return child.exitstatus, said


def reaching(last: str, first: str = "Lou", division: str = "3eC", reached: int | None = 5) -> Student:
    """Somebody with so many competences at level 1; None: nothing was sent."""
    send = (
        None if reached is None else Send(AT - timedelta(minutes=20), (8,) * reached + (0,) * (16 - reached))
    )
    return Student(last, first, (Participation(AT - timedelta(days=3), send),), division)


def folder_with(path: Path, *students: Student) -> Path:
    profiles_export(students, Generation.PARIS_MINUTES, Layout(), AT).write_to(path)
    return path


def dossier_of(folder: Path) -> Path:
    dossier = dossier_folder(state_folder(), folder)
    (dossier / "exports").mkdir(parents=True)
    (dossier / "board.duckdb").write_bytes(b"names")
    return dossier


def files_with(place: Path, name: str) -> list[str]:
    """The files under a folder whose bytes, or whose own name, hold this name in any of its spellings."""
    wanted = [name.encode(coding, "replace") for coding in ("utf-8", "utf-16-le", "latin-1")]
    spellings = {form for one in wanted for form in (one, one.lower(), one.title())}
    return sorted(
        path.relative_to(place).as_posix()
        for path in place.rglob("*")
        if path.is_file() and any(one in path.read_bytes() or name in path.name for one in spellings)
    )
