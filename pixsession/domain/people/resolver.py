"""Who is who: the one door to it for the rest of the program.

- resolve: `StudentRegister` gives each line of an export the student it belongs to;
- settle: `namesakes_of` says which students of one name are one, `spoiled_places` which classes were meant;
- merge: `merge_sources` makes one row for each student of exports, evaluations, lists and results,
  `Merger` time after time;
- look up: `StudentLookup` finds whom an action names, `row_of` whom a decision shows, `follow` one student
  in several lessons.

The modules behind it are private to this package; what they say to each other is in `matches`.
"""

from __future__ import annotations

from pixsession.domain.people.following import follow
from pixsession.domain.people.identify import identity_of_row
from pixsession.domain.people.lookup import StudentLookup, are_alike, orphans_of, row_of
from pixsession.domain.people.merge import MergedRows, merge_sources
from pixsession.domain.people.merger import Everybody, Merger
from pixsession.domain.people.namesakes import (
    NameGroups,
    Namesakes,
    Settled,
    keys_told_apart,
    namesakes_of,
    unions_of,
)
from pixsession.domain.people.sources import BoardSources, Evaluation, PeopleList, ResultsList
from pixsession.domain.people.spoiled_places import SpoiledPlaces, spoiled_places
from pixsession.domain.people.students import StudentRegister

__all__ = [
    "BoardSources",
    "Evaluation",
    "Everybody",
    "MergedRows",
    "Merger",
    "NameGroups",
    "Namesakes",
    "PeopleList",
    "ResultsList",
    "Settled",
    "SpoiledPlaces",
    "StudentLookup",
    "StudentRegister",
    "are_alike",
    "follow",
    "identity_of_row",
    "keys_told_apart",
    "merge_sources",
    "namesakes_of",
    "orphans_of",
    "row_of",
    "spoiled_places",
    "unions_of",
]
