"""Commands about what the library has: list, show, search, publish, withdraw, rename, remove, reindex."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click

from manifests.catalog import FileFinding
from manifests.errors import N_, Damaged
from manifests.library import Library
from manifests.model import Finding, Page, Recognition, State, Work
from manifests.search_index import LACKS_INDEX, lacks_index
from server.cli.collections import collection_lines, list_collections
from server.cli.context import OWN_FAILURE, CliContext, with_context
from server.cli.described import record_lines, record_row
from server.cli.fixity_told import checks_by_page, fixity_lines
from server.cli.ingest import finding_row
from server.cli.progress import ProgressBar
from server.cli.summary import SEVERITIES, Summary

_AT_ONCE = 500


STATES = {
    State.DRAFT: N_("draft"),
    State.PUBLIC: N_("public"),
    State.WITHDRAWN: N_("withdrawn"),
}


@click.command("list", help=N_("List the works, whatever their state."))
@click.option("--collection", metavar="ID", help=N_("Only those in this collection and in what lies in it."))
@click.option("--collections", is_flag=True, help=N_("List the collections instead, and what lies in which."))
@with_context
def list_works(cli: CliContext, collection: str | None, collections: bool) -> None:
    with _library(cli) as library:
        if collections:
            list_collections(cli, library, collection)
            return
        for work in _all_works(library, collection):
            row = {
                "id": work.id,
                "label": _label(work),
                "pages": work.pages,
                "state": work.state,
                "updated": _utc(work.updated),
                "manifest": f"/iiif/presentation/3/{work.id}/manifest",
            }
            state = cli.translator.translate(STATES[work.state])
            pages = cli.translator.plural(N_("{count} page"), N_("{count} pages"), work.pages)
            cli.print_row(row, f"{work.id}  {cli.translator.label(work.label)}  {pages}  {state}")


def _all_works(library: Library, collection: str | None) -> Iterator[Work]:
    after = None
    while works := (
        library.collections.works(collection, tuple(STATES), after, _AT_ONCE)
        if collection is not None
        else library.works(after=after, limit=_AT_ONCE, states=tuple(STATES))
    ):
        yield from works
        after = works[-1].id


def _utc(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _label(work: Work | Page) -> dict[str, list[str]]:
    return {language: list(texts) for language, texts in work.label.items()}


@click.command(help=N_("Show all that is known of a work."))
@click.argument("work", metavar="ID")
@with_context
def show(cli: CliContext, work: str) -> None:
    with _library(cli) as library:
        found = library.any_work(work)
        pages = library.kept_pages(work)
        sources = library.text_sources(work)
        findings = _worst_first(library.findings(found))
        fixity = library.fixity.of(found)
        checks = checks_by_page(fixity)
        record, collections = library.record(work), library.collections.all_of_work(work)
        former = library.former_ids(work)
        row = {
            "id": found.id,
            "former_ids": former,
            "folder": found.folder,
            "root": found.root,
            "label": _label(found),
            "state": found.state,
            "updated": _utc(found.updated),
            "pages": [
                _page(page)
                | {
                    "text_source": _source(sources.get(page.id)),
                    "fixity": checks.get(page.id, {}),
                    "findings": [_told_of(cli, said.finding) for said in findings if said.page == page.id],
                }
                for page in pages
            ],
            "record": record_row(record),
            "collections": [one.id for one in collections],
            "verified": _utc(sound) if (sound := fixity.all_sound_since) else None,
            "findings": [
                {"file": said.file, "page": said.page, "number": said.number, **_told_of(cli, said.finding)}
                for said in findings
            ],
        }
        lines = _as_lines(cli, found, pages, sources, findings)
        records, checked = record_lines(cli.translator, record), fixity_lines(cli.translator, fixity)
        about = (*collection_lines(cli.translator, collections), *records)
        cli.print_row(row, *lines[:2], *_formerly(cli, former), *about, *lines[2:], *checked)


def _formerly(cli: CliContext, ids: Sequence[str]) -> list[str]:
    return [cli.translator.translate(N_("Renamed; was called {ids}."), ids=", ".join(ids))] if ids else []


def _worst_first(findings: Sequence[FileFinding]) -> Sequence[FileFinding]:
    """What the last ingest said of the work's files, those refused among them."""
    order = list(SEVERITIES)
    return sorted(findings, key=lambda said: order.index(said.finding.severity))


def _told_of(cli: CliContext, finding: Finding) -> dict[str, Any]:
    return finding_row(finding) | {"message": cli.translator.translate_finding(finding)}


