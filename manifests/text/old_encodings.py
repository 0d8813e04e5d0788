"""Vietnamese from before Unicode: TCVN3 (ABC), VNI and Windows-1258, and by what signs each is recognised.

Such bytes reach us as the Latin letters that they are in Windows-1252 ("ViÖt", "Vieät", "Viêòt"), in plain files and
inside ALTO, hOCR, PAGE and PDF alike, so the tables go from these letters to Unicode. Which encoding it is, is told by
the words that it would change: nearly all of them become syllables as Vietnamese spells them, and hardly any is one
before. A French or English text has no such words, or they become none. Nothing here knows of files.

TCVN 5712:1993 (VN3, whose capitals with tones are small letters in a font of capitals), VNI-Win, code page 1258.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from unicodedata import normalize

from manifests.text.vietnamese import is_spelled

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = _TONES = "\u0300\u0301\u0309\u0303\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"


def _table(codes: str, letters: str) -> Mapping[int, str]:
    return str.maketrans(dict(zip(codes.split(), letters.split(), strict=True)))


_TCVN3 = _table(
    "¡ ¢ £ ¤ ¥ ¦ § ¨ © ª « ¬ \u00ad ® µ ¶ · ¸ ¹ » ¼ ½ ¾ Æ Ç È É Ê Ë Ì Î Ï Ð Ñ Ò Ó Ô Õ Ö × Ø Ü Ý Þ ß"
    " á â ã ä å æ ç è é ê ë ì í î ï ñ ò ó ô õ ö ÷ ø ù ú û ü ý þ",
    "Ă Â Ê Ô Ơ Ư Đ ă â ê ô ơ ư đ à ả ã á ạ ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ è ẻ ẽ é ẹ ề ể ễ ế ệ ì ỉ ĩ í ị ò"
    " ỏ õ ó ọ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ",
)

_VNI_ALONE = _table("ñ ö ô ì í æ ó ò î Ñ Ö Ô Ì Í Æ Ó Ò Î", "đ ư ơ ì í ỉ ĩ ị ỵ Đ Ư Ơ Ì Í Ỉ Ĩ Ị Ỵ")
_VNI_MARKS = {
    **dict(zip("øùûõï", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT), strict=True)),
    **dict(zip("âàáåãä", (_CIRCUMFLEX + tone for tone in ("", _GRAVE, _ACUTE, _HOOK, _TILDE, _DOT)), strict=True)),
    **dict(zip("êèéúüë", (_BREVE + tone for tone in ("", _GRAVE, _ACUTE, _HOOK, _TILDE, _DOT)), strict=True)),
}
_VNI_PAIR = re.compile("[aeouyöô][øùûõï]|[aeo][âàáåãä]|a[êèéúüë]|[ñöôìíæóòî]", re.IGNORECASE)

_WINDOWS_1258 = _table("Ã ã Ð ð Õ õ Ý ý þ Ì ì Ò Þ ò", f"Ă ă Đ đ Ơ ơ Ư ư ₫ {_GRAVE} {_ACUTE} {_HOOK} {_TILDE} {_DOT}")


def _from_tcvn3(word: str) -> str:
    """A hyphen before ư is one that a reader has put there: in this encoding ư is the soft hyphen."""
    decoded = word.replace("-\u00ad", "\u00ad").translate(_TCVN3)
    latin = [letter for letter in word if letter.isascii() and letter.isalpha()]
    return decoded.upper() if len(latin) > 1 and all(map(str.isupper, latin)) else decoded


def _from_vni(word: str) -> str:
    return _VNI_PAIR.sub(_vni_letter, word)


def _vni_letter(found: re.Match[str]) -> str:
    letter, mark = found.group()[0].translate(_VNI_ALONE), found.group()[1:]
    return normalize("NFC", letter + _VNI_MARKS[mark.lower()]) if mark else letter


def _from_windows_1258(word: str) -> str:
    return normalize("NFC", word.translate(_WINDOWS_1258))


ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "TCVN3": _from_tcvn3,
    "VNI": _from_vni,
    "Windows-1258": _from_windows_1258,
}
"""A word as it looks in Windows-1252, to the word that was meant."""

_SURE = 0.8
"""Of the words that an encoding would change so many become syllables: the rest are foreign names and errors."""
_NOT_BY_ITSELF = 0.4
"""And at most so many are syllables as they stand: `thé` and `là` are French too."""
_VIETNAMESE = 0.6
"""And of all words so many are syllables: what surrounds them is Vietnamese."""
_AROUND = 0.5
_ENOUGH = 3
"""Different words that become one: two may be anything (`tôt` and `dû`, `må` and `gå`)."""

_UNICODE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_LETTERS = re.compile(r"[^\W\d_]{1,12}")
"""A syllable has seven at most, with marks of their own some more."""


def is_unicode(words: Iterable[str]) -> bool:
    """Whether there is a Vietnamese letter that none of the old encodings can look like."""
    return any(_UNICODE.search(word) for word in words)


def recognise(words: Iterable[str]) -> str | None:
    """The encoding in which these are Vietnamese, None where they are well as they stand."""
    tokens = {token for word in words for token in _tokens(word)}
    if all(map(str.isascii, tokens)) or is_unicode(tokens):
        return None
    found = {name: _share(tokens, decode) for name, decode in ENCODINGS.items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] >= _SURE else None


def guess(words: Iterable[str]) -> str | None:
    """Of a few words that are known to be in no Unicode: the encoding in which each with a sign is a syllable.

    Not all may be one as they stand (`thé` and `là` are French), and half of all words have to be: what surrounds them
    is Vietnamese too.
    """
    tokens = {token for word in words for token in _tokens(word)}
    odd = {token for token in tokens if not token.isascii()}
    if not odd or all(map(_is_right, odd)):
        return None
    for name, decode in ENCODINGS.items():
        right = sum(map(_is_right, map(decode, tokens)))
        if all(map(_is_right, map(decode, odd))) and right >= _AROUND * len(tokens):
            return name
    return None


def _tokens(word: str) -> Iterator[str]:
    """What may be one syllable, with all signs that some encoding has for letters."""
    return (token for token in re.split(r"[\x00-@\[-`{-\x7f‘’“”„…–—]+", word) if re.search("[A-Za-z]", token))


def _share(tokens: set[str], decode: Callable[[str], str]) -> float:
    """How many of the words that the encoding would change become syllables by it; 0 where that tells nothing."""
    changed = {token: decoded for token in tokens if (decoded := decode(token)) != token}
    gained = sum(_is_right(decoded) and not _is_right(token) for token, decoded in changed.items())
    if gained < _ENOUGH or sum(map(_is_right, changed)) > _NOT_BY_ITSELF * len(changed):
        return 0.0
    if sum(_is_right(changed.get(token, token)) for token in tokens) < _VIETNAMESE * len(tokens):
        return 0.0
    foreign = sum(not (token.isascii() or token in changed or _is_right(token)) for token in tokens)
    return sum(map(_is_right, changed.values())) / (len(changed) + foreign)


def _is_right(token: str) -> bool:
    return _LETTERS.fullmatch(token) is not None and is_spelled(token.lower())
