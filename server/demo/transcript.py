"""What stands on a drawn page, known for certain because we set it: as ALTO beside the master, and as truth.json.

ALTO 4 (Library of Congress), in pixels. `truth.json` holds the same words in the plainest form, for whoever wants to
measure how well text, search and boxes do.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from manifests.model import Box, Word
from server.demo.typeset import around

ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
TRUTH = "truth.json"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One drawn page as it hangs in the library: upright, `file` its name, words in reading order."""

    file: str
    width: int
    height: int
    words: Sequence[Word]

    @property
    def stem(self) -> str:
        return Path(self.file).stem


def write_alto(leaves: Iterable[Leaf], folder: Path) -> None:
    """One file a page in the subfolder `alto`."""
    (folder / "alto").mkdir(exist_ok=True)
    for leaf in leaves:
        (folder / "alto" / f"{leaf.stem}.xml").write_bytes(alto(leaf))


def write_truth(leaves: Iterable[Leaf], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pages = [
        {
            "page": leaf.stem,
            "file": leaf.file,
            "width": leaf.width,
            "height": leaf.height,
            "words": [{"text": word.text, "box": word.box, "line": word.line} for word in leaf.words],
        }
        for leaf in leaves
    ]
    (folder / TRUTH).write_text(json.dumps({"pages": pages}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def alto(leaf: Leaf) -> bytes:
    root = ElementTree.Element("alto", xmlns=ALTO)
    description = ElementTree.SubElement(root, "Description")
    ElementTree.SubElement(description, "MeasurementUnit").text = "pixel"
    source = ElementTree.SubElement(description, "sourceImageInformation")
    ElementTree.SubElement(source, "fileName").text = leaf.file
    size = {"WIDTH": str(leaf.width), "HEIGHT": str(leaf.height)}
    layout = ElementTree.SubElement(root, "Layout")
    page = ElementTree.SubElement(layout, "Page", {"ID": "page", "PHYSICAL_IMG_NR": "1"} | size)
    space = ElementTree.SubElement(page, "PrintSpace", {"HPOS": "0", "VPOS": "0"} | size)
    if leaf.words:
        _block(space, leaf.words)
    ElementTree.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode").encode() + b"\n"


def _block(space: ElementTree.Element, words: Sequence[Word]) -> None:
    block = ElementTree.SubElement(space, "TextBlock", {"ID": "block"} | _place(words))
    for number, set_words in groupby(words, key=lambda word: word.line):
        together = list(set_words)
        line = ElementTree.SubElement(block, "TextLine", {"ID": f"line{number}"} | _place(together))
        for place, word in enumerate(together):
            if place:
                ElementTree.SubElement(line, "SP")
            ElementTree.SubElement(
                line, "String", {"ID": f"word{number}.{place}", "CONTENT": word.text} | _place([word])
            )


def _place(words: Iterable[Word]) -> dict[str, str]:
    box: Box = around([word.box for word in words if word.box is not None])
    return {"HPOS": str(box.x), "VPOS": str(box.y), "WIDTH": str(box.w), "HEIGHT": str(box.h)}
