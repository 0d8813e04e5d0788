"""The lines of an ALTO page in the order in which they are read.

ReadingOrder of 4.3 says it for blocks, lines or words; else IDNEXT of one block names the next; else it is the order of
the file, and so it is for whatever the others do not name.
"""

from collections.abc import Iterator, Mapping

from manifests.text.xml import Element, children, local_name


def lines_in_order(root: Element, page: Element) -> Iterator[Element]:
    by_id = {name: element for element in page.iter("{*}*") if (name := element.get("ID"))}
    order = next(root.iter("{*}ReadingOrder"), None)
    names = _references(order) if order is not None else _by_next_block(by_id)
    read: set[Element] = set()
    for name in names:
        if name in by_id:
            yield from _unread_lines(_with_its_line(by_id[name]), read)
    yield from _unread_lines(page, read)


def _unread_lines(element: Element, read: set[Element]) -> Iterator[Element]:
    """Of each element once, however often an order names it or what it stands in."""
    if element in read:
        return
    read.add(element)
    if local_name(element) == "TextLine":
        yield element
        return
    for child in children(element):
        yield from _unread_lines(child, read)


def _with_its_line(element: Element) -> Element:
    """Of a word the line that it stands in."""
    return next(element.iterancestors("{*}TextLine"), element)


def _references(group: Element) -> Iterator[str]:
    """Where a group stands for a block itself, those in it say in what order the block is read."""
    for member in children(group):
        yield from _references(member)
        yield from (member.get("REF") or "").split()


def _by_next_block(by_id: Mapping[str, Element]) -> Iterator[str]:
    """Block by block, behind each the chain of those that follow it, wherever they stand."""
    following = {name: told for name, block in by_id.items() if (told := block.get("IDNEXT") or "") in by_id}
    behind = set(following.values())
    seen: set[str] = set()
    for start, block in by_id.items():
        if start in behind or not (start in following or local_name(block) == "TextBlock"):
            continue
        name = start
        while name and name not in seen:
            seen.add(name)
            yield name
            name = following.get(name, "")
