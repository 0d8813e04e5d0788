"""Licences and rights statements: which URIs stand for one, and what people write instead.

Presentation 3.0 section 3.2: "The value must be a string ... one of the URIs of Creative Commons, RightsStatements.org,
or those added by the extension mechanism": what is neither goes to `requiredStatement`. Both made their URIs with
`http`, whatever a browser shows, and have pages for people beside them (`deed.vi`, `/page/`).
"""

import re
from collections.abc import Mapping

from manifests.errors import N_

_HOST = r"(?i:(?:https?://)?(?:www\.)?{}\.org)/"
"""As people copy it from a browser, which may leave the scheme out."""
_LICENCE = re.compile(
    _HOST.format("creativecommons")
    + r"(?:licenses/(?P<kind>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>[1-4]\.[015])(?:/(?P<country>(?!rdf)[a-z]{2,3}))?"
    r"|publicdomain/(?P<public>mark|zero)/1\.0)"
    r"(?:/(?:deed|legalcode)(?:\.[A-Za-z-]+)?|/rdf)?/?"
)
_STATEMENT = re.compile(
    _HOST.format("rightsstatements") + r"(?:vocab|page|data)/"
    r"(InC|InC-OW-EU|InC-EDU|InC-NC|InC-RUU|NoC-CR|NoC-NC|NoC-OKLR|NoC-US|CNE|UND|NKC)/1\.0(?:/[^\s?#]*)?(?:\?\S*)?"
)
_SHORT = re.compile(
    r"cc[ -]?(?P<kind>by(?:[ -]nc)?(?:[ -](?:nd|sa))?)[ -](?P<version>[1-4]\.[05])"
    r"(?:(?<=4\.0) (?:international|quốc tế))?",
    re.IGNORECASE,
)
_VERSIONS = ("1.0", "2.0", "2.1", "2.5", "3.0", "4.0")


def rights_uri(text: str) -> str | None:
    """The URI that stands for the licence, whichever way it is written; None for what is none."""
    text = text.strip()
    statement = _STATEMENT.fullmatch(text)
    if statement:
        return f"http://rightsstatements.org/vocab/{statement[1]}/1.0/"
    found = _LICENCE.fullmatch(text)
    if found and found["public"]:
        return f"http://creativecommons.org/publicdomain/{found['public']}/1.0/"
    if found and found["version"] in _VERSIONS:
        if found["country"] and found["version"] == "4.0":
            return None  # the fourth version holds everywhere, and has none for one country
        country = f"{found['country']}/" if found["country"] else ""
        return f"http://creativecommons.org/licenses/{found['kind']}/{found['version']}/{country}"
    short = _SHORT.fullmatch(text)
    if short:
        return f"http://creativecommons.org/licenses/{re.sub(' ', '-', short['kind'].lower())}/{short['version']}/"
    if re.fullmatch(r"cc[ -]?0(?: 1\.0)?(?: universal)?", text, re.IGNORECASE):
        return "http://creativecommons.org/publicdomain/zero/1.0/"
    if re.fullmatch(r"public domain mark(?: 1\.0)?", text, re.IGNORECASE):
        return "http://creativecommons.org/publicdomain/mark/1.0/"
    return None


def looks_like_an_address(text: str) -> bool:
    return re.fullmatch(r"https?://\S+", text.strip()) is not None


_STATEMENTS: Mapping[str, str] = {
    "InC": N_("In copyright"),
    "InC-OW-EU": N_("In copyright; an orphan work in the European Union"),
    "InC-EDU": N_("In copyright; educational use is permitted"),
    "InC-NC": N_("In copyright; non-commercial use is permitted"),
    "InC-RUU": N_("In copyright; the rights holders cannot be found"),
    "NoC-CR": N_("No copyright; a contract restricts its use"),
    "NoC-NC": N_("No copyright; non-commercial use only"),
    "NoC-OKLR": N_("No copyright; other laws restrict its use"),
    "NoC-US": N_("No copyright in the United States"),
    "CNE": N_("The copyright has not been evaluated"),
    "UND": N_("The copyright cannot be determined"),
    "NKC": N_("No copyright is known"),
    "mark": N_("In the public domain"),
    "zero": N_("Dedicated to the public domain (CC0)"),
}


