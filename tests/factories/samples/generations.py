"""How the collection of profiles has looked since 2020: columns, date forms, names of files, six languages.

Sources: the public history of Pix. Three labels were never seen and are supposed: they say so.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum

from pixsession.domain.pix.competences import COMPETENCES
from pixsession.foundation.clock import paris


class SendForm(Enum):
    """How the moment of a send is written."""

    UTC_DAY = "YYYY-MM-DD"
    UTC_MOMENT = "YYYY-MM-DDTHH:mm:ssZ"
    PARIS_MINUTE = "DD/MM/YYYY HH:mm"


class Generation(Enum):
    """Each form the file has had; the value is the month from which on, and tells them apart in order."""

    NAMES_ONLY = "2020-01"
    WITH_CLASS = "2020-11"
    WITH_GROUP = "2021-10"
    WITH_CODE = "2023-06"
    EVERY_PARTICIPATION = "2024-01"  # before: one line per student, the newest participation
    UTC_MOMENTS = "2024-12-10"  # a few days only
    PARIS_MINUTES = "2024-12-17"

    def has(self, other: Generation) -> bool:
        """Whether what `other` brought is there."""
        return self.value >= other.value

    @property
    def send_form(self) -> SendForm:
        """How this generation writes the moment of a send."""
        if self is Generation.PARIS_MINUTES:
            return SendForm.PARIS_MINUTE
        return SendForm.UTC_MOMENT if self is Generation.UTC_MOMENTS else SendForm.UTC_DAY

    @property
    def sample_moment(self) -> datetime:
        """A moment of Paris at which a file of this generation was downloaded."""
        return _SAMPLE_MOMENTS[self]


_SAMPLE_MOMENTS = {
    Generation.NAMES_ONLY: datetime(2020, 6, 16, 16, 30),  # noqa: DTZ001 - Paris time without zone, as everywhere
    Generation.WITH_CLASS: datetime(2021, 3, 18, 9, 45),  # noqa: DTZ001
    Generation.WITH_GROUP: datetime(2022, 3, 17, 9, 45),  # noqa: DTZ001
    Generation.WITH_CODE: datetime(2023, 11, 16, 14, 5),  # noqa: DTZ001
    Generation.EVERY_PARTICIPATION: datetime(2024, 3, 14, 9, 45),  # noqa: DTZ001
    Generation.UTC_MOMENTS: datetime(2024, 12, 12, 9, 45),  # noqa: DTZ001
    Generation.PARIS_MINUTES: datetime(2026, 3, 12, 9, 45),  # noqa: DTZ001
}


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language of Pix Orga. `level` and `competence_pix` take the name of a competence."""

    file_prefix: str
    organisation: str
    campaign_id: str
    code: str
    campaign: str
    last_name: str
    first_name: str
    group: str
    division: str
    student_number: str
    sent: str
    sent_on: tuple[str, str, str]  # in the order of SendForm
    pix: str
    certifiable: str
    count: str
    level: str
    competence_pix: str
    yes: str
    no: str


