"""The generator of sample exports: the syntax of Pix, the truth beside it, and the same bytes every time."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pixsession.domain.pix.competences import COMPETENCES
from pixsession.domain.pix.eligibility import Eligibility
from tests.factories.examples import examples
from tests.factories.reached import reached
from tests.factories.samples import (
    LANGUAGES,
    ExportFile,
    Generation,
    Layout,
    Participation,
    SampleCampaign,
    Send,
    Student,
    big_export,
    crowd,
    headers,
    profiles_export,
)
from tests.factories.samples.generations import file_name
from tests.factories.samples.names import AWKWARD_NAMES
from tests.factories.samples.students import max_level
from tests.factories.samples.writer import StudentTruth, cell

SIX_OF_SIXTEEN = (8, 9, 16, 0, 24, 56, 8, *[7] * 9)
EVERYTHING = Layout(
    division=True, group=True, student_number=True, external_id="Identifiant", extra_columns=("Cycle", "Rang")
)
ANY_CELL = re.compile(r'"(?:[^"]|"")*"|[0-9-]+')


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def one_student(**changes: object) -> Student:
    send = Send(moment("2026-03-11T10:30"), SIX_OF_SIXTEEN)
    plain = Student("DURIEUX", "Zoé", (Participation(moment("2026-03-11T10:00"), send),), "3eA")
    return replace(plain, **changes)  # type: ignore[arg-type]


def export_of(*students: Student, generation: Generation = Generation.PARIS_MINUTES) -> ExportFile:
    return profiles_export(students, generation, Layout(), moment("2026-03-12T09:45"))


def rows_of(export: ExportFile) -> list[list[str]]:
    text = export.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))


def unescaped(text: str) -> str:
    return text[1:] if re.match(r"'[-@=+]", text) else text


class TestSyntax:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("3eA", '"3eA"'),
            ("301", "301"),
            ("3-1", "3-1"),
            ("-", "-"),
            ("2021-12-16", "2021-12-16"),
            ("0012", "0012"),
            ("12/03/2026 09:31", '"12/03/2026 09:31"'),
            ("3e1", '"3e1"'),
            ("", '""'),
            (None, '""'),
            (True, '""'),
            (731958, "731958"),
            (0.67, "0,67"),
            ("-MOREAU", '"\'-MOREAU"'),
            ("=SOREL", '"\'=SOREL"'),
            ("@VIDAL", '"\'@VIDAL"'),
            ("+33 6", '"\'+33 6"'),
            ("'T HOOFT", '"\'T HOOFT"'),
            ('dit "Léo"', '"dit ""Léo"""'),
            ("Anne\nLaure", '"Anne\nLaure"'),
            ("٣", '"٣"'),
        ],
    )
    def test_cells(self, value: str | float | None, written: str) -> None:
        assert cell(value) == written

    @pytest.mark.parametrize("generation", Generation)
    def test_bytes(self, generation: Generation) -> None:
        content = big_export(60, 3, generation, EVERYTHING).content
        assert content.startswith(b'\xef\xbb\xbf"')
        assert content.count(b"\xef\xbb\xbf") == 1
        assert content.endswith(b"\n")
        assert b"\r" not in content

    def test_every_cell_is_quoted_text_or_bare_digits(self) -> None:
        text = big_export(300, 4, layout=EVERYTHING).content.decode("utf-8-sig")
        for line in re.findall(r'(?:[^"\n]|"(?:[^"]|"")*")+\n', text):
            assert re.fullmatch(rf"(?:(?:{ANY_CELL.pattern});)*(?:{ANY_CELL.pattern})\n", line), line

    def test_names_that_hurt_come_back_whole(self) -> None:
        students = [
            one_student(last_name=last, first_name=first, division=f"{number}")
            for number, (last, first) in enumerate(AWKWARD_NAMES)
        ]
        read = {(unescaped(row[4]), unescaped(row[5])) for row in rows_of(export_of(*students))[1:]}
        assert read == set(AWKWARD_NAMES)

    def test_an_unsent_line_is_missing_in_words(self) -> None:
        row = rows_of(export_of(one_student(participations=(Participation(moment("2026-03-12T08:00")),))))[1]
        assert row[7:] == ["Non", *["NA"] * 36]

    def test_a_sent_line(self) -> None:
        row = rows_of(export_of(one_student()))[1]
        assert row[4:12] == ["DURIEUX", "Zoé", "3eA", "Oui", "11/03/2026 10:30", "184", "Oui", "6"]
        assert row[12:18] == ["1", "8", "1", "9", "2", "16"]

    def test_a_column_without_name_leaves_its_cells(self) -> None:
        layout = Layout(extra_columns=("Cycle", ""))
        student = one_student(extras=("4", "bleu"))
        export = profiles_export([student], Generation.PARIS_MINUTES, layout, moment("2026-03-12T09:45"))
        header, row = rows_of(export)
        assert len(row) == len(header) + 1
        assert row[6:9] == ["4", "bleu", "3eA"]