def _page(page: Page) -> dict[str, Any]:
    master = asdict(page.master)
    return {
        "id": page.id,
        "image": page.image,
        "label": _label(page),
        "file": page.file,
        "number": page.number,
        "width": page.width,
        "height": page.height,
        **{name: value for name, value in master.items() if name not in {"width", "height"}},
        "sha256": page.sha256,
        "pyramid": page.pyramid.file,
        "text": page.text,
        "is_target": page.is_target,
        "behavior": page.behavior or None,
    }


def _source(source: str | Recognition | None) -> str | dict[str, Any] | None:
    """Flat, as a program wants it."""
    if not isinstance(source, Recognition):
        return source
    return asdict(source.engine) | {"confidence": source.confidence, "file": source.file}


def _told(cli: CliContext, source: str | Recognition | None) -> str:
    if not isinstance(source, Recognition):
        return source or ""
    engine = source.engine
    return cli.translator.translate(
        N_("read by {engine} {version} ({languages}), {confidence} percent sure"),
        engine=engine.name,
        version=engine.version,
        languages=engine.languages,
        confidence=cli.translator.number(round(source.confidence or 0)),
    )


def _as_lines(
    cli: CliContext,
    work: Work,
    pages: Sequence[Page],
    sources: Mapping[str, str | Recognition],
    findings: Sequence[FileFinding],
) -> list[str]:
    hidden = cli.translator.translate(N_("not shown: a target"))
    lines = [
        f"{work.id}  {cli.translator.label(work.label)}  {cli.translator.translate(STATES[work.state])}",
        work.folder,
    ]
    lines += [
        f"  {page.id}  {page.width} x {page.height}  {page.master.format} {page.master.bits} bit"
        f"  {page.master.profile or '-'}  {f'{page.master.ppi:g} ppi' if page.master.ppi else '-'}"
        f"  {page.text or '-'}  {_told(cli, sources.get(page.id))}".rstrip()
        + (f"  {hidden}" if page.is_target else "")
        for page in pages
    ]
    summary = Summary()
    for said in findings:
        severity = cli.translator.translate(SEVERITIES[said.finding.severity])
        name = cli.named(said.file, said.number)
        lines.append(f"  {severity}  {name}: {cli.translator.translate_finding(said.finding)}")
        summary.count(said.file, said.number, said.finding)
    return lines + summary.table(cli)


@click.command(help=N_("Find words in the text of one work, or of all public ones."))
@click.argument("query")
@click.option("--work", metavar="ID", help=N_("Only inside this work."))
@with_context
def search(cli: CliContext, query: str, work: str | None) -> None:
    lost: list[Damaged] = []
    with _library(cli) as library:
        if work is None and lacks_index(library.folder):
            cli.print_message(LACKS_INDEX, folder=library.folder)
        for hit in library.search(query, work=work, lost=lost.append):
            row = {
                "work": hit.work,
                "page": hit.page,
                "tier": hit.tier,
                "boxes": [list(box) for box in hit.boxes],
                "before": hit.before,
                "match": hit.match,
                "after": hit.after,
            }
            cli.print_row(row, f"{hit.work}  {hit.page}  {hit.before}[{hit.match}]{hit.after}")
    for error in lost:
        cli.print_message(error.sentence, **error.values)
    if lost:
        click.get_current_context().exit(OWN_FAILURE)


@click.command(help=N_("Make a draft or withdrawn work public."))
@click.argument("work", metavar="ID")
@with_context
def publish(cli: CliContext, work: str) -> None:
    with _library(cli) as library:
        library.publish(work)


@click.command(help=N_("Take a work out of sight; its address says so, and `publish` brings it back."))
@click.argument("work", metavar="ID")
@with_context
def withdraw(cli: CliContext, work: str) -> None:
    with _library(cli) as library:
        library.withdraw(work)


@click.command(help=N_("Give a work another id; its old addresses lead to the new ones."))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@with_context
def rename(cli: CliContext, old: str, new: str) -> None:
    with _library(cli) as library:
        library.rename(old, new)


@click.command(help=N_("Remove a work and its pyramids for good; the masters are not touched."))
@click.argument("work", metavar="ID")
@with_context
def remove(cli: CliContext, work: str) -> None:
    with _library(cli) as library:
        library.remove(work)


@click.command(help=N_("Make the search index anew from what is stored; nobody who reads has to wait."))
@with_context
def reindex(cli: CliContext) -> None:
    with _library(cli) as library, ProgressBar(cli.translator) as bar:
        library.reindex(bar)


def _library(cli: CliContext) -> closing[Library]:
    return closing(cli.library())


COMMANDS = (list_works, show, search, publish, withdraw, rename, remove, reindex)
