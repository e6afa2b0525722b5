"""Plots are well-formed SVG that names itself and escapes what it is told."""

from xml.etree import ElementTree as ET

from connects.studies.axes import mark_text, marks
from connects.studies.plots import Bar, Line, bars, lines
from connects.wording.languages import speaking

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_as_long_as_their_numbers() -> None:
    root = ET.fromstring(bars("Shares", [Bar("a", 2.0, "2 %"), Bar("b", 1.0, "1 %")]))

    long, short = (float(rect.get("width", "0")) for rect in root.iter(f"{SVG}rect"))
    assert long == 2 * short
    assert (root.get("role"), "Shares" in root.get("aria-label", "")) == ("img", True)


def test_a_label_cannot_break_out_of_the_plot() -> None:
    root = ET.fromstring(bars("<b>", [Bar('</text><script>"', 1.0, "&", 0.5, 1.5)]))

    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts[-2:] == ['</text><script>"', "&"]
    assert texts[:-2] == ["0", "0.5", "1", "1.5"]


def test_lines_that_end_alike_have_names_apart() -> None:
    rows = [Line(name, [(0, 1.0), (1, 2.0)]) for name in ("web", "law", "art")]

    root = ET.fromstring(lines("Demand", rows, ("1 May", "2 May"), "index"))

    names = {text.text: float(text.get("y", "0")) for text in root.iter(f"{SVG}text")}
    assert len({names[name] for name in ("web", "law", "art")}) == 3
    assert lines("Demand", [], ("", ""), "index") == ""


def test_axes_have_round_marks_that_hold_all_numbers() -> None:
    assert marks(0, 2.0) == [0, 0.5, 1, 1.5, 2]
    assert marks(0.28, 0.3) == [0.28, 0.285, 0.29, 0.295, 0.3]
    assert marks(0, 926) == [0, 200, 400, 600, 800, 1000]
    for low, high in ((3.0, 3.0), (0.0, 0.0), (1e-9, 2e-9), (0.0, 7e12)):
        ticks = marks(low, high)
        assert ticks[0] <= low <= high <= ticks[-1]
        assert 2 <= len(ticks) <= 8


def test_a_frontier_can_be_read_off_its_axis() -> None:
    row = Line("least burden", [(50, 0.28), (100, 0.285), (150, 0.3)])

    root = ET.fromstring(lines("Frontier", [row], ("50 %", "150 %"), "share, %", from_zero=False))

    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"0.28", "0.285", "0.29", "0.295", "0.3"} <= set(texts)
    assert "0" not in texts


def test_marks_are_written_as_the_reader_writes_numbers() -> None:
    ticks = (0.0, 0.285, 2.5, 20_000.0)
    assert [mark_text(tick) for tick in ticks] == ["0", "0.285", "2.5", "20,000"]
    with speaking("es"):
        assert [mark_text(tick) for tick in ticks] == ["0", "0,285", "2,5", "20.000"]


def test_marks_leave_room_for_the_words_at_an_axis_ends() -> None:
    row = Line("least burden", [(50, 0.28), (150, 0.3)])
    words, marked = ("50 % of revenue", "150 %"), (60.0, 80.0, 120.0, 149.0)

    root = ET.fromstring(lines("Frontier", [row], words, "share, %", x_marks=marked))

    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert {"80", "120", *words} <= texts
    assert not {"60", "149"} & texts
