"""Invented exports of Pix: every form the file has had, any size, and the demo morning."""

from __future__ import annotations

from tests.factories.samples.bulk import big_export, crowd
from tests.factories.samples.demo_story import EXPORTS, FIRST_EXPORT, morning, morning_students
from tests.factories.samples.generations import LANGUAGES, Generation, Layout, SendForm, headers
from tests.factories.samples.students import Participation, Send, Student
from tests.factories.samples.writer import ExportFile, SampleCampaign, StudentTruth, profiles_export

__all__ = [
    "EXPORTS",
    "FIRST_EXPORT",
    "LANGUAGES",
    "ExportFile",
    "Generation",
    "Layout",
    "Participation",
    "SampleCampaign",
    "Send",
    "SendForm",
    "Student",
    "StudentTruth",
    "big_export",
    "crowd",
    "headers",
    "morning",
    "morning_students",
    "profiles_export",
]
