"""Words, dates, numbers and money in the reader's language, for all packages; knows no framework.

`messages` translates, `languages` says into which language, `dates` and `figures` write the rest.
"""
