"""Kinds, lengths, hours, levels and tiers in the words of marketplaces, as Connects' own.

Each reader takes a cell's text and answers with the word that the rest of Connects knows; it raises
CellProblem, with what was expected, for a text that means none of them.
"""

from __future__ import annotations

import re

from connects.posts.unreadable import CellProblem
from connects.vocabulary.facts import (
    ONE_TO_THREE_MONTHS,
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    THREE_TO_SIX_MONTHS,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    Range,
)

MISSING = frozenset(
    "nan n/a na null none nil - -- — – nat <na> #n/a undefined \\n unknown unspecified"
    " n.a. n.a n/d tbd tbc tba t.b.d. ? ?? .. ... … #value! #ref! #div/0! negotiable".split()
) | {
    "not sure",
    "not sure yet",
    "to be determined",
    "to be discussed",
    "not specified",
    "not stated",
    "not available",
    "not set",
    "no data",
    "any",
    "any level",
    "all levels",
    "open budget",
    "",
}

DURATIONS = {
    "lt_1m": UNDER_ONE_MONTH,
    "1_3m": ONE_TO_THREE_MONTHS,
    "3_6m": THREE_TO_SIX_MONTHS,
    "gt_6m": OVER_SIX_MONTHS,
}
WORKLOADS: dict[str, Range | None] = {
    "lt_30": UNDER_THIRTY_HOURS,
    "30_plus": THIRTY_HOURS_OR_MORE,
    "tbd": None,
    "not_sure": None,
}
TIERS = ("lt_5", "5_10", "10_15", "15_20", "20_50", "50_plus")
_TIER_BOUNDS = (5, 10, 15, 20, 50)
LEVELS = ("entry", "intermediate", "expert")

_LEVEL_WORDS = {
    "entry": "entry entry_level beginner junior basic novice 1 $ entrylevel low anfänger einsteiger"
    " entry-level principiante novato iniciante débutant",
    "intermediate": "intermediate mid mid_level medium 2 $$ intermediate_level middle midlevel mid-level"
    " experienced fortgeschritten fortgeschrittene fortgeschrittener mittel intermedio intermediário"
    " intermediario intermédiaire confirmé",
    "expert": "expert expert_level senior advanced high 3 $$$ expertlevel expert-level experte expertin"
    " experto experta especialista avanzado avançado",
}
_LEVELS = {word: level for level, words in _LEVEL_WORDS.items() for word in words.split()}
_KIND_WORDS = {
    "fixed": "fixed fixed_price fixed-price fixedprice fix fixed_budget fixed-budget one-time flat"
    " festpreis precio_fijo fijo project-based fixed_cost fixed_rate preço_fixo per_project by_project"
    " fixpreis festpreisprojekt pauschal pauschale pauschalpreis tarifa_fija precio_cerrado valor_fixo"
    " prix_fixe forfait",
    "hourly": "hourly hourly_rate hourly-rate per_hour hour by_the_hour hourly_price por_hora time"
    " stundenlohn hourly_job hourly_project pay_by_the_hour pay_per_hour hr horas"
    " por_horas tarifa_por_hora precio_por_hora stundenbasis auf_stundenbasis auf_stunden pro_stunde"
    " stündlich stundensatz nach_stunden taux_horaire à_l'heure",
}
KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_YES = frozenset(
    "1 true yes y t on verified ✓ ja sí si sim oui wahr vrai verdadero verdadeiro"
    " verificado verificada verifiziert vérifié".split()
) | {
    "payment verified",
    "payment method verified",
    "method verified",
}
_NO = frozenset("0 false no n f off falsch faux falso unverified nein não nao non ✗".split()) | {
    "payment unverified", "payment not verified", "not verified", "payment method not verified",
    "payment method unverified", "no verificado", "no verificada", "não verificado",
    "nicht verifiziert", "non vérifié",
}  # fmt: skip

