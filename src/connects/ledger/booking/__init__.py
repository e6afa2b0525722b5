"""Booking: which lots an event draws on or fills, and the journal entry that says so."""
