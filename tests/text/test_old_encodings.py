"""TCVN3, VNI and Windows-1258: every letter there and back, and no French or English text taken for one of them."""

from unicodedata import normalize

import pytest

from manifests.text.old_encodings import ENCODINGS, guess, is_unicode, recognise

VOWELS = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ"
SMALL = [letter for letter in f"{VOWELS} đ" if not letter.isascii()]
LETTERS = [*SMALL, *map(str.upper, SMALL)]

TCVN3 = dict(zip(SMALL, bytes.fromhex(
    "b5 b6 b7 b8 b9  a8 bb bc bd be c6  a9 c7 c8 c9 ca cb  cc ce cf d0 d1  aa d2 d3 d4 d5 d6  d7 d8 dc dd de"
    "df e1 e2 e3 e4  ab e5 e6 e7 e8 e9  ac ea eb ec ed ee  ef f1 f2 f3 f4  ad f5 f6 f7 f8 f9  fa fb fc fd fe ae"
), strict=True)) | dict(zip("ĂÂÊÔƠƯĐ", bytes.fromhex("a1 a2 a3 a4 a5 a6 a7"), strict=True))  # fmt: skip
"""TCVN 5712:1993, VN3."""

_VNI = (
    "aø aû aõ aù aï  aê aè aú aü aé aë  aâ aà aå aã aá aä  eø eû eõ eù eï  eâ eà eå eã eá eä  ì æ ó í ò "
    "oø oû oõ où oï  oâ oà oå oã oá oä  ô ôø ôû ôõ ôù ôï  uø uû uõ uù uï  ö öø öû öõ öù öï  yø yû yõ yù î ñ"
)
VNI = dict(zip(SMALL, _VNI.split(), strict=True))
"""As it looks in Windows-1252; capitals are the capitals of both signs."""


def in_tcvn3(text: str) -> str:
    """Capitals with a tone have no code: a font of capitals shows the small letter."""
    codes = (TCVN3.get(letter, TCVN3.get(letter.lower(), ord(letter[0]))) for letter in text)
    return bytes(codes).decode("cp1252")


def in_vni(text: str) -> str:
    return "".join(VNI.get(x) or (VNI[x.lower()].upper() if x.lower() in VNI else x) for x in text)


def in_windows_1258(text: str) -> str:
    """Python knows this code page; it has no letter with two marks, but one of them behind it."""
    found = b""
    for letter in text:
        tone = [mark for mark in normalize("NFD", letter) if mark in "\u0300\u0301\u0303\u0309\u0323"]
        bare = normalize("NFC", "".join(mark for mark in normalize("NFD", letter) if mark not in tone))
        try:
            found += letter.encode("cp1258")
        except UnicodeEncodeError:
            found += (bare + "".join(tone)).encode("cp1258")
    return found.decode("cp1252")


WRITTEN = {"TCVN3": in_tcvn3, "VNI": in_vni, "Windows-1258": in_windows_1258}


def test_there_are_134_letters() -> None:
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("name", ENCODINGS)
def test_every_letter_is_read_as_it_was_written(name: str, letter: str) -> None:
    read = ENCODINGS[name](WRITTEN[name](letter))
    has_no_code = name == "TCVN3" and letter not in TCVN3
    assert read == (letter.lower() if has_no_code else letter)


@pytest.mark.parametrize("name", ENCODINGS)
def test_no_two_letters_are_written_alike(name: str) -> None:
    written = [WRITTEN[name](letter) for letter in SMALL]
    assert len(set(written)) == len(SMALL)


@pytest.mark.parametrize(
    ("written", "name", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "TCVN3", "Độc lập - Tự do - Hạnh phúc"),
        ("Th\u00ad viÖn n\u00adíc", "TCVN3", "Thư viện nước"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "VNI", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        ("Thö vieän quoác gia", "VNI", "Thư viện quốc gia"),
        ("Thý viêòn quôìc gia Viêòt Nam", "Windows-1258", "Thư viện quốc gia Việt Nam"),
    ],
)
def test_an_encoding_is_recognised_by_the_syllables_that_it_gives(written: str, name: str, meant: str) -> None:
    assert recognise(written.split()) == name
    assert " ".join(map(ENCODINGS[name], written.split())) == meant


def test_capitals_are_those_of_the_font_where_the_rest_of_the_word_is_capital() -> None:
    words = {"VIÖT": "VIỆT", "NéI": "NỘI", "§¹i": "Đại", "H¹": "Hạ"}
    assert {word: ENCODINGS["TCVN3"](word) for word in words} == words


def test_a_hyphen_that_a_reader_has_put_before_a_soft_hyphen_goes_with_it() -> None:
    assert ENCODINGS["TCVN3"]("th-\u00ad") == "thư"


FRENCH = (
    "La bibliothèque possède une très belle collection d'œuvres françaises. « Le thé est né là », tôt ou tard, il a dû "
    "être mûr et sûr ; l'île, la forêt, à côté du château, Noël, maïs, hélas, août, goût, fenêtre, l'été à Hué § 5 n° 3"
)
OTHERS = (
    FRENCH,
    "The naïve façade of the café, 25 °C, résumé © 1926, £ 5 — “quoted” text",
    "Über die schöne Tür für größere Mädchen, fünf Bücher, Köln, Straße, müssen, daß sie hören",
    "O não é só já há você também está às coração ações então são pão mão português número à é",
    "Perché è così più può già però città perì sì dì lì ciò là né università",
    "El año señor niñez España corazón está más también así público día según él sólo qué aún",
    "På øen så vi få børn, når man må gå; ære være både også været før ødelægge æble øl",
    "Það er gott að þú ert hér í dag, ýmsir menn sögðu við þá",
    "Thư viện quốc gia Việt Nam",
    "南國山河 1926",
    "",
)


@pytest.mark.parametrize("other", OTHERS)
def test_other_languages_stay_what_they_are(other: str) -> None:
    words = other.split()
    for start in range(len(words) + 1):
        for end in (start + 1, start + 3, start + 9, len(words)):
            assert recognise(words[start:end]) is None, words[start:end]


def test_two_words_tell_nothing_and_unicode_is_known_by_its_letters() -> None:
    assert recognise(["Th\u00ad", "viÖn"]) is None
    assert is_unicode(["Viet", "Việt"])
    assert not is_unicode(["ViÖt", "là", "thé"])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("NhËt ký trong tï", "TCVN3"),
        ("Vaên hoïc", "VNI"),
        ("Nhâòt kyì", "Windows-1258"),
        ("L'été à Saïgon", None),
        ("il est trop tôt dans la maison", None),
        ("thé là", None),
        ("The Tale", None),
        ("", None),
    ],
)
def test_a_few_words_are_guessed_where_all_of_them_and_half_around_are_syllables(
    text: str, encoding: str | None
) -> None:
    assert guess(text.split()) == encoding
