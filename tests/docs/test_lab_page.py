"""The laboratory's page names every parameter and every measure, as they are."""

import pytest

pytest.importorskip("numba")

from connects.lab.behaviour.parameters import ALL, Parameter
from connects.studies.market.measures import MEASURES, Measure
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "lab.md").read_text()


@pytest.mark.parametrize("parameter", ALL, ids=lambda each: each.name)
def test_each_parameter_stands_there_with_its_bounds_and_source(parameter: Parameter) -> None:
    name, meaning, least, most, default, source = parameter
    bounds = f"{least:g} to {most:g}"

    row = f"| `{name}` | {meaning} | {bounds} | {default:g} | {source} |"
    assert row.replace("-", "−") in PAGE.replace("-", "−")


@pytest.mark.parametrize(("name", "measure"), MEASURES.items(), ids=list(MEASURES))
def test_each_measure_stands_there(name: str, measure: Measure) -> None:
    usual = "usual" if measure.is_usual else ""

    assert f"| `{name}` | {measure.words} | {usual} |" in PAGE
