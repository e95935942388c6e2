"""The store: one contract, every engine; and what only SQLite can do wrong."""
