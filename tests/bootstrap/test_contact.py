import pytest

from connects.bootstrap.contact import contact_link, reply_to


@pytest.mark.parametrize(
    ("said", "link", "answers"),
    [
        ("", "", []),
        ("help@connects.example", "mailto:help@connects.example", ["help@connects.example"]),
        ("https://connects.example/help", "https://connects.example/help", []),
    ],
)
def test_people_write_to_the_address_or_the_page_that_is_named(
    said: str, link: str, answers: list[str]
) -> None:
    assert contact_link({"CONNECTS_CONTACT": said}) == link
    assert reply_to(link) == answers


@pytest.mark.parametrize(
    "wrong",
    [
        "help",
        "help@localhost",
        "@connects.example",
        "Help <help@connects.example>",
        "a@b.example,c@d.example",
        "a@b.example?bcc=c@d.example",
        "http://connects.example",
        "https://",
        "https://[::1",
        "javascript:alert(1)",
        "mailto:help@connects.example",
    ],
)
def test_a_contact_that_is_neither_is_told_in_words(wrong: str) -> None:
    with pytest.raises(ValueError, match="CONNECTS_CONTACT"):
        contact_link({"CONNECTS_CONTACT": wrong})
