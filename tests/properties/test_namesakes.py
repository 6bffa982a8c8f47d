"""Two campaigns, students who change class between them, namesakes: nobody is called eligible wrongly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given
from hypothesis import strategies as st

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.engine.board.engine import BoardEngine
from pixsession.settings.config import BoardRequest
from tests.factories.dossiers import noon
from tests.factories.examples import examples
from tests.factories.exports import OTHER_CAMPAIGN, export, pending, put, sent, student
from tests.factories.reached import reached
from tests.factories.samples import ExportFile, Layout, Student

CLASSES = ("3eA", "3eB", "3eC", "3eD")
NAMES = (("DURIEUX", "Zoé"), ("LE GALL", "Ana"), ("SOREL", "Tom"))
LAYOUT = Layout(division=True)


@dataclass(frozen=True)
class Life:
    """A true student: the class and the competences sent in each campaign, None where there was none."""

    name: tuple[str, str]
    first: tuple[str, int | None] | None
    second: tuple[str, int | None] | None

    @property
    def is_eligible(self) -> bool:
        """By the latest profile sent."""
        counts = [stay[1] for stay in (self.first, self.second) if stay and stay[1] is not None]
        return bool(counts) and counts[-1] >= 5

    @property
    def changed(self) -> bool:
        """Whether the two campaigns show two classes."""
        return self.first is not None and self.second is not None and self.first[0] != self.second[0]


STAYS = st.none() | st.tuples(st.sampled_from(CLASSES), st.sampled_from((None, 3, 6)))
LIVES = st.builds(Life, st.sampled_from(NAMES), STAYS, STAYS)


def classes_of(life: Life) -> set[str]:
    return {stay[0] for stay in (life.first, life.second) if stay}


@examples(40)
@given(st.lists(LIVES, max_size=5), st.booleans(), st.permutations(range(3)))
def test_nobody_is_eligible_in_one_line_and_not_in_another_without_a_doubt(
    lives: list[Life], is_renewed: bool, order: list[int]
) -> None:
    for one, other in combinations(lives, 2):
        # Who takes the very class of a namesake cannot be told from them by anybody.
        assume(one.name != other.name or not (classes_of(one) & classes_of(other)))
    first = [in_campaign(life.name, life.first, "08:05") for life in lives if life.first]
    second = [in_campaign(life.name, life.second, "09:05") for life in lives if life.second]
    unsent = [replace(one, participations=(pending(),)) for one in second]
    files = [
        export(*first, at="08:45", layout=LAYOUT),
        export(*unsent, at="09:00", layout=LAYOUT, campaign=OTHER_CAMPAIGN),
        export(*second, at="09:45", layout=LAYOUT, campaign=OTHER_CAMPAIGN),
    ]
    snapshot = board_in_order([files[number] for number in order if number != 1 or is_renewed])
    for name in NAMES:
        rows = [row for row in snapshot.rows if (row.last_name, row.first_name) == name]
        check([life for life in lives if life.name == name and classes_of(life)], rows)
    concerned = {doubt.person.key for doubt in snapshot.doubts}
    concerned |= {found.person.key for doubt in snapshot.doubts for found in doubt.candidates}
    for row in snapshot.rows:
        told = {reason.code.value for reason in row.verdict.reasons}
        reached()
        assert ("perhaps_same" in told) == bool(concerned & set(row.keys))


def in_campaign(name: tuple[str, str], stay: tuple[str, int | None], at: str) -> Student:
    place, count = stay
    return student(*name, pending() if count is None else sent(at, count), place=place)


def board_in_order(files: list[ExportFile]) -> Snapshot:
    """The board after these files came in this order."""
    with TemporaryDirectory() as folder:
        desk = BoardEngine(BoardRequest(Path(folder), Rule()), noon, live=True)
        try:
            for file in files:
                desk.take(put(Path(folder), file.name, file.content, file.exported_at))
            return desk.snapshot()
        finally:
            desk.close()


def check(lives: list[Life], rows: list[BoardRow]) -> None:
    calm = [row for row in rows if row.eligibility is not Eligibility.TO_CHECK]
    eligible = [row for row in calm if row.eligibility is Eligibility.ELIGIBLE]
    assert len(rows) >= len(lives)
    assert len(eligible) <= sum(life.is_eligible for life in lives)
    if len(lives) == 1:
        (life,) = lives
        assert len(rows) == 1 + life.changed
        assert len(calm) == (0 if life.changed else 1)
        assert len(eligible) == (0 if life.changed else life.is_eligible)
    for row in calm:
        # Who is sure is in a class that one student of the name alone has ever been in.
        (life,) = [life for life in lives if row.division in classes_of(life)]
        assert (row.eligibility is Eligibility.ELIGIBLE) == life.is_eligible
