"""The rules of a marketplace as versioned data."""
