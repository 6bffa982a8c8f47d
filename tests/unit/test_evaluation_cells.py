"""The cells of evaluations one by one: what each says, what it cannot say, and when they were shared."""

from __future__ import annotations

from datetime import datetime

import pytest

from pixsession.domain.board.reasons import ReasonCode
from pixsession.domain.pix.assessment import AssessmentLine, Mastery, SkillState
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.campaign.assessments import looks_like_assessment, read_assessment
from pixsession.readers.export import Contents
from tests.factories.tables import assessment, described, table_in

STARTED, SHARED_AT = "Date et heure de début (Europe/Paris)", "Date et heure du partage (Europe/Paris)"
SHARED, PROGRESS, STAGE, BADGE = "Partage (O/N)", "% de progression", "Palier obtenu (/3)", "Or obtenu (O/N)"
MASTERY, SKILL = "% maitrise de l'ensemble des acquis du profil", "@moteur1"
RATE = "% de maitrise des acquis de la compétence Interagir"
TARGETED = "Nombre d'acquis du profil cible dans la compétence Interagir"
MASTERED = "Acquis maitrisés dans la compétence Interagir"
LINE = {
    "Nom de l'organisation": "Collège", "ID Campagne": "498731", "Code": "ABCDEF123",
    "Nom de la campagne": "SOS", "Parcours": "SOS", "Nom du Participant": "TILLIER",
    "Prénom du Participant": "Rose", "Classe": "3eA", PROGRESS: "0,5", STARTED: "12/03/2026 08:00",
    SHARED: "Oui", SHARED_AT: "12/03/2026 08:30", STAGE: "2", BADGE: "Oui", MASTERY: "0,4", RATE: "0,5",
    TARGETED: "4", MASTERED: "2", SKILL: "OK",
}  # fmt: skip
UNREADABLE = ReasonCode.CELL_UNREADABLE


def content(*lines: dict[str, str], without: tuple[str, ...] = (), last: str | None = None) -> bytes:
    """A file of these lines, each what it changes of a plain one; `last` is moved to the end."""
    labels = [label for label in LINE if label not in (*without, last)] + ([last] if last else [])
    rows = [labels, *([(LINE | line)[label] for label in labels] for line in lines)]
    return "".join(";".join(row) + "\n" for row in rows).encode()


def one(changed: dict[str, str]) -> AssessmentLine:
    (line,) = assessment(content(changed)).assessments
    return line


def doubts(line: AssessmentLine) -> list[tuple[ReasonCode, tuple[str, ...]]]:
    return [(doubt.code, doubt.values) for doubt in line.doubts]


def test_every_cell_of_a_line() -> None:
    line = one({})
    assert (line.last_name, line.first_name, line.division, line.shared) == ("TILLIER", "Rose", "3eA", True)
    assert (line.started_at, line.shared_at) == ("2026-03-12T08:00", "2026-03-12T08:30")
    assert (line.progress, line.mastery, line.stage, line.stage_max) == (0.5, 0.4, 2, 3)
    assert line.badges == (("Or", True),)
    assert line.competences == (("2.1", Mastery(0.5, 4, 2)),)
    assert (line.areas, line.skills, line.doubts) == ((), (("@moteur1", SkillState.OK),), ())


@pytest.mark.parametrize("shared", ["Non", "N"])
def test_before_they_are_shared_there_are_no_results_and_no_doubt_about_them(shared: str) -> None:
    line = one({SHARED: shared, SHARED_AT: "hier", STAGE: "x", MASTERY: "x", RATE: "x", SKILL: "x"})
    assert (line.shared, line.progress, line.started_at) == (False, 0.5, "2026-03-12T08:00")
    assert (line.shared_at, line.stage, line.mastery) == (None, None, None)
    assert (line.badges, line.competences, line.skills, line.doubts) == ((), (), (), ())


@pytest.mark.parametrize(
    ("label", "cell", "field", "value"),
    [
        (PROGRESS, "1", "progress", 1.0),
        (PROGRESS, "100 %", "progress", 1.0),
        (PROGRESS, "0", "progress", 0.0),
        (STAGE, "3", "stage", 3),
        (STAGE, "0", "stage", 0),
        (STAGE, "NA", "stage", None),
        (MASTERY, "NA", "mastery", None),
        (SHARED_AT, "NA", "shared_at", None),
        (STARTED, "NA", "started_at", None),
        (BADGE, "Non", "badges", (("Or", False),)),
        (BADGE, "NA", "badges", (("Or", None),)),
        (SKILL, "KO", "skills", (("@moteur1", SkillState.KO),)),
        (SKILL, "Non testé", "skills", (("@moteur1", SkillState.NOT_TESTED),)),
        (SKILL, "NA", "skills", (("@moteur1", None),)),
        (MASTERED, "4", "competences", (("2.1", Mastery(0.5, 4, 4)),)),
        (MASTERED, "NA", "competences", (("2.1", Mastery(0.5, 4, None)),)),
        (TARGETED, "NA", "competences", (("2.1", Mastery(0.5, None, 2)),)),
        (RATE, "NA", "competences", (("2.1", Mastery(None, 4, 2)),)),
    ],
)
def test_what_a_cell_may_say(label: str, cell: str, field: str, value: object) -> None:
    line = one({label: cell})
    assert getattr(line, field) == value
    assert not line.doubts


