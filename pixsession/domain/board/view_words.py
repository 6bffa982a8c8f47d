"""What each view that anybody may ask, and each of its columns, holds: the comments of the database."""

from __future__ import annotations

from collections.abc import Mapping

from pixsession.foundation.i18n import N_

_STUDENT = N_("number of the student, the same in every view")
_CODE, _CAMPAIGN = N_("code of the campaign"), N_("name of the campaign")
_SENT_AT = N_("when the profile was sent, Paris time; a day alone where the file has no more")
_EXPORTED_AT = N_("time of the export, Paris time")
_LAST, _FIRST = N_("last name"), N_("first name")

# By view, what its rows are (under the empty name) and what its columns hold.
VIEWS: Mapping[str, Mapping[str, str]] = {
    "students": {
        "": N_("one row a student of the board, as it stands now"),
        "student_id": _STUDENT,
        "last_name": _LAST,
        "first_name": _FIRST,
        "class": N_("class"),
        "group_name": N_("group; a cell may hold several"),
        "state": N_("eligible, not_eligible, to_check, not_sent or not_in_export"),
        "eligible_competences": N_("competences that reach the level of the rule"),
        "pix": N_("pix of the profile that counts"),
        "sent_at": _SENT_AT,
        "submissions": N_("how many profiles today's exports show"),
        "campaign_code": N_("code of the campaign of the profile that counts"),
        "campaign_name": N_("name of that campaign"),
        "file_name": N_("the export it was read from"),
        "exported_at": _EXPORTED_AT,
        "delta_competences": N_("competences gained or lost by the last change, of the last day"),
        "delta_pix": N_("pix gained or lost by it"),
        "reasons": N_("what is to be checked, in words"),
        "listed_in": N_("the list that expects the student; null: none does"),
        "room": N_("room of the session"),
        "extra_time": N_("extra time, as a fraction: 0.33"),
        "day_state": N_("of a session: what the student needs now"),
        "student_number": N_("student number"),
        "external_id": N_("external identifier"),
    },
    "submissions": {
        "": N_("one row a profile that any export has shown"),
        "student_id": _STUDENT,
        "campaign_code": _CODE,
        "campaign_name": _CAMPAIGN,
        "sent_at": _SENT_AT,
        "pix": N_("total of pix"),
        "competences_at_level_1": N_("competences at level 1 or above"),
        "pix_says_eligible": N_("what Pix says of it itself"),
        "pix_says_competences": N_("how many competences Pix counts itself"),
        "counts": N_("whether it is the profile that counts today"),
        "first_seen_at": N_("time of the first export that shows it"),
        "last_seen_at": N_("time of the last export that shows it"),
    },
    "levels": {
        "": N_("one row a submission and competence: sixteen for each profile"),
        "student_id": _STUDENT,
        "campaign_code": _CODE,
        "sent_at": _SENT_AT,
        "counts": N_("whether the profile is the one that counts today"),
        "competence": N_("code of the competence, 1.1 to 5.2"),
        "competence_name": N_("name of the competence"),
        "area": N_("number of the area, 1 to 5"),
        "area_name": N_("name of the area"),
        "level": N_("level; null where it cannot be read"),
        "pix": N_("pix of the competence"),
    },
    "evaluations": {
        "": N_("one row a student and participation in an evaluation, by its newest export"),
        "student_id": _STUDENT,
        "campaign_code": _CODE,
        "campaign_name": _CAMPAIGN,
        "progress": N_("share done, 0 to 1"),
        "started_at": N_("when it was begun, Paris time"),
        "shared": N_("whether the results were sent"),
        "shared_at": N_("when they were sent, Paris time"),
        "mastery": N_("share mastered, 0 to 1"),
        "stage": N_("stage reached"),
        "stage_max": N_("how many stages there are"),
        "badges": N_("badges obtained"),
    },
    "masteries": {
        "": N_("one row a student, evaluation and competence or area"),
        "student_id": _STUDENT,
        "campaign_code": _CODE,
        "campaign_name": _CAMPAIGN,
        "exported_at": _EXPORTED_AT,
        "is_area": N_("an area; else a competence"),
        "code": N_("its code, else the name in the file"),
        "rate": N_("share mastered, 0 to 1"),
        "targeted": N_("skills of the path there"),
        "mastered": N_("how many of them are mastered"),
    },
    "results": {
        "": N_("one row a result of a certification of a student of the board, the latest"),
        "student_id": _STUDENT,
        "certification_number": N_("number of the certification"),
        "type": N_("which certification"),
        "status": N_("validated, rejected, cancelled, error or started"),
        "level": N_("level in words"),
        "score": N_("pix certified"),
        "date": N_("day of the test"),
        "session": N_("number of the session"),
        "centre": N_("certification centre"),
    },
    "actions": {
        "": N_("one row an action of a supervisor and student; of a session alone"),
        "at_time": N_("when, Paris time"),
        "kind": N_("what was done, as the journal calls it"),
        "student_id": N_("the student; null for a whole room, or who has left the board"),
        "last_name": _LAST,
        "first_name": _FIRST,
        "room": N_("room"),
        "code": N_("code of an incident"),
        "text": N_("words typed: notes, incidents, observations"),
    },
    "exports": {
        "": N_("one row an export of a campaign that was read and counts"),
        "export_id": N_("number of the export, in the order in which they came"),
        "file_name": N_("name of the file"),
        "kind": N_("profiles or assessment"),
        "campaign_code": _CODE,
        "campaign_name": _CAMPAIGN,
        "organisation": N_("organisation in Pix Orga"),
        "exported_at": _EXPORTED_AT,
        "has_stamp": N_("whether that time is Pix's own, from the name of the file"),
        "line_count": N_("how many lines it has"),
        "is_list": N_("whether it is the list of its campaign today"),
        "is_on_board": N_("whether its campaign stands on the board"),
    },
    "changes": {
        "": N_("one row a change from one export to the next"),
        "at_time": _EXPORTED_AT,
        "kind": N_("became_eligible, no_longer_eligible, profile_sent, progressed …"),
        "student_id": _STUDENT,
        "last_name": _LAST,
        "first_name": _FIRST,
        "place": N_("class or group"),
        "before": N_("competences, pix or class before"),
        "after": N_("competences, pix or class after"),
        "sent_at": _SENT_AT,
        "delta_competences": N_("competences gained or lost"),
        "delta_pix": N_("pix gained or lost"),
    },
}

# What a teacher asks every day: words, and the question.
EXAMPLES: tuple[tuple[str, str], ...] = (
    (
        N_("How many in each state, by class?"),
        "select class, state, count(*) as students from students group by all order by all",
    ),
    (
        N_("Which competences are the weakest?"),
        "select competence, competence_name, round(avg(level), 1) as mean from levels where counts "
        "group by all order by mean",
    ),
    (
        N_("Who is one competence short?"),
        "select class, last_name, first_name, pix from students where eligible_competences = 4 order by all",
    ),
    (
        N_("Who has sent nothing for a month?"),
        "select class, last_name, first_name, sent_at from students "
        "where sent_at is null or sent_at::date < current_localtimestamp()::date - interval 1 month "
        "order by all",
    ),
    (
        N_("Who has made the most progress since the first profile?"),
        "select s.class, s.last_name, s.first_name, max(s.pix) - min(p.pix) as gained from students s "
        "join submissions p using (student_id) group by all order by gained desc limit 10",
    ),
)
