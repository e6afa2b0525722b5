"""The fonts of documents.

One that ships covers Latin, Greek, Cyrillic, Arabic and Hebrew. For other scripts, fonts are searched
in the folders of `CONNECTS_FONTS`, then among the system's Noto fonts; each is opened once in the life
of a process, to see which characters it has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

_FOLDER = Path(__file__).with_name("fonts")
SHIPPED = _FOLDER / "DejaVuSans.ttf"
SHIPPED_BOLD = _FOLDER / "DejaVuSans-Bold-latin.ttf"
SYSTEM = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts").expanduser(),
)
FILES_MOST = 1_000
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_ENDINGS = (".ttf", ".otf", ".ttc")


@dataclass(frozen=True, slots=True)
class FontChoice:
    """The fonts that a text needs beside the one that ships, and the characters that none has."""

    fonts: tuple[Path, ...]
    missing: frozenset[str]


def fonts_for(texts: Iterable[str]) -> FontChoice:
    """The fewest fonts found that have all characters of the texts, as far as any has them."""
    missing = {c for c in set("".join(texts)) if _is_printed(c)} - _characters(SHIPPED)
    chosen = []
    for file in _further(tuple(settings.FONTS), SYSTEM) if missing else ():
        here = missing & _characters(file)
        if here:
            chosen.append(file)
            missing -= here
        if not missing:
            break
    return FontChoice(tuple(chosen), frozenset(missing))


def shipped_characters() -> frozenset[str]:
    """The characters that the font that ships has."""
    return _characters(SHIPPED)


def _is_printed(character: str) -> bool:
    """Whether a font must have it: joiners, marks of direction and of variants only say how to print."""
    if "\ufe00" <= character <= "\ufe0f":
        return False
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


@cache
def _further(folders: tuple[Path, ...], system: tuple[Path, ...]) -> tuple[Path, ...]:
    """Font files: all of the operator's, then the system's Noto fonts, plain ones first."""
    own = [file for folder in folders for file in _files(folder, "")]
    noto = [file for folder in system for file in _files(folder, "Noto")]
    return (*own, *sorted(noto, key=_plainest))[:FILES_MOST]


def _files(folder: Path, begins: str) -> list[Path]:
    found = (path for path in folder.rglob(f"{begins}*") if path.suffix.lower() in _ENDINGS)
    return sorted(found, key=_plainest)


def _plainest(file: Path) -> tuple[bool, bool, bool, str]:
    name = file.name
    return (
        "Regular" not in name and "Emoji" not in name,
        "Sans" not in name,
        "Mono" in name or "UI" in name,
        name,
    )


@cache
def _characters(file: Path) -> frozenset[str]:
    """The characters that a font has; none where the file cannot be read as one."""
    try:
        with file.open("rb") as stream, TTFont(stream, fontNumber=0, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or {}))
    except Exception:  # noqa: BLE001 a file from anywhere may break its reader in any way
        return frozenset()
