"""The parts of the pages for one piece of work, each drawn from its view."""
