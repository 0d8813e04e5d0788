"""Which request shows nearly the same for less: the region as it lies in a level, upright, as JPEG."""

from collections.abc import Iterator
from dataclasses import replace

from manifests.model import Box
from manifests.rounding import upwards
from manifests.tiling import levels
from server.image.answer_plan import plan_answer
from server.image.cost import Cost, estimate
from server.image.output_formats import DEFAULT, JPG
from server.image.request import Resolved
from server.image.rotation import Rotation

_WORTH_SAYING = 0.75
"""What costs more than this share of what was asked is not cheaper."""


def cheaper(resolved: Resolved) -> list[tuple[Resolved, Cost]]:
    """The nearest larger picture and the nearest smaller one that cost clearly less, the larger one first."""
    bound = _WORTH_SAYING * _cost(resolved).seconds
    found: list[tuple[Resolved, Cost]] = []
    for other in _in_levels(resolved):
        cost = _cost(other)
        if cost.seconds < bound and resolved.context.limits.allow(other.width, other.height):
            found.append((other, cost))
            bound = cost.seconds
    return found


def _cost(resolved: Resolved) -> Cost:
    return estimate(resolved, plan_answer(resolved, *resolved.context.image))


def _in_levels(resolved: Resolved) -> Iterator[Resolved]:
    """The region on the grid of the deepest level that is as large as what was asked, and of the one below it."""
    sized = [_in_level(resolved, level) for level in range(len(levels(*resolved.context.image)))]
    enough = [at for at, one in enumerate(sized) if one.width >= resolved.width and one.height >= resolved.height]
    nearest = enough[-1] if enough else 0
    yield from sized[nearest : nearest + 2]


def _in_level(resolved: Resolved, level: int) -> Resolved:
    image, scale = resolved.context.image, 1 << level
    x, y, w, h = resolved.region
    left, above = x // scale * scale, y // scale * scale
    right = min(upwards(x + w, scale) * scale, image.width)
    below = min(upwards(y + h, scale) * scale, image.height)
    region = Box(left, above, right - left, below - above)
    return replace(
        resolved,
        context=replace(resolved.context, region=region),
        region=region,
        width=upwards(region.w, scale),
        height=upwards(region.h, scale),
        rotation=Rotation(),
        quality=DEFAULT,
        format=JPG,
    )
