"""Who is who across files, as values: what rules and people decided, and what stays open."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class MatchRule(StrEnum):
    """By what two entries were found to be one student; the values are those of the JSON contract."""

    NUMBER = "number"
    CLASS_AND_NAME = "class_and_name"
    CLASS_AND_WORDS = "class_and_words"
    NAME_AND_BIRTH_DATE = "name_and_birth_date"
    NAME_ALONE = "name_alone"
    DECISION = "decision"


class Candidate(NamedTuple):
    """Somebody whom a doubtful person may be, and why, in sentences of the user's language."""

    key: str
    reasons: tuple[str, ...]
    likeness: int  # 0 to 100: a suggestion, never a match


class Doubt(NamedTuple):
    """A person for whom no rule decides: never a merge. The likeliest candidates come first."""

    key: str
    candidates: tuple[Candidate, ...]


class Decisions(NamedTuple):
    """What people decided: pairs (one key, other key) that are the same student, and pairs that are not."""

    same: frozenset[tuple[str, str]] = frozenset()
    different: frozenset[tuple[str, str]] = frozenset()


class Matching(NamedTuple):
    """One list matched against another: for each key of the incoming list, whom it is, by which rule.

    Two incoming keys are one student only where a decision says so of all but one of them. Doubts are about
    people of the incoming list, in the order of their keys.
    """

    pairs: Mapping[str, tuple[str, MatchRule]]
    doubts: tuple[Doubt, ...]


class PersonLabel(NamedTuple):
    """A person of a list, as the screen of doubts shows them; `listed_in` names the file or campaign."""

    key: str
    last_name: str
    first_name: str
    place: str | None
    birth_date: str | None
    listed_in: str


class Suggestion(NamedTuple):
    """Somebody whom a doubtful person may be, and why: sentences in the user's language."""

    person: PersonLabel
    reasons: tuple[str, ...]
    likeness: int  # 0 to 100


class OpenDoubt(NamedTuple):
    """A doubt on the board: both stay there, to check, until somebody decides; the likeliest first."""

    person: PersonLabel
    candidates: tuple[Suggestion, ...]


class Decided(NamedTuple):
    """A decision that stands, and can be taken back."""

    person: PersonLabel
    other: PersonLabel
    same: bool
    at: str  # ISO 8601, Paris time
    post: str = ""  # of a shared session: the name of the computer it was decided on
