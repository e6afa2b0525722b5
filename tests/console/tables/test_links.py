"""What a line of a history or of the activity log is about leads to its page, where it has one."""

import pytest

from connects.console.tables.links import link_of


@pytest.mark.parametrize(
    ("subject", "link"),
    [
        ("account:ana", "/console/accounts/ana/"),
        ("appeal:7", "/console/appeals/7/"),
        ("job:67176e01aabbccdd", "/console/posts/67176e01aabbccdd/"),
        ("letter:12", "/console/letters/12/"),
        ("promo:SPRING-26:3", "/console/promos/?q=SPRING-26"),
        ("proposal:67176e01aabbccdd", "/console/proposals/?q=67176e01aabbccdd"),
        ("purchase:67176e01aabbccdd", "/console/payments/purchase/67176e01aabbccdd/"),
        ("rollout:67176e01aabbccdd", "/console/rollouts/67176e01aabbccdd/"),
        ("account:not a handle", ""),
        ("appeal:seven", ""),
        ("grant:welcome", ""),
        ("nonsense", ""),
        ("", ""),
        ("account:", ""),
    ],
)
def test_a_subject_leads_to_its_page(subject: str, link: str) -> None:
    assert link_of(subject) == link
