"""Studies: arms that differ in something, played over the same seeds, and what came of them."""
