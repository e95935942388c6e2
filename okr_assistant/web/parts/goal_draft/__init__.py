"""The parts of the page First draft."""
