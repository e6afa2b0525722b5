"""Studies of posts: how fair a rule book is, what card would fit, how demand is best measured."""
