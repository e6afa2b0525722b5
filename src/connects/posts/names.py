"""The columns that Connects knows, and the names under which other people's files have them.

`budget_usd` is a fixed-price job's budget and nothing else; `amount` is what a page shows as one figure,
a budget or an hourly rate, whichever kind the job is.
"""

from __future__ import annotations

from collections.abc import Iterable

from connects.posts.headers import plain_name
from connects.posts.money import CODES, SYMBOLS

AMOUNTS = "budget_usd amount amount_min amount_max hourly_min hourly_max hourly_mid".split()
HOURLY = ("hourly_min", "hourly_max", "hourly_mid")
TEXTS = ("title", "description")

OTHER_NAMES: dict[str, str] = {
    "job_id": "id nr nummer numero job_number post_id project_id job_uid uid ciphertext job_ciphertext"
    " guid",
    "source": "",
    "kind": "job_type budget_type type project_type payment_type pricing_type price_type contract_type"
    " job_kind is_hourly hourly_or_fixed fixed_or_hourly billing_type payment_mode engagement_type"
    " jobtype tipo art tipo_de_trabajo tipo_de_proyecto tipo_de_contrato tipo_de_pago"
    " tipo_de_projeto tipo_de_trabalho tipo_de_pagamento vergutungsart zahlungsart abrechnungsart"
    " projektart type_de_contrat type_de_projet type_de_paiement",
    "budget_usd": "fixed_budget fixed_price fixed_price_amount fixed_amount budget_fixed"
    " fixed_price_budget fixed_budget_amount fixed_price_amount_amount",
    "amount": "budget amount_raw budget_raw job_budget project_budget estimated_budget est_budget"
    " budget_amount amount_amount budget_text budget_range presupuesto orcamento budget_eur budget_gbp"
    " budget_inr rate_or_budget budget_or_rate"
    " price rate pay payment cost salary precio preis honorar valor compensation payment_amount"
    " price_range tarifa taxa tarif"
    " monto importe remuneracion remuneracao preco montant prix vergutung",
    "amount_min": "budget_minimum budget_min min_budget minimum_budget price_min min_price budget_from"
    " budget_low lower_budget amount_minimum budgetmin minbudget"
    " payment_min pay_min amount_from presupuesto_min presupuesto_minimo orcamento_min orcamento_minimo"
    " mindestbudget budget_von",
    "amount_max": "budget_maximum budget_max max_budget maximum_budget price_max max_price budget_to"
    " budget_high upper_budget amount_maximum budgetmax maxbudget"
    " payment_max pay_max amount_to presupuesto_max presupuesto_maximo orcamento_max orcamento_maximo"
    " hochstbudget budget_bis",
    "hourly_min": "hourly_range_min hourly_rate_min min_hourly_rate hourly_low hourly_budget_min"
    " hourly_from min_hourly rate_min min_rate hourly_minimum hourly_budget_minimum hourlymin",
    "hourly_max": "hourly_range_max hourly_rate_max max_hourly_rate hourly_high hourly_budget_max"
    " hourly_to max_hourly rate_max max_rate hourly_maximum hourly_budget_maximum hourlymax",
    "hourly_mid": "hourly_rate hourly hourly_range rate_per_hour hourly_budget per_hour"
    " hourly_price rate_hourly stundensatz tarifa_por_hora hourly_rate_range tarifa_hora valor_hora"
    " valor_por_hora preco_por_hora precio_por_hora precio_hora taux_horaire",
    "paid_per": "pay_period salary_period payment_period rate_period budget_period price_period pay_unit"
    " salary_unit rate_unit budget_unit price_unit pay_interval salary_interval rate_interval"
    " pay_frequency salary_frequency salary_type rate_type",
    "currency": "currency_code budget_currency ccy currency_name iso_currency_code moneda wahrung moeda"
    " devise divisa",
    "usd_per_unit": "currency_exchange_rate exchange_rate usd_rate",
    "duration": "job_duration project_length length project_duration duration_label est_time"
    " estimated_time estimated_duration duration_text engagement_duration engagement_duration_label"
    " contract_duration expected_duration time_estimate dauer duracion timeline duracao duree laufzeit"
    " projektdauer plazo prazo",
    "workload": "hours_per_week weekly_hours hours workload_text engagement hours_week hrs_week"
    " weekly_workload time_commitment commitment hourly_engagement_type horas_por_semana"
    " horas_semanales stunden_pro_woche wochenstunden heures_par_semaine",
    "experience_level": "experience level tier contractor_tier expertise job_level required_level"
    " experience_required skill_level expertise_level seniority levels_of_experience tier_text"
    " contractor_tier_label nivel nivel_de_experiencia experiencia erfahrung erfahrungsstufe"
    " erfahrungslevel niveau niveau_d_experience",
    "category": "job_category category_name main_category category2 track search_word category_label"
    " occupation categoria kategorie categorie",
    "subcategory": "job_subcategory sub_category subcategory_name subcategory2 speciality specialty",
    "skills": "tags skill required_skills jobs skills_required attrs skill_tags job_skills key_skills"
    " mandatory_skills expertise_tags habilidades competencias habilidades_requeridas fahigkeiten"
    " kenntnisse competences",
    "country": "client_country location client_location buyer_country client_location_country"
    " country_name location_country pais land job_location employer_country",
    "client_payment_verified": "payment_verified payment_verification verified is_payment_verified"
    " payment_method_verified payment_verification_status client_verified client_payment_verification"
    " client_payment_verification_status"
    " client_is_payment_verified client_verification_status"
    " payment_status verification_status payment_verified_status pago_verificado pagamento_verificado"
    " metodo_de_pago_verificado zahlung_verifiziert paiement_verifie",
    "client_spend_usd": "client_spend client_total_spent total_spent spent client_spent"
    " client_total_spend amount_spent money_spent spendings client_total_spent_amount"
    " client_total_charges spent_amount total_spend client_spendings",
    "client_reviews": "client_total_reviews reviews review_count total_reviews client_review_count"
    " number_of_reviews feedback_count reviews_count",
    "client_rating": "rating client_feedback client_score stars client_stars client_review_score"
    " client_total_feedback_score client_total_feedback feedback_score feedback",
    "client_hires": "client_total_hires hires total_hires client_jobs_with_hires",
    "client_key": "client_id buyer_id employer_id owner_id client_uid",
    "freelancers_to_hire": "positions persons_to_hire number_of_freelancers freelancers_needed"
    " number_of_positions_to_hire",
    "posted_at": "published posted posted_on date_posted created_at publish_time created post_date"
    " time_submitted posted_time published_at date published_on posting_time created_on time_posted"
    " job_posted_time posted_date create_time publish_date published_date date_created creation_date"
    " submitdate datum fecha timestamp fecha_de_publicacion publicado data_de_publicacao"
    " veroffentlicht publie_le date_de_publication",
    "observed": "scraped_at seen_at observed_at scraped_on crawled_at scrape_date date_scraped"
    " collected_at scraped_time fetched_at",
    "proposals_tier": "proposals applicants bids bid_count number_of_proposals proposals_count"
    " total_applicants bid_stats_bid_count applied proposal_count bids_count num_proposals"
    " proposals_submitted total_proposals offers_count",
    "title": "job_title name project_title headline position titulo titel titre",
    "description": "job_description text body summary details snippet content job_details descripcion"
    " beschreibung preview_description descricao",
    "title_chars": "title_length",
    "description_chars": "description_length desc_len text_length description_characters",
    "batch": "",
    "renewed": "",
}
"""Each column's own name, and the others that it goes by; what says it best stands first."""
WEAK_FROM = {"amount": "price"}
"""From this name on, a name may as well mean something else that costs: `price` may count Connects."""

