"""`connects policy check`: whole rule books, and with --monotone ones in which more never costs less."""

from pathlib import Path

from click.testing import CliRunner

from connects.cli.main import main
from connects.policy.shelf import shipped_text


def check(*files: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["policy", "check", "--monotone", *map(str, files)])
    return result.exit_code, result.output


def written(folder: Path, text: str) -> Path:
    file = folder / "tried.toml"
    file.write_text(text)
    return file


def test_a_rule_book_in_which_more_money_never_costs_less_is_said_to_be_so(tmp_path: Path) -> None:
    file = written(tmp_path, shipped_text("upwork-2023"))

    assert check(file) == (0, f"{file}: ok, upwork-2023@2, more money never costs less\n")


def test_a_shipped_rule_book_is_checked_by_its_name() -> None:
    said = "upwork-2023: ok, upwork-2023@2, more money never costs less\n"

    assert check(Path("upwork-2023")) == (0, said)
    assert check(Path("upwork-2022"))[0] == 2


def test_the_first_pair_that_breaks_it_is_named(tmp_path: Path) -> None:
    text = shipped_text("upwork-2023").replace("connects = 6", "connects = 2", 1)
    file = written(tmp_path, text)

    code, said = check(file)

    assert code == 2
    assert "more money costs less: fixed, a budget of $" in said
    assert "→ 4 Connects; but fixed, a budget of $600.00" in said
    assert said.endswith("→ 2 Connects\n")


def test_a_table_of_medians_must_rise_with_level_and_length(tmp_path: Path) -> None:
    text = shipped_text("fair-2026").replace(
        'over_six_months = "470.00"', 'over_six_months = "1.00"'
    )

    code, said = check(written(tmp_path, text))

    assert code == 2
    assert "budgets that do not fall with the length for expert" in said
