"""Closing months, and holding each day's money against what the providers say."""
