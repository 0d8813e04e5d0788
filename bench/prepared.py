"""What is measured with: one library, made once below `.cache/bench` and brought up to date by each run.

Three works: `bench`, one page of 73 megapixels; `many`, a thousand small pages for a long manifest; and the sample
book, for which `bench/viewer_mix.txt` was recorded. Beside it, for the peers, one bare pyramid of each master as
`vips tiffsave` makes it: they are not asked to read what only we write.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bench import page
from manifests.ids import image_id
from server.demo import sample
from server.libvips import pyvips

FOLDER = Path(__file__).parents[1] / ".cache" / "bench"
BOOK = sample.WORKS[0].title
PAGES = 1000


@dataclass(frozen=True, slots=True)
class Prepared:
    """`bare` holds one pyramid an image, named by the image's id; `images` maps the id to the master."""

    library: Path
    bare: Path
    images: dict[str, Path]


def prepare(folder: Path = FOLDER, *, only_the_book: bool = False) -> Prepared:
    """Draws what is not there, and takes in what has changed."""
    sample.build(folder, _say, sample.WORKS[:1])
    masters = folder / "masters"
    if not only_the_book:
        draw_page(masters / "bench" / "page.tif")
        _draw_many(masters / "many")
    library = folder / "library"
    command = [Path(sys.executable).with_name("mocban"), "--library", library, "ingest", masters]
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    images = {image_id("Truyen-Kieu", file.stem): file for file in sorted((masters / BOOK).glob("*.tif"))}
    images[image_id("bench", "page")] = masters / "bench" / "page.tif"
    bare = folder / "bare"
    if not only_the_book:
        _make_bare(images, bare)
    return Prepared(library, bare, images)


def _say(name: str) -> None:
    print(f"drawing {name}", file=sys.stderr, flush=True)


def draw_page(file: Path) -> None:
    if not file.exists():
        _say(file.name)
        aside = file.with_name(f".{file.name}.tif")
        page.draw(aside)
        aside.replace(file)


def _draw_many(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, PAGES + 1):
        file = folder / f"{number:04}.png"
        if not file.exists():
            Image.new("RGB", (60, 90), (number % 256, 128, 128)).save(file)
            file.with_suffix(".txt").write_text(f"trang {number}", encoding="utf-8")


def _make_bare(images: dict[str, Path], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    sizes = {}
    for name, master in images.items():
        file = folder / f"{name}.tif"
        if not file.exists():
            image = pyvips.Image.new_from_file(str(master), access="sequential")
            image.tiffsave(
                str(file),
                tile=True,
                pyramid=True,
                tile_width=512,
                tile_height=512,
                compression="jpeg",
                Q=85,
            )
        sizes[name] = _levels(file)
        bare_name = folder / name  # IIPImage 1.1 adds no ending to an identifier
        bare_name.unlink(missing_ok=True)
        bare_name.hardlink_to(file)
    (folder / "sizes.json").write_text(json.dumps(sizes), encoding="utf-8")


def _levels(file: Path) -> list[dict[str, int]]:
    count = pyvips.Image.new_from_file(str(file)).get_n_pages()
    found = (pyvips.Image.new_from_file(str(file), page=page) for page in range(count))
    return [{"width": level.width, "height": level.height} for level in found]
