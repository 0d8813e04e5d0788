"""Coordinates as catalogues write them, as rectangles on the earth.

Four ways are in use: degrees with the letters of their hemisphere, as a statement on a map's card has them (ISBD; MARC
21 field 255 $c; MODS `coordinates`): `E 105°50'--E 106°10'/N 21°05'--N 20°55'`; the same coded (MARC 21 field 034:
`E1055000`); the schemes DCMI Box and DCMI Point; and bare decimal degrees, latitude first for a point, as maps on the
Web show them, and west, south, east, north for a rectangle (RFC 7946 section 5). Vietnamese letters are understood: Đ
for east, T for west, B for north, and then N for south.
"""

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from manifests.metadata.record import Place, Texts
from manifests.metadata.texts import UNKNOWN, texts

COORDINATES = ("16.4637, 107.5909", "E 105°50'--E 106°10'/N 21°05'--N 20°55'")
"""What may be written where coordinates are asked for."""

_NUMBER = r"[-+]?\d{1,3}(?:\.\d+)?"
_NUMBERS = re.compile(rf"{_NUMBER}(?:\s*[;,]\s*{_NUMBER}){{1,3}}|{_NUMBER}(?:\s+{_NUMBER}){{1,3}}")
_WITH_COMMAS = re.compile(r"[-+]?\d{1,3},\d+(?:(?:\s*;\s*|\s+)[-+]?\d{1,3}(?:,\d+)?){1,3}")
"""As Vietnamese and French write decimals: `16,46; 107,59` is a point, where `16, 46; 107, 59` is a rectangle."""
_UNITS = r"""(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°º]?\s*
    (?:(?P<minutes>[0-5]?\d(?:[.,]\d+)?)\s*['ʹ′’]\s*)?(?:(?P<seconds>[0-5]?\d(?:[.,]\d+)?)\s*(?:["ʺ″”]|''))?"""
_BEFORE = re.compile(rf"(?P<letter>[NSEWBTĐ])\.?\s*{_UNITS}", re.VERBOSE)
_BEHIND = re.compile(rf"{_UNITS}\s*(?P<letter>[NSEWBTĐ])(?!\w)", re.VERBOSE)
_CODED = re.compile(
    r"(?P<letter>[NSEW])?(?P<sign>[-+])?(?P<degrees>\d{3})"
    r"(?:(?P<part>\.\d+)|(?P<minutes>[0-5]\d)(?P<seconds>[0-5]\d(?:\.\d+)?)|(?P<only>[0-5]\d(?:\.\d+)?))?"
)
_ENGLISH: Mapping[str, tuple[str, int]] = {"N": ("y", 1), "S": ("y", -1), "E": ("x", 1), "W": ("x", -1)}
_VIETNAMESE: Mapping[str, tuple[str, int]] = {"B": ("y", 1), "N": ("y", -1), "Đ": ("x", 1), "T": ("x", -1)}
_SCHEME = re.compile(r"\s*([A-Za-z]+)\s*=\s*([^;]*?)\s*(?:;|$)")
_LIMITS = ("westlimit", "southlimit", "eastlimit", "northlimit")


def places_in(text: str, *, bare_numbers: bool = True) -> tuple[Place, ...]:
    """The place that the text tells of, in whichever of these ways; none where it tells of none that there is. Bare
    numbers may mean something else where not only coordinates stand."""
    text = normalize("NFC", text).strip()
    place = _of_scheme(text) or _of_letters(text) or (_of_numbers(text) if bare_numbers else None)
    return (place,) if place is not None else ()


def coded_place(west: str, east: str, north: str, south: str) -> tuple[Place, ...]:
    """Of the subfields $d $e $f $g of MARC 21, field 034. For a point all are equal by twos."""
    found = [_coded(text) for text in (west, south or north, east or west, north)]
    return _placed(found)


def _coded(text: str) -> float | None:
    """`hdddmmss`, `hddd.dddddd`, `hdddmm.mmmm`, `+ddd.dddddd`."""
    found = _CODED.fullmatch(text.strip().upper())
    if found is None:
        return None
    value = float(found["degrees"]) + float(found["part"] or 0)
    value += float(found["minutes"] or found["only"] or 0) / 60 + float(found["seconds"] or 0) / 3600
    return -value if found["letter"] in ("S", "W") or found["sign"] == "-" else value


def _of_scheme(text: str) -> Place | None:
    """https://www.dublincore.org/specifications/dublin-core/dcmi-box/ and dcmi-point/."""
    said = {name.lower(): value for name, value in _SCHEME.findall(text)}
    if said.get("units", "").lower() not in ("", "signed decimal degrees"):
        return None
    names = ("east", "north", "east", "north") if "east" in said else _LIMITS
    try:
        found = [float(said[name]) for name in names]
    except (KeyError, ValueError):
        return None
    name = said.get("name", "")
    return next(iter(_placed(found, texts([(UNKNOWN, name)]) if name else {})), None)


def scheme_name(text: str) -> str:
    """What a text in one of DCMI's schemes calls its place; empty for a text in none."""
    said = {name.lower(): value for name, value in _SCHEME.findall(text)}
    return said.get("name", "") if _of_scheme(normalize("NFC", text).strip()) is not None else ""


def _of_letters(text: str) -> Place | None:
    text = text.upper()
    pattern = _BEFORE if re.match(r"\W*[NSEWBTĐ]", text) else _BEHIND
    if re.search(r"\w", pattern.sub("", text)):
        return None  # it tells of something else too, and nobody knows of what
    found = list(pattern.finditer(text))
    letters = {one["letter"] for one in found}
    meanings = _VIETNAMESE if letters & set("BTĐ") else _ENGLISH
    sides: dict[str, list[float]] = {"x": [], "y": []}
    for one in found:
        if one["letter"] not in meanings:
            return None
        axis, sign = meanings[one["letter"]]
        parts = [float((one[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")]
        sides[axis].append(sign * (parts[0] + parts[1] / 60 + parts[2] / 3600))
    x, y = sides["x"], sides["y"]
    if len(x) != len(y) or len(x) not in (1, 2):
        return None
    return next(iter(_placed([x[0], min(y), x[-1], max(y)])), None)


def _of_numbers(text: str) -> Place | None:
    """Alone, without any word beside them: two for a point, four for a rectangle."""
    text = text.removeprefix("(").removesuffix(")").replace("\N{MINUS SIGN}", "-")
    if _WITH_COMMAS.fullmatch(text):
        text = text.replace(",", ".")
    elif not _NUMBERS.fullmatch(text):
        return None
    found = [float(number) for number in re.findall(_NUMBER, text)]
    if len(found) == 2:
        latitude, longitude = found
        found = [longitude, latitude, longitude, latitude]
    return next(iter(_placed(found)), None) if len(found) == 4 else None


def _placed(found: Sequence[float | None], label: Texts | None = None) -> tuple[Place, ...]:
    """West, south, east, north, if there is such a place on the earth."""
    if len(found) != 4 or any(side is None for side in found):
        return ()
    west, south, east, north = (round(side, 6) for side in found if side is not None)
    south, north = min(south, north), max(south, north)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        return ()
    return (Place(west, south, east, north, label or {}),)
