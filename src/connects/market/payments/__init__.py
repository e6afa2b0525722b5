"""How members pay: their methods and their order, the provider behind each, taxes, the charge itself."""
