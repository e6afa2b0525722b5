"""A store that stands in front of another one, so that a test can come between."""

from typing import Any

from connects.journal.port import Store


class InFront:
    """Asks the store behind it for all that it does not do itself."""

    def __init__(self, behind: Store) -> None:
        self.behind = behind

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)
