"""The lessons of a term where students work on several campaigns at once: each is followed in their own."""

from __future__ import annotations

import re
from pathlib import Path

from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.lesson.term import kept_lessons
from pixsession.engine.read_once import session_snapshot
from pixsession.reports.lesson.progress import term_progress
from pixsession.reports.lesson.term import term_of
from pixsession.reports.render import rendered
from tests.factories.exports import moment
from tests.factories.half_groups import ANA, LINH, OTHER, THEO, evaluation, lesson_request
from tests.factories.samples.assessments import HALF_GROUP


def test_each_student_is_told_of_in_the_campaign_of_their_own(tmp_path: Path) -> None:
    folder, state = tmp_path / "exports", tmp_path / "state"
    folder.mkdir()
    for export in (evaluation("10:29", LINH, campaign=OTHER), evaluation("10:30", ANA, THEO)):
        export.write_to(folder)
    dossier = state / "dossiers" / "lundi"
    dossier.mkdir(parents=True)
    session_snapshot(lesson_request(folder, dossier), lambda: moment("10:35"))
    (lesson,) = kept_lessons(state)
    rentree, sos = str(HALF_GROUP.number), str(OTHER.number)
    found = {
        one.last_name: (one.campaign and one.campaign.key, one.progress_after) for one in lesson.students
    }
    assert found == {"BERNARD": (rentree, 0.75), "NGUYEN": (sos, 0.4), "ROY": (rentree, 1.0)}
    assert [one.key for one in lesson.campaigns] == [rentree, sos]
    term = term_of([lesson], (), Rule())
    assert term.lessons[0].median is None  # of two campaigns together, it says nothing
    text = rendered(term_progress(term, moment("18:00")), "text")
    assert re.search(rf"{re.escape(HALF_GROUP.name)} █+\S* 88% · 2/3 came, 0 sent", text)
    assert re.search(rf"{re.escape(OTHER.name)} █+\S* 40% · 1/3 came, 0 sent", text)
    assert f"Linh NGUYEN (3eA): to be finished, then sent ({OTHER.name})" in text
