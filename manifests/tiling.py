"""The geometry of a pyramid: the side of a tile, the sizes of its levels. Whole numbers, no files."""

TILE = 512
"""Width and height of a stored tile in pixels; part of the recipe (decisions.md, 2)."""


def levels(width: int, height: int) -> tuple[tuple[int, int], ...]:
    """Size of every level of a pyramid: full size first, each half the one before rounded up, down to one tile."""
    sizes = [(width, height)]
    while max(sizes[-1]) > TILE:
        scale = 1 << len(sizes)
        sizes.append((-(-width // scale), -(-height // scale)))
    return tuple(sizes)
