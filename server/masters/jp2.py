"""JPEG 2000 masters: jp2, jpx, bare codestreams. OpenJPEG decodes the samples whole; all else is done here.

OpenJPEG is given the bare codestream, so that it applies neither palette nor profile: what a sample means stands in
the boxes (`jp2_header`), and there is one way to the screen.
"""

import logging
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from imagecodecs import jpeg2k_decode

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding, Master
from server.masters import damage
from server.masters.boxes import Box, boxes_of
from server.masters.decoded import Samples, as_damage
from server.masters.header import MasterHeader, OpenedMaster, sensible_ppi
from server.masters.jp2_codestream import START, Codestream, read_codestream
from server.masters.jp2_colour import COLOURS, Plan, open_samples, plan_channels
from server.masters.jp2_depths import as_even, can_be_evened, evened, is_mixed, said_to_be_even
from server.masters.jp2_header import Jp2Header, read_header
from server.masters.refusal import MasterRefused, master_refused

_MOST_BITS = 16
logging.getLogger("imagecodecs").addHandler(logging.NullHandler())
logging.getLogger("imagecodecs").propagate = False


def describe(file: Path) -> MasterHeader:
    codestreams, header = _parts(file)
    codestream = codestreams[0]
    _check(codestream, header)
    plan = plan_channels(header, evened(codestream.components))
    master = Master(
        "jp2",
        codestream.width,
        codestream.height,
        codestream.components[0].bits,
        len(codestream.components),
        plan.name,
        ppi=sensible_ppi(header.ppi),
        compression="jpeg 2000 lossless" if codestream.lossless else "jpeg 2000",
        images=len(codestreams),
    )
    found = tuple(_said(codestreams, header, plan))
    return MasterHeader(master, partial(_open, codestream, plan), found, decoded_whole=True)


def _said(codestreams: Sequence[Codestream], header: Jp2Header, plan: Plan) -> Iterator[Finding]:
    if len(codestreams) > 1:
        yield make_finding("several-images", images=len(codestreams))
    if plan.spare:
        yield make_finding("extra-channels", channels=plan.spare)
    if header.colour is not None and header.colour not in COLOURS:
        yield make_finding("unknown-colours", told=f"EnumCS {header.colour}")
    if not codestreams[0].ended:
        yield from damage.WITHOUT_END


def _open(codestream: Codestream, plan: Plan, *, access: str, fail_on: str, completed: bool = False) -> OpenedMaster:
    return OpenedMaster(open_samples(_decoded(codestream), plan), profile=plan.profile)


def _decoded(codestream: Codestream) -> Samples:
    """Height x width x components."""
    content, mixed = codestream.content(), is_mixed(codestream.components)
    with as_damage():
        found: Samples = jpeg2k_decode(said_to_be_even(content, codestream.components) if mixed else content)
    if found.shape[:2] != (codestream.height, codestream.width):
        raise master_refused("unreadable", reason=damage.DAMAGED)
    found = found if found.ndim == 3 else found[:, :, None]
    return as_even(found, codestream) if mixed else found


def _parts(file: Path) -> tuple[Sequence[Codestream], Jp2Header]:
    length = file.stat().st_size
    with file.open("rb") as stream:
        bare = stream.read(2) == START
    if bare:
        return [read_codestream(file, 0, length)], Jp2Header()
    header, codestreams = Jp2Header(), list[Codestream]()
    try:
        for box in boxes_of(file):
            header = read_header(box) if box.kind == b"jp2h" else header
            codestreams += _codestreams(box)
    except MasterRefused:
        if not codestreams:  # what is left behind the first one takes nothing from it
            raise
    if not codestreams:
        raise master_refused("truncated")
    return codestreams, header


def _codestreams(box: Box) -> Sequence[Codestream]:
    if box.kind == b"ftbl":
        raise master_refused("unsupported-pixels", what=N_("JPEG 2000 in fragments"))
    return [read_codestream(box.file, box.start, box.end)] if box.kind == b"jp2c" else []


def _check(codestream: Codestream, header: Jp2Header) -> None:
    """Refuses what OpenJPEG gives no samples of one kind for."""
    signs, deepest = {one.signed for one in codestream.components}, max(one.bits for one in codestream.components)
    is_even = not is_mixed(codestream.components) or (can_be_evened(codestream) and not header.palette)
    if deepest > _MOST_BITS or len(signs) > 1 or not is_even:
        depths = "/".join(str(one.bits) for one in codestream.components[:5])
        raise master_refused("unsupported-pixels", what=f"JPEG 2000, {depths} bit")
    across = [(one.across, one.down) for one in codestream.components]
    if across[0] != (1, 1) or (set(across) != {(1, 1)} and (len(across) != 3 or across[1] != across[2])):
        raise master_refused("unsupported-pixels", what=N_("subsampled JPEG 2000"))
