"""What the askers ask of one image and one work: tiles with their bytes, documents, large pictures, and the absurd."""

from bench.askers import Site
from bench.running import Server
from manifests.tiling import TILE, levels


def tile_paths(image: str, width: int, height: int) -> list[str]:
    """Of each level the first and the last tile."""
    found = []
    for level, (columns, rows) in enumerate(levels(width, height)):
        reach = TILE << level
        for column, row in {(0, 0), ((columns - 1) // TILE, (rows - 1) // TILE)}:
            x, y = column * reach, row * reach
            w, h = min(reach, width - x), min(reach, height - y)
            size = f"{-(-w >> level)},{-(-h >> level)}"
            found.append(f"/iiif/image/3/{image}/{x},{y},{w},{h}/{size}/0/default.jpg")
    return found


def absurd(image: str) -> list[str]:
    base = f"/iiif/image/3/{image}"
    return [
        f"{base}/full/^999999,1/0/default.png",
        f"{base}/full/^1,999999/0/default.jpg",
        f"{base}/full/^65500,65500/0/default.webp",
        f"{base}/0,0,1,1/^40000,1000/0/default.png",
        f"{base}/pct:0,0,0.00001,0.00001/^max/0/default.jpg",
        f"{base}/{'9' * 5000},0,1,1/max/0/default.jpg",
        f"{base}/full/max/359.999999999999999/default.jpg",
        f"{base}/full/max/0/default.exe",
        f"{base}/full/0,0/0/default.jpg",
        f"{base}/full/max/0/default.jpg/" + "x/" * 3000,
        "/iiif/image/3/%00/info.json",
        "/iiif/image/3/%ff%fe/full/max/0/default.jpg",
        "/iiif/image/3/..%2F..%2Fetc%2Fpasswd/full/max/0/default.jpg",
        "/iiif/image/3/" + "a" * 7000 + "/info.json",
        "/search?q=" + "%E1%BA%A5" * 800,
        "/iiif/search/2/nothing?q=" + "a+" * 2000,
        "/works/%2e%2e/%2e%2e",
        "/%",
        "//",
    ]


def site_of(server: Server, image: str, size: tuple[int, int], work: str) -> Site:
    """Asks each tile once, quietly, for the bytes that must come later too."""
    base = f"/iiif/image/3/{image}"
    tiles = {}
    for path in tile_paths(image, *size):
        status, _, body = server.get(path)
        if status != 200:
            raise SystemExit(f"{path} is answered with {status}")
        tiles[path] = body
    w, h = size
    return Site(
        server.port,
        tiles,
        ["/health", f"{base}/info.json", f"/iiif/presentation/3/{work}/manifest", f"/works/{work}"],
        [
            f"{base}/full/max/0/default.jpg",
            f"{base}/full/{w * 2 // 3},/0/default.jpg",
            f"{base}/{w // 7},{h // 9},{w // 2},{h // 2}/{w // 5},/90/gray.png",
            f"{base}/square/{min(w, h) // 2},/180/default.webp",
        ],
        absurd(image),
    )