@pytest.mark.parametrize(
    ("label", "cell", "field", "value", "quoted"),
    [
        (PROGRESS, "1,01", "progress", None, "1,01"),
        (PROGRESS, "101 %", "progress", None, "101 %"),
        (STAGE, "4", "stage", None, "4"),
        (STAGE, "x", "stage", None, "x"),
        (MASTERY, "x", "mastery", None, "x"),
        (SHARED_AT, "hier", "shared_at", None, "hier"),
        (STARTED, "hier", "started_at", None, "hier"),
        (BADGE, "x", "badges", (("Or", None),), "x"),
        (SKILL, "x", "skills", (("@moteur1", None),), "x"),
        (MASTERED, "5", "competences", (("2.1", Mastery(0.5, None, None)),), "0,5 / 4 / 5"),
        (MASTERED, "x", "competences", (("2.1", Mastery(0.5, 4, None)),), "0,5 / 4 / x"),
        (TARGETED, "x", "competences", (("2.1", Mastery(0.5, None, 2)),), "0,5 / x / 2"),
        (RATE, "x", "competences", (("2.1", Mastery(None, 4, 2)),), "x / 4 / 2"),
    ],
)
def test_what_no_cell_can_say_is_unknown_and_quoted(
    label: str, cell: str, field: str, value: object, quoted: str
) -> None:
    found = assessment(content({}, {label: cell, "Nom du Participant": "SOREL"}, {})).assessments
    assert getattr(found[1], field) == value
    assert doubts(found[1]) == [(UNREADABLE, ("3", quoted))]
    assert not found[0].doubts and not found[2].doubts


def test_a_share_that_nobody_can_read_is_the_first_doubt() -> None:
    line = one({SHARED: "x" * 200, PROGRESS: "y" * 200})
    assert doubts(line) == [
        (ReasonCode.SEND_STATE_UNKNOWN, ("2", "x" * 120)),
        (UNREADABLE, ("2", "y" * 120)),
    ]


@pytest.mark.parametrize("label", [PROGRESS, STARTED, SHARED_AT, STAGE, BADGE, SKILL])
def test_what_has_no_column_is_unknown_without_a_doubt(label: str) -> None:
    (line,) = assessment(content({}, without=(label,))).assessments
    assert not line.doubts
    fields = {PROGRESS: "progress", STARTED: "started_at", SHARED_AT: "shared_at", STAGE: "stage"}
    assert getattr(line, fields.get(label, {BADGE: "badges", SKILL: "skills"}.get(label, ""))) in (None, ())


@pytest.mark.parametrize(
    ("last", "cell", "is_whole"),
    [
        (SKILL, "OK", True),
        (SKILL, "NA", True),
        (SKILL, "O", False),
        (SKILL, "", False),
        (BADGE, "Oui", True),
        (BADGE, "Ou", False),
        (MASTERED, "2", True),
        (MASTERED, "NA", True),
        (MASTERED, "1", False),
        (MASTERED, "", False),
        (MASTERY, "0,4", False),  # nothing tells whether a digit is missing
        (STAGE, "2", False),
    ],
)
def test_a_last_cell_without_a_line_end_must_tell_that_it_is_whole(
    last: str, cell: str, is_whole: bool
) -> None:
    cut = content({}, {last: cell}, last=last).removesuffix(b"\n")
    if is_whole:
        assert len(assessment(cut).assessments) == 2
        return
    with pytest.raises(UnreadableExport) as refused:
        assessment(cut)
    assert refused.value.line == 3


@pytest.mark.parametrize(
    ("rate", "targeted", "mastered", "is_whole"),
    [("0,67", "3", "2", True), ("0,33", "12", "4", True), ("0,33", "12", "5", False), ("NA", "4", "2", False),
     ("0,5", "NA", "2", False),
     ("0", "0", "0", False), ("0", "4", "0", True)],
)  # fmt: skip
def test_a_number_of_skills_is_whole_where_it_fits_the_rate(
    rate: str, targeted: str, mastered: str, is_whole: bool
) -> None:
    line = {RATE: rate, TARGETED: targeted, MASTERED: mastered}
    cut = content(line, last=MASTERED).removesuffix(b"\n")
    if is_whole:
        assert len(assessment(cut).assessments) == 1
    else:
        with pytest.raises(UnreadableExport):
            assessment(cut)


