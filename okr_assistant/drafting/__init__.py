"""Drafts of goals: what a program can see in their sentences, and what it says about it."""