class TestGenerations:
    COMPETENCE_COLUMNS = tuple(
        text
        for competence in COMPETENCES
        for text in (
            f"Niveau pour la compétence {competence.name}",
            f"Nombre de pix pour la compétence {competence.name}",
        )
    )
    AFTER = "Nombre de pix total|Certifiable (O/N)|Nombre de compétences certifiables"
    BEFORE = "Nom de l'organisation|ID Campagne"
    NAMES = "Nom de la campagne|Nom du Participant|Prénom du Participant"

    @pytest.mark.parametrize(
        ("generation", "layout", "expected"),
        [
            (Generation.NAMES_ONLY, Layout(), f"{BEFORE}|{NAMES}|Envoi (O/N)|Date de l'envoi|{AFTER}"),
            (Generation.WITH_CLASS, Layout(), f"{BEFORE}|{NAMES}|Classe|Envoi (O/N)|Date de l'envoi|{AFTER}"),
            (
                Generation.WITH_GROUP,
                Layout(division=False, group=True, student_number=True),
                f"{BEFORE}|{NAMES}|Groupe|Numéro Étudiant|Envoi (O/N)|Date de l'envoi|{AFTER}",
            ),
            (
                Generation.WITH_CODE,
                Layout(external_id="Matricule"),
                f"{BEFORE}|Code|{NAMES}|Classe|Matricule|Envoi (O/N)|Date de l'envoi|{AFTER}",
            ),
            (
                Generation.EVERY_PARTICIPATION,
                Layout(division=False, extra_columns=("Cycle", "INE")),
                f"{BEFORE}|Code|{NAMES}|Cycle|INE|Envoi (O/N)|Date de l'envoi|{AFTER}",
            ),
            (
                Generation.PARIS_MINUTES,
                EVERYTHING,
                f"{BEFORE}|Code|{NAMES}|Cycle|Rang|Groupe|Classe|Numéro Étudiant|Identifiant|Envoi (O/N)"
                f"|Date et heure de l'envoi (Europe/Paris)|{AFTER}",
            ),
        ],
    )
    def test_headers(self, generation: Generation, layout: Layout, expected: str) -> None:
        assert headers(generation, layout) == [*expected.split("|"), *self.COMPETENCE_COLUMNS]

    def test_english_headers(self) -> None:
        expected = [
            *("Organisation’s name", "Campaign ID", "Campaign's name", "Participant's last name"),
            *("Participant's first name", "Group", "Student number", "Sent (Y/N)", "Sent on"),
            *("Total pix score", "Eligible for certification (Y/N)"),
            "Number of competences eligible for certification",
            "Level reached in the competence Interagir",
        ]
        layout = Layout(division=False, group=True, student_number=True, language="en")
        found = headers(Generation.WITH_GROUP, layout)
        assert found[:12] == expected[:12]
        assert expected[12] in found

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("generation", Generation)
    def test_every_line_is_as_wide_as_its_header(self, generation: Generation, language: str) -> None:
        export = big_export(40, 5, generation, replace(EVERYTHING, language=language))
        widths = {len(row) for row in rows_of(export)}
        assert widths == {len(headers(generation, replace(EVERYTHING, language=language)))}
        words = LANGUAGES[language]
        sent = headers(generation, replace(EVERYTHING, language=language)).index(words.sent)
        assert {row[sent] for row in rows_of(export)[1:]} == {words.yes, words.no}

    def test_names_in_a_header_are_escaped_as_for_a_page(self) -> None:
        names = ("L'essentiel & plus", *[str(number) for number in range(15)])
        found = headers(Generation.PARIS_MINUTES, Layout(competence_names=names))
        assert "Niveau pour la compétence L&#39;essentiel &amp; plus" in found

    @pytest.mark.parametrize(
        ("generation", "written", "meant"),
        [
            (Generation.WITH_CLASS, "2021-06-14", "2021-06-14"),
            (Generation.UTC_MOMENTS, "2021-06-14T22:30:00Z", "2021-06-15T00:30"),
            (Generation.PARIS_MINUTES, "15/06/2021 00:30", "2021-06-15T00:30"),
        ],
    )
    def test_a_send_just_after_midnight(self, generation: Generation, written: str, meant: str) -> None:
        send = Send(moment("2021-06-15T00:30"), SIX_OF_SIXTEEN)
        student = one_student(participations=(Participation(moment("2021-06-15T00:10"), send),))
        export = export_of(student, generation=generation)
        assert written in rows_of(export)[1]
        assert export.truth[0].sent_at == meant

    @pytest.mark.parametrize(
        ("name", "at", "language", "expected"),
        [
            ("Collecte 3ème B – n°2", "2026-05-12T14:08", "fr",
             "Resultats-Collecte 3_me B _ n_2-7-2026-05-12-1408"),
            ("d'été & a/b", "2026-05-12T14:08", "fr", "Resultats-d__39__t_ _amp_ a__x2F_b-7-2026-05-12-1408"),
            ("Campagne d'été", "2022-11-15T09:00", "fr", "Resultats-Campagne d__t_-7-2022-11-15-0800"),
            ("Collecte", "2020-06-16T16:30", "en", "Results-Collecte-7-2020-06-16-0230"),
            ("Collecte", "2026-01-05T08:00", "it", "Risultati-Collecte-7-2026-01-05-0800"),
        ],
    )  # fmt: skip
    def test_names_of_files(self, name: str, at: str, language: str, expected: str) -> None:
        assert file_name(name, 7, moment(at), language) == f"{expected}.csv"

    def test_before_2024_only_the_newest_participation_is_exported(self) -> None:
        again = Participation(moment("2026-03-12T08:30"))
        student = one_student(participations=(*one_student().participations, again))
        old = export_of(student, generation=Generation.WITH_CODE).truth[0]
        new = export_of(student, generation=Generation.EVERY_PARTICIPATION).truth[0]
        assert (old.eligibility, old.rows, old.pix) == (Eligibility.NOT_SENT, 1, None)
        assert (new.eligibility, new.rows, new.pix) == (Eligibility.ELIGIBLE, 2, 184)

    @pytest.mark.parametrize(("at", "level"), [("2020-11-30", 5), ("2020-12-01", 6), ("2026-03-12", 7)])
    def test_levels_are_capped_by_the_period(self, at: str, level: int) -> None:
        assert max_level(moment(at)) == level
        export = profiles_export(
            crowd(400, 6, moment(at)), Generation.PARIS_MINUTES, Layout(), moment(at) + timedelta(hours=1)
        )
        highest = max(max(truth.levels) for truth in export.truth if truth.levels)
        assert highest == level


