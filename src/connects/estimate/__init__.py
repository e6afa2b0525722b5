"""Projected values learned from history: training, files of models, estimates, how well they do."""
