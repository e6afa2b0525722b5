"""Names and texts of the demo, put together from parts; none is taken from a real post."""

from __future__ import annotations

from random import Random

FIRST_NAMES = (
    "Ada Amir Anouk Bao Carmen Chidi Dalia Diego Elif Emeka Farah Goran "
    "Hana Ines Ivo Jamal Jonas Kaya Lars Leila Luca Maya Milan Nadia "
    "Noor Olu Paula Quinn Rosa Sami Tara Umar Vera Wen Yuki Zofia"
).split()
LAST_NAMES = (
    "Adeyemi Bauer Costa Dimitrov Eriksen Ferrari Garcia Haddad Ibrahim Jensen Kowalski Lindqvist "
    "Moreau Nakamura Okafor Petrov Rahman Silva Tanaka Varga Weiss Yilmaz"
).split()
COMPANY_WORDS = (
    "Alder Beacon Cedar Delta Ember Fjord Garnet Harbor Indigo Juniper Kestrel Lantern "
    "Maple Nimbus Orchard Pine Quarry River Summit Tidal"
).split()
COMPANY_KINDS = ("Studio", "Labs", "Foods", "Travel", "Books", "Health", "Energy", "Logistics")
COUNTRIES = ("DE", "IN", "NG", "PH", "PL", "US", "BR", "ES", "KE", "VN")

TASKS = {
    "Design": ("logo", "landing page", "brochure", "icon set", "packaging", "pitch deck"),
    "Web development": ("web shop", "booking page", "API", "dashboard", "blog", "member area"),
    "Writing": ("product text", "newsletter", "case study", "handbook", "press release"),
    "Translation": ("user manual", "contract", "website", "subtitles"),
    "Marketing": ("launch campaign", "search ads", "survey", "social calendar"),
    "Data": ("sales report", "data cleaning script", "forecast", "survey analysis"),
}
SKILLS = {
    "Design": ("Logo design", "Illustration", "Figma", "Typography"),
    "Web development": ("Python", "Django", "JavaScript", "Accessibility"),
    "Writing": ("Copywriting", "Editing", "Research"),
    "Translation": ("German", "Spanish", "Proofreading"),
    "Marketing": ("Search ads", "Copywriting", "Social media"),
    "Data": ("Python", "SQL", "Statistics", "Charts"),
}
VERBS = ("Make", "Improve", "Plan and build", "Review", "Redo", "Finish")
AUDIENCES = (
    "a family bakery",
    "a bicycle workshop",
    "a language school",
    "a physiotherapy practice",
    "a neighbourhood theatre",
    "a seed catalogue",
    "a ferry line",
    "a chess club",
)
DETAILS = (
    "We have drafts and answer questions the same day.",
    "Please say how you would begin, and what you would need from us.",
    "We would like to see one example of similar work.",
    "There is an existing version to start from.",
    "The first milestone is the part that matters most to us.",
    "We work in small steps and review twice a week.",
)
LETTERS = (
    "I have done work like this before and could begin on Monday.",
    "Your plan is clear to me; I would start with a short sketch for you to review.",
    "Happy to help. I would ask two questions first and then give you a fixed plan.",
    "This fits what I do best. I can show two recent examples of the same kind.",
)


def person_name(chance: Random) -> str:
    """A first and a last name."""
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"


def company_name(chance: Random) -> str:
    """The name of a client's or an agency's firm."""
    return f"{chance.choice(COMPANY_WORDS)} {chance.choice(COMPANY_KINDS)}"


def job_texts(chance: Random, category: str) -> tuple[str, str]:
    """A post's title and description."""
    task, audience = chance.choice(TASKS[category]), chance.choice(AUDIENCES)
    title = f"{chance.choice(VERBS)} the {task} of {audience}"
    opening = f"We are looking for someone to work with us on the {task} of {audience}."
    return title, " ".join([opening, *chance.sample(DETAILS, 3)])


def skills_for(category: str, title: str) -> tuple[str, ...]:
    """Two or three of a category's skills, always the same for a title; some posts name none."""
    known, at = SKILLS[category], len(title)
    return () if at % 5 == 0 else tuple(known[(at + n) % len(known)] for n in range(2 + at % 2))


QUESTIONS = (
    "When could you begin?",
    "Can you show me something like it that you have made?",
    "How would you go about the first week?",
)