LANGUAGES = {
    "fr": Language(
        "Resultats", "Nom de l'organisation", "ID Campagne", "Code", "Nom de la campagne",
        "Nom du Participant", "Prénom du Participant", "Groupe", "Classe", "Numéro Étudiant", "Envoi (O/N)",
        # The second was never seen: it is what the days of December 2024 probably said.
        ("Date de l'envoi", "Date et heure de l'envoi (UTC)", "Date et heure de l'envoi (Europe/Paris)"),
        "Nombre de pix total", "Certifiable (O/N)", "Nombre de compétences certifiables",
        "Niveau pour la compétence {name}", "Nombre de pix pour la compétence {name}", "Oui", "Non",
    ),
    "en": Language(
        # "Campaign code" and the zone in the date were never seen. Both apostrophes are there.
        "Results", "Organisation’s name", "Campaign ID", "Campaign code", "Campaign's name",
        "Participant's last name", "Participant's first name", "Group", "Class", "Student number",
        "Sent (Y/N)", ("Sent on", "Sent on (UTC)", "Sent on (Europe/Paris)"),
        "Total pix score", "Eligible for certification (Y/N)",
        "Number of competences eligible for certification",
        "Level reached in the competence {name}", "Pix score for the competence {name}", "Yes", "No",
    ),
    "nl": Language(
        "Results", "Naam van de organisatie", "ID Campagne", "Code", "Campagne naam", "Naam deelnemer",
        "Voornaam deelnemer", "Groep", "Klasse", "Studentennummer", "Verzenden (J/N)",
        ("Datum van verzending", "Datum van verzending", "Datum van verzending"),
        "Totaal aantal pix", "Certificeerbaar (J/N)", "Aantal certificeerbare vaardigheden",
        # The placeholder was translated with the sentence, so no name ever replaces it.
        "Niveau voor vaardigheid ", "Aantal pix voor vaardigheid ", "Ja", "Geen",
    ),
    "es": Language(
        "Results", "Nombre de la organización", "ID Campagne", "Código", "Nombre de la campaña",
        # Both names under one header, in Italian too.
        "Nombre del participante", "Nombre del participante", "Grupo", "Clase", "Número de estudiante",
        "Enviar (sí/no)", ("Fecha de expedición", "Fecha de expedición", "Fecha de expedición"),
        "Número total de píxeles", "Certificable (sí/no)", "Número de competencias certificables",
        "Nivel de la habilidad ", "Número de píxeles de la habilidad ", "Sí", "No",
    ),
    "de": Language(
        "Ergebnisse", "Name der Organisation", "ID Kampagne", "Code", "Name der Kampagne",
        "Name des Teilnehmers", "Vorname des Teilnehmers", "Gruppe", "Klasse", "Studentennummer",
        "Senden (J/N)",
        ("Datum und Uhrzeit der Absendung (Europa/Paris)",) * 3,
        "Anzahl der Pix insgesamt", "Zertifizierbar (J/N)", "Anzahl der zertifizierbaren Kompetenzen",
        "Stufe für die Fertigkeit {name}.", "Anzahl der Pix für die Fertigkeit {name}.", "Ja", "Nicht",
    ),
    "it": Language(
        "Risultati", "Nome dell'organizzazione", "ID Campagne", "Codice", "Nome della campagna",
        "Nome del partecipante", "Nome del partecipante", "Gruppo", "Classe", "Numero dello studente",
        "Inviare (S/N)", ("Data e ora di spedizione (Europa/Parigi)",) * 3,
        "Numero totale di pixel", "Certificabile (S/N)", "Numero di competenze certificabili",
        "Livello per l'abilità {name}", "Numero di pixel per l'abilità {name}", "Sì", "No",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns a school's file has. What a generation did not know yet is left out of it all the same.

    `external_id` is the label its author typed; an empty text in `extra_columns` gives what Pix gives then:
    a cell without a header. `competence_names` replaces the sixteen French names.
    """

    division: bool = True  # secondary schools with a pupil base
    group: bool = False  # higher education with a student base
    student_number: bool = False
    external_id: str | None = None
    extra_columns: tuple[str, ...] = ()
    language: str = "fr"
    competence_names: tuple[str, ...] | None = None

    @property
    def words(self) -> Language:
        """The words of its language."""
        return LANGUAGES[self.language]

    def within(self, generation: Generation) -> Layout:
        """The columns of it that this generation had."""
        return replace(
            self,
            division=self.division and generation.has(Generation.WITH_CLASS),
            group=self.group and generation.has(Generation.WITH_GROUP),
            extra_columns=self.extra_columns if generation.has(Generation.EVERY_PARTICIPATION) else (),
        )


def headers(generation: Generation, layout: Layout) -> list[str]:
    """The header row, in Pix's order."""
    layout, words = layout.within(generation), layout.words
    row = [words.organisation, words.campaign_id]
    if generation.has(Generation.WITH_CODE):
        row.append(words.code)
    row += [words.campaign, words.last_name, words.first_name, *filter(None, layout.extra_columns)]
    row += [words.group] if layout.group else []
    row += [words.division] if layout.division else []
    row += [words.student_number] if layout.student_number else []
    row += [layout.external_id] if layout.external_id else []
    row += [words.sent, words.sent_on[list(SendForm).index(generation.send_form)], words.pix]
    row += [words.certifiable, words.count]
    for name in layout.competence_names or tuple(competence.name for competence in COMPETENCES):
        shown = escaped(name)
        row += [words.level.replace("{name}", shown), words.competence_pix.replace("{name}", shown)]
    return row


def send_cell(moment: datetime, form: SendForm) -> str:
    """The moment of a send as this form writes it."""
    if form is SendForm.PARIS_MINUTE:
        return f"{moment:%d/%m/%Y %H:%M}"
    there = moment.replace(tzinfo=paris()).astimezone(UTC)
    return f"{there:%Y-%m-%d}" if form is SendForm.UTC_DAY else f"{there:%Y-%m-%dT%H:%M:%SZ}"


def sent_at(moment: datetime, form: SendForm) -> str:
    """What such a cell says in ISO 8601: a minute of Paris, or a UTC day where it has no more."""
    return send_cell(moment, form) if form is SendForm.UTC_DAY else f"{moment:%Y-%m-%dT%H:%M}"


def file_name(campaign_name: str, number: int, exported_at: datetime, language: str = "fr") -> str:
    """The name Pix gives to the download: UTC on a 12-hour clock until January 2023, Paris time since."""
    if (exported_at.year, exported_at.month) < (2023, 2):
        there = exported_at.replace(tzinfo=paris()).astimezone(UTC)
        stamp = f"{there:%Y-%m-%d-%I%M}"
    else:
        stamp = f"{exported_at:%Y-%m-%d-%H%M}"
    # Escaped in the files of 2026, not yet in one of January 2023; the year between is a guess.
    shown = escaped(campaign_name) if exported_at.year >= 2024 else campaign_name
    raw = f"{LANGUAGES[language].file_prefix}-{shown}-{number}-{stamp}.csv"
    return re.sub(r"[^A-Za-z0-9_. -]", "_", raw)


def escaped(text: str) -> str:
    """A name put into a sentence of Pix's is escaped as for a page: ' becomes &#39; and / becomes &#x2F;."""
    escaped = html.escape(text).replace("&#x27;", "&#39;")
    return escaped.replace("/", "&#x2F;").replace("`", "&#x60;")
