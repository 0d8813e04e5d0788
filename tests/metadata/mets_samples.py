"""METS with a physical structure alone: pages by their label and the files that they show."""

from collections.abc import Sequence

_BEGIN = '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">'


def mets_of(*pages: tuple[str, Sequence[str]], **groups: Sequence[str]) -> str:
    """`pages` are labels with addresses, or with none; `groups` say by its USE which addresses are in a group other
    than ORIGINAL."""
    of = {address: use for use, addresses in groups.items() for address in addresses}
    addresses = list(dict.fromkeys(address for _, shown in pages for address in shown))
    files = "".join(
        f'<fileGrp USE="{of.get(address, "ORIGINAL")}"><file ID="F{n}">'
        f'<FLocat LOCTYPE="URL" xlink:href="{address}"/></file></fileGrp>'
        for n, address in enumerate(addresses)
    )
    divs = "".join(
        f'<div ID="P{n}" TYPE="page" ORDERLABEL="{label}">'
        + "".join(f'<fptr FILEID="F{addresses.index(address)}"/>' for address in shown)
        + "</div>"
        for n, (label, shown) in enumerate(pages)
    )
    structure = f'<structMap TYPE="PHYSICAL"><div TYPE="physSequence">{divs}</div></structMap>'
    return f"{_BEGIN}<fileSec>{files}</fileSec>{structure}</mets>"
