"""One line a post: its name and room, what it last did, when it was heard, its clock, what waits there."""

from __future__ import annotations

from datetime import datetime, timedelta

from textual.content import Content

from pixsession.domain.board.wording import from_words, moment_words, span_words
from pixsession.domain.share.posts import PostSeen, ShareView
from pixsession.domain.share.words import away_words, post_name
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown
from pixsession.ui.common.symbols import Symbols

_NAME_CELLS, _ROOM_CELLS = 16, 14
_EXACT = timedelta(seconds=60)


def post_lines(view: ShareView, now: datetime, symbols: Symbols) -> list[tuple[str, Content]]:
    """Each post with its id, this one first, then those heard of last."""
    own = [one for one in view.posts if one.is_own]
    others = sorted((one for one in view.posts if not one.is_own), key=lambda one: one.seen_at, reverse=True)
    return [(one.post.id, _line(one, view, now, symbols)) for one in (*own, *others)]


def _line(one: PostSeen, view: ShareView, now: datetime, symbols: Symbols) -> Content:
    silent = one.is_silent(now)
    sign = symbols.warning if silent else symbols.point
    facts = f" {symbols.point} ".join(_facts(one, view, now))
    name = Content.styled(post_name(one).ljust(_NAME_CELLS), "bold")
    room = Content(shown(one.post.room or "—", _ROOM_CELLS).ljust(_ROOM_CELLS + 1))
    return Content.assemble(
        (f"{sign} ", "$state-to-check" if silent else "$state-eligible"), name, " ", room, facts
    )


def _facts(one: PostSeen, view: ShareView, now: datetime) -> list[str]:
    facts = [_presence(one, view, now)]
    if one.gesture_at is not None:
        facts.append(_("last gesture {time}").format(time=moment_words(one.gesture_at, now)))
    if one.waiting:
        waits = ngettext("{n} thing not shared yet", "{n} things not shared yet", one.waiting)
        facts.append(waits.format(n=one.waiting))
    facts.append(_clock(one))
    if one.version:
        facts.append(_("version {version}").format(version=shown(one.version, 16)))
    return facts


def _presence(one: PostSeen, view: ShareView, now: datetime) -> str:
    if one.is_own:
        return _("this post") if view.away_since is None else away_words(view.away_since, 0, now)
    if one.is_silent(now):
        return _("silent since {time}").format(time=from_words(one.seen_at, now))
    return _("closed at {time}").format(time=from_words(one.seen_at, now)) if one.has_left else _("there")


def _clock(one: PostSeen) -> str:
    if one.offset is None:
        return _("clock not compared yet")
    off = timedelta(seconds=abs(one.offset))
    if off < _EXACT:
        return _("clock right")
    if one.offset > 0:
        return _("clock {span} behind").format(span=span_words(off))
    return _("clock {span} ahead").format(span=span_words(off))