KNOWN = tuple(OTHER_NAMES)
_BY_NAME = {
    other: name for name, others in OTHER_NAMES.items() for other in (name, *others.split())
}
_PLACES = {
    other: place
    for name, others in OTHER_NAMES.items()
    for place, other in enumerate((name, *others.split()))
}
_OWN_ENDINGS = (
    "_usd",
    "_eur",
    "_gbp",
    "_inr",
    "_in_usd",
    "_raw",
    "_text",
    "_label",
    "_value",
    "_amount",
    "_raw_value",
)
_NAMES_OF_FACTS = frozenset("field attribute property key variable metric".split())
_MARKS_OF_PROFILES = frozenset(
    "job_success job_success_score freelancer freelancer_name freelancer_title total_earned earned"
    " earnings total_earnings profile profile_url profile_title jobs_done hire_rate_freelancer"
    " total_jobs total_hours hours_worked top_rated badge availability freelancer_url".split()
)
_SAY_A_POST = frozenset(
    "kind duration workload experience_level budget_usd amount_min amount_max hourly_min hourly_max"
    " posted_at proposals_tier client_payment_verified client_spend_usd description".split()
)


def known_name(plain: str) -> str:
    """The column that a plain name stands for; empty where it stands for none.

    `job.budget.minimum` is looked for whole, then without its first parts, then without an ending.
    """
    for text in _shorter(plain):
        if text in _BY_NAME:
            return _BY_NAME[text]
        amount, _, ending = text.replace("_iso_currency", "_currency").rpartition("_currency")
        if amount and ending in ("", "_code") and _BY_NAME.get(amount) in AMOUNTS:
            return "currency"
    return ""


