"""A result as a file: Markdown, PDF, CSV, JSON, pictures and a calendar entry, all from the same views."""
