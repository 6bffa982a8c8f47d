"""The rule, the recount and the doubts about one profile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.competences import CODES
from pixsession.domain.pix.eligibility import Eligibility, Gap, PixClaims, Profile, Rule, doubts, gaps, judge
from tests.factories.examples import examples
from tests.factories.reached import reached

FEW = examples(100)
NO_CLAIMS = PixClaims(None, None)
RULE = Rule()


def profile(*pix: int) -> Profile:
    """A profile of these pix, with zeros after them, and the levels that fit."""
    padded = (*pix, *[0] * (16 - len(pix)))
    return Profile(tuple(value // 8 for value in padded), padded)


def claims(found: Profile) -> PixClaims:
    return PixClaims(found.count_at(1) >= 5, found.count_at(1))


def codes(found: Profile, said: PixClaims) -> list[ReasonCode]:
    return [reason.code for reason in doubts(found, said)]


@pytest.mark.parametrize(
    ("pix", "state"),
    [
        ((8,) * 5, Eligibility.ELIGIBLE),  # 40 pix, the least there is
        ((56, 56, 56, 32), Eligibility.NOT_ELIGIBLE),  # 200 pix in four competences
        ((8, 8, 8, 8, 7), Eligibility.NOT_ELIGIBLE),
        ((), Eligibility.NOT_ELIGIBLE),
        ((56,) * 16, Eligibility.ELIGIBLE),
    ],
)
def test_five_competences_at_level_one(pix: tuple[int, ...], state: Eligibility) -> None:
    found = profile(*pix)
    assert judge(found, claims(found), RULE).eligibility is state


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        (Rule(5, 1), Eligibility.ELIGIBLE),
        (Rule(6, 1), Eligibility.ELIGIBLE),
        (Rule(7, 1), Eligibility.NOT_ELIGIBLE),
        (Rule(3, 2), Eligibility.ELIGIBLE),
        (Rule(4, 2), Eligibility.NOT_ELIGIBLE),
        (Rule(1, 3), Eligibility.ELIGIBLE),
        (Rule(16, 1), Eligibility.NOT_ELIGIBLE),
    ],
)
def test_both_numbers_of_the_rule_can_be_set(rule: Rule, state: Eligibility) -> None:
    found = profile(8, 9, 10, 16, 17, 24)
    verdict = judge(found, claims(found), rule)
    assert verdict.eligibility is state
    assert verdict.eligible_competences == found.count_at(rule.min_level)
    assert verdict.reasons == ()


def test_the_verdict_depends_on_the_rule_whatever_was_asked_before() -> None:
    found = profile(*[8] * 5)
    assert judge(found, claims(found), Rule(5, 1)).eligibility is Eligibility.ELIGIBLE
    assert judge(found, claims(found), Rule(6, 1)).eligibility is Eligibility.NOT_ELIGIBLE
    assert judge(found, PixClaims(False, 5), Rule(5, 1)).eligibility is Eligibility.TO_CHECK


def test_the_nearest_come_first_then_the_order_of_the_competences() -> None:
    found = profile(7, 5, 8, 7, 0)
    assert gaps(found, 1)[:4] == (Gap("1.1", 1), Gap("2.1", 1), Gap("1.2", 3), Gap("2.2", 8))
    assert len(gaps(found, 1)) == 15
    assert gaps(profile(9), 2)[0] == Gap("1.1", 7)


@pytest.mark.parametrize(
    ("level", "pix", "gap"),
    [(0, 7, 1), (0, 8, None), (0, 9, None), (1, 7, None), (1, 8, None), (None, 3, None), (0, None, None)],
)
def test_a_competence_is_near_where_both_its_cells_are_below_the_level(
    level: int | None, pix: int | None, gap: int | None
) -> None:
    plain = profile(*[8] * 16)
    found = Profile((level, *plain.levels[1:]), (pix, *plain.competence_pix[1:]))
    assert gaps(found, 1) == (() if gap is None else (Gap("1.1", gap),))


def test_nothing_is_near_for_those_who_are_eligible() -> None:
    found = profile(*[8] * 5)
    assert judge(found, claims(found), RULE).nearest == ()
    less = profile(*[8] * 4)
    assert judge(less, claims(less), RULE).nearest == gaps(less, 1)
    assert judge(found, PixClaims(False, 5), RULE).nearest == gaps(found, 1)


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (PixClaims(False, 5), [ReasonCode.PIX_SAYS_NOT_ELIGIBLE]),
        (PixClaims(True, 6), [ReasonCode.PIX_COUNT_DIFFERS]),
        (PixClaims(False, 4), [ReasonCode.PIX_COUNT_DIFFERS, ReasonCode.PIX_SAYS_NOT_ELIGIBLE]),
        (PixClaims(None, 4), [ReasonCode.PIX_COUNT_DIFFERS]),
        (PixClaims(False, None), [ReasonCode.PIX_SAYS_NOT_ELIGIBLE]),
        (PixClaims(True, 5), []),
        (NO_CLAIMS, []),
    ],
)
def test_pix_says_something_else_of_five(said: PixClaims, reasons: list[ReasonCode]) -> None:
    found = profile(*[8] * 5)
    assert codes(found, said) == reasons
    verdict = judge(found, said, RULE)
    assert verdict.eligibility is (Eligibility.TO_CHECK if reasons else Eligibility.ELIGIBLE)
    assert verdict.eligible_competences == 5


def test_pix_says_eligible_of_four() -> None:
    assert codes(profile(*[8] * 4), PixClaims(True, 4)) == [ReasonCode.PIX_SAYS_ELIGIBLE]


def test_pix_is_compared_by_its_own_rule_whatever_the_rule_of_the_board() -> None:
    found = profile(*[8] * 5)
    assert judge(found, PixClaims(True, 5), Rule(5, 2)).reasons == ()
    assert judge(found, PixClaims(True, 5), Rule(5, 2)).eligibility is Eligibility.NOT_ELIGIBLE


@pytest.mark.parametrize(("level", "pix"), [(1, 7), (0, 8), (2, 8), (1, 16), (9, 72), (40, 320), (1, None)])
def test_a_level_that_does_not_fit_its_pix(level: int, pix: int | None) -> None:
    plain = profile(*[8] * 6)
    found = Profile((level, *plain.levels[1:]), (pix, *plain.competence_pix[1:]))
    (reason,) = doubts(found, NO_CLAIMS)
    assert (reason.code, reason.values) == (ReasonCode.LEVEL_DOES_NOT_FIT_PIX, ("1.1",))
    assert judge(found, NO_CLAIMS, RULE).eligibility is Eligibility.TO_CHECK


def test_every_level_up_to_the_eighth_fits() -> None:
    assert doubts(profile(*range(0, 72, 5), 71), NO_CLAIMS) == ()


def test_an_unknown_level_is_a_doubt_even_where_five_others_are_enough() -> None:
    plain = profile(*[8] * 9)
    found = Profile((*plain.levels[:-1], None), (*plain.competence_pix[:-1], None))
    verdict = judge(found, NO_CLAIMS, RULE)
    assert verdict.eligibility is Eligibility.TO_CHECK
    assert [(reason.code, reason.values) for reason in verdict.reasons] == [
        (ReasonCode.LEVEL_UNKNOWN, ("5.2",))
    ]
    assert "5.2" not in {gap.competence for gap in verdict.nearest}


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_doubt_has_a_sentence(code: ReasonCode) -> None:
    assert Reason(code, ("1", "2", "3")).sentence()


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (PixClaims(True, 5), []),
        (PixClaims(False, 4), []),
        (PixClaims(True, 6), [ReasonCode.PIX_COUNT_DIFFERS]),
        (PixClaims(True, 3), [ReasonCode.PIX_COUNT_DIFFERS]),
    ],
)
def test_an_unknown_level_may_be_what_pix_says(said: PixClaims, reasons: list[ReasonCode]) -> None:
    plain = profile(*[8] * 4)
    found = Profile((*plain.levels[:-1], None), plain.competence_pix)
    assert codes(found, said) == [ReasonCode.LEVEL_UNKNOWN, *reasons]


cells = st.none() | st.integers(0, 80)
odd = st.tuples(cells, cells)
fitting = st.integers(0, 71).map(lambda pix: (pix // 8, pix))
TRUE = "what the levels say"


@pytest.mark.slow
@FEW
@given(
    st.lists(fitting, min_size=16, max_size=16) | st.lists(fitting | odd, min_size=16, max_size=16),
    st.sampled_from((TRUE, None, True, False)),
    st.sampled_from((TRUE, None)) | st.integers(0, 17),
    st.integers(1, 16),
    st.integers(1, 8),
)
def test_eligible_means_that_everything_agrees(
    competences: list[tuple[int | None, int | None]],
    claimed: str | bool | None,
    counted: str | int | None,
    min_competences: int,
    min_level: int,
) -> None:
    levels, pix = zip(*competences, strict=True)
    found = Profile(levels, pix)
    recount = sum(1 for level in levels if level)
    certifiable = recount >= 5 if isinstance(claimed, str) else claimed
    count = recount if isinstance(counted, str) else counted
    verdict = judge(found, PixClaims(certifiable, count), Rule(min_competences, min_level))
    fits = all(p is not None and level == p // 8 and level <= 8 for level, p in zip(levels, pix, strict=True))
    agrees = count in {None, recount} and certifiable in {None, recount >= 5}
    enough = sum(1 for level in levels if level and level >= min_level) >= min_competences
    reached(fits and agrees and enough)
    reached(verdict.eligibility is Eligibility.NOT_ELIGIBLE)
    assert (verdict.eligibility is Eligibility.ELIGIBLE) == (fits and agrees and enough)
    assert (verdict.eligibility is Eligibility.TO_CHECK) == bool(verdict.reasons) == (not (fits and agrees))
    assert {gap.competence for gap in verdict.nearest} <= set(CODES)
    assert all(gap.pix_missing > 0 for gap in verdict.nearest)