def in_words(uri: str) -> str:
    """What the URI means, as a sentence of ours to be translated, or the licence's own name; the URI where neither."""
    statement = _STATEMENT.fullmatch(uri)
    if statement:
        return _STATEMENTS[statement[1]]
    found = _LICENCE.fullmatch(uri)
    if found is None:
        return uri
    if found["public"]:
        return _STATEMENTS[found["public"]]
    return f"CC {found['kind'].upper()} {found['version']}{' ' + found['country'].upper() if found['country'] else ''}"


_KINDS: Mapping[str, tuple[str, str]] = {
    "by": (
        N_("Creative Commons Attribution {version}"),
        N_("You may copy, share and change it, for profit too, if you name the author and say what you have changed."),
    ),
    "by-sa": (
        N_("Creative Commons Attribution, Share Alike {version}"),
        N_(
            "You may copy, share and change it, for profit too, if you name the author and give what you make of it "
            "under the same licence."
        ),
    ),
    "by-nd": (
        N_("Creative Commons Attribution, No Derivatives {version}"),
        N_("You may copy and share it as it is, for profit too, if you name the author."),
    ),
    "by-nc": (
        N_("Creative Commons Attribution, Non-Commercial {version}"),
        N_("You may copy, share and change it, but not for profit, if you name the author."),
    ),
    "by-nc-sa": (
        N_("Creative Commons Attribution, Non-Commercial, Share Alike {version}"),
        N_(
            "You may copy, share and change it, but not for profit, if you name the author and give what you make of "
            "it under the same licence."
        ),
    ),
    "by-nc-nd": (
        N_("Creative Commons Attribution, Non-Commercial, No Derivatives {version}"),
        N_("You may copy and share it as it is, but not for profit, if you name the author."),
    ),
}
_EXPLAINED: Mapping[str, str] = {
    "InC": N_("You may use it as far as the law allows without asking. For anything more, ask whoever has the rights."),
    "InC-OW-EU": N_("Who has the rights was searched for as the law of the European Union asks, and was not found."),
    "InC-EDU": N_("You may use it for teaching and learning. For anything else, ask whoever has the rights."),
    "InC-NC": N_("You may use it without profit. For anything else, ask whoever has the rights."),
    "InC-RUU": N_("It is not known who has the rights, or nobody could be reached. Use it as far as the law allows."),
    "NoC-CR": N_("Nobody has a copyright in it, but the library has agreed on limits to its use. Ask the library."),
    "NoC-NC": N_("Nobody has a copyright in it, but the library has agreed that this copy is not used for profit."),
    "NoC-OKLR": N_("Nobody has a copyright in it, but another law, such as that on cultural heritage, limits its use."),
    "NoC-US": N_("It is free in the United States. The law of your own country may say otherwise."),
    "CNE": N_("Nobody has looked into its copyright yet. Whoever wants to use it has to find out."),
    "UND": N_("The library has looked into its copyright, but could not find out enough to say more."),
    "NKC": N_("The library has reason to believe that nobody has a copyright in it, but is not certain."),
    "mark": N_("It is free of copyright: you may copy, share and change it, for profit too. Please name the library."),
    "zero": N_("All rights were given up: you may copy, share and change it, for profit too, without asking."),
}


def explained(uri: str) -> tuple[str, str, str]:
    """The full name of a licence of Creative Commons and its version, and what the URI allows, as sentences of ours to
    be translated; empty where there is nothing to say."""
    statement, found = _STATEMENT.fullmatch(uri), _LICENCE.fullmatch(uri)
    if statement:
        return "", "", _EXPLAINED[statement[1]]
    if found is None:
        return "", "", ""
    if found["public"]:
        return "", "", _EXPLAINED[found["public"]]
    name, allowed = _KINDS[found["kind"]]
    version = f"{found['version']}{' ' + found['country'].upper() if found['country'] else ''}"
    return name, version, allowed
