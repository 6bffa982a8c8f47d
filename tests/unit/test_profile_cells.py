"""The cells of profile collections one by one: what each says, what it cannot, and where a file is cut."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import pytest

from pixsession.domain.board.reasons import ReasonCode
from pixsession.domain.pix.competences import CODES, COMPETENCES
from pixsession.domain.pix.participation import Participation
from pixsession.foundation.errors import UnreadableExport
from pixsession.readers.campaign.profiles import line_by_line, read_profiles
from pixsession.readers.export import Contents, ExportKind
from tests.factories.exports import MORNING
from tests.factories.tables import described, table_in, written

SENT, SENT_AT, TOTAL = "Envoi (O/N)", "Date et heure de l'envoi (Europe/Paris)", "Nombre de pix total"
CERTIFIABLE, COUNT = "Certifiable (O/N)", "Nombre de compétences certifiables"
LEVELS = [f"Niveau pour la compétence {competence.name}" for competence in COMPETENCES]
SCORES = [f"Nombre de pix pour la compétence {competence.name}" for competence in COMPETENCES]
LINE = {
    "Nom de l'organisation": "Collège", "ID Campagne": "731958", "Code": "ABCDEF789",
    "Nom de la campagne": "Collecte", "Nom du Participant": "SOREL", "Prénom du Participant": "Lou",
    "Classe": "3eA", SENT: "Oui", SENT_AT: "13/05/2026 14:08", TOTAL: "107", CERTIFIABLE: "Oui", COUNT: "16",
}  # fmt: skip
LINE |= {
    label: cell for pair in zip(LEVELS, SCORES, strict=True) for label, cell in zip(pair, "29", strict=True)
}
LINE |= {SCORES[0]: "18", SCORES[15]: "17"}
PIX = ";".join(["18", *["9"] * 14, "17"])
UNREADABLE, STATE, DATE = (
    ReasonCode.CELL_UNREADABLE,
    ReasonCode.SEND_STATE_UNKNOWN,
    ReasonCode.SEND_DATE_UNKNOWN,
)
NOW = datetime(2026, 11, 26, 10, 0)  # noqa: DTZ001 - Paris time without zone
content = partial(written, LINE)


def read(written: bytes, at: datetime = MORNING) -> Contents:
    return read_profiles(table_in(written), described(at=at))


def one(changed: dict[str, str], without: tuple[str, ...] = ()) -> Participation:
    (line,) = read(content(changed, without=without)).participations
    return line


def doubts(line: Participation) -> list[tuple[ReasonCode, tuple[str, ...]]]:
    return [(doubt.code, doubt.values) for doubt in line.doubts]


def test_every_cell_of_a_line() -> None:
    found = read(content({}))
    (line,) = found.participations
    assert (line.last_name, line.first_name, line.division, line.sent) == ("SOREL", "Lou", "3eA", True)
    assert (line.sent_at, line.pix, line.certifiable) == ("2026-05-13T14:08", 107, True)
    assert (line.certifiable_competences, line.levels, line.competence_pix) == (16, ";".join("2" * 16), PIX)
    assert line.doubts == ()
    assert (found.kind, found.generation, found.at_lines) == (ExportKind.PROFILES, "2024-12", (2,))
    assert (found.one_line_each, found.notes) == (False, ())
    assert found.campaign is not None
    assert (found.campaign.number, found.campaign.organisation) == ("731958", "Collège")
    assert [use.meaning for use in found.columns[7:13]] == [
        *("sent", "sent_at", "pix", "certifiable", "certifiable_competences", "level 1.1"),
    ]


@pytest.mark.parametrize("cell", ["Non", "N"])
def test_before_it_is_sent_there_is_no_profile_and_no_doubt_about_it(cell: str) -> None:
    line = one({SENT: cell, SENT_AT: "hier", TOTAL: "x", LEVELS[0]: "x"})
    assert (line.sent, line.doubts) == (False, ())
    assert (line.sent_at, line.pix, line.certifiable, line.certifiable_competences) == (None,) * 4
    assert (line.levels, line.competence_pix) == (None, None)


@pytest.mark.parametrize(
    ("label", "cell", "field", "value"),
    [
        (TOTAL, "0", "pix", 0),
        (TOTAL, "107,0", "pix", 107),
        (CERTIFIABLE, "Non", "certifiable", False),
        (COUNT, "0", "certifiable_competences", 0),
        (SENT_AT, "2024-05-12", "sent_at", "2024-05-12"),
        (LEVELS[1], "NA", "levels", "2;;" + ";".join("2" * 14)),
        (SCORES[1], "NA", "competence_pix", PIX.replace("9", "", 1)),
    ],
)
def test_what_a_cell_may_say(label: str, cell: str, field: str, value: object) -> None:
    line = one({label: cell})
    assert getattr(line, field) == value
    assert line.doubts == ()


@pytest.mark.parametrize(
    ("label", "cell", "field", "value"),
    [
        (TOTAL, "NA", "pix", None),  # of a profile that was sent, Pix says all of it
        (TOTAL, "x", "pix", None),
        (CERTIFIABLE, "NA", "certifiable", None),
        (COUNT, "x", "certifiable_competences", None),
        (LEVELS[1], "x", "levels", "2;;" + ";".join("2" * 14)),
        (SCORES[1], "x" * 121, "competence_pix", PIX.replace("9", "", 1)),
    ],
)
def test_what_no_cell_can_say_is_unknown_and_quoted(label: str, cell: str, field: str, value: object) -> None:
    found = read(content({}, {label: cell}, {})).participations
    assert getattr(found[1], field) == value
    assert doubts(found[1]) == [(UNREADABLE, ("3", cell[:120]))]
    assert not found[0].doubts and not found[2].doubts


@pytest.mark.parametrize("cell", ["hier", "", "NA"])
def test_a_profile_without_its_date_is_a_doubt(cell: str) -> None:
    line = one({SENT_AT: cell, TOTAL: "x"})
    assert (line.sent_at, line.levels) == (None, ";".join("2" * 16))
    assert doubts(line) == [(DATE, ()), (UNREADABLE, ("2", "x"))]


def test_a_state_that_nobody_can_read_is_the_only_doubt() -> None:
    line = one({SENT: "x" * 200, TOTAL: "y"})
    assert (line.sent, line.levels, doubts(line)) == (None, None, [(STATE, ("2", "x" * 120))])


@pytest.mark.parametrize(
    ("label", "field"),
    [(TOTAL, "pix"), (CERTIFIABLE, "certifiable"), (COUNT, "certifiable_competences")],
)
def test_what_has_no_column_is_unknown_without_a_doubt(label: str, field: str) -> None:
    line = one({}, without=(label,))
    assert (getattr(line, field), line.doubts) == (None, ())


def test_without_a_column_of_dates_each_profile_is_in_doubt() -> None:
    # A level stands right after the column that says who sent: no unknown label is there.
    line = one({}, without=(SENT_AT, TOTAL, CERTIFIABLE, COUNT))
    assert (line.sent_at, line.levels, doubts(line)) == (None, ";".join("2" * 16), [(DATE, ())])
    assert one({SENT: "Non"}, without=(SENT_AT, TOTAL, CERTIFIABLE, COUNT)).doubts == ()


def test_one_competence_is_enough_none_is_refused() -> None:
    assert one({}, without=(*LEVELS[1:], *SCORES)).levels == "2" + ";" * 15
    with pytest.raises(UnreadableExport, match="no column of competences") as refused:
        read(content({}, without=(*LEVELS,)))
    assert refused.value.line == 1


@pytest.mark.parametrize("label", ["Nom du Participant", "Prénom du Participant", SENT])
def test_a_column_that_nobody_can_do_without_is_named(label: str) -> None:
    with pytest.raises(UnreadableExport) as refused:
        read(content({}, labels={label: "Autre"}))
    assert (f"« {label} »" in refused.value.message, refused.value.line) == (True, 1)


@pytest.mark.parametrize(
    ("cells", "is_whole"),
    [
        ({SCORES[15]: "17"}, True),
        ({SCORES[15]: "16"}, True),
        ({SCORES[15]: "23"}, True),
        ({SCORES[15]: "15"}, False),
        ({SCORES[15]: "24"}, False),
        ({SCORES[15]: "1"}, False),  # a digit is missing
        ({SCORES[15]: ""}, False),
        ({SCORES[15]: " "}, False),
        ({SCORES[15]: "N"}, False),
        ({SCORES[15]: "NA"}, True),
        ({SCORES[15]: "0", LEVELS[15]: "0"}, True),
        ({SCORES[15]: "1", LEVELS[15]: "NA"}, True),  # no level says otherwise
    ],
)
def test_the_last_pix_of_a_file_without_a_line_end_fit_the_level(
    cells: dict[str, str], is_whole: bool
) -> None:
    cut = content({}, cells).removesuffix(b"\n")
    if is_whole:
        assert len(read(cut).participations) == 2
        return
    with pytest.raises(UnreadableExport, match="the last line is cut") as refused:
        read(cut)
    assert refused.value.line == 3


def test_a_last_line_tells_by_itself_only_where_it_ends_in_the_pix_of_a_competence() -> None:
    assert read(content({LEVELS[15]: "x"}, without=(*SCORES,)).removesuffix(b"\n")).participations
    assert read(content({}, {SCORES[15]: "1"})).participations[1].competence_pix == f"{PIX[:-2]}1"
    # A row of totals below shows that the row above it is whole.
    assert len(read(content({SCORES[15]: "1"}) + b"Total;;;25").participations) == 1
    without_level = content({SCORES[15]: "1"}, without=(LEVELS[15],)).removesuffix(b"\n")
    assert len(read(without_level).participations) == 1


@pytest.mark.parametrize(
    ("without", "is_whole"), [((), True), ((SCORES[15],), False), ((LEVELS[15],), False)]
)
def test_a_header_alone_is_whole_with_all_its_competences(without: tuple[str, ...], is_whole: bool) -> None:
    assert read(content(without=without)).participations == ()
    header = content(without=without).removesuffix(b"\n")
    if is_whole:
        assert read(header).participations == ()
        return
    with pytest.raises(UnreadableExport, match="the last line is cut") as refused:
        read(header)
    assert refused.value.line == 1


def test_an_export_without_lines_knows_its_campaign_by_its_name_and_says_so() -> None:
    found = read(content())
    assert found.campaign is not None
    assert (found.campaign.number, found.campaign.code) == ("498731", None)
    assert found.notes == ("no line: if students have entered the campaign, download it again",)


def test_what_a_header_has_is_told_in_the_order_of_its_columns_and_quoted_in_part() -> None:
    long = LEVELS[1] + " dompter" * 20
    twice = content({}, labels={"Classe": TOTAL, COUNT: TOTAL, LEVELS[1]: long})
    assert read(twice).notes == (
        f"column “{TOTAL}” stands twice: the first one is read",
        f"competence not known, taken for 1.2 by its place: “{long[:120]}”",
    )
    unknown = content({}, labels={LEVELS[1]: LEVELS[2], LEVELS[2]: "Niveau pour la compétence Jongler"})
    assert read(unknown).notes == ("competence not known: “Niveau pour la compétence Jongler”",)
    other = {
        label: label.replace(competence.name, f"skill {code}")
        for label, competence, code in [
            *zip(LEVELS, COMPETENCES, CODES, strict=True),
            *zip(SCORES, COMPETENCES, CODES, strict=True),
        ]
    }
    assert read(content({}, labels=other)).notes == (
        "competences taken in the order of Pix, their names being in another language",
    )


def test_a_guessed_encoding_and_totals_are_told_too() -> None:
    written = (content({}).decode() + "Total;;;25\n").encode("cp1252")
    found = read_profiles(table_in(written, "cp1252", guessed=True), described())
    assert found.notes == ("encoding guessed: cp1252", "line 3 is a total or a remark: it is left out")
    assert read(content({}) + b"Total;;;25").notes == ("line 3 is a total or a remark: it is left out",)


def dated(*dates: str, same: bool = False, last: dict[str, str] | None = None) -> Contents:
    """A file of profiles sent at these times, of one student or of several; `last` changes the last line."""
    lines = [{SENT_AT: cell, "Nom du Participant": "A" if same else f"N{n}"} for n, cell in enumerate(dates)]
    lines[-1] |= last or {}
    return read(content(*lines), at=NOW)


def test_dates_of_profiles_are_in_the_order_of_the_file() -> None:
    found = dated("10/03/2026 08:00", "11/25/2026 08:00")
    assert [line.sent_at for line in found.participations] == ["2026-10-03T08:00", "2026-11-25T08:00"]
    assert [line.doubts for line in found.participations] == [(), ()]
    assert found.notes == ("dates are read with the month first, as “11/25/2026 08:00” tells",)


def test_a_line_that_was_not_sent_keeps_what_it_says() -> None:
    found = dated("10/03/2026 08:00", "11/25/2026 08:00", "10/05/2026 08:00", last={SENT: "Non"})
    last = found.participations[2]
    assert (last.sent, last.sent_at, last.doubts) == (False, None, ())
    asked = dated("10/03/2026 08:00", "11/25/2026 08:00", "10/05/2026 08:00", last={SENT: "x"})
    assert doubts(asked.participations[2]) == [(STATE, ("4", "x"))]


def test_a_date_that_no_order_can_read_stays_the_first_doubt() -> None:
    found = dated("11/25/2026 08:00", "hier", last={TOTAL: "x"}).participations[1]
    assert (found.sent_at, doubts(found)) == (None, [(DATE, ()), (UNREADABLE, ("3", "x"))])


def test_open_dates_are_told_where_another_profile_may_be_the_latest() -> None:
    higher = {LEVELS[0]: "3", SCORES[0]: "24"}
    alone = dated("10/03/2026 08:00", "10/04/2026 08:00", last=higher)
    assert alone.notes == ()
    assert [code for line in alone.participations for code, _values in doubts(line)] == [
        ReasonCode.SEND_DATE_AMBIGUOUS,
        ReasonCode.SEND_DATE_AMBIGUOUS,
    ]
    both = dated("10/03/2026 08:00", "05/04/2026 08:00", same=True, last=higher)
    assert both.notes == ("day or month first? nothing in the file tells",)
    assert {line.sent_at for line in both.participations} == {"2026-03-10T08:00", "2026-04-05T08:00"}
    others = ({SENT_AT: "10/06/2026 08:00", "Nom du Participant": name} for name in "ZY")
    lines = ({SENT_AT: "10/03/2026 08:00"}, {SENT_AT: "05/04/2026 08:00"} | higher)
    assert read(content(*others, *lines), at=NOW).notes == both.notes


def test_lines_are_read_one_by_one_as_pix_writes_them() -> None:
    form = line_by_line([*LINE])
    reader = form.new_reader()
    line = reader.read(7, [*(LINE | {"Classe": "'601"}).values()])
    assert (line.division, line.levels, line.sent_at) == ("'601", ";".join("2" * 16), "2026-05-13T14:08")
    assert reader.head.campaign is not None
    assert form.new_reader().head.campaign is None
    with pytest.raises(UnreadableExport) as refused:
        reader.read(8, [*(LINE | {"ID Campagne": "9"}).values()])
    assert refused.value.line == 8
