"""The command `purge`: delete the dossier of a folder, which may be gone itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from pixsession.cli.commands.kept import words_of
from pixsession.cli.shared import is_shared, shared_place
from pixsession.cli.start import Start, answer_to, dossier_of, folder_of, somebody_answers
from pixsession.cli.words import complain, write
from pixsession.engine.certification.own_students import keep_own_students
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.paths import state_folder
from pixsession.foundation.retention import dossiers_unchanged_for
from pixsession.foundation.text import shown
from pixsession.settings.config import Settings
from pixsession.store.kept import (
    delete_dossier,
    erase_student,
    holdings_about,
    kept_dossiers,
    remains,
)
from pixsession.store.share.purging import purge_shared


@click.pass_obj
def purge(
    start: Start,
    /,
    folder: str | None,
    everything: bool,
    days: int | None,
    student: str | None,
    others: str | None,
    yes: bool,
) -> int:
    settings = start.usable()
    if sum((everything, *(one is not None for one in (folder, days, student, others)))) > 1:
        words = _("one of FOLDER, --all, --older-than, --student and --others, not several.")
        raise click.UsageError(words)
    if others is not None:
        return _purge_others(dossier_of(folder_of(others)), others, yes=yes)
    if student is not None:
        return _purge_student(student, yes=yes)
    if everything:
        return _purge_many(tuple(remains(state_folder())), yes=yes)
    if days is not None:
        return _purge_many(tuple(dossiers_unchanged_for(days, state_folder(), paris_now())), yes=yes)
    path = folder_of(folder)
    return _purge_shared(path, settings, yes=yes) if is_shared(path) else _purge_folder(path, yes=yes)


def _purge_shared(path: Path, settings: Settings, *, yes: bool) -> int:
    place, dossier = shared_place(path, settings, None)
    where = shown(str(path), 1000)
    _ask(
        _("Delete everything that was kept for the shared session {file}, on every computer?").format(
            file=where
        ),
        yes=yes,
    )
    purge_shared(place, dossier)
    done = _("What was kept for {file} is deleted; other computers delete theirs when they next open it.")
    write(done.format(file=where) + "\n")
    return 0


def _purge_folder(path: Path, *, yes: bool) -> int:
    dossier, where = dossier_of(path), shown(str(path), 1000)
    if not dossier.exists():
        write(_("Nothing is kept for {folder}.").format(folder=where) + "\n")
        return 0
    _ask(_("Delete everything that was kept for {folder}?").format(folder=where), yes=yes)
    delete_dossier(dossier)
    done = _("What was kept for {folder} is deleted; the folder itself is untouched.")
    write(done.format(folder=where) + "\n")
    return 0


def _purge_others(dossier: Path, session: str, *, yes: bool) -> int:
    where = shown(session, 1000)
    if not dossier.exists():
        write(_("Nothing is kept for {folder}.").format(folder=where) + "\n")
        return 0
    question = _("Delete from the exports kept for {session} everybody whom it did not call?")
    _ask(question.format(session=where), yes=yes)
    keep_own_students(dossier, paris_now)
    words = _(
        "The session keeps its own students alone. A workbook that names one of them stays whole; the "
        "exports in your folders are untouched, and are read again when its board opens."
    )
    write(words + "\n")
    return 0


def _purge_many(dossiers: Sequence[Path], *, yes: bool) -> int:
    count = len(dossiers)
    if not count:
        write(_("There is nothing to delete.") + "\n")
        return 0
    question = ngettext("Delete what is kept for {n} board?", "Delete what is kept for {n} boards?", count)
    _ask(question.format(n=count), yes=yes)
    return _each(dossiers, delete_dossier, len(dossiers))


def _purge_student(student: str, *, yes: bool) -> int:
    words = words_of(student)
    held = {one: holdings_about(one.folder, words) for one in kept_dossiers(state_folder())}
    found = [one for one, about in held.items() if not about.is_empty]
    if not found:
        write(_("Nothing is kept about {student}.").format(student=shown(student)) + "\n")
        return 0
    names = sorted({f"{shown(last)} {shown(first)}" for one in found for last, first in held[one].names})
    write("".join(f"  {name}\n" for name in names))
    question = ngettext(
        "Delete all that is kept about this name, for {n} board?",
        "Delete all that is kept about this name, for {n} boards?",
        len(found),
    )
    _ask(question.format(n=len(found)), yes=yes)
    status = _each([one.folder for one in found], lambda folder: erase_student(folder, words), len(found))
    write(
        _(
            "Files in the folders of these boards are yours and untouched: delete those that hold the name, "
            "or they are read again. So are sheets, pages and tables that you had written."
        )
        + "\n"
    )
    return status


def _each(dossiers: Sequence[Path], forget: Callable[[Path], None], count: int) -> int:
    """Do it to every dossier; what could not be done is said, and raises at the end."""
    failed = 0
    for dossier in dossiers:
        try:
            forget(dossier)
        except PixSessionError as error:
            failed += 1
            complain(f"{shown(dossier.name)}{_(': ')}{error.message}")
    if failed:
        words = ngettext("{n} board could not be forgotten.", "{n} boards could not be forgotten.", failed)
        raise PixSessionError(words.format(n=failed))
    words = ngettext("Done, for {n} board.", "Done, for {n} boards.", count)
    write(words.format(n=count) + "\n")
    return 0


def _ask(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not somebody_answers():
        raise PixSessionError(_("nobody is there to answer; add --yes to delete without a question."))
    answer = answer_to(f"{question} {_('[y/N]')} ").strip().casefold()
    if answer not in {"y", "yes", "o", "oui"}:
        raise PixSessionError(_("nothing was deleted."))
