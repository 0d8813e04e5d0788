"""What Presentation 3.0 says that a document MUST be, read from its text clause by clause, and what of it a document is
not. Written from the text alone: nothing of ours is asked, and no other program.

The official validator's schema has no licence and cannot lie here; it is run by hand. It knows no more of collections.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as its shape goes
_DATE = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_RIGHTS = re.compile(r"http://(creativecommons\.org/(licenses|publicdomain)|rightsstatements\.org/vocab)/\S+/")
_OF_IIIF = ("Collection", "Manifest", "Canvas", "Range", "AnnotationPage", "Annotation", "AnnotationCollection")

BEHAVIORS: Mapping[str, frozenset[str]] = {  # section 3.2, without those of time
    "Collection": frozenset(["unordered", "individuals", "continuous", "paged", "multi-part", "together"]),
    "Manifest": frozenset(["unordered", "individuals", "continuous", "paged"]),
    "Canvas": frozenset(["facing-pages", "non-paged"]),
    "Range": frozenset(["unordered", "individuals", "continuous", "paged", "sequence", "thumbnail-nav", "no-nav"]),
}
REQUIRED: Mapping[str, frozenset[str]] = {  # appendix A; of what is only referred to, sections 5.1 and 5.5
    "Collection": frozenset(["label", "items"]),
    "Manifest": frozenset(["label", "items"]),
    "Canvas": frozenset(["items", "height", "width"]),
    "Range": frozenset(["items"]),
    "Annotation": frozenset(["motivation", "target", "body"]),
}
MEMBERS: Mapping[str, frozenset[str]] = {  # section 3.4, items
    "Collection": frozenset(["Collection", "Manifest"]),
    "Manifest": frozenset(["Canvas"]),
    "Canvas": frozenset(["AnnotationPage"]),
    "Range": frozenset(["Range", "Canvas", "SpecificResource"]),
    "AnnotationPage": frozenset(["Annotation"]),
}
MAY_HAVE: Mapping[str, frozenset[str]] = {  # the "MUST NOT have" of sections 3.1 to 3.4
    "navDate": frozenset(["Collection", "Manifest", "Range", "Canvas"]),
    "placeholderCanvas": frozenset(["Collection", "Manifest", "Range", "Canvas"]),
    "viewingDirection": frozenset(["Collection", "Manifest", "Range"]),
    "start": frozenset(["Manifest", "Range"]),
    "structures": frozenset(["Manifest"]),
    "items": frozenset(MEMBERS),
}
_MUST_HAVE: Mapping[str, frozenset[str]] = {  # of each in a list of links
    "homepage": frozenset(["id", "type", "label"]),
    "rendering": frozenset(["id", "type", "label"]),
    **dict.fromkeys(["seeAlso", "partOf", "thumbnail", "logo", "annotations", "structures"], frozenset(["id", "type"])),
    "provider": frozenset(["id", "type", "label"]),
}
_NOT_OF_IIIF = frozenset(["format", "language"])

Json = Mapping[str, Any]


def faults(document: Json) -> list[str]:
    """One sentence for each clause that it breaks, with the place in the document."""
    return [*_of_whole(document), *_of_resource(document, "", is_whole=True)]


def _of_whole(document: Json) -> Iterator[str]:
    """Sections 4.6 and 5."""
    yield from (f"no {name}" for name in sorted(REQUIRED.get(document["type"], frozenset()) - document.keys()))
    context = document.get("@context")
    if (context[-1] if isinstance(context, list) else context) != CONTEXT:
        yield "the last context is not that of the API"
    if next(iter(document)) != "@context":
        yield "the context does not stand first"
    ids = [one["id"] for one in _all(document) if one.get("type") == "Canvas" and "height" in one]
    if len(ids) != len(set(ids)):
        yield "two canvases have one id"


def _all(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _all(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _all(inner)


def _of_resource(one: Json, at: str, *, is_whole: bool = False) -> Iterator[str]:
    kind = str(one.get("type"))
    at = f"{at}/{kind}"
    if not is_whole and "@context" in one:
        yield f"{at}: a context inside"
    yield from (f"{at}: {name} is empty" for name, value in one.items() if value in (None, "", {}))
    yield from (
        f"{at}: {name} is {one[name]!r}" for name, check in _VALUES.items() if name in one and not check(one[name])
    )
    yield from _of_links(one, at)
    # The text of an annotation has no id in the text's own examples (section 5.6).
    if not isinstance(one.get("id", one.get("@id")), str):
        yield from [f"{at}: no id"] if kind != "TextualBody" else []
    elif kind in _OF_IIIF:
        for clause in (_of_id, _of_properties, _of_items, _of_annotations):
            yield from (f"{at}: {fault}" for fault in clause(one, kind))
    for name, resource in _inside(one):
        yield from _of_resource(resource, f"{at}/{name}")


def _inside(one: Json) -> Iterator[tuple[str, Json]]:
    """What has a type in its properties, without places on the earth, which are GeoJSON."""
    for name, value in one.items():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and "type" in inner and name != "navPlace":
                yield name, inner


def _of_links(one: Json, at: str) -> Iterator[str]:
    for name, needed in _MUST_HAVE.items():
        for link in one.get(name, ()):
            yield from (f"{at}: {name} without {missing}" for missing in needed - link.keys())


def _of_id(one: Json, kind: str) -> Iterator[str]:
    address = urlsplit(one["id"])
    if address.scheme not in ("http", "https") or not address.netloc:
        yield f"{one['id']} is no address"
    if address.fragment and kind in ("Canvas", "Manifest", "Collection"):
        yield f"{one['id']} has a fragment"


def _of_properties(one: Json, kind: str) -> Iterator[str]:
    """A reference has no items; what is referred to as a whole has `partOf` of its own."""
    needed = REQUIRED.get(kind, frozenset())
    if "items" not in one and "height" not in one and kind != "Annotation":
        needed = frozenset()
    yield from (f"no {name}" for name in sorted(needed - one.keys()))
    yield from (f"has {n}" for n in one if n in _NOT_OF_IIIF or kind not in MAY_HAVE.get(n, frozenset([kind])))
    odd = set(one.get("behavior", ())) - BEHAVIORS.get(kind, frozenset())
    yield from (f"behavior {name}" for name in sorted(odd))


def _of_items(one: Json, kind: str) -> Iterator[str]:
    if kind in ("Manifest", "Range") and one.get("items") == []:
        yield "no items"
    for inner in one.get("items", ()):
        if inner["type"] not in MEMBERS[kind]:
            yield f"{inner['type']} among its items"
        if kind == "Canvas" and any(part["motivation"] != "painting" for part in inner.get("items", ())):
            yield "what is not painted among its items"
        if kind == "Collection" and ((inner["type"] == "Manifest" and "items" in inner) or "label" not in inner):
            yield "a member embedded, or without a label"


def _of_annotations(one: Json, _kind: str) -> Iterator[str]:
    for page in one.get("annotations", ()):
        for note in page.get("items", ()):
            if note["motivation"] == "painting" or not str(note["target"]).startswith(one["id"]):
                yield "an annotation that is painted, or of something else"


def _is_map(value: Any) -> bool:
    """Section 4.4."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(tag == "none" or _TAG.fullmatch(tag) for tag in value)
        and all(isinstance(said, list) and said and all(isinstance(s, str) for s in said) for said in value.values())
    )


