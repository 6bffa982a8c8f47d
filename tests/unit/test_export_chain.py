"""The order of a campaign's exports, and which of them are its lists, without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from pixsession.domain.pix.participation import Participation
from pixsession.domain.pix.submissions import NO_SUBMISSION, Submission
from pixsession.readers import ExportKind
from pixsession.store.order import Chain, ExportOrder
from pixsession.store.rows import StoredExport
from tests.factories.stored import DAY, StoredExports, begun, pending, sent


@pytest.fixture
def store() -> StoredExports:
    return StoredExports()


def names(exports: Sequence[StoredExport]) -> str:
    return " ".join(export.source.file for export in exports)


def chain_of(store: StoredExports, *exports: StoredExport) -> Chain:
    """The chain, which does not hang on the order of arrival."""
    chain = ExportOrder(store).chain(exports)
    turned = ExportOrder(store).chain(exports[::-1])
    assert (names(turned.order), names(turned.lists)) == (names(chain.order), names(chain.lists))
    return chain


def test_stamped_exports_stand_in_the_order_of_their_stamps_whatever_they_show(store: StoredExports) -> None:
    late = store.add("late", sent("A", "08:10"), stamp="09:40", modified="10:00")
    early = store.add("early", sent("A", "08:10"), sent("BB", "08:20"), stamp="09:10", modified="11:00")
    middle = store.add("middle", stamp="09:20")
    chain = chain_of(store, late, early, middle)
    assert names(chain.order) == "early middle late"
    assert names(chain.lists) == "early late"  # a header alone is no list
    assert chain.listing is late
    assert names(chain.steps) == "early late"


def test_no_export_with_a_line_is_no_list(store: StoredExports) -> None:
    chain = chain_of(store, store.add("empty", stamp="09:10"))
    assert (chain.listing, chain.lists, chain.steps, names(chain.order)) == (None, (), (), "empty")


BASE = (sent("A", "08:10", 7), pending("BB"), pending("CCC"))
YESTERDAY = (sent("A", "2026-03-11T08:50"), sent("BB", "2026-03-11T08:50"))


@pytest.mark.parametrize("stamp", ["09:10", None])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        # The later day, the later minute, the more submissions: against everything that counts after it.
        ({"lines": YESTERDAY, "copy": 3}, {}),
        ({"lines": (sent("A", "08:09"), sent("BB", "08:08")), "copy": 3}, {}),
        ({"copy": 3}, {"lines": (sent("A", "08:10", 7), sent("BB", "08:05"), pending("CCC"))}),
        ({"modified": "13:00", "digest": "z"}, {"copy": 1, "digest": "a"}),
        ({"digest": "z"}, {"modified": "12:01", "digest": "a"}),
        ({"digest": "a"}, {"digest": "z"}),
    ],
)
def test_of_one_stamp_what_is_shown_decides_and_then_the_copy_the_disk_and_the_digest(
    store: StoredExports, first: dict[str, Any], second: dict[str, Any], stamp: str | None
) -> None:
    told = [({"lines": BASE} | one) for one in (first, second)]
    one, two = (
        store.add(name, *facts.pop("lines"), stamp=stamp, **facts)
        for name, facts in zip(("first", "second"), told, strict=True)
    )
    assert names(chain_of(store, one, two).order) == "first second"


def test_of_one_evaluation_the_further_progress_comes_later(store: StoredExports) -> None:
    less = store.add("less", begun("A", 0.5, "08:10"), begun("BB", None, "08:10"), copy=3)
    more = store.add("more", begun("A", 0.25, "08:10"), begun("BB", 0.5, "08:10"))
    assert names(chain_of(store, more, less).order) == "less more"
    shown = ExportOrder(store).shown(more)
    assert (shown.progress, shown.latest) == (0.75, Submission(DAY, f"{DAY}T08:10", None))


def test_starts_and_sent_results_are_what_an_evaluation_shows(store: StoredExports) -> None:
    lines = begun("A", 1.0, "08:10", "08:50"), begun("BB", 0.5, "08:20"), begun("CCC", None, None)
    shown = ExportOrder(store).shown(store.add("exam", *lines))
    moments = {(name[0].casefold(), one.minute[-5:], one.pix) for name, one in shown.submissions}
    assert moments == {("a", "08:10", None), ("a", "08:50", None), ("bb", "08:20", None)}
    assert shown.latest.minute == f"{DAY}T08:50"
    # Whoever shared meanwhile, or went on, has another line.
    for changed in (
        begun("A", 1.0, "08:10"),
        begun("A", 0.9, "08:10", "08:50"),
        begun("A", 1.0, "08:11", "08:50"),
    ):
        other = ExportOrder(store).shown(store.add("other", changed, *lines[1:]))
        assert len(shown.lines - other.lines) == 1


def test_a_profile_that_was_not_sent_is_a_line_and_no_submission(store: StoredExports) -> None:
    order = ExportOrder(store)
    shown = order.shown(store.add("one", pending("A"), sent("BB", "08:10", 7)))
    assert [one for _name, one in shown.submissions] == [Submission(DAY, f"{DAY}T08:10", 7)]
    assert (len(shown.lines), shown.progress) == (2, 0.0)
    assert order.shown(store.add("two", pending("A"))).latest == NO_SUBMISSION
    at_once = order.shown(store.add("at once", sent("A", "08:10", None), sent("BB", "08:10", 7)))
    assert at_once.latest.minute == f"{DAY}T08:10"  # one of them without a score
    # An unreadable answer is another line than a pending one.
    assert (
        order.shown(store.add("three", pending("A")._replace(sent=None), sent("BB", "08:10", 7))).lines
        != shown.lines
    )


ANA, TOM = sent("A", "08:10"), sent("BB", "08:20")


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        # Sent after a stamp: surely newer than that export; in the minute of the stamp: that one may show it.
        ((sent("A", "09:41"),), "early late it"),
        ((sent("A", "09:40"),), "early it late"),
        ((sent("A", "09:11"),), "early it late"),
        ((sent("A", "09:10"),), "it early late"),
        # Sent after what an export shows, and nothing lost that it shows.
        ((ANA, sent("BB", "08:20"), sent("CCC", "09:05")), "early it late"),
        ((TOM, sent("CCC", "09:05")), "it early late"),
        ((ANA, sent("BB", "08:20", 101), sent("CCC", "09:05")), "it early late"),
        (
            (ANA, sent("BB", DAY), sent("CCC", "09:05")),
            "early it late",
        ),  # the minute was lost by a spreadsheet
        ((ANA, sent("BB", DAY), sent("BB", DAY, 7), sent("CCC", "09:05")), "early it late"),
        ((sent("A", DAY), sent("BB", DAY)), "it early late"),
        ((sent("A", DAY), sent("CCC", "09:05")), "it early late"),  # one of two is there
        # Nothing new: older than everything.
        ((ANA, TOM), "it early late"),
        ((pending("A"), pending("BB")), "it early late"),
    ],
)
def test_a_file_without_stamp_stands_behind_the_last_export_that_it_is_surely_newer_than(
    store: StoredExports, lines: tuple[Participation, ...], order: str
) -> None:
    early = store.add("early", ANA, TOM, stamp="09:10")
    late = store.add("late", sent("A", "09:30"), sent("DDDD", "09:36"), stamp="09:40")
    it = store.add("it", *lines, modified="18:00")
    assert names(chain_of(store, it, late, early).order) == order


def test_files_without_stamp_keep_their_own_order_wherever_they_stand(store: StoredExports) -> None:
    stamped = store.add("09:10", ANA, stamp="09:10")
    last = store.add("09:40", sent("A", "09:39"), stamp="09:40")
    files = [
        store.add(name, sent("A", name), modified=modified)
        for name, modified in (("08:01", "18:00"), ("08:02", "17:00"), ("09:11", "16:00"), ("09:12", "15:00"))
    ]
    chain = chain_of(store, last, *files, stamped)
    assert names(chain.order) == "08:01 08:02 09:10 09:11 09:12 09:40"
    assert names(chain.steps) == "09:10 09:40"  # at these the time is Pix's own
    later = store.add("09:41", sent("A", "09:41"))
    assert names(chain_of(store, last, *files, stamped, later).steps) == "09:10 09:40 09:41"


def test_the_disks_time_of_one_file_without_stamp_says_nothing_of_another(store: StoredExports) -> None:
    stamped = store.add("stamped", ANA, TOM, stamp="09:10")
    newer = store.add("newer", ANA, TOM, sent("CCC", "09:05"), modified="07:00")
    lacks = store.add("lacks", sent("CCC", "09:06"), modified="18:00")
    assert names(chain_of(store, stamped, newer, lacks).order) == "lacks stamped newer"


def test_where_no_time_is_pixs_own_every_list_is_a_step(store: StoredExports) -> None:
    one, two = store.add("one", sent("A", "08:10")), store.add("two", sent("A", "08:20"))
    assert names(chain_of(store, two, one).steps) == "one two"


def test_a_filtered_copy_is_no_list_but_an_export_that_lost_lines_since_is_one(store: StoredExports) -> None:
    whole = store.add("whole", ANA, TOM, stamp="09:10")
    part = store.add("part", ANA, stamp="09:10", copy=1)
    assert names(chain_of(store, whole, part).lists) == "whole"
    renamed = store.add("renamed", TOM, modified="18:00")
    assert names(chain_of(store, whole, renamed).lists) == "whole"
    since = store.add("since", ANA, stamp="09:20")
    assert names(chain_of(store, whole, since).lists) == "whole since"
    # Of one stamp with other lines, or with the same ones twice over: both stay.
    other = store.add("other", sent("CCC", "08:30"), stamp="09:10")
    assert set(names(chain_of(store, whole, other).lists).split()) == {"whole", "other"}
    twice = store.add("twice", ANA, TOM, TOM, stamp="09:10")
    assert set(names(chain_of(store, whole, twice).lists).split()) == {"whole", "twice"}
    # What has no more lines is no whole of which another were a part.
    for doubled in ([ANA] * 2, [ANA] * 3):
        double = store.add("double", *doubled, stamp="09:10")
        assert set(names(chain_of(store, whole, double).lists).split()) == {"whole", "double"}
    # A part of a file without stamp is none of a stamped export of its own, whatever the disk says.
    for modified in ("18:00", "09:10"):
        long = store.add("long", ANA, TOM, modified=modified)
        short = store.add("short", ANA, stamp="09:10")
        assert set(names(chain_of(store, long, short).lists).split()) == {"long", "short"}


def test_a_stamped_file_written_again_under_its_name_replaces_itself_alone(store: StoredExports) -> None:
    lines = [sent("A", "08:10"), sent("BB", "08:10"), sent("CCC", "08:10"), sent("DDDD", "08:10")]
    late = store.add("file", lines[0], stamp="09:10", modified="11:00", digest="b")
    early = store.add("file", lines[1], stamp="09:10", modified="10:00", digest="a")
    assert chain_of(store, late, early).lists == (late,)
    again = store.add("file", lines[2], stamp="09:10", modified="11:00", digest="c")  # in the same second
    assert chain_of(store, late, early, again).lists == (again,)
    other_name = store.add("other", lines[3], stamp="09:10", modified="10:00")
    other_stamp = store.add("file", lines[3], stamp="09:20", modified="09:00")
    assert set(chain_of(store, late, other_name).lists) == {late, other_name}
    assert set(chain_of(store, late, other_stamp).lists) == {late, other_stamp}
    # Without stamp a name says nothing, nor does the time of the disk.
    for modified in ("10:00", "11:00"):
        loose = [
            store.add("export", line, modified=one)
            for line, one in zip(lines[:2], ("10:00", modified), strict=True)
        ]
        assert len(chain_of(store, *loose).lists) == 2


def test_a_list_is_asked_for_once_and_each_set_of_exports_has_its_own_chain(store: StoredExports) -> None:
    one, two = store.add("one", ANA, stamp="09:10"), store.add("two", TOM, stamp="09:20")
    order = ExportOrder(store)
    assert order.chain([one, two]) is order.chain([one, two])
    assert order.chain([one]).listing is one


class Counted(StoredExports):
    """Counts how often the lines of each export are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: Counter[int] = Counter()

    def lines(self, content_id: int) -> Sequence[tuple[int, Participation]]:
        self.reads[content_id] += 1
        return super().lines(content_id)


