"""Which campaigns stand on the board: those of this school year and of one organisation, unless asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from pixsession.domain.board.snapshot import HiddenCampaigns, HiddenReason
from pixsession.domain.people.students import name_key
from pixsession.domain.pix.school_year import school_year_start
from pixsession.foundation.clock import Clock
from pixsession.readers import ExportKind
from pixsession.store.rows import StoredExport
from pixsession.store.store import Store

_AHEAD = timedelta(days=1)  # a file dated later than this is no witness of today's school year


class Listings(NamedTuple):
    """The list of each campaign on the board, newest first, and the campaigns kept off it."""

    profiles: tuple[StoredExport, ...]
    evaluations: tuple[StoredExport, ...]
    hidden: tuple[HiddenCampaigns, ...] = ()


class Scope:
    """Chooses among the campaigns of a store; `shows_all`: none is hidden.

    `day`: that of the session, whose school year counts; None: that of the newest export.
    """

    def __init__(self, store: Store, now: Clock, day: date | None = None) -> None:
        self._store = store
        self._now = now
        self._day = day
        self.shows_all = False
        self.asked: frozenset[str] = frozenset()  # campaigns named by code or key are never hidden

    def listings(self, *, until: datetime | None = None, without: int = -1) -> Listings:
        """The lists of today or of a past time, as if the export `without` had not come."""
        profiles, evaluations = (
            self._store.exports.listings(kind, until=until, without=without)
            for kind in (ExportKind.PROFILES, ExportKind.ASSESSMENT)
        )
        both = (*profiles, *evaluations)
        if len(both) < 2:
            return Listings(profiles, evaluations)
        reasons = {} if self.shows_all else self._reasons(both)
        shown, lessons = (
            tuple(one for one in exports if one.export_id not in reasons)
            for exports in (profiles, evaluations)
        )
        return Listings(shown, lessons, _hidden(both, reasons))

    def _reasons(self, exports: Sequence[StoredExport]) -> dict[int, HiddenReason]:
        """Why an export is kept off the board, by its id."""
        made = {export.export_id: self._made_at(export) for export in exports}
        start = self._year_start(made.values())
        old = {one: HiddenReason.EARLIER_YEAR for one, at in made.items() if at < start}
        current = [export for export in exports if export.export_id not in old]
        main = self._main_organisation(current)
        foreign = {
            export.export_id: HiddenReason.OTHER_ORGANISATION
            for export in current
            if export.organisation and name_key(export.organisation) != main
        }
        asked = {e.export_id for e in exports if {e.source.campaign.key, e.source.campaign.code} & self.asked}
        return {one: reason for one, reason in (old | foreign).items() if one not in asked}

    def _made_at(self, export: StoredExport) -> datetime:
        """Pix's stamp; without one the latest submission, since the disk's time may be that of a copy."""
        return self._store.exports.shown_until(export) or export.source.exported_at

    def _year_start(self, times: Iterable[datetime]) -> datetime:
        times = list(times)
        believed = [at for at in times if at <= self._now() + _AHEAD]
        newest = max(believed or times).date()
        return datetime.combine(school_year_start(self._day or newest), time.min)

    def _main_organisation(self, exports: Sequence[StoredExport]) -> str:
        """The one with the most exports, then the most students, then the newest export."""
        files = Counter(name_key(one.organisation) for one in self._store.exports.counted if one.organisation)
        students: Counter[str] = Counter()
        newest: dict[str, datetime] = defaultdict(lambda: datetime.min)  # noqa: DTZ901 - Paris time
        for one in exports:
            key = name_key(one.organisation)
            students[key] += one.line_count
            newest[key] = max(newest[key], one.source.exported_at)
        found = [key for key in students if key]
        return max(found, key=lambda key: (files[key], students[key], newest[key]), default="")


def _hidden(exports: Sequence[StoredExport], reasons: dict[int, HiddenReason]) -> tuple[HiddenCampaigns, ...]:
    found = []
    for reason in HiddenReason:
        mine = [export for export in exports if reasons.get(export.export_id) is reason]
        campaigns = tuple(dict.fromkeys(export.source.campaign for export in mine))
        organisations = tuple(dict.fromkeys(export.organisation for export in mine if export.organisation))
        if mine:
            found.append(HiddenCampaigns(reason, campaigns, organisations))
    return tuple(found)
