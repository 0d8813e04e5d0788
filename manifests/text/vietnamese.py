"""What can be a Vietnamese syllable: a beginning, vowels, an end, of the few that there are."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SYLLABLE = re.compile(
    "(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    "(?:a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|iu|o|oa|oai|oao|oay|oe|oeo|oi|oo"
    "|u|ua|uai|uao|uay|ue|ueo|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|y|ye|yeu)"
    "(?:c|ch|m|n|ng|nh|p|t)?"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_BEGINNINGS = frozenset(re.findall(r"\w+", "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x")) | {""}
_RIMES = frozenset(
    re.findall(
        r"\w+",
        """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êc êch êm ên êng ênh êp êt êu
        i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
        o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oe oem oen oeo oet
        u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uit uôc uôi uôm uôn uông uôt uơ
        uy uya uych uynh uyp uyt uyu uyên uyêt
        ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
        """,
    )
)
_TONELESS = {
    ord(composed): vowel
    for vowel in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
    if len(composed := unicodedata.normalize("NFC", vowel + tone)) == 1
}
_STOPS = ("c", "ch", "p", "t")
_TONES_BEFORE_STOPS = ("\u0301", "\u0323")


def is_syllable(folded: str) -> bool:
    """`folded` is a key without marks (`manifests.text.normalise`).

    Marks are not looked at, since OCR loses them first; so some foreign syllables pass ("con", "man").
    """
    return _SYLLABLE.fullmatch(folded) is not None


@lru_cache(maxsize=1 << 16)
def is_spelled(exact: str) -> bool:
    """Whether a key with marks (or any word in small letters) is one syllable spelled as Vietnamese is: each vowel as
    it goes with its end, one tone that fits.
    """
    return fits(*letters_and_tone(exact))


def fits(letters: str, tone: str) -> bool:
    """The same of a syllable that is taken apart."""
    if letters.endswith(_STOPS) and tone not in _TONES_BEFORE_STOPS:
        return False
    parts = ((letters[:cut], letters[cut:]) for cut in range(min(4, len(letters))))
    return len(tone) < 2 and any(begin in _BEGINNINGS and _is_rime(begin, rime) for begin, rime in parts)


def _is_rime(beginning: str, rime: str) -> bool:
    """Behind q, and only there, the sound of "oa" is written "ua"."""
    return rime in _RIMES or (beginning == "q" and rime[0] == "u" and "o" + rime[1:] in _RIMES)


def without_tones(keys: Sequence[str]) -> Sequence[str]:
    """The letters of many keys at once."""
    return "\n".join(keys).translate(_TONELESS).split("\n") if keys else ()


@lru_cache(maxsize=1 << 16)
def letters_and_tone(exact: str) -> tuple[str, str]:
    """A key with marks, taken apart: its letters (ă, ê, ơ are such), and the combining mark of its tone or ""."""
    apart = unicodedata.normalize("NFD", exact)
    tone = "".join(_TONES.findall(apart))
    return (unicodedata.normalize("NFC", _TONES.sub("", apart)), tone) if tone else (exact, "")
