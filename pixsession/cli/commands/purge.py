"""The command `purge`: delete the dossier of a folder, which may be gone itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from filelock import FileLock, Timeout

from pixsession.cli.start import Start, answer_to, dossier_of, folder_of, somebody_answers
from pixsession.cli.words import write
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _
from pixsession.foundation.system_errors import cause_words
from pixsession.foundation.text import shown


@click.pass_obj
def purge(start: Start, /, folder: str | None, yes: bool) -> int:
    start.usable()
    path = folder_of(folder)
    dossier = dossier_of(path)
    where = shown(str(path), 1000)
    if not dossier.exists():
        write(_("Nothing is kept for {folder}.").format(folder=where) + "\n")
        return 0
    if not yes and not _agreed(_("Delete everything that was kept for {folder}?").format(folder=where)):
        raise PixSessionError(_("nothing was deleted."))
    _delete(dossier)
    write(
        _("What was kept for {folder} is deleted; the folder itself is untouched.").format(folder=where)
        + "\n"
    )
    return 0


def _agreed(question: str) -> bool:
    if not somebody_answers():
        raise PixSessionError(_("nobody is there to answer; add --yes to delete without a question."))
    return answer_to(f"{question} {_('[y/N]')} ").strip().casefold() in {"y", "yes", "o", "oui"}


def _delete(dossier: Path) -> None:

    try:
        with FileLock(dossier / "owner.lock", timeout=0):
            pass  # nobody else has it
        shutil.rmtree(dossier)
    except Timeout:
        raise PixSessionError(_("a board is open on this folder: close it first.")) from None
    except OSError as error:
        words = _("not everything could be deleted ({cause}); what is left is in {folder}.")
        cause = cause_words(error)
        raise PixSessionError(words.format(cause=cause, folder=shown(str(dossier), 1000))) from None
