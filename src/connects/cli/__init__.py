"""The command line: translate, call one service, print."""
