"""The two ways in which a fraction of a pixel becomes a whole one. Whatever counts pixels of an answer rounds so.

`nearest`, halves upwards, is for whatever a percentage or an aspect ratio yields: "the rounding method is
implementation specific" (Image API 3.0 section 4.7). `upwards` is for the levels and tiles of a pyramid, as the
implementation notes of both versions compute them and as every viewer does.
"""


def nearest(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def upwards(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
