"""What can be a Vietnamese syllable: a beginning, vowels, an end, of the few that there are.

Twice: without marks, since OCR loses them first, so some foreign syllables pass ("con", "man"); and with them, as it
must be spelled.
"""

import re
from functools import lru_cache
from unicodedata import normalize

_BEGINNING = "(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"

_SYLLABLE = re.compile(
    _BEGINNING + "(?:a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|iu|o|oa|oai|oao|oay|oe|oeo|oi|oo"
    "|u|ua|uai|uao|uay|ue|ueo|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|y|ye|yeu)"
    "(?:c|ch|m|n|ng|nh|p|t)?"
)

_SPELLED = re.compile(
    "(?!quo[aăe])" + _BEGINNING + "(?:(?:a|ai|ao|au|ay|âu|ây|e|eo|ê|êu|i|ia|iu|iêu|o|oa|oai|oao|oay|oe|oeo|oi|ô|ôi|ơ|ơi"
    "|u|ua|uai|uao|uau|uay|uây|ue|ueo|uê|uêu|ui|uơ|uôi|uy|uya|uyu|ư|ưa|ưi|ươi|ươu|ưu|y|yêu)"
    "|(?:a|ă|â|e|ê|i|iê|o|oa|oă|oe|oo|ô|ơ|u|ua|uă|uâ|ue|uê|uô|uơ|uy|uyê|ư|ươ|y|yê)(c|ch|m|n|ng|nh|p|t))"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_TONES_OF_STOPS = frozenset({"\u0301", "\u0323"})


def is_syllable(folded: str) -> bool:
    """`folded` is a key without marks (`manifests.text.normalise`)."""
    return _SYLLABLE.fullmatch(folded) is not None


@lru_cache(maxsize=1 << 14)
def is_spelled(word: str) -> bool:
    """Whether a word is one syllable with the marks that it must have: one tone at most, a rising or heavy one before
    c, ch, p and t, and a circumflex, breve or horn only where there are such vowels.
    """
    decomposed = normalize("NFD", word.lower())
    tones = _TONES.findall(decomposed)
    found = _SPELLED.fullmatch(normalize("NFC", _TONES.sub("", decomposed)))
    if found is None or len(tones) > 1:
        return False
    return found.group(1) not in ("c", "ch", "p", "t") or (bool(tones) and tones[0] in _TONES_OF_STOPS)
