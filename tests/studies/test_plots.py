"""Plots are well-formed SVG that names itself and escapes what it is told."""

from xml.etree import ElementTree as ET

from connects.studies.plots import Bar, Line, bars, lines

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_as_long_as_their_numbers() -> None:
    root = ET.fromstring(bars("Shares", [Bar("a", 2.0, "2 %"), Bar("b", 1.0, "1 %")]))

    long, short = (float(rect.get("width", "0")) for rect in root.iter(f"{SVG}rect"))
    assert long == 2 * short
    assert (root.get("role"), "Shares" in root.get("aria-label", "")) == ("img", True)


def test_a_label_cannot_break_out_of_the_plot() -> None:
    root = ET.fromstring(bars("<b>", [Bar('</text><script>"', 1.0, "&", 0.5, 1.5)]))

    assert [text.text for text in root.iter(f"{SVG}text")] == ['</text><script>"', "&"]


def test_lines_that_end_alike_have_names_apart() -> None:
    rows = [Line(name, [(0, 1.0), (1, 2.0)]) for name in ("web", "law", "art")]

    root = ET.fromstring(lines("Demand", rows, ("1 May", "2 May"), "index"))

    names = {text.text: float(text.get("y", "0")) for text in root.iter(f"{SVG}text")}
    assert len({names[name] for name in ("web", "law", "art")}) == 3
    assert lines("Demand", [], ("", ""), "index") == ""
