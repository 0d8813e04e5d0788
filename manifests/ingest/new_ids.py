"""Which id and which label a new work gets. Neither depends on order or on `--jobs`.

decisions.md, 21: a work's id comes "from its folder ... A folder whose name is only a volume or side word, digits, a
roman number in capitals or a date is joined to the folder above (the root's own name too), in id and label; further up
while that too is such a name or the id is taken. Taken all the same by another folder: `-` and six hex digits of the
SHA-256 of the folder's path below its root (NFC, `/`), more digits while taken. A work of one file takes its id from
the stem."
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import PurePosixPath
from typing import TypeAlias
from unicodedata import category, normalize

from manifests.ids import MAX_LENGTH, RESERVED, slug, with_suffix
from manifests.ingest.roots import RootedPath

IsTaken: TypeAlias = Callable[[str], bool]

_VOLUME_WORDS = frozenset({"tập", "quyển", "số", "phần", "kỳ", "vol", "volume", "no", "part", "tome", "recto", "verso"})
_BESIDE_A_NUMBER = frozenset({"năm", "tháng", "ngày", "tap", "quyen", "so", "phan", "ky", "nam", "thang", "ngay"})
"""Parts of a date, and words typed without their marks, where a number stands beside: `Phan` alone is a family."""
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
_NUMBER_OR_WORD = re.compile(r"\d+|[^\W\d_]+")
_FEWEST_DIGITS = 6
_LONGEST_PART = MAX_LENGTH // 2


@dataclass(frozen=True, slots=True)
class WorkName:
    id: str
    label: str


def name_work(place: RootedPath, is_file: bool, is_taken: IsTaken, root_label: str | None = None) -> WorkName:
    """`root_label` is what people call the root, with its marks; the id is made from the name it has for us."""
    names = [place.root, *PurePosixPath(place.path).parts]
    if is_file:
        names = [PurePosixPath(names[-1]).stem]
    length = 1
    while length < len(names) and _is_joined(names[-length:], is_taken):
        length += 1
    labels = [root_label or place.root, *names[1:]] if not is_file else names
    work_id = told_apart(_joined(names[-length:]), place, is_taken)
    return WorkName(work_id, ", ".join(filter(None, map(label_of, labels[-length:]))) or work_id)


def _is_joined(names: Sequence[str], is_taken: IsTaken) -> bool:
    """Whether the folder above is to stand before these names too."""
    if not is_part_name(names[-1]):
        return False
    return is_part_name(names[0]) or not slug(names[0]) or is_taken(_joined(names))


def is_part_name(name: str) -> bool:
    """Whether a name says only which part of something this is: `Tập 1`, `recto`, `1945-08`, `II`."""
    words = _NUMBER_OR_WORD.findall(normalize("NFKC", name.replace("°", "o")))
    numbers = [word for word in words if word.isdigit() or _ROMAN.fullmatch(word)]
    others = {word.casefold() for word in words if word not in numbers}
    allowed = _VOLUME_WORDS | _BESIDE_A_NUMBER if numbers else _VOLUME_WORDS
    return bool(words) and others <= allowed


def _joined(names: Sequence[str]) -> str:
    """What comes first is cut where the whole would be too long: the parts of a set differ at the end."""
    slugs = [slug(name) for name in names if slug(name)]
    return reduce(lambda first, part: with_suffix(first, part[:_LONGEST_PART]), slugs) if slugs else ""


def told_apart(wished: str, place: RootedPath, is_taken: IsTaken) -> str:
    """The wish itself where it may be had; empty is none."""
    if wished and wished.casefold() not in RESERVED and not is_taken(wished):
        return wished
    digest = hashlib.sha256(normalize("NFC", place.path).encode()).hexdigest()
    suffixes = (digest[:digits] for digits in range(_FEWEST_DIGITS, len(digest) + 1))
    return next(told for suffix in suffixes if not is_taken(told := with_suffix(wished or "work", suffix)))


def label_of(name: str) -> str:
    """A name as people are shown it: NFC, in one line."""
    visible = "".join(" " if category(c) in ("Cc", "Cs") else c for c in normalize("NFC", name))
    return " ".join(visible.split())