@pytest.mark.parametrize("label", ["Nom du Participant", "Prénom du Participant", SHARED])
def test_a_column_that_nobody_can_do_without_is_named(label: str) -> None:
    other = {SHARED: "Partagé ?"}.get(label, "Autre")
    without = content({}).replace(label.encode(), other.encode())
    with pytest.raises(UnreadableExport) as refused:
        read_assessment(table_in(without), described())
    assert (label in refused.value.message, refused.value.line) == (True, 1)


def test_the_campaign_is_that_of_the_lines_else_that_of_the_name() -> None:
    found, empty = assessment(content({"ID Campagne": "7"})).campaign, assessment(content()).campaign
    assert found is not None
    assert (found.number, found.code, found.name, found.path) == ("7", "ABCDEF123", "SOS", "SOS")
    assert empty is not None
    assert (empty.number, empty.code) == ("498731", None)


def test_a_header_without_its_line_end_is_refused() -> None:
    with pytest.raises(UnreadableExport) as refused:
        assessment(content().removesuffix(b"\n"))
    assert refused.value.line == 1


@pytest.mark.parametrize("total", [b"Total;;;25\n", b"Total;;;25"])
def test_totals_under_evaluations_are_left_out(total: bytes) -> None:
    found = assessment(content({}, {STAGE: "1"}) + total)
    assert [line.stage for line in found.assessments] == [2, 1]
    assert found.notes == ("line 4 is a total or a remark: it is left out",)


NOW = datetime(2026, 11, 26, 10, 0)  # noqa: DTZ001 - Paris time without zone


def dated(*dates: tuple[str, str], names: str = "ABCDEF") -> Contents:
    """A file of evaluations that were begun and shared at these times."""
    lines = [
        {STARTED: started, SHARED_AT: shared, "Nom du Participant": name}
        for (started, shared), name in zip(dates, names, strict=False)
    ]
    return assessment(content(*lines), at=NOW)


def test_dates_of_evaluations_are_in_the_order_of_the_file() -> None:
    found = dated(("10/03/2026 08:00", "10/04/2026 08:00"), ("11/25/2026 08:00", "11/26/2026 08:00"))
    first, second = found.assessments
    assert (first.started_at, first.shared_at) == ("2026-10-03T08:00", "2026-10-04T08:00")
    assert (second.started_at, second.shared_at) == ("2026-11-25T08:00", "2026-11-26T08:00")
    assert not first.doubts and not second.doubts  # what can be read now is no doubt any more
    assert [("month first" in note, "11/25/2026 08:00" in note) for note in found.notes] == [(True, True)]


def test_in_no_order_has_a_line_that_was_not_shared_a_date_of_it() -> None:
    line = {STARTED: "10/03/2026 08:00", SHARED_AT: "11/26/2026 08:00"}
    others = ({STARTED: "11/25/2026 08:00", SHARED_AT: "11/25/2026 08:00"}, line | {SHARED: "x"})
    found = assessment(content(line | {SHARED: "Non"}, *others), at=NOW).assessments
    assert [line.started_at for line in found] == ["2026-10-03T08:00", "2026-11-25T08:00", "2026-10-03T08:00"]
    assert [line.shared_at for line in found] == [None, "2026-11-25T08:00", None]


def test_a_date_that_no_order_can_read_stays_a_doubt() -> None:
    (first, _second) = dated(("hier", "NA"), ("11/25/2026 08:00", "11/26/2026 08:00")).assessments
    assert (first.started_at, first.shared_at, doubts(first)) == (None, None, [(UNREADABLE, ("2", "hier"))])


def test_open_dates_are_told_where_somebody_has_shared_twice() -> None:
    dates = (("10/03/2026 08:00", "10/04/2026 08:00"), ("10/05/2026 08:00", "10/06/2026 08:00"))
    assert dated(*dates, names="AB").notes == ()
    assert [("nothing in the file tells" in note) for note in dated(*dates, names="AA").notes] == [True]
    once = content(
        *(
            {STARTED: day, SHARED_AT: day, SHARED: cell}
            for (day, _), cell in zip(dates, ("Oui", "Non"), strict=True)
        )
    )
    assert assessment(once, at=NOW).notes == ()
    assert dated(*dates, names="AB").assessments[0].started_at == "2026-03-10T08:00"


@pytest.mark.parametrize(
    ("labels", "is_one"),
    [
        ([SHARED, MASTERY], True),
        ([SHARED, PROGRESS], True),
        ([SHARED, STARTED], True),
        ([SHARED, SHARED_AT], True),
        ([SHARED, "Classe"], False),
        ([MASTERY, PROGRESS, STARTED, SHARED_AT], False),
        ([SHARED], False),
        ([], False),
    ],
)
def test_what_makes_a_header_that_of_an_evaluation(labels: list[str], is_one: bool) -> None:
    assert looks_like_assessment(labels) is is_one