def standing(plain: str) -> int:
    """How well a known name says what it stands for: the less the better, 0 is our own name."""
    return next((_PLACES[text] for text in _shorter(plain) if text in _PLACES), len(_PLACES))


def is_weak(name: str, plain: str) -> bool:
    """Whether a column's plain name is among those that may mean something else than ours."""
    return name in WEAK_FROM and standing(plain) >= _PLACES[WEAK_FROM[name]]


def _shorter(plain: str) -> Iterable[str]:
    stems = [plain]
    stems += [plain.removesuffix(end) for end in _OWN_ENDINGS if plain.endswith(end)]
    if stated_currency(plain):
        stems.append(plain.rpartition("_")[0].removesuffix("_in"))
    for stem in stems:
        yield stem
    for stem in stems:
        for prefix in ("job_", "post_", "project_", "posting_", "node_", "data_", "opening_"):
            if stem.startswith(prefix):
                yield stem.removeprefix(prefix)


def stated_currency(column: str) -> str:
    """The currency at the end of a column's name: `Budget (EUR)`, `rate_gbp`, `Preis in €`."""
    code = plain_name(column).rpartition("_")[2].upper()
    if code in CODES:
        return code
    symbol = next((sign for sign in sorted(SYMBOLS, key=len, reverse=True) if sign in column), "")
    return SYMBOLS.get(symbol, "")


def likeness(names: Iterable[str]) -> int:
    """How many columns of posts are among some names; what says kind or amount counts most."""
    found = {known_name(plain_name(name)) for name in names} - {""}
    money = found & {"kind", *AMOUNTS}
    return len(found) + 5 * len(money)


def looks_like_profiles(names: Iterable[str], found: Iterable[str]) -> bool:
    """Whether a table is rather one of freelancers than one of jobs."""
    plain = {plain_name(name) for name in names}
    return bool(plain & _MARKS_OF_PROFILES) and not set(found) & _SAY_A_POST


def has_facts_in_lines(names: Iterable[str]) -> bool:
    """Whether a table has a line for each fact of a thing: its number, the fact's name, its value."""
    plain = {plain_name(name) for name in names}
    return "value" in plain and bool(plain & _NAMES_OF_FACTS) and len(plain) <= 4
