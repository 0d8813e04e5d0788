"""What can be a Vietnamese syllable: a beginning, vowels, an end, of the few that there are.

Marks are not looked at, since OCR loses them first; so some foreign syllables pass ("con", "man").
"""

import re

_SYLLABLE = re.compile(
    "(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    "(?:a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|iu|o|oa|oai|oao|oay|oe|oeo|oi|oo"
    "|u|ua|uai|uao|uay|ue|ueo|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|y|ye|yeu)"
    "(?:c|ch|m|n|ng|nh|p|t)?"
)


def is_syllable(folded: str) -> bool:
    """`folded` is a key without marks (`manifests.text.normalise`)."""
    return _SYLLABLE.fullmatch(folded) is not None