_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}
_OTHER_TONGUES = {
    word: ours
    for ours, words in {
        "half": "halbes halben medio media meio demi",
        "days": "tag tage tagen día días dia dias jour jours",
        "weeks": "woche wochen semana semanas semaine semaines",
        "months": "monat monate monaten mes meses mês mois",
        "years": "jahr jahre jahren año años ano anos ans",
        "hours": "stunde stunden std std. hora horas heure heures",
        "less than": "weniger menos moins unter bajo jusqu'à höchstens maximal",
        "more than": "mehr más mas mais plus über",
        "to": "bis à hasta até",
        "": "als de que",
    }.items()
    for word in words.split()
}
_NUMBER_WORDS = {
    **dict.fromkeys("a an one un una um ein eine einem einen einer".split(), "1"),
    **dict.fromkeys("two zwei dos dois deux couple".split(), "2"),
    **dict.fromkeys("three drei tres três trois".split(), "3"),
    **dict.fromkeys("four vier cuatro quatro quatre".split(), "4"),
    **dict.fromkeys("six sechs seis".split(), "6"),
    **dict.fromkeys("twelve zwölf doce doze douze".split(), "12"),
}
_UNIT = r"(days?|weeks?|wks?|months?|mths?|mos?|m|years?|yrs?|d|w)\b"
_SPAN = re.compile(
    rf"(?<![\d.])(\d{{1,4}})\s*(?:{_UNIT})?\s*(?:to|-|–|—|and|_)\s*(\d{{1,4}})\s*{_UNIT}"
)
_ONE = re.compile(rf"(?<![\d.])(\d{{1,4}}(?:\.\d{{1,2}})?)\s*(\+)?\s*{_UNIT}\s*(\+)?")
_OPEN_END = re.compile(
    r"ongoing|permanent|indefinid[oa]|indefinitely|unbefristet|dauerhaft|(?:fort)?laufend|en curso"
)
_PASSING = re.compile(r"\b(?:ago|left|remaining|old|hace|vor|il y a|faltan|restantes?)\b")
"""Words by which a span is one until or since an instant, and no length of work."""
_UNDER = re.compile(r"less|under|below|up to|within|<|lt|fewer|max")
_OVER = re.compile(r"more|over|above|>|\+|gt|at least|longer")
_HOURS_PART = re.compile(
    r"[^,;|\n]*(?<![a-z])(?:hrs?|hours?|h)\b(?:\s*/\s*w\w*|\s*(?:per|a)\s*w\w*)?[^,;|\n]*"
)
_LABEL = re.compile(r"^(?:est(?:imated|\.)?\s*time|duration|project length|length|hours)\s*:?\s*")
_WORKING_DAYS = 5
_HOURS = re.compile(r"(\d{1,3})(?:\.0)?(?:\s*(?:to|-|–)\s*(\d{1,3}))?\s*(\+)?")


def is_missing(text: str) -> bool:
    """Whether a cell is empty, or holds one of the words for it."""
    return text.casefold() in MISSING


def word_of(text: str) -> str:
    return "_".join(text.casefold().split())


def kind_word(text: str) -> str:
    """`fixed` or `hourly`, out of `Fixed-price`, or `Hourly: $8-$25`."""
    word = word_of(text).rstrip(":.")
    if word in KINDS:
        return KINDS[word]
    if re.search(r"fixed.*\bhourly|hourly.*\bfixed", text, re.IGNORECASE):
        raise CellProblem(f"expected fixed or hourly, found {text[:40]!r}")
    begins = re.match(r"(fixed|hourly|est\.? budget|budget)\b", text.strip(), re.IGNORECASE)
    if begins:
        return "hourly" if begins[1].lower() == "hourly" else "fixed"
    raise CellProblem(f"expected fixed or hourly, found {text[:40]!r}")


def level_word(text: str) -> str:
    word = word_of(text).removesuffix("_level").removesuffix(".0").strip(":")
    word = word.removeprefix("nivel_").removeprefix("nível_").removeprefix("niveau_")
    for candidate in (
        word,
        word.partition("_(")[0],
        word.partition(":_")[2],
        word.partition("_-_")[2],
    ):
        if candidate in _LEVELS:
            return _LEVELS[candidate]
    raise CellProblem(f"expected one of {', '.join(LEVELS)}, found {text[:40]!r}")


def verified_word(text: str) -> str:
    """`1` where the client's way of paying is verified, `0` where it is not."""
    word = " ".join(text.casefold().replace("_", " ").split()).removesuffix(".0")
    if word in _YES:
        return "1"
    if word in _NO:
        return "0"
    raise CellProblem(f"expected one of 0, 1, found {text[:40]!r}")


