"""Tints: the 24 colours that hold a photo's place until it has arrived."""

from __future__ import annotations

# OKLCH: dark (0.38), middle (0.62) and light (0.84), each as grey and as seven quiet hues. Averages
# of photos are never vivid, so a vivid set would be missed by all of them.
TINTS = (
    *("#424242", "#5a3737", "#573b28", "#4d4122", "#37482d", "#1d4b48", "#2b455b", "#4e3a53"),
    *("#868686", "#aa7776", "#a57c60", "#958558", "#758f68", "#55938f", "#658bab", "#987a9f"),
    *("#cacaca", "#edbdbc", "#e8c2a9", "#d8caa2", "#bbd3af", "#a2d7d2", "#adcfed", "#dbc0e1"),
)


def nearest_tint(red: int, green: int, blue: int) -> int:
    """Index in TINTS of the colour that looks most like this one (channels 0 to 255).

    Source: OKLab distance, bottosson.github.io/posts/oklab.
    """
    wanted = _oklab(red, green, blue)

    def distance(index: int) -> float:
        tint = _oklab(*bytes.fromhex(TINTS[index][1:]))
        return sum((a - b) ** 2 for a, b in zip(wanted, tint, strict=True))

    return min(range(len(TINTS)), key=distance)


def tint_css() -> str:
    """One class a tint, `.tint-0` to `.tint-23`, that sets `--tint`; the part decides its use."""
    return "".join(f".tint-{index}{{--tint:{tint}}}" for index, tint in enumerate(TINTS))


def _oklab(red: int, green: int, blue: int) -> tuple[float, float, float]:
    r, g, b = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (red / 255, green / 255, blue / 255)
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
