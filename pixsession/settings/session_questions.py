"""What is asked before a session file is written: by options, or one question after the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.board.wording import iso_day_words
from pixsession.domain.certification.session import Remediation, SessionKind
from pixsession.domain.certification.slots import Offer
from pixsession.domain.lesson.places import PlaceOffer
from pixsession.foundation.errors import BadConfiguration
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.paths import downloads_folder
from pixsession.foundation.text import shown
from pixsession.settings.lesson_questions import (
    Ask,
    LessonAnswers,
    Tell,
    lesson_asked,
    proposed_objective,
)
from pixsession.settings.session_schema import (
    KINDS,
    code_in,
    date_in,
    default_title,
    line_in,
    path_in,
    time_in,
    word_in,
)
from pixsession.settings.toml_file import Kind, as_toml, misfit

# What is asked, by the name of its option, with its key.
ASKED = {
    "kind": "kind",
    "folder": "folders",
    "title": "title",
    "date": "date",
    "start": "start",
    "room": "room",
    "code": "remediation.code",
    "collection_code": "remediation.collection_code",
    "access_code": "access_code",
    "latest_start": "limits.latest_start",
}
_OF_A_CERTIFICATION = frozenset({"code", "collection_code", "access_code", "latest_start"})
_MOST_OFFERS = 9

Find = Callable[[Path], Sequence[Offer]]
FindPlaces = Callable[[Path], Sequence[PlaceOffer]]


class Answers(NamedTuple):
    """The answers of the user about a session before its file is written; None and empty: not known yet.

    `room` may name several, with commas between them; `lists` are names of files in the folder.
    """

    kind: SessionKind
    title: str
    date: date
    start: time | None = None
    room: str = ""
    code: str | None = None
    collection_code: str | None = None
    access_code: str | None = None
    latest_start: time | None = None
    folder: str = ""
    lists: tuple[str, ...] = ()
    session_number: str | None = None
    lesson: LessonAnswers = LessonAnswers()

    @property
    def rooms(self) -> tuple[str, ...]:
        """The name of each room; one name twice is one room."""
        return tuple(dict.fromkeys(name for part in self.room.split(",") if (name := part.strip())))


def answers_given(options: Mapping[str, str | None], today: date) -> Answers:
    """The answers of options, by the names of ASKED and `list`; raises BadConfiguration naming the option."""
    texts: dict[str, str] = {}
    for name, key in ASKED.items():
        text = options.get(name)
        if text is not None:
            where = f"--{name.replace('_', '-')}"
            if _read(name, text) is None:
                raise misfit(_kind_of(name), key, text, where, _("Session"))
            texts[name] = text
            if why := _too_early(name, _answers(texts, today)):
                raise BadConfiguration(f"{where}: {why}", _("Session"))
    listed = options.get("list")
    classes, groups = (_names(name, options.get(name)) for name in ("class", "group"))
    objective = options.get("objective") or proposed_objective(groups or classes)
    answers = _answers(texts, today)._replace(lists=(listed,) if listed else ())
    return _of_lesson(answers, LessonAnswers(classes, groups, objective), texts)


def _names(option: str, text: str | None) -> tuple[str, ...]:
    """The names of classes or groups in an option, with commas between them."""
    names = tuple(name for part in (text or "").split(",") if (name := word_in(part)))
    if text is not None and not names:
        raise misfit(KINDS["room"], option, text, f"--{option}", _("Session"))
    return names


def answers_asked(
    ask: Ask, tell: Tell, today: date, find: Find, find_places: FindPlaces = lambda _folder: ()
) -> Answers:
    """The answers of somebody at a terminal: an empty one takes the default, a wrong one is asked again.

    The lists of candidates that `find` sees in the folder are offered; the one pointed at tells day, hour
    and room, which are asked all the same. For a lesson these are the classes and half-groups that
    `find_places` sees; with one of them pointed at, the rest may stay as it is proposed.
    """
    texts: dict[str, str] = {}
    chosen: Offer | None = None
    lesson = LessonAnswers()
    for name in ASKED:
        so_far = _of_lesson(_answers(texts, today), lesson, texts)
        is_lesson = so_far.kind is not SessionKind.CERTIFICATION
        if lesson.keeps_rest or (is_lesson and name in _OF_A_CERTIFICATION):
            continue
        _ask_one(name, texts, (ask, tell), _offered(so_far, chosen))
        if name == "folder" and is_lesson:
            lesson = lesson_asked(find_places(_folder(texts)), ask, tell)
        elif name == "folder":
            chosen = _pointed_at(find(_folder(texts)), (ask, tell), today)
    return _of_lesson(_from_offer(_answers(texts, today), texts, chosen), lesson, texts)


def _of_lesson(answers: Answers, lesson: LessonAnswers, texts: Mapping[str, str]) -> Answers:
    """The answers with whom a lesson is for, whose names are its title where none was given."""
    is_named = "title" in texts or not lesson.title
    return answers._replace(lesson=lesson, title=answers.title if is_named else lesson.title)


def _ask_one(name: str, texts: dict[str, str], terminal: tuple[Ask, Tell], so_far: Answers) -> None:
    ask, tell = terminal
    question = _question(name, so_far)
    while text := ask(question).strip():
        why = _misfit_words(name, text)
        if not why and name == "folder" and not Path(os.path.expanduser(text)).is_dir():  # noqa: PTH111 - raises of nobody's `~`
            why = _("there is no folder {folder}.").format(folder=shown(text, 1000))
        why = why or _too_early(name, _answers({**texts, name: text}, so_far.date, so_far.start))
        if not why:
            texts[name] = text
            return
        tell(why)


def _misfit_words(name: str, text: str) -> str:
    if _read(name, text) is not None:
        return ""
    if name == "kind":
        return _("it must be 1 or 2.")
    words = _("it must be {expected}, not {value}.")
    return words.format(expected=_kind_of(name).words(), value=as_toml(text))


def _too_early(name: str, answers: Answers) -> str:
    """Why this latest start makes no sense; empty where it does."""
    start, latest = answers.start, answers.latest_start
    if name not in {"latest_start", "start"} or start is None or latest is None or latest >= start:
        return ""
    words = _("“limits.latest_start” ({latest:%H:%M}) comes before the start ({start:%H:%M}).")
    return words.format(latest=latest, start=start)


def _folder(texts: Mapping[str, str]) -> Path:
    return Path(texts["folder"]).expanduser() if "folder" in texts else downloads_folder()


def _kind_of(name: str) -> Kind:
    if name == "folder":
        return Kind(lambda: _("a folder"), lambda value: path_in(value) is not None)
    return KINDS[ASKED[name]]


def _read(name: str, text: str) -> object | None:
    """What TOML would hold for this answer; None when it cannot be one."""
    kind = _kind_of(name)
    value = kind.from_text(text)
    return value if kind.fits(value) else None


def _answers(texts: Mapping[str, str], today: date, start: time | None = None) -> Answers:
    kind = SessionKind(str(_read("kind", texts["kind"]))) if "kind" in texts else SessionKind.CERTIFICATION
    return Answers(
        kind,
        line_in(texts.get("title")) or default_title(kind),
        date_in(texts.get("date")) or today,
        time_in(texts.get("start")) or start,
        word_in(texts.get("room")) or "",
        code_in(texts.get("code")),
        code_in(texts.get("collection_code")),
        code_in(texts.get("access_code")),
        time_in(texts.get("latest_start")),
        texts.get("folder", ""),
    )


# -- the lists found -----------------------------------------------------------------------------------------


def _pointed_at(offers: Sequence[Offer], terminal: tuple[Ask, Tell], today: date) -> Offer | None:
    """The list that the user points at; None: none of these."""
    ask, tell = terminal
    listed = _in_order(offers, today)[:_MOST_OFFERS]
    if not listed:
        return None
    tell(_("Lists of candidates in this folder:"))
    for number, offer in enumerate(listed, 1):
        tell(f"  {number}  {_offer_words(offer, today)}")
    comes = (listed[0].slot.day or "") >= today.isoformat()
    default = "1" if comes else _("none")
    question = _("Which one (its number; 0: none)")
    while text := ask(_("{question} [{default}]: ").format(question=question, default=default)).strip():
        if text.isdecimal() and int(text) <= len(listed):
            return listed[int(text) - 1] if int(text) else None
        tell(_("it must be a number from 0 to {most}.").format(most=len(listed)))
    return listed[0] if comes else None


def _in_order(offers: Sequence[Offer], today: date) -> list[Offer]:
    """Those to come first, the next one on top; then those of the past, the last one first."""
    dated = sorted(offers, key=lambda offer: (offer.slot.day or "", offer.slot.hour or ""))
    to_come = [offer for offer in dated if (offer.slot.day or "") >= today.isoformat()]
    return to_come + [offer for offer in reversed(dated) if offer not in to_come]


def _offer_words(offer: Offer, today: date) -> str:
    facts = offer.slot.facts
    when = iso_day_words(offer.slot.day, today) if offer.slot.day else ""
    count = ngettext("{n} candidate", "{n} candidates", offer.candidates).format(n=offer.candidates)
    said = (f"{when} {offer.slot.hour or ''}".strip(), shown(facts.room or "") if facts else "", count)
    return " · ".join(filter(None, (shown(offer.slot.file), *said)))


def _offered(answers: Answers, offer: Offer | None) -> Answers:
    """The answers with what the list would answer, to be shown as the default."""
    return answers if offer is None else _from_offer(answers, {}, offer)


def _from_offer(answers: Answers, texts: Mapping[str, str], offer: Offer | None) -> Answers:
    """The answers, completed with what the list tells and the user did not."""
    if offer is None:
        return answers
    facts = offer.slot.facts
    day, start = date_in(offer.slot.day), time_in(offer.slot.hour)
    room = word_in(facts.room) if facts and facts.room else None
    return answers._replace(
        date=answers.date if "date" in texts or day is None else day,
        start=answers.start or start,
        room=answers.room or room or "",
        lists=(offer.slot.file,),
        session_number=facts.number if facts else None,
    )


def _question(name: str, so_far: Answers) -> str:
    """The question, with what Enter alone would answer."""
    later = _("later")
    words, default = {
        "kind": (_("What is it: 1 for a certification, 2 for a half-group"), "1"),
        "folder": (_("Folder of the exports and lists"), shown(str(downloads_folder()), 200)),
        "title": (_("Title"), shown(so_far.title)),
        "date": (_("Day"), f"{so_far.date:%d/%m/%Y}"),
        "start": (_("Start, such as 08:30"), f"{so_far.start:%H:%M}" if so_far.start else later),
        "room": (_("Room, or several with commas between them"), shown(so_far.room) or later),
        "code": (_("Code of the campaign “{label}”").format(label=Remediation().label), later),
        "collection_code": (_("Code of the collection of profiles"), later),
        "access_code": (_("Access code of the session, in Pix Certif"), later),
        "latest_start": (_("Latest useful start, such as 09:45"), later),
    }[name]
    return _("{question} [{default}]: ").format(question=words, default=default)
