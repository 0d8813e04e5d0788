"""How a page of ours goes out: the reader's language and choices, the security policy, the headers.

Nothing here knows a work. Choices are kept in cookies that say nothing about the reader: a language, a viewer, whether
the text is shown. Our pages carry no script or style inside, so the policy is strict; a page with a viewer allows what
that viewer needs.
"""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, current_app, make_response, render_template, request

from manifests.addresses import TOP, Addresses
from manifests.metadata import facets
from manifests.model import Box
from server import negotiation
from server.answers import cache_policy
from server.language.translator import Translator, negotiate, written_in
from server.site import assets

LANGUAGES = "MOCBAN_LANGUAGES"
"""Where the application keeps the languages that it offers; there before the first request, and for errors too."""
FACETS = tuple(facet.name for facet in facets.FACETS)
MOST_CHOSEN = 20
"""Values of one facet that one address may ask for."""
CHOICES = ("lang", "viewer", "text")
"""Words in the query that are remembered in a cookie of the same name."""
MAX_QUERY = 200
"""Characters of a query that are looked for and shown again."""
KEPT = ("q", "work", "titles", "start", "xywh", *"xywh", "after", *CHOICES)
"""Words of the query that a switch of language or viewer carries on."""
POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
}
LANGUAGE_NAMES: Mapping[str, str] = {"vi": "Tiếng Việt", "en": "English"}


def prepare(site: Blueprint, languages: Sequence[str], title: str) -> None:
    """Gives every template of the site its words: the translator, the library's title, the addresses of assets."""

    site.record_once(lambda state: state.app.config.update({LANGUAGES: tuple(languages)}))

    @site.app_context_processor
    def words() -> dict[str, Any]:
        translator = request_translator()
        return {
            "translator": translator,
            "_": translator.translate,
            "ngettext": translator.plural,
            "title_of_library": title,
            "asset": assets.address,
            "max_query": MAX_QUERY,
            "languages": [(tag, LANGUAGE_NAMES.get(tag, tag)) for tag in languages],
            "query_url": query_url,
            "language_of": translator.language_of,
            "written_in": written_in,
            "local_addresses": local_addresses,
            "root_collection": lambda: negotiation.addresses().collection(3, "top"),
        }


def request_translator() -> Translator:
    """The language of this request."""
    return negotiate(request.headers.get("Accept-Language"), preference("lang"), current_app.config[LANGUAGES])


def preference(choice: str) -> str | None:
    """What the reader chooses with this request, else chose before."""
    return _choice(request.args.get(choice)) or _choice(request.cookies.get(choice))


def _choice(asked: str | None) -> str | None:
    """Only what can be the name of a language or a viewer is answered with a cookie."""
    return asked if asked and re.fullmatch(r"[A-Za-z0-9-]{1,20}", asked) else None


def query() -> str:
    """The words to look for, cut to what the field of the page takes: a long query is not sent back whole."""
    return request.args.get("q", "").strip()[:MAX_QUERY].rstrip()


def query_url(**changed: str) -> str:
    """This page with other words in its query, as a reference relative to it (RFC 3986 section 5.2.2)."""
    kept = {name: request.args[name][:MAX_QUERY] for name in KEPT if name in request.args}
    chosen = {name: values for name in FACETS if (values := chosen_of(name))}
    return "?" + urlencode({**kept, **chosen, **changed}, doseq=True)


def chosen_of(facet: str) -> list[str]:
    """The values of a facet that the address asks for; what cannot be one is passed over, and `top`, that is all."""
    values = [value for value in request.args.getlist(facet) if 0 < len(value) <= facets.LONGEST]
    return [value for value in dict.fromkeys(values) if (facet, value) != (facets.COLLECTION.name, TOP)][:MOST_CHOSEN]


def local_addresses() -> Addresses:
    """Addresses on the very host that was asked, whatever the public base is: below what the proxy in front adds."""
    return Addresses(request.script_root)


def box() -> Box | None:
    """The box that the address asks for, in whole pixels (Media Fragments 4.2.2); anything else is no box. A form asks
    for it in four parts."""
    parts = ",".join(request.args.get(side, "") for side in "xywh")
    asked = request.args.get("xywh", "").removeprefix("pixel:") or parts
    return Box(*map(int, asked.split(","))) if re.fullmatch(r"[0-9]{1,9}(,[0-9]{1,9}){3}", asked) else None


def show(
    template: str, *, status: int = HTTPStatus.OK, policy: Mapping[str, str] | None = None, **words: Any
) -> Response:
    answer = make_response(render_template(template, status=int(status), **words), status)
    answer.headers["Content-Security-Policy"] = _policy(policy)
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Content-Language"] = request_translator().language
    answer.vary.update(("Accept", "Accept-Encoding", "Accept-Language", "Cookie"))
    _remember(answer)
    negotiation.compress(answer)
    if status != HTTPStatus.OK:
        answer.headers["Cache-Control"] = cache_policy.ERRORS
        return answer
    answer.headers["Cache-Control"] = cache_policy.PAGES
    negotiation.tag(answer)
    return answer


def _remember(answer: Response) -> None:
    for choice in CHOICES:
        chosen = _choice(request.args.get(choice))
        if chosen:
            answer.set_cookie(
                choice, chosen, max_age=cache_policy.YEAR, path=request.script_root or "/",
                samesite="Lax", httponly=True,
            )  # fmt: skip


def _policy(needs: Mapping[str, str] | None) -> str:
    """Ours, and what the viewer needs beyond it: its own words, and the public base where that is another host."""
    if needs is None:
        return "; ".join(f"{directive} {sources}" for directive, sources in POLICY.items())
    base = urlsplit(negotiation.base())
    library = {"img-src": f"{base.scheme}://{base.netloc}", "connect-src": f"{base.scheme}://{base.netloc}"}
    rows = {
        directive: " ".join(filter(None, (POLICY.get(directive), library.get(directive), needs.get(directive))))
        for directive in {**POLICY, **needs}
    }
    return "; ".join(f"{directive} {sources}" for directive, sources in rows.items())
