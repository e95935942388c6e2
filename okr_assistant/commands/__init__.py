"""The commands of ``okr-assistant``, a module for each group of them."""
