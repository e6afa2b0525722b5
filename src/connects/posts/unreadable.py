"""What is wrong with a file, a row, or a cell of posts."""

from __future__ import annotations


class TableUnreadable(ValueError):
    """A file that is no table of posts at all; the message says why."""


class CellProblem(ValueError):
    """A cell that cannot be read; the message says what was expected, without the column's name."""
