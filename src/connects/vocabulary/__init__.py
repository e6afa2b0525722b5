"""The words that every part of Connects shares: amounts, moments, parties, facts, refusals."""
