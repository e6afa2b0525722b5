"""Whether the market does what field experiments found: 21 checks, most with a mutant that must fail."""
