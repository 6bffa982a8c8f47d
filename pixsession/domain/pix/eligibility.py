"""Who is eligible for certification: the rule as a value, one profile sent as the evidence."""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pixsession.domain.board.reasons import Reason, ReasonCode
from pixsession.domain.pix.competences import CODES, MAX_LEVEL, PIX_PER_LEVEL


class Eligibility(StrEnum):
    """The state of a student on the board; the values are those of the JSON contract."""

    NOT_ELIGIBLE = "not_eligible"
    TO_CHECK = "to_check"
    NOT_SENT = "not_sent"
    NOT_IN_EXPORT = "not_in_export"
    ELIGIBLE = "eligible"


class Rule(NamedTuple):
    """Eligible with `min_competences` competences at level `min_level` or more."""

    min_competences: int = 5
    min_level: int = 1


# Pix's own rule, behind its columns "Certifiable" and "Nombre de compétences certifiables"
# (level 1 or more in at least 5 competences); the rule of a board may be another one.
PIX_RULE = Rule()


class Profile(NamedTuple):
    """One profile sent: 16 levels and 16 pix in the order of CODES; None where the file is unreadable."""

    levels: tuple[int | None, ...]
    competence_pix: tuple[int | None, ...]

    def count_at(self, min_level: int) -> int:
        """How many competences are known to be at this level or above."""
        return sum(1 for level in self.levels if level is not None and level >= min_level)


class PixClaims(NamedTuple):
    """What Pix's own columns say of a profile; None where the column is missing."""

    certifiable: bool | None
    certifiable_competences: int | None


class Gap(NamedTuple):
    """The distance from one competence to the level of the rule, in pix."""

    competence: str
    pix_missing: int


class Verdict(NamedTuple):
    """Eligibility of a student, with the recount, the nearest competences and every doubt in words.

    An eligible verdict may carry reasons that do not contradict it (a namesake, say);
    TO_CHECK always carries at least one.
    """

    eligibility: Eligibility
    eligible_competences: int | None = None
    nearest: tuple[Gap, ...] = ()
    reasons: tuple[Reason, ...] = ()


_gap = lru_cache(maxsize=1024)(Gap)  # a few hundred are those of all students


def gaps(profile: Profile, min_level: int) -> tuple[Gap, ...]:
    """Competences under the level, nearest first (fewest pix short, then the order of the CRCN)."""
    wanted = min_level * PIX_PER_LEVEL
    short = [
        _gap(code, wanted - pix)
        for code, level, pix in zip(CODES, profile.levels, profile.competence_pix, strict=True)
        if level is not None and pix is not None and level < min_level and pix < wanted
    ]
    return tuple(sorted(short, key=lambda gap: gap.pix_missing))


def doubts(profile: Profile, claims: PixClaims) -> tuple[Reason, ...]:
    """Every contradiction inside one profile: levels against pix, recount against Pix's own columns."""
    found = []
    unknown = tuple(code for code, level in zip(CODES, profile.levels, strict=True) if level is None)
    if unknown:
        found.append(Reason(ReasonCode.LEVEL_UNKNOWN, unknown))
    unfit = tuple(
        code
        for code, level, pix in zip(CODES, profile.levels, profile.competence_pix, strict=True)
        if level is not None and (pix is None or level != pix // PIX_PER_LEVEL or level > MAX_LEVEL)
    )
    if unfit:
        found.append(Reason(ReasonCode.LEVEL_DOES_NOT_FIT_PIX, unfit))
    recount = profile.count_at(PIX_RULE.min_level)
    possible = range(recount, recount + len(unknown) + 1)  # a level that is unknown may be any
    claimed = claims.certifiable_competences
    if claimed is not None and claimed not in possible:
        found.append(Reason(ReasonCode.PIX_COUNT_DIFFERS, (str(claimed), str(recount))))
    if claims.certifiable is True and possible[-1] < PIX_RULE.min_competences:
        found.append(Reason(ReasonCode.PIX_SAYS_ELIGIBLE, (str(recount),)))
    elif claims.certifiable is False and recount >= PIX_RULE.min_competences:
        found.append(Reason(ReasonCode.PIX_SAYS_NOT_ELIGIBLE, (str(recount),)))
    return tuple(found)


@lru_cache(maxsize=4096)  # one student has the same profile in several campaigns, and in steps back
def judge(profile: Profile, claims: PixClaims, rule: Rule) -> Verdict:
    """The verdict on one profile sent; the rule is Pix's own unless the settings say otherwise."""
    count = profile.count_at(rule.min_level)
    reasons = doubts(profile, claims)
    if reasons:
        state = Eligibility.TO_CHECK
    else:
        state = Eligibility.ELIGIBLE if count >= rule.min_competences else Eligibility.NOT_ELIGIBLE
    nearest = () if state is Eligibility.ELIGIBLE else gaps(profile, rule.min_level)
    return Verdict(state, count, nearest, reasons)
