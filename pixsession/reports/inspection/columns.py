"""What a column was read as, in words of teachers; programs get the names of the JSON contract."""

from __future__ import annotations

from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown

_MEANINGS = {
    "organisation": N_("organisation"),
    "campaign_id": N_("number of the campaign"),
    "campaign_code": N_("code of the campaign"),
    "campaign_name": N_("name of the campaign"),
    "path": N_("path"),
    "last_name": N_("last name"),
    "first_name": N_("first name"),
    "student": N_("last and first name"),
    "used_name": N_("used name"),
    "other_first_names": N_("other first names"),
    "group": N_("group"),
    "division": N_("class"),
    "birth_date": N_("birth date"),
    "birth_place": N_("birth place"),
    "sex": N_("sex"),
    "student_number": N_("student number"),
    "external_id": N_("identifier"),
    "extra_time": N_("extra time"),
    "left_on": N_("day of leaving"),
    "sent": N_("profile sent or not"),
    "sent_at": N_("day and time of the send"),
    "pix": N_("pix"),
    "certifiable": N_("eligible or not"),
    "certifiable_competences": N_("number of eligible competences"),
    "progress": N_("progress"),
    "started_at": N_("day and time of the start"),
    "shared": N_("results sent or not"),
    "shared_at": N_("day and time of the send"),
    "stage": N_("stage"),
    "mastery": N_("mastery"),
    "certification_number": N_("number of the certification"),
    "type": N_("kind of certification"),
    "status": N_("status"),
    "level_label": N_("level reached"),
    "score": N_("number of pix"),
    "result": N_("result"),
    "comment": N_("comment"),
    "session": N_("number of the session"),
    "centre": N_("certification centre"),
    "date": N_("date"),
    "session.number": N_("number of the session"),
    "session.site": N_("site of the session"),
    "session.room": N_("room of the session"),
    "session.date": N_("date of the session"),
    "session.start": N_("start of the session"),
    "session.invigilators": N_("invigilators"),
}
# Behind one of these stands what it is about: a competence, an area, a badge, a skill.
_ABOUT = {
    "level": N_("level of {what}"),
    "pix": N_("pix of {what}"),
    "badge": N_("badge {what}"),
    "skill": N_("skill {what}"),
    "complementary": N_("other certification: {what}"),
}
_GROUPS = {"competence": N_("competence {what}"), "area": N_("area {what}")}
_MEASURES = {"rate": N_("mastery"), "targeted": N_("skills asked"), "mastered": N_("skills mastered")}


def meaning_words(meaning: str) -> str:
    """A meaning of `ColumnUse` in the language in use; one that has no words is shown as it is."""
    if meaning in _MEANINGS:
        return _(_MEANINGS[meaning])
    kind, _blank, about = meaning.partition(" ")
    if kind in _ABOUT:
        return _(_ABOUT[kind]).format(what=shown(about))
    what, _blank, measure = about.rpartition(" ")
    if kind in _GROUPS and measure in _MEASURES:
        return f"{_(_GROUPS[kind]).format(what=shown(what))}{_(': ')}{_(_MEASURES[measure])}"
    return shown(meaning)
