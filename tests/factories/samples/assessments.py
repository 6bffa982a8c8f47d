"""Evaluation exports byte for byte as Pix writes them, of any form since 2018, with the truth they imply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pixsession.domain.people.students import name_key
from pixsession.domain.pix.assessment import AssessmentLine, SkillState
from tests.factories.samples.generations import LANGUAGES, Generation, escaped, file_name, send_cell, sent_at
from tests.factories.samples.names import draw_name
from tests.factories.samples.paths import HALF_GROUP_PATH, SOS_PATH, SamplePath, wide_path
from tests.factories.samples.seeded_random import Dice
from tests.factories.samples.writer import (
    BOM,
    DEFAULT_CAMPAIGN,
    MISSING,
    Download,
    SampleCampaign,
    as_written,
    cell,
)

OLD_MISSING = "Non Disponible"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `{name}` is that of a competence, area or badge, `{count}` of the stages."""

    path: tuple[str, str]  # before June 2023 (the year is a guess), since
    progress: str
    started: tuple[str, str, str]  # in the order of SendForm
    shared: str
    shared_on: tuple[str, str, str]
    stage: str
    badge: str
    mastery: str
    competence: tuple[str, str, str]
    area: tuple[str, str, str]
    not_tested: str


WORDS = {
    "fr": Words(
        ("Nom du Profil Cible", "Parcours"), "% de progression",
        ("Date de début", "Date et heure de début (UTC)", "Date et heure de début (Europe/Paris)"),
        "Partage (O/N)",
        ("Date du partage", "Date et heure du partage (UTC)", "Date et heure du partage (Europe/Paris)"),
        "Palier obtenu (/{count})", "{name} obtenu (O/N)", "% maitrise de l'ensemble des acquis du profil",
        ("% de maitrise des acquis de la compétence {name}",
         "Nombre d'acquis du profil cible dans la compétence {name}",
         "Acquis maitrisés dans la compétence {name}"),
        ("% de maitrise des acquis du domaine {name}", "Nombre d'acquis du profil cible du domaine {name}",
         "Acquis maitrisés du domaine {name}"),
        "Non testé",
    ),
    "en": Words(
        ("Target profile’s name", "Customised test"), "% of progression",
        ("Started on", "Started on (UTC)", "Started on (Europe/Paris)"), "Shared (Y/N)",
        ("Shared on", "Shared on (UTC)", "Shared on (Europe/Paris)"),
        "Success rate (/{count})", "{name} (Y/N)", "% of items successfully completed in the target profile",
        ("% of items successfully completed in the competence {name}",
         "Number of items of the target profile in the competence {name}",
         "Items of the target profile successfully completed in the competence {name}"),
        ("% of items successfully completed in the competence area {name}",
         "Number of items of the target profile in the competence area {name}",
         "Items of the target profile successfully completed in the competence area {name}"),
        "Not tested",
    ),
    "de": Words(
        ("Parcours", "Parcours"), "% Fortschritt",
        ("Datum und Uhrzeit des Beginns (Europa/Paris)",) * 3, "Teilen (J/N)",
        ("Datum und Uhrzeit der Teilung (Europa/Paris)",) * 3,
        "Erreichte Stufe (/{count})", "{name} erhalten (J/N)",
        "% Beherrschung aller Errungenschaften des Profils",
        ("% Beherrschung der Lernergebnisse der Kompetenz {name}.",
         "Anzahl der Lernergebnisse des Zielprofils in der Kompetenz {name}.",
         "Beherrschte Lernergebnisse in der Kompetenz {name}."),
        ("% Beherrschung der Lernergebnisse im Bereich {name}.",
         "Anzahl der Lernergebnisse des Zielprofils des Bereichs {name}.",
         "Beherrschte Lernergebnisse im Bereich {name}."),
        "Nicht getestet",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attempt:
    """One participation: begun, at its last question, shared or not; and the skills that were mastered."""

    started_at: datetime
    finished_at: datetime
    shared_at: datetime | None
    mastered: frozenset[str]
    deleted_at: datetime | None = None

    def is_there(self, moment: datetime) -> bool:
        """Whether an export of this moment has its line."""
        return self.started_at <= moment and (self.deleted_at is None or moment < self.deleted_at)

    def is_shared(self, moment: datetime) -> bool:
        """Whether an export of this moment shows its results."""
        return self.shared_at is not None and self.shared_at <= moment

    def progress(self, moment: datetime) -> float:
        """How far it was at this moment: 0 to 1, three decimals."""
        if moment >= self.finished_at:
            return 1
        whole = (self.finished_at - self.started_at).total_seconds()
        return round((moment - self.started_at).total_seconds() / whole, 3)


@dataclass(frozen=True, slots=True)
class AssessedStudent:
    """Someone who does not exist. Which of the identifiers an export shows depends on its form."""

    last_name: str
    first_name: str
    attempts: tuple[Attempt, ...]
    division: str = ""
    group: str = ""
    student_number: str = ""
    external_id: str = ""
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessmentForm:
    """How an export looks: since when, in which language, and which columns a school has."""

    generation: Generation = Generation.PARIS_MINUTES
    language: str = "fr"
    in_percent: bool = False  # before November 2018
    division: bool = True
    group: bool = False
    student_number: bool = False
    external_id: str | None = None
    extra_columns: tuple[str, ...] = ()
    progress: bool = True  # exams of 2025 have none
    skills: bool = False

    def within(self) -> AssessmentForm:
        """Without what its generation did not know."""
        return replace(
            self,
            division=self.division and self.generation.has(Generation.WITH_CLASS),
            group=self.group and self.generation.has(Generation.WITH_GROUP),
            extra_columns=self.extra_columns if self.generation.has(Generation.EVERY_PARTICIPATION) else (),
        )


@dataclass(frozen=True, slots=True)
class AssessmentFile(Download):
    """One evaluation export; `truth` in the order of the file, worked out from the students."""

    truth: tuple[AssessmentLine, ...]
    at_lines: tuple[int, ...]  # the line of the file that each of these starts on


def assessment_headers(form: AssessmentForm, path: SamplePath) -> list[str]:
    """The header row, in Pix's order; an extra column without a label has its cell only."""
    form, known, words = form.within(), LANGUAGES[form.language], WORDS[form.language]
    generation = form.generation
    date_form = ("UTC_DAY", "UTC_MOMENT", "PARIS_MINUTE").index(generation.send_form.name)
    with_code = generation.has(Generation.WITH_CODE)
    row = [known.organisation, known.campaign_id, *([known.code] if with_code else []), known.campaign]
    row += [words.path[with_code], known.last_name, known.first_name, *filter(None, form.extra_columns)]
    row += [known.division] if form.division else []
    row += [known.group] if form.group else []
    row += [known.student_number] if form.student_number else []
    row += [form.external_id] if form.external_id else []
    row += [words.progress] if form.progress else []
    row += [words.started[date_form], words.shared, words.shared_on[date_form]]
    row += [words.stage.replace("{count}", str(len(path.stages) - 1))] if path.stages else []
    row += [words.badge.replace("{name}", escaped(title)) for title, _rate in path.badges]
    row.append(words.mastery)
    for labels, names in ((words.competence, path.competences), (words.area, path.areas)):
        row += [label.replace("{name}", escaped(name)) for name in names for label in labels]
    return row + [skill for skill in path.skills if form.skills]


def assessment_export(
    students: Sequence[AssessedStudent],
    path: SamplePath,
    form: AssessmentForm,
    exported_at: datetime,
    campaign: SampleCampaign = DEFAULT_CAMPAIGN,
) -> AssessmentFile:
    """The export of these students as it was downloaded at that moment of Paris."""
    shape = _Shape(path, form.within(), exported_at, campaign)
    rows = []
    for number, student in enumerate(students):
        attempts = [attempt for attempt in student.attempts if attempt.is_there(exported_at)]
        if not form.generation.has(Generation.EVERY_PARTICIPATION):
            attempts = sorted(attempts, key=lambda attempt: attempt.started_at)[-1:]
        for attempt in attempts:
            place = (
                name_key(student.last_name),
                name_key(student.first_name),
                exported_at - attempt.started_at,
            )
            rows.append(((*place, number), *shape.line(student, attempt)))
    ordered = [(text, truth) for _place, text, truth in sorted(rows, key=lambda row: row[0])]
    header = ";".join(map(cell, assessment_headers(form, path)))
    content, truths, at_lines = [header], [], [2 + header.count("\n")]
    for text, truth in as_written(ordered, form.generation, exported_at):
        content.append(text)
        truths.append(truth)
        at_lines.append(at_lines[-1] + 1 + text.count("\n"))
    name = file_name(campaign.name, campaign.number, exported_at, form.language)
    body = "".join(f"{text}\n" for text in content)
    return AssessmentFile(name, BOM + body.encode(), exported_at, tuple(truths), tuple(at_lines[:-1]))


class _Shape:
    """The lines of one export and their truth."""

    def __init__(
        self, path: SamplePath, form: AssessmentForm, moment: datetime, campaign: SampleCampaign
    ) -> None:
        self._path, self._form, self._moment = path, form, moment
        self._date = form.generation.send_form
        self._words, self._language = WORDS[form.language], LANGUAGES[form.language]
        self._missing = OLD_MISSING if form.in_percent else MISSING
        code = [campaign.code] if form.generation.has(Generation.WITH_CODE) else []
        self._start: list[str | float] = [campaign.organisation, campaign.number]
        self._start += [*code, campaign.name, path.name]

    def line(self, student: AssessedStudent, attempt: Attempt) -> tuple[str, AssessmentLine]:
        """The text of one row, and what it says."""
        form, moment = self._form, self._moment
        shared = attempt.is_shared(moment)
        progress = attempt.progress(moment)
        cells: list[str | float] = [
            *self._start,
            student.last_name,
            student.first_name,
            *self._identifiers(student),
        ]
        cells += [self._share(progress)] if form.progress else []
        cells += [send_cell(attempt.started_at, self._date)]
        cells += [self._language.yes if shared else self._language.no]
        known = AssessmentLine(
            last_name=student.last_name,
            first_name=student.first_name,
            division=(student.division or None) if form.division else None,
            group=(student.group or None) if form.group else None,
            student_number=(student.student_number or None) if form.student_number else None,
            external_id=(student.external_id or None) if form.external_id else None,
            progress=progress if form.progress else None,
            started_at=sent_at(attempt.started_at, self._date),
            shared=shared,
            shared_at=None,
            stage=None,
            stage_max=len(self._path.stages) - 1 if self._path.stages else None,
            badges=(),
            mastery=None,
            competences=(),
            areas=(),
            skills=(),
        )
        if not shared or attempt.shared_at is None:
            missing = len(assessment_headers(form, self._path)) - len(cells)
            missing += sum(not label for label in form.extra_columns)
            return ";".join(map(cell, [*cells, *[self._missing] * missing])), known
        results, truth = self._results(attempt, attempt.shared_at, known)
        return ";".join(map(cell, [*cells, *results])), truth

    def _identifiers(self, student: AssessedStudent) -> list[str]:
        form, count = self._form, len(self._form.extra_columns)
        cells = [*(*student.extras, *[""] * count)[:count]]
        cells += [student.division] if form.division else []
        cells += [student.group] if form.group else []
        cells += [student.student_number] if form.student_number else []
        return cells + ([student.external_id] if form.external_id else [])

    def _results(
        self, attempt: Attempt, shared_at: datetime, known: AssessmentLine
    ) -> tuple[list[str | float], AssessmentLine]:
        path, form = self._path, self._form
        mastery = path.rate(path.skills, attempt.mastered)
        stage = sum(mastery * 100 >= threshold for threshold in path.stages[1:]) if path.stages else None
        badges = tuple((title, mastery >= rate) for title, rate in path.badges)
        groups = [path.measured(names, attempt.mastered) for names in (path.by_competence, path.by_area)]
        states = [self._state(skill, attempt) for skill in path.skills] if form.skills else []
        cells: list[str | float] = [send_cell(shared_at, self._date)]
        cells += [] if stage is None else [stage]
        cells += [self._language.yes if has else self._language.no for _title, has in badges]
        cells.append(self._share(mastery))
        for group in groups:
            for _name, (rate, targeted, mastered) in group:
                cells += [self._share(rate or 0), targeted or 0, mastered or 0]
        cells += [self._word(state) for state in states]
        competences, areas = groups
        return cells, known._replace(
            shared_at=sent_at(shared_at, self._date),
            stage=stage,
            badges=badges,
            mastery=mastery,
            competences=tuple((path.code_of(name), found) for name, found in competences),
            areas=tuple((path.code_of(name), found) for name, found in areas),
            skills=tuple(zip(path.skills, states, strict=True)) if form.skills else (),
        )

    def _state(self, skill: str, attempt: Attempt) -> SkillState:
        if skill in attempt.mastered:
            return SkillState.OK
        return SkillState.NOT_TESTED if len(skill) % 3 == 0 else SkillState.KO

    def _word(self, state: SkillState) -> str:
        return self._words.not_tested if state is SkillState.NOT_TESTED else state.value.upper()

    def _share(self, fraction: float) -> str | float:
        """A fraction; before November 2018 a percentage with a dot, which is text."""
        if self._form.in_percent:
            return f"{fraction * 100:g}"
        return int(fraction) if fraction == int(fraction) else fraction


HALF_GROUP = SampleCampaign("Collège de la Lune-Rousse", 498731, "RNTRHG317", "Rentrée 3eA - groupe 1")
SOS = SampleCampaign("Collège de la Lune-Rousse", 512613, "SSLVPX904", "SOS élève non certifiable")


def assessed(
    count: int, seed: int, path: SamplePath, begin: datetime, *, division: str = "3eA", awkward: float = 0.1
) -> tuple[AssessedStudent, ...]:
    """That many invented students who take a path in the hour from `begin` on; no two have one name.

    About one in six never finishes, one in eight finishes without sharing, one in eight tries a second time.
    """
    dice = Dice(seed)
    taken: set[tuple[str, str]] = set()
    students = []
    for number in range(count):
        last, first = draw_name(dice, awkward)
        while (key := (name_key(last), name_key(first))) in taken:
            last, first = draw_name(dice)
        taken.add(key)
        attempts = [_attempt(dice, path, begin)]
        if dice.chance(0.12):
            attempts.insert(0, _attempt(dice, path, begin - timedelta(days=dice.between(1, 3)), done=True))
        students.append(
            AssessedStudent(
                last, first, tuple(attempts), division, f"L1 TD{1 + number % 2}", f"{22_100_000 + number:09}",
                f"=id{number}" if number % 5 == 0 else f"{number:05}", ("Cycle 4", f"{number:03}"),
            )
        )  # fmt: skip
    return tuple(students)


def _attempt(dice: Dice, path: SamplePath, begin: datetime, *, done: bool = False) -> Attempt:
    started = begin + timedelta(minutes=dice.between(0, 9))
    finished = started + timedelta(minutes=dice.between(20, 45))
    if not done and dice.chance(0.16):
        finished += timedelta(days=30)
    strength = dice.between(1, 9) / 10
    mastered = frozenset(skill for skill in path.skills if dice.chance(strength))
    shared = finished + timedelta(minutes=dice.between(0, 6)) if done or not dice.chance(0.12) else None
    return Attempt(started, finished, shared, mastered)


def half_group(begin: datetime, exports: int = 6, every: int = 10) -> tuple[AssessmentFile, ...]:
    """A half-group that takes a path while a teacher downloads its export every ten minutes."""
    students = assessed(14, 11, HALF_GROUP_PATH, begin)
    moments = [begin + timedelta(minutes=every * number) for number in range(1, exports + 1)]
    return tuple(
        assessment_export(students, HALF_GROUP_PATH, AssessmentForm(), moment, HALF_GROUP)
        for moment in moments
    )


def sos(begin: datetime, exports: int = 6, every: int = 15) -> tuple[AssessmentFile, ...]:
    """Those who are not certifiable on the morning of the certification, export after export."""
    students = assessed(15, 12, SOS_PATH, begin, division="3eB")
    moments = [begin + timedelta(minutes=every * number) for number in range(1, exports + 1)]
    return tuple(assessment_export(students, SOS_PATH, AssessmentForm(), moment, SOS) for moment in moments)


def wide_export(students: int, columns: int, seed: int, exported_at: datetime) -> AssessmentFile:
    """One export of about so many columns, skills shown."""
    path = wide_path(columns)
    crowd = assessed(students, seed, path, exported_at - timedelta(hours=2), awkward=0.03)
    return assessment_export(crowd, path, AssessmentForm(skills=True), exported_at)
