"""The parts of the page Goal map: reading a table, the picture, the pieces of work, questions, quarters, files."""
