"""Amounts of money as marketplaces and spreadsheets write them.

`$1,500.00`, `USD 500 - 1.000`, `€1.250,50`, `10-20k`, `Est. budget: $1,000.00`, `15.86/hr`,
`Menos de USD 50`. The hard case is the point that may end the thousands or begin the cents: three digits
after it are thousands, unless the column's other cells, or the cell's own type, say otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from connects.posts.unreadable import CellProblem

LARGEST = Decimal(10) ** 15
POINT, COMMA = ".", ","

SYMBOLS = {
    "R$": "BRL", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "US$": "USD", "NZ$": "NZD",
    "S$": "SGD", "HK$": "HKD", "MX$": "MXN", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY",
    "₽": "RUB", "₴": "UAH", "₺": "TRY", "₩": "KRW", "₪": "ILS", "₱": "PHP", "₦": "NGN", "₫": "VND",
    "฿": "THB", "zł": "PLN", "Kč": "CZK", "৳": "BDT", "₸": "KZT", "₲": "PYG", "₡": "CRC",
    "元": "CNY", "U$S": "USD", "U$D": "USD", "$": "USD",
}  # fmt: skip
CODES = frozenset(
    "USD EUR GBP AUD CAD CHF JPY KRW KWD INR BRL MXN NZD SGD HKD SEK NOK DKK PLN CZK HUF RON BGN RUB"
    " UAH TRY ZAR PHP PKR BDT LKR NPR NGN KES GHS EGP MAD AED SAR QAR ILS CNY TWD IDR MYR THB VND ARS"
    " CLP COP PEN UYU BHD OMR JOD KZT PYG CRC".split()
)
_TIMES = {
    **dict.fromkeys("k thousand tausend tsd milhares".split(), 1_000),
    **dict.fromkeys(
        "m million millions millionen mio millón millones milhão milhões".split(), 10**6
    ),
    **dict.fromkeys("lakh lakhs lac lacs".split(), 10**5),
    **dict.fromkeys("crore crores".split(), 10**7),
}
"""What a number may be counted in. `mil` is not among them: a thousand here, a million there."""
_TIMES_WORDS = sorted((word for word in _TIMES if len(word) > 1), key=len, reverse=True)
_SIGNS = "|".join(re.escape(each) for each in SYMBOLS)
_SYMBOL = re.compile(_SIGNS)
_GROUPED = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?"
_NUMBER = re.compile(
    rf"(?P<sign>[-−–]\s?(?:{_SIGNS})?\s?(?=\d))?(?P<number>{_GROUPED}|\d{{1,3}}(?:,\d\d)+,\d{{3}}(?:\.\d{{1,2}})?|\d+(?:[.,]\d+)?)"
    rf"\s?(?P<times>(?:[km]|{'|'.join(_TIMES_WORDS)})(?![^\W\d_]))?",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b[A-Z]{3}\b")
_HOURLY = re.compile(
    r"\bhourly\b|/\s?h(?:r|rs|ours?|oras?|eures?)?\b|\b(?:per|an|a|each) h(?:ou)?r\b|\bph\b|por hora|"
    r"por horas|la hora|par heure|die stunde|/\s?stunde|à l.heure|de l.heure|pro stunde|/\s?std|\bhr\b|"
    r"\bstundenlohn\b",
    re.IGNORECASE,
)
_FIXED = re.compile(
    r"\bfixed\b|\best\.? budget\b|\bfestpreis\b|precio fijo|preço fixo", re.IGNORECASE
)
_LESS = re.compile(
    r"less than|under|up to|below|menos de|hasta|unter|bis\b|at most|max\b|moins de|jusqu.à|até\b|<|≤",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"more than|over\b|above|from\b|at least|m[aá]s de|mais de|plus de|mehr als|über|acima de|desde|"
    r"[aà] partir de|\bab\b|min(?:d|\.|\b)|or more|and up|>|≥|\+",
    re.IGNORECASE,
)
_NAMES = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "rupee": "rupee", "rs": "rupee",
    "lei": "RON", "tk": "BDT", "taka": "BDT", "rm": "MYR", "rp": "IDR", "rupiah": "IDR", "ksh": "KES",
    "ft": "HUF", "лв": "BGN", "руб": "RUB", "dirham": "dirham", "dh": "dirham",  # noqa: RUF001
    "yen": "JPY", "zloty": "PLN", "zl": "PLN", "peso": "peso", "kr": "kr", "franc": "CHF",
}  # fmt: skip
"""Currencies by name; the name of several countries' money is no code (`USUAL`)."""
USUAL = {"rupee": "INR"}
"""Whose money such a name means where nothing else says so."""
_NAMED = re.compile(r"(?<![^\W\d_])(" + "|".join(_NAMES) + r")s?(?![^\W\d_])", re.IGNORECASE)
_PARTS_NO_RANGE = frozenset("/,;:.|")
_WORDS = frozenset(
    "est estimated budget fixed fixed-price price hourly rate rates hour hours hr hrs h ph per an a from"
    " to up less than under over more between and about approx approximately at least most max min total"
    " spent spend usd menos de más mas por hora hasta desde"
    " la à l de heure horas entre y ab bis zu von pro stunde std unter range avg average project each"
    " below above ca circa"
    " plus or e o moins mehr als über acima partir até jusqu zwischen und mind par stunde die us and"
    " precio presupuesto fijo festpreis est. max. min. approx. std.".split()
)
_UNSURE = re.compile(r"\bnot sure\b|\bnot specified\b|\bnegotiable\b", re.IGNORECASE)
_SPACES = dict.fromkeys((0x2007, 0x2008, 0x2009, 0x200A, 0x205F, 0x3000), " ")
_REMARK = re.compile(r"(?<=\S)\s*\([^()\d]*\)\s*$")
_NEGATIVE = re.compile(r"\([^()a-zA-Z]*\d[^()a-zA-Z]*\)")
_OWED = re.compile(r"\d\s?[-−]\s*$")
"""`500-`, as ledgers write what is owed; `1'500.-` is a round sum."""
_NO_SUM = re.compile(r"[=@{}\[\]^&\\_%‰]")
_LEFT_OVER = re.compile(r"[^\W\d_]+\.?(?:-[^\W\d_]+)?")
_ENDS_CENTS = {POINT: re.compile(r"\.\d{1,2}(?!\d)"), COMMA: re.compile(r",\d{1,2}(?!\d)")}


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says of money: two ends, equal where it is one figure, and whose money it is.

    `hourly` is None where the cell does not say by what it is paid.
    """

    low: Decimal | None
    high: Decimal | None
    currency: str = ""
    hourly: bool | None = None


def decimal_sign(cells: Iterable[str]) -> str:
    """Whether a column's cents stand after a point or a comma; empty where no cell tells."""
    points = commas = 0
    for cell in cells:
        at_point, at_comma = (bool(_ENDS_CENTS[sign].search(cell)) for sign in (POINT, COMMA))
        points += at_point and not at_comma
        commas += at_comma and not at_point
    if points == commas:
        return ""
    return POINT if points > commas else COMMA


