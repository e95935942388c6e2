"""Workshops: many people answer privately, the room sees the disagreement that matters."""
