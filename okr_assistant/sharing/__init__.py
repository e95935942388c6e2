"""How a result leaves: the coded sheet in an address, later links and snapshots."""
