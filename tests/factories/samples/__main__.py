"""`python -m tests.factories.samples FOLDER`: writes what `demo` plays, or one big export, into a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.factories.samples.bulk import big_export
from tests.factories.samples.demo_story import morning
from tests.factories.samples.generations import Generation
from tests.factories.samples.lesson_story import earlier_lessons, lesson_hour


def main(arguments: list[str] | None = None) -> None:
    """Write the files; the same arguments give the same bytes."""
    parser = argparse.ArgumentParser(prog="python -m tests.factories.samples", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--students", type=int, help="one export of so many students instead of the morning")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--generation",
        choices=[generation.value for generation in Generation],
        default=Generation.PARIS_MINUTES.value,
    )
    chosen = parser.parse_args(arguments)
    if chosen.students is None:
        exports = morning()
    else:
        exports = (big_export(chosen.students, chosen.seed, Generation(chosen.generation)),)
    lesson = chosen.folder / "lesson"
    (chosen.folder if chosen.students else lesson).mkdir(parents=True, exist_ok=True)
    for export in exports:
        export.write_to(chosen.folder)
    if chosen.students:
        return
    for download in lesson_hour():
        download.write_to(lesson)
    for before in earlier_lessons():
        folder = lesson / f"{before[0].exported_at:%Y-%m-%d}"
        folder.mkdir(exist_ok=True)
        for download in before:
            download.write_to(folder)


if __name__ == "__main__":
    main()
