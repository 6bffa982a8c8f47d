"""How this program starts itself again, where a part of its work is done in a process of its own."""

from __future__ import annotations

import sys

# The one argument of the program packed into a single executable, which has no interpreter beside it.
READ_APART = "--read-apart"
_PROGRAM = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {module} import serve; serve()"


def command_of(module: str, flag: str) -> list[str]:
    """The command that runs `serve` of a module of ours, also out of a ZIP or a frozen program."""
    import json  # noqa: PLC0415 - (c): 2 ms of every command, most of which start no other

    if getattr(sys, "frozen", False):
        return [sys.executable, flag]
    spoken = ("-X", "utf8") if sys.flags.utf8_mode else ()  # names of files mean the same on both sides
    return [sys.executable, "-I", *spoken, "-c", _PROGRAM.format(module=module), json.dumps(sys.path)]
