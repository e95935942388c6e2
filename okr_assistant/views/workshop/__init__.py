"""What the screens and documents of a workshop show."""