def _is_pair(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"label", "value"} and all(map(_is_map, value.values()))


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _is_positive(value: Any) -> bool:
    return isinstance(value, int) and value > 0


_VALUES: Mapping[str, Callable[[Any], bool]] = {
    "label": _is_map,
    "summary": _is_map,
    "metadata": lambda value: _is_list(value) and all(map(_is_pair, value)),
    "requiredStatement": _is_pair,
    "rights": lambda value: isinstance(value, str) and _RIGHTS.fullmatch(value) is not None,
    "navDate": lambda value: isinstance(value, str) and _DATE.fullmatch(value) is not None,
    "height": _is_positive,
    "width": _is_positive,
    "behavior": _is_list,
    "viewingDirection": lambda v: v in ("left-to-right", "right-to-left", "top-to-bottom", "bottom-to-top"),
    "start": lambda value: value.keys() >= {"id", "type"} and value["type"] in ("Canvas", "SpecificResource"),
    "placeholderCanvas": lambda v: v["type"] == "Canvas" and not v.keys() & {"placeholderCanvas", "accompanyingCanvas"},
    **dict.fromkeys(["provider", "thumbnail", "homepage", "rendering", "service", "seeAlso", "partOf"], _is_list),
    **dict.fromkeys(["structures", "annotations", "logo"], _is_list),
}
