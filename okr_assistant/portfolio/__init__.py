"""Portfolios: many pieces of work, read from tables, scored at once, and placed on the goal map."""
