from requirements import licences


def test_the_page_of_licences_is_what_the_lock_says() -> None:
    assert licences.PAGE.read_text() == licences.page(), "run: python requirements/licences.py"
