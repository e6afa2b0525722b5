"""The lists of the console: what each shows of its rows, by theme."""
