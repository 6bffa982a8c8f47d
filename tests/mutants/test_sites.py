"""The changes that are tried: each makes another program that can be run, and they are of many kinds."""

from __future__ import annotations

import ast
from pathlib import Path

from .sites import mutants_of

SOURCE = b'''
"""Words."""
def least(rows: int = 3, /) -> bool:
    """Words."""
    rows += 1
    if rows >= 2 and not rows == 7:
        return min(rows, 4 - 1)
    return False
'''


def test_each_kind_of_change_is_found_where_it_stands() -> None:
    found = list(mutants_of("x.py", SOURCE))
    changes = {(one.was, one.new) for one in found}
    assert {
        ("3", "4"),
        ("rows += 1", "pass"),
        ("rows >= 2", "(rows > 2)"),
        ("rows >= 2 and not rows == 7", "True"),
        ("rows >= 2 and not rows == 7", "((rows >= 2) or (not rows == 7))"),
        ("not rows == 7", "(rows == 7)"),
        ("min", "max"),
        ("4 - 1", "(4 + 1)"),
        ("min(rows, 4 - 1)", "None"),
        ("False", "True"),
    } <= changes
    assert not [one for one in found if "Words" in one.was or one.was == "int"]
    assert {one.function for one in found} == {3}


def test_every_change_of_a_real_file_is_another_program() -> None:
    path = Path(__file__).parents[2] / "pixsession" / "domain" / "pix" / "eligibility.py"
    source = path.read_bytes()
    found = list(mutants_of("eligibility.py", source))
    assert len(found) > 50
    for mutant in found:
        changed = mutant.applied(source)
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source)), mutant
