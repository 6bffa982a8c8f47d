"""What is said of the posts of a shared session, and of the share itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from pixsession.domain.board.wording import from_words, moment_words, span_words
from pixsession.domain.share.place import SharePlace
from pixsession.domain.share.posts import PostSeen, ShareView, clock_off_by
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown


def posts_words(view: ShareView, now: datetime, *, short: bool = False) -> str:
    """The posts of the head: how many are there, and which did something last, when."""
    there = [one for one in view.posts if one.is_there(now)]
    words = ngettext("{n} post", "{n} posts", len(there)).format(n=len(there))
    if view.away_since is not None:
        away = _("share away since {time}").format(time=from_words(view.away_since, now))
        return f"{away} ({_('{n} waiting').format(n=view.waiting)})" if view.waiting else away
    if view.fault:
        return _("sharing has failed")
    last = max((one for one in view.posts if one.gesture_at), key=_gesture_at, default=None)
    if short or last is None or last.gesture_at is None:
        return words
    told = _("{post}, last gesture {time}").format(
        post=post_name(last), time=moment_words(last.gesture_at, now)
    )
    return f"{words} · {told}"


def _gesture_at(one: PostSeen) -> datetime:
    return one.gesture_at or datetime.min  # noqa: DTZ901 - Paris time has no zone here


def post_name(one: PostSeen) -> str:
    return shown(one.post.name or one.post.id, 24)


def share_notices(view: ShareView, now: datetime) -> Iterator[str]:
    """What this post should know of its share, a sentence each; the one that matters most comes last."""
    yield from map(shown, view.notices)
    behind = clock_off_by(view.posts)
    if behind is not None:
        yield _clock_words(view, behind)
    for one in view.posts:
        if one.is_silent(now):
            words = _("the post {post} has been silent since {time}: what it did stands")
            yield words.format(post=post_name(one), time=from_words(one.seen_at, now))
    if view.away_since is not None:
        yield away_words(view.away_since, view.waiting, now)
    if view.fault:
        words = _(
            "a fault of pixsession keeps this post from sharing ({fault}): the board goes on, and what is "
            "done here is kept here"
        )
        yield words.format(fault=view.fault)


def away_words(since: datetime, waiting: int, now: datetime) -> str:
    """Since when the share is away, and what waits for it here."""
    words = _("the share has been away since {time}: the board goes on").format(time=from_words(since, now))
    if not waiting:
        return words
    waits = ngettext("{n} thing waits here to be shared", "{n} things wait here to be shared", waiting)
    return f"{words}, {waits.format(n=waiting)}"


def _clock_words(view: ShareView, behind: timedelta) -> str:
    span = span_words(abs(behind))
    others = [one for one in view.posts if not one.is_own and one.offset is not None]
    if len(others) == 1:
        words = _("the clock of this computer and that of {post} are {span} apart: one of them is wrong")
        return words.format(post=post_name(others[0]), span=span)
    if behind > timedelta():
        return _("the clock of this computer is {span} behind that of the session").format(span=span)
    return _("the clock of this computer is {span} ahead of that of the session").format(span=span)


def rights_words(place: SharePlace) -> str:
    """Who may read what, for the first time that a post opens a shared session."""
    words = _(
        "This session is shared: whoever may open the folder {folder} reads names, classes, results, "
        "gestures and notes, and whoever may write there can change them. Birth dates and student numbers "
        "stay on this computer."
    )
    return words.format(folder=shown(str(place.folder.parent.name), 80))
