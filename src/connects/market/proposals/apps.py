from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "connects.market.proposals"
    label = "proposals"
