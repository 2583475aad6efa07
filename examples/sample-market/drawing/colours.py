"""Colours: the paints of all pictures, so that they look like one market."""

from __future__ import annotations

LIGHT, DARK = "#fff6dc", "#2a1420"  # sun and shade; never pure white or black
WOOD, BAMBOO, CLAY, CREAM = "#b9804e", "#d9b26a", "#b4573a", "#f3e4c6"
INDIGO, BLUE, PALE_BLUE, NIGHT = "#1f2d5c", "#3d5a9c", "#a9bfdc", "#18224a"
TEAL, STEEL, PLUM, PINK = "#00616b", "#e9edf0", "#5a2b45", "#f2b3a5"
MANGO, AMBER, CORAL, LEAF, LIME = "#f6b32c", "#d9822b", "#e8603c", "#2f7d45", "#a5c048"
