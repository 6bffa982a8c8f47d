"""The command `results`: the bilan of certifications; text and JSON are printed unless a file is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from pixsession.cli.documents import deliver_document
from pixsession.cli.printing import deliver, is_terminal, plain_only
from pixsession.cli.start import NOTHING_CHECKED, Start, dossier_of, folder_of
from pixsession.cli.words import PRINTED, complain, write
from pixsession.domain.results.certification import Fault
from pixsession.domain.results.merging import gathered
from pixsession.domain.results.review import Review, ReviewedFile
from pixsession.engine.results.reading import Reading, read_results
from pixsession.engine.results.review import review_of, review_of_schools, write_parquet
from pixsession.foundation.clock import paris_now
from pixsession.foundation.errors import PixSessionError
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.paths import at_home
from pixsession.foundation.text import shown
from pixsession.reports.render import folded, in_ascii, rendered
from pixsession.reports.results.contract import results_json
from pixsession.reports.results.sheet import results_sheet
from pixsession.reports.results.words import fault_words
from pixsession.settings.config import BoardRequest, Settings
from pixsession.store.results.table import has_parquet

_NARROWEST = 40  # cells of a line of text


class _Asked(NamedTuple):
    """Of what, and how: the options of the command."""

    years: tuple[str, ...]
    classes: tuple[str, ...]
    form: str
    output: str | None
    force: bool
    anonymous: bool
    parquet: str | None
    school: str | None


@click.pass_obj
def results(start: Start, /, paths: Sequence[str], **options: Any) -> int:
    """The bilan of certifications: text and JSON are printed unless a file is named, the rest is written."""
    settings, asked = start.usable(), _Asked(**options)

    if asked.classes and (asked.anonymous or asked.parquet is not None):
        # Beside the bilan of all, that of one class would tell what the other one hides.
        raise PixSessionError(_("without names every class is shown, or none: leave --class out."))
    found = [folder_of(path) for path in paths or (None,)]
    if any(path.is_dir() and has_parquet(path) for path in found):
        _refuse_what_schools_have_not(found, asked)
        detailed = asked.form in {"json", "csv"}
        return _told(review_of_schools(found[0], years=asked.years, detailed=detailed), asked, settings)
    reading = _read(found, settings)
    if asked.parquet is not None:
        return _shared(reading, asked, at_home(asked.parquet))

    review = review_of(
        reading.files, reading.entries, reading.rows,
        years=asked.years, classes=asked.classes, names=not asked.anonymous,
    )  # fmt: skip
    if asked.school is not None:
        review = review._replace(school=asked.school)
    return _told(review, asked, settings)


def _refuse_what_schools_have_not(found: Sequence[Path], asked: _Asked) -> None:
    given = asked.classes or asked.anonymous or asked.parquet is not None or asked.school is not None
    if len(found) > 1 or given:
        raise PixSessionError(
            _("a folder of many schools is taken alone, with --year, --format, --output or --force.")
        )


def _read(found: Sequence[Path], settings: Settings) -> Reading:

    folder = next((path for path in found if path.is_dir()), found[0].parent)
    columns = tuple(settings.columns.items())
    request = BoardRequest(folder, settings.rule, columns=columns, decisions_from=dossier_of(folder))
    return read_results(found, request, paris_now)


def _shared(reading: Reading, asked: _Asked, folder: Path) -> int:

    _say_what_does_not_fit(reading.entries, gathered(reading.files).faults)
    n = write_parquet(reading.files, folder, asked.school, years=asked.years)
    words = ngettext(
        "{n} certification without names is in {folder}.",
        "{n} certifications without names are in {folder}.",
        n,
    )
    write(words.format(n=n, folder=shown(str(folder), 1000)) + "\n")
    return 0


def _say_what_does_not_fit(files: Iterable[ReviewedFile], faults: Iterable[Fault]) -> None:
    for file in files:
        for note in file.notes:
            complain(f"{shown(file.name, 400)}{_(': ')}{shown(note, 400)}")
    for fault in faults:
        complain(fault_words(fault))


def _told(review: Review, asked: _Asked, settings: Settings) -> int:
    if asked.form in {"json", "csv"} and not review.is_anonymous:  # a text and a page say it themselves
        _say_what_does_not_fit(review.files, review.faults)
    if asked.form == "json":
        deliver(results_json(review), asked.output, force=asked.force, for_programs=True)
        return 0 if review.groups else NOTHING_CHECKED
    if not review.groups:
        for file in review.files:
            if file.message:
                complain(f"{shown(file.name, 400)}{_(': ')}{shown(file.message, 400)}")
        if asked.years or asked.classes:
            complain(_("no result of a certification of this year or class here."))
            return NOTHING_CHECKED
        complain(_("no result of a certification here: export them in Pix Orga (Certifications)."))
        return NOTHING_CHECKED

    document = results_sheet(review, paris_now())
    if asked.form == "text" and asked.output in {None, PRINTED}:
        width = max(_NARROWEST, shutil.get_terminal_size().columns - 2)
        text = rendered(document, asked.form, width=width)
        text = folded(text, width) if is_terminal() else text
        write(in_ascii(text) if plain_only(settings) else text)
        return 0
    return deliver_document(document, asked.form, asked.output, force=asked.force)
