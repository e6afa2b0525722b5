"""Tables of other countries: their words, their money, their ways to write numbers."""

import json
import zipfile
from pathlib import Path

import pytest

from connects.posts.money import amount_of, decimal_sign
from connects.posts.rows import JobRow
from connects.posts.unreadable import CellProblem, TableUnreadable
from connects.posts.words import level_word, verified_word, workload_word
from connects.vocabulary.facts import JobKind, Level
from tests.posts.written_files import posts_in, read, run, workbook

SPANISH = (
    "Id,Tipo de trabajo,Presupuesto,Nivel de experiencia,Duración\n"
    '1,Precio fijo,"1.500,00 $",Experto,De 1 a 3 meses\n'
    '2,Por horas,"15,50 $/hora",Intermedio,Más de 6 meses\n'
    "3,Precio fijo,250 $,Principiante,Menos de 1 mes\n"
)
GERMAN = (
    "Nr;Vergütungsart;Budget;Erfahrung;Dauer\n"
    "1;Festpreis;1.500,00 $;Experte;1 bis 3 Monate\n"
    "2;Stundenbasis;15,50 $/Std.;Fortgeschritten;Mehr als 6 Monate\n"
    "3;Festpreis;250 $;Einsteiger;Weniger als 1 Monat\n"
)
PORTUGUESE = (
    "id;Tipo de projeto;Orçamento;Nível;Duração\n"
    "1;Preço fixo;US$ 1.500,00;Especialista;1 a 3 meses\n"
    "2;Por hora;US$ 15,50/h;Intermediário;Mais de 6 meses\n"
    "3;Preço fixo;US$ 250;Iniciante;Menos de 1 mês\n"
)
FRENCH = (
    "Id;Type de contrat;Budget;Niveau;Durée\n"
    "1;Prix fixe;1 500,00 $;Expert;1 à 3 mois\n"
    "2;Taux horaire;15,50 $/h;Intermédiaire;Plus de 6 mois\n"
    "3;Prix fixe;250 $;Débutant;Moins d'un mois\n"
)


def facts_in(file: Path, content: bytes | str, currency: str = "USD") -> list[JobRow]:
    rows = posts_in(file, content, currency)
    assert not [row.problem for row in rows if row.problem]
    return [row.row for row in rows if row.row is not None]


@pytest.mark.parametrize(
    "content", [SPANISH, GERMAN, PORTUGUESE, FRENCH], ids=["es", "de", "pt", "fr"]
)
def test_columns_and_words_of_other_tongues_are_known(tmp_path: Path, content: str) -> None:
    large, hourly, small = (row.facts for row in facts_in(tmp_path / "posts.csv", content))

    assert [large.kind, hourly.kind, small.kind] == [JobKind.FIXED, JobKind.HOURLY, JobKind.FIXED]
    assert (large.budget_cents, hourly.hourly_max_cents, small.budget_cents) == (
        150_000,
        1_550,
        25_000,
    )
    assert [f.level for f in (large, hourly, small)] == [
        Level.EXPERT,
        Level.INTERMEDIATE,
        Level.ENTRY,
    ]
    assert all(facts.duration_days is not None for facts in (large, hourly, small))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Menos de 30 horas a la semana", "lt_30"),
        ("Über 30 Std./Woche", "30_plus"),
        ("Menos de 30 horas/semana", "lt_30"),
        ("Plus de 30 heures par semaine", "30_plus"),
        ("Vollzeit", "30_plus"),
    ],
)
def test_hours_a_week_are_read_in_other_tongues(text: str, word: str) -> None:
    assert workload_word(text) == word


def test_levels_and_verification_are_read_in_other_tongues() -> None:
    assert [level_word(text) for text in ("Nivel intermedio", "Anfänger", "Especialista")] == [
        "intermediate",
        "entry",
        "expert",
    ]
    assert [
        verified_word(text) for text in ("Verificado", "nicht verifiziert", "não verificado")
    ] == [
        "1",
        "0",
        "0",
    ]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("₹12,34,567.50", "1234567.50"),
        ("1.5 lakh", 150_000),
        ("2 crore", 20_000_000),
        ("1.2 million", 1_200_000),
        ("3 Tsd.", 3_000),
        ("5K", 5_000),
        ("CHF 1'500.-", 1_500),
    ],
)
def test_amounts_are_counted_as_countries_count_them(text: str, amount: float | str) -> None:
    assert str(float(amount_of(text).low or 0)) == str(float(amount))


