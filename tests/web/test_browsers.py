from connects.web.browsers import browser_words

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


def test_a_browser_is_named_as_people_name_it() -> None:
    assert browser_words(f"{WINDOWS} Safari/537.36 Edg/131.0") == "Edge on Windows"
    assert browser_words(f"{WINDOWS} Safari/537.36") == "Chrome on Windows"
    assert browser_words(f"{IPHONE} Version/17.0 Mobile/15E148 Safari/604.1") == "Safari on iPhone"


def test_a_rare_browser_keeps_the_beginning_of_its_own_words() -> None:
    assert browser_words("curl/8.5.0") == "curl/8.5.0"
    assert browser_words("x" * 300) == "x" * 60
    assert browser_words("") == "An unknown browser"
