"""The model of projected values that this installation uses, if it has one."""

from __future__ import annotations

import logging
import os
from functools import lru_cache
from pathlib import Path

from connects.estimate.model import Model
from connects.estimate.model_file import ModelUnreadable, read_model

_log = logging.getLogger(__name__)


def model_path() -> Path:
    """Where the model is: CONNECTS_MODEL, or `estimate.model` in the folder for data."""
    folder = Path(os.environ.get("CONNECTS_VAR") or "var")
    return Path(os.environ.get("CONNECTS_MODEL") or folder / "estimate.model")


def model_source() -> str:
    """Whose history a post here belongs to: CONNECTS_MODEL_SOURCE, or the model's only source.

    Sources are never mixed, so a model of several needs the setting.
    """
    named = os.environ.get("CONNECTS_MODEL_SOURCE")
    model = installed_model()
    if named is not None or model is None:
        return named or ""
    sources = model.sources
    return sources.pop() if len(sources) == 1 else ""


def names_source() -> bool:
    """Whether the operator has said whose history it is, rather than the file alone."""
    return bool(os.environ.get("CONNECTS_MODEL_SOURCE"))


def installed_model() -> Model | None:
    """The model; read again when its file changes. None where there is none that can be read."""
    path = model_path()
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _read(path, changed)


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Model | None:  # noqa: ARG001 a changed file is another one
    try:
        return read_model(path)
    except (ModelUnreadable, OSError):
        # Prices go on with the rule book's medians; the operator must hear of it, though.
        _log.exception("The model of projected values cannot be read and is not used.")
        return None