@pytest.mark.parametrize("text", ["500-", "5 mil", "5kk", "$800/month", "2 millimetres"])
def test_what_means_one_thing_here_and_another_there_is_no_amount(text: str) -> None:
    with pytest.raises(CellProblem):
        amount_of(text)


def test_three_digits_after_a_comma_are_cents_where_the_column_has_its_cents_there() -> None:
    column = ["1500,00", "99,5", "12,345"]

    assert str(amount_of("12,345", decimal_sign(column)).low) == "12.345"
    assert amount_of("12,345", decimal_sign(["12,345", "99.50"])).low == 12_345


@pytest.mark.parametrize("column", ["budget_eur", "Budget (EUR)", "Presupuesto (€)", "Preis (€)"])
def test_a_columns_name_says_whose_money_it_is(tmp_path: Path, column: str) -> None:
    content = f"id;type;{column}\n1;fixed;150\n2;fixed;1.000\n"

    (first, _) = posts_in(tmp_path / "posts.csv", content)
    assert "in EUR, and the rule book counts in USD" in str(first.problem)
    assert [row.facts.budget_cents for row in facts_in(tmp_path / "e.csv", content, "EUR")] == [
        15_000,
        100_000,
    ]


def test_our_own_columns_are_in_the_rule_books_currency_whatever_their_name(tmp_path: Path) -> None:
    content = "job_id,kind,budget_usd\n1,fixed,150\n"

    (row,) = facts_in(tmp_path / "posts.csv", content, "EUR")
    assert row.facts.budget_cents == 15_000


def test_truth_is_no_amount(tmp_path: Path) -> None:
    document = json.dumps(
        [
            {"id": 1, "fixed_price": True, "type": "fixed", "budget": 300},
            {"id": 2, "fixed_price": False, "type": "hourly", "budget": 20},
            {"id": 3, "fixed_price": True, "type": "fixed", "budget": True},
        ]
    )

    fixed, hourly, wrong = posts_in(tmp_path / "posts.json", document)
    assert fixed.row is not None
    assert fixed.row.facts.budget_cents == 30_000
    assert hourly.row is not None
    assert hourly.row.facts.hourly_max_cents == 2_000
    assert "found true" in str(wrong.problem)


@pytest.mark.parametrize(
    "document",
    [
        {"~7": {"type": "fixed", "budget": 100}, "~8": {"type": "fixed", "budget": 200}},
        {"data": {"jobs": {n: {"type": "FIXED", "amount": {"amount": 100}} for n in ("~7", "~8")}}},
        {"907": {"type": "fixed", "budget": 100}, "908": {"type": "hourly", "budget": 200}},
    ],
)
def test_objects_by_their_ids_are_posts_of_these_ids(tmp_path: Path, document: object) -> None:
    rows = facts_in(tmp_path / "posts.json", json.dumps(document))

    assert [row.job_id[-1] for row in rows] == ["7", "8"]


def test_features_of_a_map_are_posts_by_their_properties(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": {},
            "properties": {"job_id": n, "kind": "fixed", "budget": 50 * n},
        }
        for n in (1, 2)
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features})

    rows = facts_in(tmp_path / "posts.json", document)
    assert [(row.job_id, row.facts.budget_cents) for row in rows] == [("1", 5_000), ("2", 10_000)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id,type,Budget,BUDGET \n1,fixed,100,9999\n", "the column Budget is there 2 times"),
        ("id,field,value\n1,type,fixed\n1,budget,100\n", "one fact of a post, not a post"),
    ],
)
def test_tables_that_could_be_misread_unseen_are_refused(
    tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "posts.csv"
    file.write_text(content)

    with pytest.raises(TableUnreadable, match=said):
        read(file)


def test_what_a_sheets_cells_do_not_hold_is_named(tmp_path: Path) -> None:
    """Merged cells, and a currency that only a format shows."""
    rows = [["id", "type", "budget"], ["1", "fixed", "150"], ["2", "", "90"]]
    file = workbook(tmp_path / "posts.xlsx", rows)
    rewritten = tmp_path / "formats.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(rewritten, "w") as new:
        for member in old.namelist():
            text = old.read(member)
            merged = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
            new.writestr(member, text.replace(b"</sheetData>", merged))
        new.writestr(
            "xl/styles.xml",
            '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0.00 [$€-407]"/></numFmts>'
            '<cellXfs count="1"><xf numFmtId="164"/></cellXfs></styleSheet>',
        )

    said = run("price", rewritten, "--policy", "fair-2026").stderr
    assert (
        "Cells merged over several rows, of which only the first row has the value: 1 (B2)" in said
    )
    assert "shown as amounts in EUR by their format, which is not read" in said
