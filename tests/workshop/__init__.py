"""Workshops over a real store, on every engine."""
