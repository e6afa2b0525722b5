"""How often someone may do something: rules of the product, counted in the database."""
