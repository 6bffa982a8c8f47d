"""Every export taken in: which count, and the state of each campaign, now or at a past time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pixsession.readers import ExportKind
from pixsession.store.evidence import Evidence, LatestSubmissions, UnlistedStudent, unlisted_students
from pixsession.store.order import Chain, ExportOrder, HasLines
from pixsession.store.rows import StoredExport

# Runs a query of the folder `queries` with its values, and returns its rows.
Ask = Callable[[str, Mapping[str, object] | None], Sequence[tuple[Any, ...]]]
ExportName = tuple[str, datetime]  # digest and time: what a decision calls an export


class ExportHistory:
    """The exports of one database: `all` in the order in which they came, `forgotten` those taken back."""

    def __init__(self, exports: Sequence[StoredExport], source: HasLines, ask: Ask) -> None:
        self.all = list(exports)
        self._source = source
        self._ask = ask
        self._order = ExportOrder(source)
        self.forgotten: frozenset[ExportName] = frozenset()
        self._unlisted: dict[tuple[int, ...], tuple[UnlistedStudent, ...]] = {}
        # By kind, time and export left out: asked for several times at each export. Emptied by the next one.
        self._chains: dict[tuple[ExportKind, datetime | None, int], list[Chain]] = {}
        # Loaded now: later the disk may be gone, and the board goes on.
        self._latest: LatestSubmissions | None = self._latest_of(self.chains(ExportKind.PROFILES))

    def forget(self, forgotten: frozenset[ExportName]) -> bool:
        """Count all exports but these; whether this changes anything."""
        if forgotten == self.forgotten:
            return False
        self.forgotten, self._latest = forgotten, None
        self._chains.clear()
        return True

    @property
    def counted(self) -> list[StoredExport]:
        """The exports that were not taken back."""
        if not self.forgotten:
            return self.all
        return [one for one in self.all if (one.digest, one.source.exported_at) not in self.forgotten]

    def add(self, export: StoredExport) -> None:
        self.all.append(export)
        self._latest = None
        self._chains.clear()

    def chain_of(self, export: StoredExport) -> Sequence[StoredExport]:
        """Every export of the campaign of this one in their order, also those that do not count."""
        kind, key = export.kind, export.source.campaign.key
        mine = [one for one in self.all if one.kind is kind and one.source.campaign.key == key]
        return self._order.chain(mine).order

    def _until(self, until: datetime | None, without: int = -1) -> list[StoredExport]:
        return [
            export
            for export in self.counted
            if export.export_id != without and (until is None or export.source.exported_at <= until)
        ]

    def listings(
        self, kind: ExportKind = ExportKind.PROFILES, *, without: int = -1, until: datetime | None = None
    ) -> tuple[StoredExport, ...]:
        """The export of each campaign that is its list of students, newest first.

        As if `without` had not come, and none with a time later than `until`.
        """
        chains = self.chains(kind, until=until, without=without)
        return tuple(chain.listing for chain in chains if chain.listing is not None)

    def chains(
        self, kind: ExportKind, *, until: datetime | None = None, without: int = -1
    ) -> Sequence[Chain]:
        """The exports of each campaign of a kind in their order, that with the newest list first."""
        asked = kind, until, without
        if asked not in self._chains:
            self._chains[asked] = self._order.chains(self._until(until, without), kind)
        return self._chains[asked]

    def shown_until(self, export: StoredExport) -> datetime | None:
        """The stamp of an export, else the latest submission that it shows, None without one."""
        if export.has_stamp:
            return export.source.exported_at
        latest = self._order.shown(export).latest
        return datetime.fromisoformat(latest.minute or latest.day) if latest.day else None

    def steps(self, campaign_key: str) -> list[int]:
        """The ids of the exports of an evaluation that show the progress of its students at a known time."""
        chains = self.chains(ExportKind.ASSESSMENT)
        mine = (chain for chain in chains if chain.order[0].source.campaign.key == campaign_key)
        return [export.export_id for chain in mine for export in chain.steps]

    def evidence_stamp(self, *, until: datetime | None = None) -> tuple[object, ...]:
        """The `stamp` of the evidence up to a time."""
        return _stamp_of(self.chains(ExportKind.PROFILES, until=until))

    def evidence(self, *, until: datetime | None = None, without: int = -1) -> Evidence:
        """The evidence of the exports of profiles beside the lists."""
        chains = self.chains(ExportKind.PROFILES, until=until, without=without)
        found = {chain.order[0].source.campaign.key: self._unlisted_in(chain) for chain in chains}
        live = until is None and without < 0
        latest = self._live_latest(chains) if live else self._latest_of(chains)
        return Evidence(
            _stamp_of(chains),
            latest.by_campaign,
            {key: mine for key, mine in found.items() if mine},
        )

    def _unlisted_in(self, chain: Chain) -> tuple[UnlistedStudent, ...]:
        key = tuple(export.export_id for export in chain.order)
        if key not in self._unlisted:
            if len(self._unlisted) > 256:
                self._unlisted.clear()
            self._unlisted[key] = unlisted_students(chain, self._source)
        return self._unlisted[key]

    def _live_latest(self, chains: Sequence[Chain]) -> LatestSubmissions:
        if self._latest is None:
            self._latest = self._latest_of(chains)
        return self._latest

    def _latest_of(self, chains: Sequence[Chain]) -> LatestSubmissions:
        latest = LatestSubmissions()
        exports = [export.export_id for chain in chains for export in chain.order]
        lists = [chain.listing.export_id for chain in chains if chain.listing is not None]
        if len(exports) > len(lists):
            for campaign, *facts in self._ask("submissions", {"exports": exports, "lists": lists}):
                latest.note(campaign, *facts)
        return latest


def _stamp_of(chains: Sequence[Chain]) -> tuple[object, ...]:
    return tuple(export.export_id for chain in chains for export in chain.order)