def amount_of(text: str, sign: str = "") -> Amount:
    """Read a cell. Raises CellProblem where it is no amount, or more than a range."""
    plain = _plain(text, sign)
    if plain is not None:
        return Amount(plain, plain)
    text = _REMARK.sub("", text.translate(_SPACES))
    found = list(_NUMBER.finditer(text))
    hourly = True if _HOURLY.search(text) else False if _FIXED.search(text) else None
    _refuse_other_words(text, found, hourly)
    if not found:
        return Amount(None, None, hourly=hourly)
    numbers = [_number(match, sign) for match in found]
    if len(found) == 2 and found[1]["times"] and not found[0]["times"] and numbers[0] < numbers[1]:
        scaled = numbers[0] * _times(found[1]["times"])  # 10-20k
        numbers[0] = scaled if scaled <= numbers[1] else numbers[0]
    low, high = numbers[0], numbers[-1]
    return Amount(*_open_ends(text, low, high, len(numbers)), _currency(text), hourly)


def _plain(text: str, sign: str) -> Decimal | None:
    """A bare number, as programs write it: also with an exponent, or in Arabic digits."""
    if sign != POINT and re.search(r"[.,]\d{3}$", text) and not text.startswith("0"):
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise CellProblem("not a plain amount")
    return amount


