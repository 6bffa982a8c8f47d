"""What a board says of its share: the posts with what each did last, and gestures that contradict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pixsession.domain.board.entries import Entry
from pixsession.domain.certification.actions import action_of, effective_actions
from pixsession.domain.certification.words import action_words
from pixsession.domain.share.contradictions import Contradiction, contradictions
from pixsession.domain.share.posts import PostSeen, ShareView
from pixsession.foundation.i18n import _

_TOLD_FOR = timedelta(minutes=10)


def with_gestures(view: ShareView, entries: Sequence[Entry]) -> ShareView:
    """The view, each post with the time of its last entry."""
    last = {entry.post.id: entry for entry in entries if entry.post is not None}

    def seen(one: PostSeen) -> PostSeen:
        entry = last.get(one.post.id)
        return one if entry is None else one._replace(gesture_at=datetime.fromisoformat(entry.at))

    return view._replace(posts=tuple(map(seen, view.posts)))


def contradiction_notices(entries: Sequence[Entry], post_id: str, now: datetime) -> tuple[str, ...]:
    """What this post is told of its gestures that another one contradicted within seconds, a while long."""
    recent = [entry for entry in entries if entry.at >= (now - _TOLD_FOR).isoformat()]
    actions = effective_actions(action for entry in recent if (action := action_of(entry)) is not None)
    return tuple(_words(pair) for pair in contradictions(actions) if post_id in _posts(pair))


def _posts(pair: Contradiction) -> set[str]:
    return {action.post.id for action in pair if action.post is not None}


def _words(pair: Contradiction) -> str:
    earlier, later = pair
    words = _("two posts contradict each other: {one} ({post}), then {other} ({other_post}), which counts")
    return words.format(
        one=action_words(earlier),
        post=earlier.post.name if earlier.post else "",
        other=action_words(later),
        other_post=later.post.name if later.post else "",
    )
