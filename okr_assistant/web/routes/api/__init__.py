"""The JSON API: the decision for other programs, as routes beside the pages. ``docs/api.md`` is its manual."""