def test_lines_are_read_where_the_stamps_do_not_decide_and_once() -> None:
    store = Counted()
    one, two = store.add("one", ANA, TOM, stamp="09:10"), store.add("two", TOM, stamp="09:20")
    header = store.add("header", stamp="09:30")
    order = ExportOrder(store)
    assert names(order.chain([two, header, one]).order) == "one two header"
    assert store.reads == {}
    loose = store.add("loose", ANA)
    for exports in ([one, two, loose], [one, loose], [loose, two]):
        order.chain(exports)
    assert store.reads == {one.content_id: 1, two.content_id: 1, loose.content_id: 1}


def test_the_campaigns_of_a_kind_are_given_that_with_the_newest_list_first(store: StoredExports) -> None:
    old = store.add("old", ANA, stamp="09:10", campaign="1")
    older = store.add("older", TOM, stamp="09:00", campaign="1")
    new = store.add("new", ANA, stamp="09:20", campaign="2")
    empty = store.add("empty", stamp="09:15", campaign="3")
    exam = store.add("exam", begun("A", 0.5, "08:10"), stamp="09:30", campaign="4")
    order = ExportOrder(store)
    found = order.chains([old, empty, new, exam, older], ExportKind.PROFILES)
    assert [names(chain.order) for chain in found] == ["new", "empty", "older old"]
    assert [names(chain.order) for chain in order.chains([old, exam], ExportKind.ASSESSMENT)] == ["exam"]
    assert order.chains([exam], ExportKind.PROFILES) == []
    # What is no list says nothing of how new the list is.
    header = store.add("header", stamp="09:40", campaign="1")
    found = order.chains([old, header, new], ExportKind.PROFILES)
    assert [names(chain.order) for chain in found] == ["new", "old header"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"modified": "12:01"}, {"copy": 1}),
        ({"copy": 1}, {}),
        ({}, {}),  # the one that came last
    ],
)
def test_lists_of_one_stamp_are_told_apart_by_the_disk_then_the_copy(
    store: StoredExports, first: dict[str, Any], second: dict[str, Any]
) -> None:
    later = store.add("second", ANA, stamp="09:10", campaign="2", **second)
    newest = store.add("first", ANA, stamp="09:10", campaign="1", **first)
    for exports in ([later, newest], [newest, later]):
        found = ExportOrder(store).chains(exports, ExportKind.PROFILES)
        assert [chain.listing for chain in found] == [newest, later]
