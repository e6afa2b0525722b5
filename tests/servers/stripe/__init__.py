"""A stateful stand-in of Stripe for tests: `running("tests.servers.stripe")`.

It is as strict as Stripe's own library knows Stripe to be: what is asked is checked against the
library's parameters (`parameters`), what is answered against its resources (`shapes`).
"""

KEY = "sk_test_of_the_stand_in"
WEBHOOK_SECRET = "whsec_of_the_stand_in"
