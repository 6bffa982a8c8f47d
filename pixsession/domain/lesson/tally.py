"""What is kept of a class without names; by itself, as every board reads what it keeps."""

from typing import NamedTuple


class ClassTally(NamedTuple):
    """How a class stood in an export that has lost its names; days in ISO 8601, where any was known."""

    place: str
    begun: int
    sent: int
    begun_on: str | None
    sent_on: str | None
