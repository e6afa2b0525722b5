"""Repayments: what went back of payments, by refunds and disputes."""
