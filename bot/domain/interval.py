"""How sure a share is: the Wilson score interval (Wilson 1927)."""

import math

Z95 = 1.959963984540054


def wilson(hits: int, count: int, z: float = Z95) -> tuple[float, float]:
    """The interval in which a share lies, from 0 to 1; all of it where nothing was counted."""
    if count <= 0:
        return 0.0, 1.0
    share, square = hits / count, z * z
    middle = share + square / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + square / (4 * count * count))
    whole = 1 + square / count
    low, high = (middle - spread) / whole, (middle + spread) / whole
    return max(0.0, low), min(1.0, high)
