"""A stateful stand-in of PayPal for tests: `running("tests.servers.paypal")`.

What is asked and what is answered are checked against PayPal's own published schemas (`published`).
"""

CLIENT = "client_of_the_stand_in"
SECRET = "secret_of_the_stand_in"
WEBHOOK = "WH0STANDIN"
BUYER = "buyer@example.com"
POOR_BUYER = "declined@example.com"
SLOW_BUYER = "pending@example.com"
"""Accounts: what the payer enters on PayPal's page. The poor one is declined, the slow one waits."""
