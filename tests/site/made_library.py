"""A library of made-up works, for the tests of pages: it answers what pages ask, from lists."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from manifests.browsing import NOTHING_CHOSEN, Choice, Offer
from manifests.catalog import Chosen
from manifests.errors import Missing, Withdrawn
from manifests.ids import image_id, split_image
from manifests.metadata.facets import COLLECTION, FACETS
from manifests.metadata.merging import Merged
from manifests.metadata.record import NOTHING, Record
from manifests.model import Box, Hit, LanguageMap, Master, Page, Pyramid, State, Tier, Work
from manifests.search.across import WORKS_ON_A_PAGE, FoundWork, TitlesPage, WorksPage
from manifests.search.cursor import START, Cursor
from manifests.settings import Settings
from manifests.text.store import WorkText


def work(name: str, *, state: State = State.PUBLIC, pages: int = 2, first: bool = True) -> Work:
    return Work(
        id=name,
        root="scans",
        folder=name,
        label={"none": [name.replace("-", " ")]},
        state=state,
        updated=datetime(2026, 1, 31, 8, tzinfo=UTC),
        pages=pages,
        generation=1,
        first_image=image_id(name, "1") if first else None,
        first_size=(1501, 2001) if first else None,
    )


def page(work: str, number: int) -> Page:
    master = Master("tiff", 1501, 2001, 8, 3, "rgb")
    pyramid = Pyramid(f"pyramids/{work}/{number}.tif", 1501, 2001, "0" * 64, 1, 1, False, b"")
    return Page(
        str(number),
        image_id(work, str(number)),
        {"none": [str(number)]},
        f"{work}/{number}.tif",
        "0" * 64,
        master,
        pyramid,
    )


def hit(work: str, number: int = 1, tier: Tier = Tier.EXACT, boxes: Sequence[Box] = (Box(700, 300, 90, 40),)) -> Hit:
    return Hit(work, str(number), tier, boxes, "người đến ", "thư viện", ", mỗi ngày")


class NoCollections:
    """A library in which no collection lies."""

    def parts(self, collection: str, limit: int) -> list[Any]:
        return []

    def find(self, collection: str) -> Any:
        raise Missing("There is no collection {collection}.", collection=collection)


class FakeLibrary:
    collections = NoCollections()

    def __init__(
        self,
        works: Sequence[Work] = (),
        hits: Sequence[Hit] = (),
        settings: Settings | None = None,
        records: Mapping[str, Record] | None = None,
        sound_since: datetime | None = None,
    ) -> None:
        self._records = records or {}
        self.texts: Mapping[str, WorkText] = {}
        self.settings = settings or Settings()
        self._works = {found.id: found for found in works}
        self._hits = hits
        self.fixity = FakeFixity(sound_since)

    def works(
        self, *, after: str | None = None, limit: int = 50, states: Collection[State] = (State.PUBLIC,)
    ) -> list[Work]:
        shown = sorted(found.id for found in self._works.values() if found.state in states)
        return [self._works[name] for name in shown if after is None or name > after][:limit]

    def record(self, work: str) -> Merged:
        return Merged(self._records.get(work, NOTHING))

    def count(self, states: Collection[State] = (State.PUBLIC,)) -> int:
        return sum(found.state in states for found in self._works.values())

    def work(self, name: str) -> Work:
        found = self._works.get(name)
        if found is None or found.state == State.DRAFT:
            raise Missing("There is no work {work}.", work=name)
        if found.state != State.PUBLIC:
            raise Withdrawn("{work} has been withdrawn from the library.", work=name)
        return found

    def label(self, name: str) -> LanguageMap:
        return self._works[name].label

    def pages(self, name: str) -> list[Page]:
        return [page(name, number) for number in range(1, self._works[name].pages + 1)]

    def page(self, name: str, number: str) -> Page:
        if number == "gone":
            raise Withdrawn("{work} has been withdrawn from the library.", work=f"{name}~{number}")
        if number not in {found.id for found in self.pages(name)}:
            raise Missing("The work {work} has no page {page}.", work=name, page=number)
        return page(name, int(number))

    def search(self, query: str, *, work: str | None = None, limit: int | None = None) -> list[Hit]:
        return [found for found in self._hits if work in (None, found.work)][:limit]

    def image(self, image: str) -> Page:
        name, number = split_image(image) or ("", "")
        self.work(name)
        return self.page(name, number)

    @property
    def browsing(self) -> "FakeBrowsing":
        return FakeBrowsing(self)

    def text(self, work: str) -> WorkText | None:
        return self.texts.get(work)

    def across(self, collection: str = "top") -> "FakeAcross":
        return FakeAcross(list(self._works.values()), self._hits)


class FakeBrowsing:
    """Works are in French where their id begins with F, else in Vietnamese."""

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library

    def _fit(self, chosen: Chosen) -> list[Work]:
        asked = chosen.get("language")
        return [work for work in self._library.works() if asked is None or _language(work) in asked]

    def works(self, chosen: Chosen = NOTHING_CHOSEN, after: str | None = None, limit: int = 50) -> list[Work]:
        return [work for work in self._fit(chosen) if after is None or work.id > after][:limit]

    def number(self, chosen: Chosen = NOTHING_CHOSEN) -> int:
        return len(self._fit(chosen))

    def ids(self, chosen: Chosen) -> frozenset[str]:
        return frozenset(work.id for work in self._fit(chosen))

    def parts(self, collection: str, chosen: Chosen) -> Offer:
        return Offer(COLLECTION, [])

    def offers(self, chosen: Chosen = NOTHING_CHOSEN, fixed: Chosen = NOTHING_CHOSEN) -> list[Offer]:
        there = sorted({_language(work) for work in self._library.works()})
        choices = [Choice(tag, self.number({"language": [tag]}), tag in chosen.get("language", ())) for tag in there]
        return [
            Offer(facet, choices if facet.name == "language" else []) for facet in FACETS if facet.name not in fixed
        ]


def _language(work: Work) -> str:
    return "fr" if work.id.startswith("F") else "vi"


class FakeFixity:
    """Knows the same of all works."""

    def __init__(self, since: datetime | None) -> None:
        self._since = since

    def sound_since(self, work: str) -> datetime | None:
        return self._since


class FakeAcross:
    """Every hit there is is found, whatever is asked; a title is found where the query stands in it."""

    def __init__(self, works: Sequence[Work], hits: Sequence[Hit]) -> None:
        self._works = works
        self._hits = hits

    def among(self, works: Collection[str]) -> "FakeAcross":
        return FakeAcross(self._works, [hit for hit in self._hits if hit.work in works])

    def works(self, query: str, start: Cursor = START) -> WorksPage:
        named: dict[str, Any] = {}
        for found in self._hits:
            named.setdefault(found.work, []).append(found)
        here = list(named)[start.rank : start.rank + WORKS_ON_A_PAGE]
        works = {known.id: known for known in self._works}
        found_works = [FoundWork(works[name], named[name]) for name in here]
        behind = start.rank + len(here)
        following = Cursor(behind, behind) if behind < len(named) else None
        return WorksPage(found_works, following, len(named), following is None)

    def titled(self, query: str, start: Cursor = START, size: int = WORKS_ON_A_PAGE) -> TitlesPage:
        named = [known for known in self._works if any(query in title for title in known.label["none"])]
        behind = start.rank + size
        return TitlesPage(named[start.rank : behind], Cursor(behind, behind) if behind < len(named) else None)

    def did_you_mean(self, query: str) -> str | None:
        return "thư viện" if query == "thu vein" else None
