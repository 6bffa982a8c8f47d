"""The lines of every export: a row for each version of a line in the database, today's lines in memory."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from pixsession.domain.pix.assessment import AssessmentLine
from pixsession.domain.pix.participation import Participation
from pixsession.foundation.runs import Run
from pixsession.readers import ExportKind
from pixsession.store.database import Database
from pixsession.store.rows import (
    Row,
    StoredExport,
    evaluation_row,
    mastery_rows,
    participation_row,
    read_evaluation,
    read_participation,
)
from pixsession.store.versions import EMPTY, Content, Entry, step

Lines = Sequence[tuple[int, Participation]]  # each line of a content, with its student
Assessments = Sequence[tuple[int, AssessmentLine]]
_Chain = tuple[ExportKind, str]  # a campaign


class _Form(NamedTuple):
    """How the lines of one kind of campaign are rows: the table, and the first word of its queries."""

    table: str
    queries: str
    row: Callable[[Any], Row]
    read: Callable[[Sequence[Any]], Any]


_FORMS = {
    ExportKind.PROFILES: _Form("participation", "participation", participation_row, read_participation),
    ExportKind.ASSESSMENT: _Form("evaluation", "evaluation", evaluation_row, read_evaluation),
}


class _Span(NamedTuple):
    """One version of a line: its number, the places of the chain that it goes from and to."""

    version: int
    since: int
    until: int | None
    order: float
    entry: Entry


class LineArchive:
    """The lines of the exports of one database, by the id of an export; used by one thread."""

    def __init__(self, database: Database, exports: Iterable[tuple[int, StoredExport]]) -> None:
        """`exports`: those of the database, each with its place in the chain of its campaign."""
        self._database = database
        self._chains: dict[_Chain, list[StoredExport]] = {}
        for _place, export in sorted(exports, key=lambda one: one[0]):
            self._chains.setdefault(_chain_of(export), []).append(export)
        self._places = {
            export.export_id: (place, export)
            for chain in self._chains.values()
            for place, export in enumerate(chain, 1)
        }
        self._held: dict[int, Content] = {}
        self._last_version = 0
        if self._places:
            ((self._last_version,),) = database.ask("last_version")

    def lines(self, export_id: int) -> Lines:
        """Each line of a profile collection with the student it belongs to, in the order of the file."""
        return self._content(export_id).entries

    def assessments(self, export_id: int) -> Assessments:
        """Each line of an evaluation with the student it belongs to, in the order of the file."""
        return self._content(export_id).entries

    def expect(self, export_id: int, entries: Sequence[Entry]) -> None:
        """Give these lines for an export that is about to be put."""
        self._held[export_id] = Content(entries, (), ())

    def last(self, kind: ExportKind, campaign_key: str) -> tuple[StoredExport, Sequence[Entry]] | None:
        """The last export in the chain of a campaign, with its lines."""
        chain = self._chains.get((kind, campaign_key))
        return (chain[-1], self._content(chain[-1].export_id).entries) if chain else None

    def put(
        self,
        export: StoredExport,
        entries: Sequence[Entry],
        chain: Sequence[StoredExport],
        runs: Sequence[Run] | None = None,
    ) -> tuple[int, Sequence[Entry] | None]:
        """Take in the lines of an export, inside the open transaction.

        Returns its place in its campaign's chain, and the lines of the one before that it does not repeat;
        None for these where it does not stand last, or moves others.

        `chain`: the exports of the campaign in their order, with this one. Where it does not stand last, or
        moves others, the versions of the whole campaign are written anew. `runs`: which of
        the lines stand in the last export of the chain too; None: that is looked for.
        """
        key, ids = _chain_of(export), [one.export_id for one in chain]
        known = self._chains.get(key, [])
        if ids == [*(one.export_id for one in known), export.export_id]:
            gone: Sequence[Entry] | None = self._append(export, entries, known, runs)
        else:
            gone = None
            self._rewrite(export, entries, chain)
        self._chains[key] = list(chain)
        self._places |= {one.export_id: (place, one) for place, one in enumerate(chain, 1)}
        return self._places[export.export_id][0], gone

    def let_go(self, but: Iterable[int]) -> None:
        """Drop from memory the lines of all exports but those with these contents."""
        held = frozenset(but)
        self._held = {
            number: content
            for number, content in self._held.items()
            if self._places[number][1].content_id in held
        }

    def _append(
        self,
        export: StoredExport,
        entries: Sequence[Entry],
        known: Sequence[StoredExport],
        runs: Sequence[Run] | None,
    ) -> Sequence[Entry]:
        place = len(known) + 1
        before = self._content(known[-1].export_id) if known else EMPTY
        taken = step(before, entries, self._last_version + 1, runs)
        self._last_version += len(taken.begun)
        if taken.ended:
            name = f"{_FORMS[export.kind].queries}s_ended"
            self._database.change(name, {"place": place, "versions": list(taken.ended)})
        self._write(export, [_span(taken.content, at, place) for at in taken.begun])
        self._held[export.export_id] = taken.content
        return taken.gone

    def _rewrite(self, export: StoredExport, entries: Sequence[Entry], chain: Sequence[StoredExport]) -> None:
        spans: dict[int, _Span] = {}
        before, held, was_held = EMPTY, {}, {*self._held, export.export_id}
        for place, one in enumerate(chain, 1):
            mine = entries if one is export else self._content(one.export_id, before).entries
            taken = step(before, mine, self._last_version + 1)
            self._last_version += len(taken.begun)
            begun = (_span(taken.content, at, place) for at in taken.begun)
            spans |= {span.version: span for span in begun}
            spans |= {version: spans[version]._replace(until=place) for version in taken.ended}
            before = taken.content
            if one.export_id in was_held:
                held[one.export_id] = before
        self._drop(export)
        self._write(export, list(spans.values()))
        for one in chain:
            self._held.pop(one.export_id, None)
        self._held |= held
        self._database.change("places_of_exports", {"exports": [one.export_id for one in chain]})

    def _drop(self, export: StoredExport) -> None:
        names = [f"{_FORMS[export.kind].queries}s_dropped"]
        if export.kind is ExportKind.ASSESSMENT:
            names.insert(0, "masteries_dropped")
        for name in names:
            self._database.change(name, {"campaign_key": export.source.campaign.key})

    def _write(self, export: StoredExport, spans: Sequence[_Span]) -> None:
        form, key = _FORMS[export.kind], export.source.campaign.key

        def rows_of(some: Sequence[_Span]) -> list[Row]:
            return [
                (span.version, key, student, span.since, span.until, span.order, *form.row(line))
                for span in some
                for student, line in (span.entry,)
            ]

        self._database.append(form.table, spans, rows_of)
        if export.kind is ExportKind.ASSESSMENT:
            self._database.append("evaluation_mastery", spans, _mastery_rows_of)

    def _content(self, export_id: int, beside: Content = EMPTY) -> Content:
        """The content of an export; lines that memory holds already, also `beside`, are the same objects."""
        held = self._held.get(export_id)
        if held is not None:
            return held
        place, export = self._places[export_id]
        form = _FORMS[export.kind]
        asked = {"campaign_key": export.source.campaign.key, "place": place}
        found = self._database.ask(f"{form.queries}_versions", asked)
        versions = [version for version, _order in found]
        known = self._known(export, beside)
        missing = [version for version in versions if version not in known]
        if missing:
            asked = {"versions": missing, "first": min(missing), "last": max(missing)}
            for version, student, *row in self._database.ask(f"{form.queries}s", asked):
                known[version] = student, form.read(row)
        content = Content([known[one] for one in versions], versions, [order for _version, order in found])
        self._held[export_id] = content
        return content

    def _known(self, export: StoredExport, beside: Content) -> dict[int, Entry]:
        same = [
            content
            for number, content in self._held.items()
            if number in self._places and _chain_of(self._places[number][1]) == _chain_of(export)
        ]
        return {
            version: entry
            for content in (*same, beside)
            for version, entry in zip(content.versions, content.entries, strict=False)
        }


def _mastery_rows_of(spans: Sequence[_Span]) -> list[Row]:
    return [row for span in spans for row in mastery_rows(span.version, span.entry[1])]


def _span(content: Content, at: int, place: int) -> _Span:
    return _Span(content.versions[at], place, None, content.orders[at], content.entries[at])


def _chain_of(export: StoredExport) -> _Chain:
    return export.kind, export.source.campaign.key