def levels_in(row: list[str], start: int) -> tuple[int, ...]:
    return tuple(int(text) for text in row[start::2])


def agree(export: ExportFile, truth: StudentTruth, rows: list[list[str]]) -> None:
    """What the lines of one student say, read here by position, is what the truth says."""
    sent = [row for row in rows if row[7] == "Oui"]
    assert (len(rows), len(sent)) == (truth.rows, truth.sends)
    if not sent:
        assert truth.eligibility is Eligibility.NOT_SENT
        assert truth.pix is None
        return
    last = max(sent, key=lambda row: datetime.strptime(row[8], "%d/%m/%Y %H:%M"))  # noqa: DTZ007
    assert datetime.strptime(last[8], "%d/%m/%Y %H:%M") == moment(truth.sent_at or "")  # noqa: DTZ007
    levels, pix = levels_in(last, 12), levels_in(last, 13)
    assert (levels, pix) == (truth.levels, truth.competence_pix)
    assert levels == tuple(value // 8 for value in pix)
    assert int(last[9]) == truth.pix
    assert abs(int(last[9]) - sum(pix)) <= 5
    count = sum(level >= 1 for level in levels)
    assert count == truth.eligible_competences
    honest = (last[10], int(last[11])) == ("Oui" if count >= 5 else "Non", count)
    expected = Eligibility.ELIGIBLE if count >= 5 else Eligibility.NOT_ELIGIBLE
    assert truth.eligibility is (expected if honest else Eligibility.TO_CHECK)


class TestTruth:
    @examples(12)
    @given(seed=st.integers(0, 2**32), count=st.integers(1, 90))
    def test_the_truth_is_what_the_lines_say(self, seed: int, count: int) -> None:
        export = big_export(count, seed)
        rows = rows_of(export)[1:]
        reached()
        assert len(export.truth) == count
        assert len(rows) == export.rows
        lines: dict[tuple[str, str, str], list[list[str]]] = {}
        for row in rows:
            lines.setdefault((unescaped(row[4]), unescaped(row[5]), row[6]), []).append(row)
        assert all(truth.told_apart for truth in export.truth)
        for truth in export.truth:
            agree(export, truth, lines[truth.last_name, truth.first_name, truth.division or ""])

    def test_sends_come_with_time(self) -> None:
        send = Send(moment("2026-03-12T09:31"), SIX_OF_SIXTEEN)
        student = one_student(participations=(Participation(moment("2026-03-12T09:20"), send),))
        states = [
            [truth.eligibility for truth in profiles_export(
                [student], Generation.PARIS_MINUTES, Layout(), moment(f"2026-03-12T{clock}")).truth]
            for clock in ("09:15", "09:30", "09:45")
        ]  # fmt: skip
        assert states == [[], [Eligibility.NOT_SENT], [Eligibility.ELIGIBLE]]

    def test_namesakes_without_a_class_are_not_told_apart(self) -> None:
        pair = (one_student(), one_student(division="3eB"), one_student(last_name="DURIEZ"))
        export = profiles_export(
            pair, Generation.PARIS_MINUTES, Layout(division=False), moment("2026-03-12T09:45")
        )
        assert [truth.told_apart for truth in export.truth] == [False, False, True]
        assert all(truth.told_apart for truth in export_of(*pair).truth)

    def test_a_profile_has_sixteen_competences(self) -> None:
        with pytest.raises(ValueError, match="15"):
            Send(moment("2026-03-12T09:31"), SIX_OF_SIXTEEN[:15])


def test_a_campaign_of_ones_own() -> None:
    campaign = SampleCampaign("Lycée Imaginaire", 42, "123", "Collecte")
    export = profiles_export(
        [one_student()], Generation.WITH_CODE, Layout(), moment("2026-03-12T09:45"), campaign
    )
    assert export.name == "Resultats-Collecte-42-2026-03-12-0945.csv"
    assert b'\n"Lyc\xc3\xa9e Imaginaire";42;123;"Collecte";' in export.content
