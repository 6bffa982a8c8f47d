"""What a reader gives: an Export, made of typed rows, with all that had to be guessed or left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pixsession.domain.participation import Participation


class ExportKind(StrEnum):
    """The kinds of files that are read; the values are those of the JSON contract."""

    PROFILES = "profiles"


@dataclass(frozen=True, slots=True)
class ExportedCampaign:
    """The campaign an export is about; `number` is Pix's id, `code` came with the exports of June 2023."""

    number: str
    code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class FileDescription:
    """What is known of a file besides its bytes. Times are Paris time without zone."""

    name: str
    exported_at: datetime
    time_from_name: bool  # else `exported_at` is the file's own time
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Export:
    """One file read whole."""

    kind: ExportKind
    file: FileDescription
    digest: str  # SHA-256 of the very bytes that were read
    content: bytes
    campaign: ExportedCampaign | None  # None: a header without a line, in a file with an ordinary name
    participations: tuple[Participation, ...]
    one_line_each: bool  # exports before 2024 hold one line per student: two lines are two students
    notes: tuple[str, ...] = ()  # in the user's language: what was guessed, what was not recognised
