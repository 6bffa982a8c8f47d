"""Files that went wrong: never a crash, never "eligible" without a reason where the file does not say so."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.reasons import ReasonCode
from pixsession.domain.board.snapshot import BoardRow, FileStatus, Snapshot
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.examples import examples
from tests.factories.exports import MORNING, NAME, Sheet, export, pending, sent, student
from tests.factories.reached import reached
from tests.factories.samples import Layout, Student
from tests.properties.drawn import Marked, board_from, damaged, schools

PLAIN, ASKED = Layout(), Layout(external_id="Identifiant")
# Places of the columns in a file of today with a class and an external id.
EXTERNAL, SENT, LEVELS = 7, 8, 13
YES = {"oui", "o", "yes", "y", "ja", "j", "si", "sí", "sì", "s"}

PEOPLE = (
    ("DURIEUX", "Zoé"), ("BERGER", "Camille"), ("LE GALL", "Tom"), ("=SOREL", "Ana"), ("NGUYEN", "Linh"),
)  # fmt: skip

layouts = st.sampled_from((PLAIN, ASKED))


def marked(content: bytes, layout: Layout) -> Marked:
    """A file of today, each column marked with its place in a file that has every column."""
    sheet = Sheet.of(content)
    origins = list(range(len(sheet.header) + (layout.external_id is None)))
    if layout.external_id is None:
        origins.remove(EXTERNAL)
    return Marked(sheet.header, sheet.rows, tuple(origins))


def exported(group: tuple[Student, ...], layout: Layout) -> Marked:
    return marked(export(*group, layout=layout).content, layout)


def text_of(cell: str) -> str:
    return cell[1:] if re.match(r"'[-@=+]", cell) else cell


@st.composite
def groups(draw: st.DrawFn) -> tuple[Student, ...]:
    """Students whom nobody could mistake for each other: what the board doubts, the damage has done."""
    counts = draw(st.lists(st.sampled_from((None, 3, 4, 4, 5, 5, 6)), min_size=2, max_size=len(PEOPLE)))
    return tuple(
        student(last, first, pending() if count is None else sent("09:31", count))
        for (last, first), count in zip(PEOPLE, counts, strict=False)
    )


class Claim:
    """What one row says, read in the plainest way: by the places that its columns once had."""

    def __init__(self, sheet: Marked, row: tuple[str, ...]) -> None:
        def cell(origin: int) -> str:
            return next(iter(sheet.cells(row, origin)), "")

        # The label of another column may say by now that it holds the names.
        self.texts = set(map(text_of, row))
        self.is_sent = cell(SENT).strip().casefold() in YES
        levels = [cell(LEVELS + 2 * number) for number in range(16)]
        pix = [cell(LEVELS + 2 * number + 1) for number in range(16)]
        self.is_eligible = self.is_sent and _is_enough(levels, pix)


def _is_enough(levels: list[str], pix: list[str]) -> bool:
    """At least five levels of one and more, each fitting its pix."""
    whole = re.compile(r"\s*([0-9]+)(?:[.,]0+)?\s*")
    found = [
        (whole.fullmatch(level), whole.fullmatch(points)) for level, points in zip(levels, pix, strict=True)
    ]
    reached = [
        int(level[1]) for level, points in found if level and points and int(level[1]) == int(points[1]) // 8
    ]
    return sum(1 for level in reached if level >= 1) >= 5


def calm(snapshot: Snapshot) -> list[BoardRow]:
    """Those whom the board calls eligible without a reason."""
    return [
        row for row in snapshot.rows if row.eligibility is Eligibility.ELIGIBLE and not row.verdict.reasons
    ]


def rightly_eligible(snapshot: Snapshot, sheet: Marked) -> int:
    """How many are called eligible without a reason, each of whom the file says so of."""
    claims = [Claim(sheet, row) for row in sheet.rows]
    found = calm(snapshot)
    for row in found:
        shown = {row.last_name, row.first_name, *filter(None, (row.division, row.group))}
        mine = [claim for claim in claims if shown <= claim.texts]
        assert any(claim.is_eligible for claim in mine), (row.shown_name, snapshot.files)
    return len(found)


def assert_told_in_words(snapshot: Snapshot) -> None:
    for entry in snapshot.files:
        assert entry.status is FileStatus.READ or entry.message


def test_cells_rows_and_columns_that_went_wrong() -> None:
    eligible = []

    @examples(30)
    @given(
        groups().flatmap(lambda group: layouts.flatmap(lambda layout: damaged(exported(group, layout)))),
        st.sampled_from(("utf-8-sig", "utf-8-sig", "cp1252", "utf-16")),
        st.sampled_from(";;,\t"),
    )
    def hurt(sheet: Marked, encoding: str, delimiter: str) -> None:
        written = Sheet(sheet.header, sheet.rows)
        try:
            content = written.content(encoding, delimiter=delimiter)
        except UnicodeEncodeError:
            content = written.content("utf-8", delimiter=delimiter)
        except csv.Error:
            return  # a lone empty cell cannot be written
        with board_from((NAME, content, MORNING)) as snapshot:
            assert_told_in_words(snapshot)
            eligible.append(rightly_eligible(snapshot, sheet))
        reached()

    hurt()
    assert sum(eligible) > len(eligible) / 4  # else the damage left nobody to be wrong about


def test_bytes_that_went_wrong() -> None:
    eligible = []

    @examples(60)
    @given(st.data(), groups(), layouts)
    def hurt(data: st.DataObject, group: tuple[Student, ...], layout: Layout) -> None:
        sheet = exported(group, layout)
        content = data.draw(damaged_bytes(Sheet(sheet.header, sheet.rows).content()))
        with board_from((NAME, content, MORNING)) as snapshot:
            assert_told_in_words(snapshot)
            text = io.StringIO(content.decode("utf-8-sig", "replace"), newline="")
            wide = len(sheet.header)
            rows = [tuple(row) for row in csv.reader(text, delimiter=";") if len(row) == wide]
            eligible.append(rightly_eligible(snapshot, replace(sheet, rows=tuple(rows))))
        reached()

    hurt()
    assert sum(eligible) > len(eligible) / 4


@st.composite
def damaged_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """The file after one thing went wrong with its bytes."""
    # The rows are what the board is made of: the header, which is long, is hit one time in three only.
    start = content.index(b"\n") if draw(st.integers(0, 2)) else 0
    at = draw(st.integers(start, len(content) - 1))
    end = at + draw(st.integers(1, 40))
    some = draw(
        st.sampled_from((b"\n", b'"', b";", b"\x00", b"\xff", b"\xc3", b"9", b"0", b"\r"))
        | st.binary(max_size=6)
    )
    return draw(
        st.sampled_from(
            (
                content[:at],
                content[:at] + some + content[at + len(some) :],
                content[:at] + some + content[at:],
                content[:at] + content[end:],
                content[:end] + content[at:],
                content[:at] + content[end : 2 * end - at] + content[at:end] + content[2 * end - at :],
            )
        )
    )


def facts(snapshot: Snapshot) -> list[tuple[str, ...]]:
    """What the board says of each student; of two profiles of one moment it may show the one or the other."""
    found = []
    for row in snapshot.rows:
        reasons = sorted(reason.code for reason in row.verdict.reasons)
        said = (str(row.sent_at), str(row.profile and row.profile.levels), *reasons)
        shown = ("tie",) if ReasonCode.SENDS_TIE in reasons else said
        found.append(
            (row.last_name, row.first_name, row.division or "", row.eligibility, str(row.submissions), *shown)
        )
    return sorted(found)


@examples(15)
@given(
    st.data(),
    layouts,
    st.sampled_from(("utf-8-sig", "utf-8", "cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le")),
    st.sampled_from(";,\t"),
    st.sampled_from(("\n", "\r\n")),
)
def test_what_changes_nothing_changes_nothing(
    data: st.DataObject, layout: Layout, encoding: str, delimiter: str, end: str
) -> None:
    content = export(*data.draw(schools(MORNING, most=6)), layout=layout).content
    sheet = marked(content, layout)
    rows = data.draw(st.permutations(sheet.rows))
    moved = data.draw(st.sampled_from(("nothing", "results", "end")))
    order = list(range(len(sheet.header)))
    if moved == "results":
        order = order[:-32] + data.draw(st.permutations(order[-32:]))
    if moved == "end":  # the organisation, the number and the name of the campaign are looked for by name
        order = order[:2] + order[3:] + order[2:3]
    mixed = replace(sheet, rows=tuple(rows)).in_order(order)
    if encoding == "cp850":  # it has no typographic apostrophe
        mixed = Marked(
            tuple(label.replace("’", "'") for label in mixed.header),
            tuple(tuple(cell.replace("’", "'") for cell in row) for row in mixed.rows),
            mixed.origins,
        )
        content = Sheet(
            sheet.header, tuple(tuple(c.replace("’", "'") for c in row) for row in sheet.rows)
        ).content()
    saved = Sheet(mixed.header, mixed.rows).content(encoding, delimiter=delimiter, end=end)
    with board_from((NAME, content, MORNING)) as plain, board_from((NAME, saved, MORNING)) as other:
        reached()
        assert facts(other) == facts(plain)