def _refuse_other_words(text: str, found: list[re.Match[str]], hourly: bool | None) -> None:
    rest = _UNSURE.sub(" ", _NAMED.sub(" ", _SYMBOL.sub(" ", _NUMBER.sub(" ", text))))
    words = [word for word in _LEFT_OVER.findall(rest) if word.upper().strip(".") not in CODES]
    is_strange = any(
        _WORDS.isdisjoint({word, word.strip(".")}) for word in map(str.casefold, words)
    )
    has_signs = _NO_SUM.search(rest) or _NEGATIVE.fullmatch(text) or _OWED.search(text)
    has_unknown_money = any(unicodedata.category(sign) == "Sc" for sign in rest)
    says_nothing = not found and hourly is None
    if is_strange or has_signs or has_unknown_money or says_nothing or _are_no_range(text, found):
        raise CellProblem(f"expected a number or an amount of money, found {text[:40]!r}")


def _are_no_range(text: str, found: list[re.Match[str]]) -> bool:
    """Whether numbers are amounts apart, not the ends of a range: `$500/$1000`, `50 75`, any three."""
    if len(found) != 2:
        return len(found) > 2
    between = _SYMBOL.sub("", text[found[0].end() : found[1].start()]).strip()
    if not between:
        return found[1]["sign"] is None
    return (
        between in _PARTS_NO_RANGE
        or re.search(r"\bfixed\b|\bhourly\b", between.lower()) is not None
    )


def _number(match: re.Match[str], sign: str) -> Decimal:
    digits = match["number"]
    number = Decimal(_with_point(digits, sign)) * _times(match["times"])
    if number > LARGEST:
        raise CellProblem("not a plain amount")
    # A dash after a number parts the two ends of a range.
    is_range = re.search(r"\d", match.string[: match.start()]) is not None
    return -number if match["sign"] and not is_range else number


def _with_point(digits: str, sign: str) -> str:
    """The digits with a point before the cents, and nothing between the thousands."""
    digits = re.sub(r"['’\u00a0\u202f ]", "", digits)
    points, commas = digits.count(POINT), digits.count(COMMA)
    if points and commas:
        last = max(digits.rfind(POINT), digits.rfind(COMMA))
        return re.sub(r"[.,]", "", digits[:last]) + POINT + digits[last + 1 :]
    if points + commas > 1:
        return re.sub(r"[.,]", "", digits)
    if not points + commas:
        return digits
    mark = POINT if points else COMMA
    head, tail = digits.split(mark)
    is_thousands = len(tail) == 3 and 0 < len(head) <= 3 and head != "0"
    if is_thousands and mark != sign:
        return head + tail
    return f"{head}.{tail}"


def _times(word: str | None) -> int:
    return _TIMES[word.casefold()] if word else 1


def _open_ends(
    text: str, low: Decimal, high: Decimal, numbers: int
) -> tuple[Decimal | None, Decimal | None]:
    """`Less than $50` has no least, `$10K+` no most; both count by the end that they state."""
    if numbers == 2:
        return low, high
    if _LESS.search(text):
        return None, high
    return (low, None) if _MORE.search(text) else (low, high)


def _currency(text: str) -> str:
    code = next((code for code in _CODE.findall(text.upper()) if code in CODES), "")
    symbol, name = _SYMBOL.search(text), _NAMED.search(text)
    return code or (SYMBOLS[symbol[0]] if symbol else _NAMES[name[1].lower()] if name else "")