def duration_range(text: str) -> Range | None:
    """How long a job lasts, in days; None where the cell speaks only of hours a week."""
    plain = " ".join(text.casefold().split())
    if plain in DURATIONS:
        return DURATIONS[plain]
    if _PASSING.search(plain):
        raise CellProblem(f"expected one of {', '.join(DURATIONS)}, found {text[:40]!r}")
    rest = _LABEL.sub("", _HOURS_PART.sub(" ", text.casefold().replace("\n", ", "))).strip(" ,;|")
    if not rest:
        return None
    if _OPEN_END.match(rest):
        return OVER_SIX_MONTHS
    rest = re.sub(r"(?<=[a-z])_|_(?=[a-z])", " ", rest)
    rest = re.sub(r"(?<=\d),(?=\d)", ".", rest)
    rest = re.sub(r"\b(?:1 )?half (?:(?:a|an) )?", "0.5 ", _in_english(rest))
    rest = " ".join(_NUMBER_WORDS.get(word, word) for word in rest.split())
    found = _between(rest) or _single(rest)
    if found is None:
        raise CellProblem(f"expected one of {', '.join(DURATIONS)}, found {text[:40]!r}")
    return found


def _in_english(text: str) -> str:
    """The words for lengths and hours in English, where they are in a language that we know."""
    text = re.sub(r"(?<=\d) (a|y|e|al) (?=\d)", " to ", text.replace("/", " / "))
    text = text.replace("d'un ", "un ")
    text = re.sub(r"^(?:bis(?: zu)?|hasta|até) (?=\d|un |ein)", "up to ", text)
    return " ".join(_OTHER_TONGUES.get(word, word) for word in text.split())


def _between(text: str) -> Range | None:
    match = _SPAN.search(text)
    if match is None:
        return None
    unit = _UNITS[match[4][0]]
    first = _UNITS[match[2][0]] if match[2] else unit
    least, most = int(match[1]) * first, int(match[3]) * unit
    return Range(least, max(most - (unit > 7), least))


def _single(text: str) -> Range | None:
    match = _ONE.search(text)
    if match is None:
        return None
    days = int(float(match[1]) * _UNITS[match[3][0]])
    if match[2] or match[4] or _OVER.search(text):
        return Range(days, None)
    return Range(0, max(days - 1, 0)) if _UNDER.search(text) else Range.exactly(days)


def workload_word(text: str) -> str:
    """The word for hours a week; empty where the cell speaks only of a length."""
    plain = " ".join(text.casefold().split())
    if plain in WORKLOADS:
        return plain
    if _PASSING.search(plain):
        raise CellProblem(f"expected one of {', '.join(WORKLOADS)}, found {text[:40]!r}")
    plain = plain.replace("_", " ")
    if "not sure" in plain or "as needed" in plain or "open to offers" in plain:
        return "not_sure"
    if "determined" in plain:
        return "tbd"
    if re.fullmatch(r"full[- ]?time|vollzeit|tiempo completo|tempo integral|temps plein", plain):
        return "30_plus"
    if re.fullmatch(r"part[- ]?time|teilzeit|medio tiempo|meio período|temps partiel", plain):
        return "lt_30"
    plain = _in_english(plain)
    part = _HOURS_PART.search(plain)
    hours = _HOURS.search(part[0] if part else plain)
    if hours is not None and re.search(r"(?:per|a|/) ?day", part[0] if part else ""):
        return "30_plus" if int(hours[1]) * _WORKING_DAYS >= 30 else "lt_30"
    if hours is None or (part is None and not _HOURS.fullmatch(plain)):
        if part is None and re.search(r"day|week|month|year", plain):
            return ""
        raise CellProblem(f"expected one of {', '.join(WORKLOADS)}, found {text[:40]!r}")
    return _by_hours(hours, part[0] if part else plain)


def _by_hours(hours: re.Match[str], text: str) -> str:
    most = int(hours[2] or hours[1])
    if hours[3] or _OVER.search(text):
        return "30_plus" if int(hours[1]) >= 30 else "not_sure"
    return "lt_30" if most < 30 or _UNDER.search(text) or (hours[2] and most == 30) else "30_plus"


def tier_word(text: str) -> str:
    """The tier of proposals, out of `Less than 5`, `5 to 10`, `50+`, or a count."""
    plain = " ".join(text.casefold().split())
    if plain in TIERS:
        return plain
    numbers = [float(each) for each in re.findall(r"\d+(?:\.\d+)?", plain)]
    if not numbers or len(numbers) > 2:
        raise CellProblem(f"expected a tier of proposals or their count, found {text[:40]!r}")
    if len(numbers) == 1 and re.search(r"less|under|<|fewer", plain):
        numbers = [numbers[0] - 1]
    place = sum(numbers[0] >= bound for bound in _TIER_BOUNDS)
    return TIERS[place]
