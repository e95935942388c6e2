"""Workshops on screens: what facilitators and participants have in common."""
