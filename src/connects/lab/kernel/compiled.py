"""Compile a function to machine code, once a machine.

The hard case is a changed source: Numba looks at the file of the function that it loads from its cache,
and not at those of the functions that this one calls. So the cache's folder is named after a digest of
all sources of this room, and nothing stale is ever loaded.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])

CACHE_VARIABLE = "CONNECTS_LAB_CACHE"


@cache
def _folder() -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    home = os.environ.get(CACHE_VARIABLE) or Path(tempfile.gettempdir(), f"connects-{os.getuid()}")
    return str(Path(home, f"lab-{digest.hexdigest()[:16]}"))


def compiled(function: F) -> F:
    """The function in machine code. Divisions by zero give infinities, as NumPy's do."""
    return _compiled(function)


def inner(function: F) -> F:
    """The same for what only compiled code calls: it cannot be called from Python, and is made faster."""
    return _compiled(function, no_cpython_wrapper=True)


def inlined(function: F) -> F:
    """The same, copied into each caller: for what takes less time than handing it all wallets would."""
    return _compiled(function, forceinline=True)


def _compiled(function: F, **options: bool) -> F:
    settings: Any = numba.config
    settings.CACHE_DIR = _folder()
    # Nothing here makes arrays, so that nobody need count who holds them: half the time of a run.
    jit: Any = numba.njit
    made = jit(cache=True, error_model="numpy", _nrt=False, no_cfunc_wrapper=True, **options)
    return cast("F", made(function))
