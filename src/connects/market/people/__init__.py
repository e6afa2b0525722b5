"""People and the accounts that they act for."""
