from pathlib import Path

import pytest

from tests.browser.chromium import ChromiumUnavailableError, chromium_executable, ensure_chromium


def test_a_chromium_that_starts_is_found() -> None:
    assert chromium_executable().is_absolute()


def test_a_named_chromium_that_does_not_start_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "gone"))

    with pytest.raises(ChromiumUnavailableError, match="gone, which does not start"):
        ensure_chromium()
