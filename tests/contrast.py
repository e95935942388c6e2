"""Contrast as WCAG 2.2 defines it, from colours as they are written: ``#rgb`` or ``#rrggbb``."""

from __future__ import annotations

TEXT = 4.5
"""What text needs on what is behind it (WCAG 1.4.3)."""
MARK = 3.0
"""What marks, edges and the place of the keyboard need beside what is next to them (WCAG 1.4.11)."""


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, from 0 to 1."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """From 0, black, to 1, white."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, page: str, share: float) -> str:
    """The colour that is seen when so much of ``colour`` lies on ``page``."""
    both = zip(channels(colour), channels(page), strict=True)
    return "#" + "".join(f"{round(255 * (share * over + (1 - share) * under)):02x}" for over, under in both)
