"""Which campaigns stand on the board, and why the others do not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from pixsession.domain.board.snapshot import Campaign, HiddenCampaigns, HiddenReason, Source
from pixsession.engine.board.scope import Scope
from pixsession.readers import ExportKind
from pixsession.store.rows import StoredExport
from pixsession.store.store import Store
from tests.factories.snapshots import NOW

A, B = "Collège A", "Collège B"
OLD, FOREIGN = HiddenReason.EARLIER_YEAR, HiddenReason.OTHER_ORGANISATION


def export(
    number: int, at: datetime = NOW, organisation: str = "", *, lines: int = 20, stamp: bool = True,
    kind: ExportKind = ExportKind.PROFILES, code: str | None = None,
) -> StoredExport:  # fmt: skip
    campaign = Campaign(f"K{number}", code, f"Collecte {number}")
    source = Source(f"{number}.csv", campaign, at, stamp)
    return StoredExport(number, number, kind, f"{number:064}", source, at, 0, False, lines, organisation, ())


def scope(
    *exports: StoredExport, others: tuple[StoredExport, ...] = (), day: date | None = None,
    sends: dict[int, datetime] | None = None, now: datetime = NOW,
) -> Scope:  # fmt: skip
    """`others`: exports that are no list; `sends`: the latest submission of those without a stamp."""

    def listings(kind: ExportKind, *, until: datetime | None, without: int) -> tuple[StoredExport, ...]:
        return tuple(
            one
            for one in exports
            if one.kind is kind and one.export_id != without
            if until is None or one.source.exported_at <= until
        )

    def shown_until(one: StoredExport) -> datetime | None:
        return one.source.exported_at if one.has_stamp else (sends or {}).get(one.export_id)

    known = SimpleNamespace(listings=listings, counted=[*exports, *others], shown_until=shown_until)
    return Scope(cast("Store", SimpleNamespace(exports=known)), lambda: now, day)


def hidden(found: Scope) -> dict[int, HiddenReason]:
    """The reason of each list kept off the board; checks that the others are on it."""
    listings = found.listings()
    off = {one.key: group.reason for group in listings.hidden for one in group.campaigns}
    on = {one.source.campaign.key for one in (*listings.profiles, *listings.evaluations)}
    assert not off.keys() & on
    return {int(key[1:]): reason for key, reason in off.items()}


def test_one_campaign_is_always_shown() -> None:
    (one,) = (export(1, datetime(2021, 3, 1)),)  # noqa: DTZ001 - Paris time
    assert scope(one).listings() == ((one,), (), ())
    assert scope().listings() == ((), (), ())


@pytest.mark.parametrize(
    ("at", "is_hidden"),
    [
        (datetime(2025, 7, 31, 23, 59), True),  # noqa: DTZ001 - Paris time
        (datetime(2025, 8, 1), False),  # noqa: DTZ001
        (datetime(2024, 9, 1), True),  # noqa: DTZ001
        (NOW + timedelta(days=1), False),
    ],
)
def test_campaigns_of_an_earlier_school_year_are_kept_off(at: datetime, is_hidden: bool) -> None:
    for kind in (ExportKind.PROFILES, ExportKind.ASSESSMENT):
        assert hidden(scope(export(1), export(2, at, kind=kind))) == ({2: OLD} if is_hidden else {})


def test_of_the_campaigns_kept_off_each_organisation_that_a_file_tells_is_told_once() -> None:
    last_year = datetime(2024, 9, 1)  # noqa: DTZ001 - Paris time
    old = [export(number, last_year, organisation) for number, organisation in ((2, A), (3, ""), (4, A))]
    again = old[0]._replace(export_id=5)
    (found,) = scope(export(1), *old, again).listings().hidden
    assert found == HiddenCampaigns(OLD, tuple(one.source.campaign for one in old), (A,))


def test_a_file_of_the_future_does_not_make_all_others_old() -> None:
    for days in (1, 200, 400):
        assert hidden(scope(export(1), export(2, NOW + timedelta(days=days)))) == {}
    # Where all are of the future, they are all there is to go by.
    years = NOW + timedelta(days=800), NOW + timedelta(days=400)
    assert hidden(scope(export(1, years[0]), export(2, years[1]))) == {2: OLD}


def test_what_is_not_much_ahead_of_the_clock_is_believed() -> None:
    last_of_july = datetime(2026, 7, 31, 12)  # noqa: DTZ001 - Paris time
    for ahead, old in ((timedelta(hours=24), {1: OLD}), (timedelta(hours=24, minutes=1), {})):
        found = scope(export(1, last_of_july), export(2, last_of_july + ahead), now=last_of_july)
        assert hidden(found) == old


def test_the_school_year_of_a_session_is_that_of_its_day() -> None:
    last_year = export(1, datetime(2025, 5, 1)), export(2, datetime(2025, 9, 1))  # noqa: DTZ001
    assert hidden(scope(*last_year)) == {1: OLD}
    assert hidden(scope(*last_year, day=date(2025, 6, 1))) == {}
    assert hidden(scope(*last_year, day=date(2026, 6, 1))) == {1: OLD}


def test_a_file_without_a_stamp_is_of_the_year_of_what_was_sent() -> None:
    copy = export(2, NOW, stamp=False)
    assert hidden(scope(export(1), copy, sends={2: datetime(2025, 3, 1)})) == {2: OLD}  # noqa: DTZ001
    assert hidden(scope(export(1), copy)) == {}
    assert hidden(scope(export(1), export(2, datetime(2025, 3, 1), stamp=False))) == {2: OLD}  # noqa: DTZ001


@pytest.mark.parametrize(
    ("mine", "theirs", "others"),
    [
        (export(1, organisation=A, lines=1), export(2, NOW, B), (export(3, organisation=A),)),  # more exports
        (export(1, organisation=A, lines=21), export(2, NOW, B), ()),  # more students
        (export(1, NOW + timedelta(minutes=1), A), export(2, NOW, B), ()),  # the newest
    ],
)
def test_the_organisation_of_the_board(
    mine: StoredExport, theirs: StoredExport, others: tuple[StoredExport, ...]
) -> None:
    nobodys = export(4, NOW + timedelta(minutes=5), lines=900)
    for lists in ((mine, theirs, nobodys), (nobodys, theirs, mine)):
        found = scope(*lists, others=others)
        assert hidden(found) == {2: FOREIGN}
        assert found.listings().hidden == (HiddenCampaigns(FOREIGN, (theirs.source.campaign,), (B,)),)


def test_one_organisation_may_be_written_in_two_ways() -> None:
    assert hidden(scope(export(1, organisation=A), export(2, organisation="COLLEGE A"))) == {}
    counted = scope(export(1, organisation=A, lines=15), export(2, organisation="COLLEGE A", lines=15),
                    export(3, organisation=B), others=(export(5, organisation=B),))  # fmt: skip
    assert hidden(counted) == {3: FOREIGN}


def test_exports_of_an_earlier_year_do_not_choose_the_organisation_by_their_students() -> None:
    old = export(1, datetime(2024, 10, 1), B, lines=900)  # noqa: DTZ001
    found = scope(old, export(2, organisation=A), export(3, organisation=B, lines=10),
                  others=(export(5, organisation=A),))  # fmt: skip
    assert hidden(found) == {1: OLD, 3: FOREIGN}
    assert [group.reason for group in found.listings().hidden] == [OLD, FOREIGN]


def test_a_campaign_that_is_asked_for_is_never_hidden() -> None:
    old = export(2, datetime(2024, 10, 1), code="ABCDEF123")  # noqa: DTZ001
    found = scope(export(1, code="X"), old)
    for asked, off in (({"ABCDEF123"}, {}), ({"K2"}, {}), ({"K1"}, {2: OLD}), ({"X"}, {2: OLD})):
        found.asked = frozenset(asked)
        assert hidden(found) == off
    found.asked = frozenset()
    found.shows_all = True
    assert found.listings() == ((export(1, code="X"), old), (), ())


def test_the_lists_of_a_past_time_or_without_an_export() -> None:
    early, late = export(1, NOW - timedelta(hours=1)), export(2, kind=ExportKind.ASSESSMENT)
    found = scope(early, late)
    assert found.listings() == ((early,), (late,), ())
    assert found.listings(until=early.source.exported_at) == ((early,), (), ())
    assert found.listings(without=1) == ((), (late,), ())
