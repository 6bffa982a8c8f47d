"""Invented exports of Pix: every form the file has had, any size, and the demo morning."""

from __future__ import annotations

from pixsession.samples.crowd import big_export, crowd
from pixsession.samples.generations import LANGUAGES, Generation, Layout, SendForm, headers
from pixsession.samples.morning import EXPORTS, FIRST_EXPORT, morning, morning_students
from pixsession.samples.students import Participation, Send, Student
from pixsession.samples.writer import ExportFile, SampleCampaign, StudentTruth, profiles_export

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
