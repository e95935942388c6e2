"""What pages, files and the command line show of a goal map; no page and no file has a sentence of its own."""
