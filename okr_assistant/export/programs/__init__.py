"""What other programs get, over HTTP and over MCP: models, errors, and what a sheet can be."""
