"""Students counted by class, session and a value, so that no count, sum or difference is of one to four.

They fall into atoms, each of nobody or of FEWEST and more. What classes and sessions show is made of whole
atoms, and so are all sums and differences of it. The whole may cut through atoms, where the pieces that a
cut leaves, of all atoms together, are again of nobody or of FEWEST and more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from itertools import chain, combinations

from pixsession.domain.results.anonymity import FEWEST

Cell = tuple[str, str]  # class, session; "" where none is told
Tally = Counter[Hashable]  # students by value
_MOST_TRIED = 200  # blocks: each one tried costs a look at all of them


def are_enough(students: int) -> bool:
    """Whether a count may be told: of nobody, or of FEWEST and more."""
    return students == 0 or students >= FEWEST


class Layer:
    """The students of each block of cells by value, and which values a block tells apart."""

    def __init__(
        self, tallies: Mapping[Cell, Tally], blocks: Collection[frozenset[Cell]] | None = None
    ) -> None:
        """Without `blocks` cells are joined until each is safe; none where all together are not.

        What the whole tells apart comes first; a block tells its values apart where that leaves the whole so.
        """
        self.blocks = tuple(_blocks(tallies) if blocks is None else blocks)
        self._place = {cell: place for place, block in enumerate(self.blocks) for cell in block}
        self._tallies = [together(tallies.get(cell, Counter()) for cell in block) for block in self.blocks]
        self.values = frozenset(chain.from_iterable(self._tallies))
        self._apart: list[frozenset[Hashable]] = [frozenset()] * len(self.blocks)
        self.whole = self._whole()
        self._tell_apart()

    def _tell_apart(self) -> None:
        """All blocks at once where that leaves the whole so, else the largest first, of many none."""
        none, self._apart = self._apart, list(map(_apart, self._tallies))
        if _may_tell(self.atoms(), self.whole, self.values):
            return
        self._apart = none
        if len(self.blocks) > _MOST_TRIED:
            return
        for place in sorted(range(len(self.blocks)), key=lambda place: -self._tallies[place].total()):
            self._apart[place] = _apart(self._tallies[place])
            if not _may_tell(self.atoms(), self.whole, self.values):
                self._apart[place] = frozenset()

    def is_told(self, cells: Collection[Cell]) -> bool:
        """Whether these cells are whole blocks."""
        mine = frozenset(cells)
        return bool(self.blocks) and all(self.blocks[place] <= mine for place in self._places(mine))

    def apart(self, cells: Collection[Cell]) -> frozenset[Hashable]:
        """The values that every block of these cells tells apart, or has nobody of."""
        mine = [(self._tallies[place], self._apart[place]) for place in self._places(cells)]
        return frozenset(
            value for value in self.values if all(value in apart or not tally[value] for tally, apart in mine)
        )

    def _places(self, cells: Iterable[Cell]) -> set[int]:
        return {self._place[cell] for cell in cells if cell in self._place}

    def tells_all(self, cells: Collection[Cell]) -> bool:
        return self.is_told(cells) and self.apart(cells) >= self.values

    def atoms(self) -> list[Tally]:
        """The students of each block: those of one value that is told apart, and the others together."""
        found = []
        for tally, apart in zip(self._tallies, self._apart, strict=True):
            found += [Counter({value: tally[value]}) for value in apart]
            found.append(Counter({value: n for value, n in tally.items() if value not in apart}))
        return found

    def _whole(self) -> frozenset[Hashable]:
        """The values that the whole may tell apart, the rarest given up first."""
        totals = together(self._tallies)
        kept = [value for value, _n in sorted(totals.items(), key=lambda one: (-one[1], str(one[0])))]
        atoms = self.atoms()
        while kept and not _may_tell(atoms, kept, self.values):
            kept.pop()
        return frozenset(kept)

    @property
    def whole_tells_all(self) -> bool:
        return bool(self.blocks) and self.whole >= self.values


def _may_tell(atoms: Iterable[Tally], kept: Collection[Hashable], values: frozenset[Hashable]) -> bool:
    """Whether the whole may tell these values apart, the others being one part."""
    merged: dict[frozenset[Hashable], Tally] = defaultdict(Counter)
    for atom in atoms:  # of the same values: a cut goes through all of them, or through none
        merged[frozenset(+atom)].update(atom)
    parts = [*({value} for value in kept), values - set(kept)]
    unions = chain.from_iterable(combinations(parts, n) for n in range(1, len(parts) + 1))
    return all(leaves_enough(merged.values(), set().union(*union)) for union in unions)


def together(tallies: Iterable[Tally]) -> Tally:
    """The students of all of these by value."""
    found: Tally = Counter()
    for tally in tallies:
        found.update(tally)
    return found


def _blocks(tallies: Mapping[Cell, Tally]) -> Iterable[frozenset[Cell]]:
    """The cells, joined until in each block every value is safe: those of one class first."""
    blocks = {frozenset((cell,)): tally for cell, tally in tallies.items()}
    unsafe = {block for block, tally in blocks.items() if not _is_safe(tally)}
    while unsafe:
        if len(blocks) == 1:
            return ()
        one = min(unsafe, key=lambda block: (blocks[block].total(), sorted(block)))
        others = blocks.keys() - {one}
        of_class = [block for block in others if _share(0, one, block)]
        other = min(
            of_class or unsafe - {one} or others,
            key=lambda block: (
                block not in unsafe,
                not _is_safe(blocks[one] + blocks[block]),
                not _share(1, one, block),
                blocks[block].total(),
                sorted(block),
            ),
        )
        joined = blocks[one | other] = blocks.pop(one) + blocks.pop(other)
        unsafe -= {one, other}
        if not _is_safe(joined):
            unsafe.add(one | other)
    return blocks


def _is_safe(tally: Tally) -> bool:
    return all(map(are_enough, tally.values()))


def _share(place: int, one: Iterable[Cell], other: Iterable[Cell]) -> bool:
    """Whether they have a class (0) or a session (1) in common."""
    return bool({cell[place] for cell in one if cell[place]} & {cell[place] for cell in other})


def _apart(tally: Tally) -> frozenset[Hashable]:
    """The values that may be told apart, the others being safe together; the rarest are given up first."""
    kept = sorted((value for value, n in tally.items() if n >= FEWEST), key=lambda value: tally[value])
    while kept and not are_enough(tally.total() - sum(tally[value] for value in kept)):
        del kept[0]
    return frozenset(kept)


def leaves_enough(atoms: Iterable[Tally], values: Collection[Hashable]) -> bool:
    """Whether those with these values, in atoms that hold others too, are nobody or enough."""
    cut = (atom for atom in atoms if any(value not in values for value in +atom))
    return are_enough(sum(n for atom in cut for value, n in atom.items() if value in values))
