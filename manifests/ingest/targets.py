"""Which page files are targets: colour charts, grey scales and test charts that were scanned beside the pages.

By their names, the whole of them: `target-practice-1915` is a title. A number may stand before and behind, and before
it what most names of the folder begin with. A folder in which every file is named so is one of targets, and shows all.

The words are those of the charts themselves (ISO 12641, ISO 19263, ISO 19264) and of who sells them, and what libraries
call them in English, German, French, Vietnamese and Chinese; marks may be missing, as on cameras and old disks.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from manifests import findings
from manifests.catalog import PageRecord
from manifests.model import Finding, PageState

_CHART = "(target|chart|card)s?"
_NAMES = (
    "targets?",
    f"(colou?r|gr[ae]y|test|reference|calibration|resolution|focus|scanner|image quality)( ?level)? ?{_CHART}",
    f"(device|object)( ?level)? ?{_CHART}",
    "colou?r ?(checker|control|patches|bar|scale)( ?(patches|classic|passport|sg|digital|mini|nano|24))?",
    "gr[ae]y ?(scale|wedge)",
    "calibration",
    "(agfa |kodak )?it ?8( ?7)?( ?[1-4])?",
    "(kodak )?q ?(13|14|60)",
    "qp ?card( ?[12]0[1-3])?",
    "(macbeth|rez ?checker|sfr ?plus|usaf( ?1951)?|utt|universal test target|golden ?thread|spyder ?checkr)",
    f"(macbeth|rez ?checker|utt|golden ?thread|fadgi|metamorfoze) ?{_CHART}",
    "te ?2[0-9]{2}",
    "farb ?(karten?|tafeln?|keile?|skala|chart)",
    "grau ?(karten?|tafeln?|keile?|skala)",
    "(testtafel|kalibrierung|referenzkarte)",
    "mires?( de)?( (couleurs?|gris|calibrage|reglage|resolution|colorimetrique))?",
    "(charte|carte|echelle)( de)? ?(couleurs?|gris|calibrage)",
    "(charte|mire) colorimetrique",
    "(calibrage|etalonnage)",
    "(bang|thang|thuoc)( so)? ?(chuan )?mau( chuan)?",
    "(bang|thang|the) ?xam",
    "(色卡|色标|色標|比色卡|灰卡)",
)
_SUFFIX = "( ?[0-9]+(?![0-9])( ?(dpi|ppi))?| (recto|verso|front|back|start|end|before|after|truoc|sau|[a-d])){0,4}"
_TARGET = re.compile(f"({'|'.join(_NAMES)}){_SUFFIX}")
_OTHER_WORDS = re.compile("mẫu|thuốc|tháng")
"""A sample or a form, a medicine or paint, a month: without its marks each is a word of a colour chart's name."""
_BETWEEN = re.compile(r"[\W_]+")
_LEAST = 2
"""Names that show how a folder names its files must be more."""


@dataclass(frozen=True, slots=True)
class Targets:
    """`named` are the page files of one work that are named so.

    The name decides when a page is new, or its file has got another name; else what readers have seen stays and what
    they have not seen stays hidden. So renaming shows a target or hides it, and no canvas goes in silence.
    """

    named: frozenset[Path]

    def marked(self, file: Path, now: PageRecord, known: PageRecord | None) -> PageRecord:
        is_new = known is None or known.state == PageState.PRUNED or _stem(known.page.file) != _stem(file.name)
        is_target = file in self.named if known is None or is_new else known.page.is_target
        return replace(now, page=replace(now.page, is_target=is_target))

    def told(self, file: Path, now: PageRecord) -> list[Finding]:
        if now.page.is_target:
            return [findings.make_finding("target")]
        return [findings.make_finding("target-shown")] if file in self.named else []


def _stem(file: str) -> str:
    return normalize("NFC", PurePosixPath(file).stem)


def targets_among(pages: Sequence[Path]) -> frozenset[Path]:
    """Those of one work. None where all are, so that a work is never lost."""
    words = {page: _words(page.stem) for page in pages}
    usual = _beginnings(list(words.values()))
    found = frozenset(page for page, its in words.items() if _is_target(its, usual))
    return found if len(found) < len(pages) else frozenset()


def _words(stem: str) -> tuple[str, ...]:
    """In small letters without marks; none where a mark says that a word is another."""
    name = normalize("NFC", stem).casefold()
    if _OTHER_WORDS.search(name):
        return ()
    bare = "".join(letter for letter in normalize("NFD", name) if not "\u0300" <= letter <= "\u036f")
    return tuple(_BETWEEN.sub(" ", bare.replace("đ", "d")).split())


def _beginnings(names: Sequence[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """What more than half of the names begin with."""
    counted: Counter[tuple[str, ...]] = Counter()
    for words in names:
        counted.update(words[:length] for length in range(1, len(words)))
    return frozenset(start for start, count in counted.items() if count > max(_LEAST, len(names) / 2))


def _is_target(words: tuple[str, ...], usual: frozenset[tuple[str, ...]]) -> bool:
    for start in range(len(words)):
        rest = " ".join(words[start:])
        if _TARGET.fullmatch(rest.lstrip("0123456789") if start == 0 else rest):
            return True
        is_passed_over = any(letter.isdecimal() for letter in words[start]) or words[: start + 1] in usual
        if not is_passed_over:
            return False
    return False
