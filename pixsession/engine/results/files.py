"""The results among the exports of a folder, as the bilan takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pixsession.readers import Export, ExportKind

if TYPE_CHECKING:
    from pixsession.domain.results.certification import ResultsFile


def results_files(exports: Iterable[Export]) -> tuple[ResultsFile, ...]:
    """The results among these exports."""
    results = [export for export in exports if export.contents.kind is ExportKind.RESULTS]
    if not results:
        return ()
    # (c): 5 ms, loaded once there are results
    from pixsession.domain.results.certification import ResultsFile  # noqa: PLC0415
    from pixsession.readers.results.reader import download_day  # noqa: PLC0415

    return tuple(
        ResultsFile(
            export.file.name,
            export.contents.generation,
            export.contents.results,
            download_day(export.file.name),
        )
        for export in results
    )
