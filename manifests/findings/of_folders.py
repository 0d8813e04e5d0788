"""What there is to say of folders, names and files as such, and of what has become of them: one row a code."""

from collections.abc import Mapping

from manifests.errors import N_, plural
from manifests.findings.finding_type import FindingType
from manifests.model import Severity

_BAD_BAG = plural("{count} bag is not whole", "{count} bags are not whole")

OF_FOLDERS: Mapping[str, FindingType] = {
    "folder-unreadable": FindingType(
        Severity.ERROR,
        N_("The folder cannot be opened ({reason}). Give the user that runs Mocban the right to read it."),
        plural("{count} folder cannot be opened", "{count} folders cannot be opened"),
    ),
    "bag-unreadable": FindingType(
        Severity.ERROR,
        N_("The bag cannot be read ({reason}). Give the user that runs Mocban the right to read it."),
        _BAD_BAG,
    ),
    "bag-incomplete": FindingType(
        Severity.ERROR,
        N_(
            "The bag lacks {number} files that its manifest lists, the first is {first}. Copy it here whole; "
            "until then nothing of it is taken in."
        ),
        _BAD_BAG,
    ),
    "bag-oxum": FindingType(
        Severity.ERROR,
        N_(
            "The payload of the bag is {found}, and its Payload-Oxum says {said}. Copy it here whole; "
            "until then nothing of it is taken in."
        ),
        _BAD_BAG,
    ),
    "bag-invalid": FindingType(
        Severity.ERROR,
        N_(
            "What the bag should hold cannot be known ({reason}). Copy it here whole, or have it made anew; "
            "until then nothing of it is taken in."
        ),
        _BAD_BAG,
    ),
    "bag-odd": FindingType(
        Severity.WARNING,
        N_("The bag departs from BagIt ({reason}); it was checked all the same."),
        plural("{count} bag departs from BagIt", "{count} bags depart from BagIt"),
    ),
    "bag-damaged": FindingType(
        Severity.ERROR,
        N_("This file is not the one that was put into the bag: {list} gives another checksum. Copy the file again."),
        plural("{count} file of a bag is damaged", "{count} files of bags are damaged"),
    ),
    "bag-unchecked": FindingType(
        Severity.WARNING,
        N_("The bag cannot be checked ({reason})."),
        plural("{count} bag cannot be checked", "{count} bags cannot be checked"),
    ),
    "bag-unlisted": FindingType(
        Severity.WARNING,
        N_("The payload of the bag holds {number} files that its manifests do not list, the first is {first}."),
        plural("{count} bag holds more files than it lists", "{count} bags hold more files than they list"),
    ),
    "bag-tag-file": FindingType(
        Severity.WARNING,
        N_("{list} gives this file of the bag another checksum: it was changed, or lost, after the bag was made."),
        plural("{count} file beside the payload of a bag has changed", "{count} files beside payloads have changed"),
    ),
    "name-encoding": FindingType(
        Severity.ERROR,
        N_("The name is not UTF-8, so nothing can refer to it. Give it another name and ingest again."),
        plural("{count} name is not UTF-8", "{count} names are not UTF-8"),
    ),
    "path-too-long": FindingType(
        Severity.ERROR,
        N_("The path is longer than the {limit} bytes that the system allows. Shorten the names of the folders in it."),
        plural("{count} path is too long", "{count} paths are too long"),
    ),
    "no-access": FindingType(
        Severity.ERROR,
        N_("This cannot be looked at ({reason}). Give the user that runs Mocban the right to read it."),
        plural("{count} file or folder may not be read", "{count} files or folders may not be read"),
    ),
    "dangling-link": FindingType(
        Severity.ERROR,
        N_("The link leads nowhere. Mend or delete it, then ingest again."),
        plural("{count} link leads nowhere", "{count} links lead nowhere"),
    ),
    "vanished": FindingType(
        Severity.ERROR,
        N_("This was there a moment ago and has gone. Ingest again when nothing is being copied or moved."),
        plural("{count} file has gone meanwhile", "{count} files have gone meanwhile"),
    ),
    "twin": FindingType(
        Severity.ERROR,
        N_("{other} has the same name, its accents written another way. Give one of the two another name."),
        plural(
            "{count} name is there twice, its accents written in two ways",
            "{count} names are there twice, their accents written in two ways",
        ),
    ),
    "no-file": FindingType(
        Severity.ERROR,
        N_("This is a pipe or a device, not a file. Put the file itself here, then ingest again."),
        plural("{count} name is a pipe or a device", "{count} names are pipes or devices"),
    ),
    "image-among-texts": FindingType(
        Severity.ERROR,
        N_("A folder of this name holds the text of pages, no images. Move the image to the pages, then ingest again."),
        plural("{count} image lies in a folder of texts", "{count} images lie in folders of texts"),
    ),
    "stems-missing": FindingType(
        Severity.ERROR,
        N_(
            "{number} pages are only in a folder of derivatives, the first is {first}; {folder} lacks them. "
            "Put their masters into {folder}, then ingest again."
        ),
        plural(
            "{count} folder lacks pages that its derivatives have",
            "{count} folders lack pages that their derivatives have",
        ),
    ),
    "derivative": FindingType(
        Severity.WARNING,
        N_("{page}, a file of the same name, is the page; nothing is done with this one."),
        plural("{count} file is a second form of a page", "{count} files are second forms of pages"),
    ),
    "derivatives": FindingType(
        Severity.NOTE,
        N_("The pages come from the folder {chosen}; this one is not used."),
        plural("{count} folder of derivatives is not used", "{count} folders of derivatives are not used"),
    ),
    "link-upwards": FindingType(
        Severity.NOTE,
        N_("The link leads to a folder around the one that is taken in; it is not followed."),
        plural("{count} link upwards is not followed", "{count} links upwards are not followed"),
    ),
    "unused": FindingType(
        Severity.NOTE,
        N_("Nothing is done with this file."),
        plural("{count} file is not used", "{count} files are not used"),
    ),
    "checksum-differs": FindingType(
        Severity.WARNING,
        N_("The checksum list {list} gives another checksum for this file. Copy the file again."),
        plural(
            "{count} file has another checksum than its list", "{count} files have other checksums than their lists"
        ),
    ),
    "content-differs": FindingType(
        Severity.WARNING,
        N_(
            "The content is not the one that was taken in, though name, length and time are the same. "
            "The disk may be failing: compare the file with a copy."
        ),
        plural("{count} file is not what was taken in", "{count} files are not what was taken in"),
    ),
    "numbering-gap": FindingType(
        Severity.WARNING,
        N_("The numbers of the pages leave out {number}, the first is {first}. Look whether a page was not scanned."),
        plural("{count} folder has gaps in its numbers", "{count} folders have gaps in their numbers"),
    ),
    "listed-absent": FindingType(
        Severity.WARNING,
        N_(
            "{number} page files that this checksum list names are not there, the first is {first}. "
            "Copy them here, then ingest again."
        ),
        plural(
            "{count} checksum list names files that are not there",
            "{count} checksum lists name files that are not there",
        ),
    ),
    "target": FindingType(
        Severity.NOTE,
        N_(
            "By its name this is a target or colour chart: it is kept, but is no page that readers see. "
            "To show it, give the file another name and ingest again."
        ),
        plural("{count} target or colour chart is kept and not shown", "{count} targets are kept and not shown"),
    ),
    "target-shown": FindingType(
        Severity.NOTE,
        N_(
            "By its name this is a target or colour chart, but readers have seen it as a page, so it stays one. "
            "To hide it, change its name a little (`target-2`) and ingest again."
        ),
        plural("{count} target or colour chart stays a page", "{count} targets stay pages"),
    ),
    "removed": FindingType(
        Severity.NOTE,
        N_("The work of this folder was removed and stays so. `mocban ingest` of this very folder brings it back."),
        plural("{count} folder of a removed work is left alone", "{count} folders of removed works are left alone"),
    ),
    "moved": FindingType(
        Severity.NOTE,
        N_("This folder holds the masters of {folder}, which has gone: the same work."),
        plural("{count} work was found in another folder", "{count} works were found in other folders"),
    ),
    "moved-unclear": FindingType(
        Severity.WARNING,
        N_(
            "The masters here are those of works whose folders have gone ({works}), so it is not clear which this is. "
            "It is a new work; remove the ones that it replaces."
        ),
        plural("{count} folder may be one of several moved works", "{count} folders may be one of several moved works"),
    ),
    "work-of-its-own": FindingType(
        Severity.NOTE,
        N_("This file is a work of its own, so it is no page of its folder's work."),
        plural("{count} file is a work of its own", "{count} files are works of their own"),
    ),
    "each-file": FindingType(
        Severity.NOTE,
        N_("Each file of this folder is a work of its own, as it was taken in once."),
        plural("{count} folder is taken in file by file", "{count} folders are taken in file by file"),
    ),
    "one-work": FindingType(
        Severity.WARNING,
        N_("This folder is one work already and stays so, whatever --each-file says."),
        plural("{count} folder stays one work", "{count} folders stay one work each"),
    ),
    "page-unnamed": FindingType(
        Severity.WARNING,
        N_("METS does not name this file as a page any more. The page stays; `mocban ingest --prune` takes it away."),
        plural("{count} page is no longer named by METS", "{count} pages are no longer named by METS"),
    ),
    "master-gone": FindingType(
        Severity.WARNING,
        N_("The master is no longer there. The page stays; `mocban ingest --prune` takes it away."),
        plural("{count} master is no longer there", "{count} masters are no longer there"),
    ),
    "page-gone": FindingType(
        Severity.WARNING,
        N_("The file no longer holds this page. The page stays; `mocban ingest --prune` takes it away."),
        plural("{count} page is no longer in its file", "{count} pages are no longer in their files"),
    ),
}
