"""Time is passed in: one module reads the clock, and everything else is told what time it is."""

import pytest

from tests.architecture.sources import PACKAGE, modules, references

THE_CLOCK = PACKAGE / "bootstrap" / "clock.py"
CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "django.utils.timezone.localdate",
    "django.utils.timezone.localtime",
    "django.utils.timezone.now",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
}


_WORDS = {name.rpartition(".")[2] for name in CLOCKS}


def clock_readings(source: str) -> list[int]:
    if not any(word in source for word in _WORDS):
        return []
    return [reference.line for reference in references(source) if reference.name in CLOCKS]


def test_only_the_clock_reads_the_time() -> None:
    readings = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in modules()
        if path != THE_CLOCK
        for line in clock_readings(path.read_text())
    ]

    assert readings == []


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "import datetime as dt\ndt.date.today()",
        "from datetime import datetime\ndatetime.utcnow()",
        "from datetime import datetime as d\ndefault = d.now",
        "import time\ntime.time()",
        "from time import time as now\nnow()",
        "from django.utils import timezone\ndefault = timezone.now",
    ],
)
def test_a_reading_of_the_clock_is_seen(source: str) -> None:
    assert clock_readings(source) == [2]


def test_measuring_a_duration_is_not_reading_the_clock() -> None:
    assert clock_readings("import time\ntime.perf_counter()\ntime.monotonic()") == []
