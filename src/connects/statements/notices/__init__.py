"""What people are told of: one table of notices, with who hears of each, in which words, and its link."""
