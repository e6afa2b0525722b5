"""Which kind of work a category is about.

Marketplaces name and cut their categories differently ("Web, Mobile & Software Dev", "Developer",
"Javascript Developer"); what work of a kind usually pays differs less than that. The first kind one of
whose words begins a word of the name is taken. Most words are English; a few stems are of other
languages.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

CHARACTERS_READ = 200


class Work(StrEnum):
    """A kind of work."""

    ACCOUNTING = "accounting"
    ADMIN = "admin"
    DATA = "data"
    DESIGN = "design"
    ENGINEERING = "engineering"
    LEGAL = "legal"
    NETWORKS = "networks"
    SALES = "sales"
    SOFTWARE = "software"
    TRANSLATION = "translation"
    WRITING = "writing"


_BEGINNINGS = {
    Work.ADMIN: r"data entry|admin\b|administrative|virtual assist|customer|call cent|transcri",
    Work.LEGAL: r"legal|law(?:yers?)?\b|jur[ií]di|rechts",
    Work.ACCOUNTING: r"account|bookkeep|tax(?:es)?\b|payroll|contab|buchhalt",
    Work.TRANSLATION: r"translat|interpret|locali[sz]ation|traduc|übersetz",
    Work.DATA: r"data|analytic|analyst|statisti|business intell|power bi|datos|daten",
    Work.SOFTWARE: r"web|software|develop|program|front end|back end|full stack|android|ios\b"
    r"|mobile|javascript|python|php|java|wordpress|scripting|game|blockchain|machine learn"
    r"|artificial|ai\b|qa\b|desarroll|entwickl|développ",
    Work.NETWORKS: r"it\b|network|devops|cloud|system|information sec|cybersec",
    Work.DESIGN: r"design|creative|graphic|illustrat|logo|video|audio|photo|animat|music|diseñ",
    Work.SALES: r"sale|market|seo\b|advertis|lead gen|social media|telemark|ventas|vertrieb",
    Work.WRITING: r"writ|content|copywrit|edit|proofread|blog|ghostwrit|scriptwrit|redac",
    Work.ENGINEERING: r"engineer|architect|cad\b|mechanic|electri|ingenier|ingenieur",
}
_WORDS = {
    work: re.compile(rf"\b(?:{beginnings})", re.IGNORECASE)
    for work, beginnings in _BEGINNINGS.items()
}


@lru_cache(maxsize=4096)
def kind_of_work(category: str | None) -> Work | None:
    """The kind of work of a category's name; None where it names none that is known."""
    name = re.sub(r"[\W_]+", " ", (category or "")[:CHARACTERS_READ])
    return next((work for work, words in _WORDS.items() if words.search(name)), None)
