"""What the program has to say about a file: one row a code, read by ingest, the reports and the tests.

A row holds the severity and the sentence, an English message id with named placeholders; whoever shows it says it
in the reader's language. A sentence says what is wrong, with the numbers, and what to do next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from manifests.errors import N_, plural
from manifests.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class FindingType:
    """`counted` says of many files at once what the sentence says of one, for one and for several of them."""

    severity: Severity
    sentence: str
    counted: tuple[str, str] = plural("{count} other note", "{count} other notes")


FINDING_TYPES: Mapping[str, FindingType] = {
    "unreadable": FindingType(
        Severity.ERROR,
        N_("This file cannot be read as an image ({reason}). Scan it again or copy it again from the scanner."),
    ),
    "truncated": FindingType(
        Severity.ERROR,
        N_("The file breaks off before its image is complete. Copy it again from the scanner, or scan the page again."),
    ),
    "empty": FindingType(Severity.ERROR, N_("The file is empty. Copy it again from the scanner.")),
    "format-later": FindingType(
        Severity.ERROR,
        N_("{format} masters are not taken in yet. Save the page as TIFF, JPEG or PNG."),
    ),
    "wrong-format": FindingType(
        Severity.ERROR,
        N_("The name ends in {extension}, but the content is another format. Save the page again."),
    ),
    "too-large": FindingType(
        Severity.ERROR,
        N_("{width} x {height} pixels are more than the {limit} megapixels that the setting {setting} allows."),
    ),
    "too-costly": FindingType(
        Severity.ERROR,
        N_("Reading this file took more than {limit} {unit}. It is damaged, or {setting} is set too low for it."),
    ),
    "crash": FindingType(
        Severity.ERROR,
        N_(
            "Reading this file brought its reader down twice ({signal}). Save the page again with another program, and"
            " send this file to the makers of Mocban."
        ),
    ),
    "killed": FindingType(
        Severity.ERROR,
        N_(
            "The system ended the reader of this file twice, as it does when memory is short. Free memory, or ingest"
            " with fewer --jobs."
        ),
    ),
    "changing": FindingType(
        Severity.ERROR, N_("The file changed while it was read. Wait until the copy is finished, then ingest again.")
    ),
    "unsupported-pixels": FindingType(
        Severity.ERROR, N_("Pixels of this kind ({what}) are not taken in. Save the page as plain TIFF, JPEG or PNG.")
    ),
    "unsupported-compression": FindingType(
        Severity.ERROR,
        N_(
            "The compression of this file ({compression}) cannot be read here. Save the page uncompressed, or with LZW."
        ),
    ),
    "folder-unreadable": FindingType(
        Severity.ERROR,
        N_("The folder cannot be opened ({reason}). Give the user that runs Mocban the right to read it."),
    ),
    "name-encoding": FindingType(
        Severity.ERROR, N_("The name is not UTF-8, so nothing can refer to it. Give it another name and ingest again.")
    ),
    "path-too-long": FindingType(
        Severity.ERROR,
        N_("The path is longer than the {limit} bytes that the system allows. Shorten the names of the folders in it."),
    ),
    "no-access": FindingType(
        Severity.ERROR,
        N_("This cannot be looked at ({reason}). Give the user that runs Mocban the right to read it."),
    ),
    "dangling-link": FindingType(Severity.ERROR, N_("The link leads nowhere. Mend or delete it, then ingest again.")),
    "vanished": FindingType(
        Severity.ERROR,
        N_("This was there a moment ago and has gone. Ingest again when nothing is being copied or moved."),
    ),
    "twin": FindingType(
        Severity.ERROR,
        N_("{other} has the same name, its accents written another way. Give one of the two another name."),
    ),
    "no-file": FindingType(
        Severity.ERROR, N_("This is a pipe or a device, not a file. Put the file itself here, then ingest again.")
    ),
    "image-among-texts": FindingType(
        Severity.ERROR,
        N_("A folder of this name holds the text of pages, no images. Move the image to the pages, then ingest again."),
    ),
    "stems-missing": FindingType(
        Severity.ERROR,
        N_(
            "{number} pages are only in a folder of derivatives, the first is {first}; {folder} lacks them. "
            "Put their masters into {folder}, then ingest again."
        ),
    ),
    "derivative": FindingType(
        Severity.WARNING, N_("{page}, a file of the same name, is the page; nothing is done with this one.")
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
    "several-images": FindingType(
        Severity.WARNING, N_("The file holds {images} images; only the first is taken in. Save each page as a file.")
    ),
    "no-profile": FindingType(
        Severity.NOTE,
        N_("No colour profile is embedded; {assumed} was assumed."),
        plural("{count} page has no colour profile", "{count} pages have no colour profile"),
    ),
    "bad-profile": FindingType(Severity.WARNING, N_("The embedded colour profile is damaged; {assumed} was assumed.")),
    "other-profile": FindingType(
        Severity.WARNING,
        N_("The embedded colour profile ({profile}) is for images of another kind; {assumed} was assumed."),
    ),
    "extra-channels": FindingType(
        Severity.NOTE,
        N_("{channels} channels that are neither colour nor transparency are left out."),
        plural("{count} page has channels that are left out", "{count} pages have channels that are left out"),
    ),
    "odd-data": FindingType(
        Severity.WARNING,
        N_("The file has a fault that its decoder passed over ({reason}). Compare the page with the original."),
    ),
    "odd-tag": FindingType(
        Severity.NOTE,
        N_("The tag {tag} holds {value}, which means nothing; the page was read as if it were absent."),
        plural("{count} page has a tag that means nothing", "{count} pages have a tag that means nothing"),
    ),
    "unknown-colours": FindingType(
        Severity.WARNING,
        N_("The file names its colours in a way not known here ({told}); they may look wrong. Compare the page."),
    ),
    "other-name": FindingType(
        Severity.WARNING, N_("The name ends in {extension}, but the content is {format}. It was read as {format}.")
    ),
    "unused": FindingType(
        Severity.NOTE,
        N_("Nothing is done with this file."),
        plural("{count} file is not used", "{count} files are not used"),
    ),
    "text-unreadable": FindingType(Severity.WARNING, N_("The text cannot be read ({reason}); the page has none.")),
    "text-no-layer": FindingType(
        Severity.NOTE,
        N_("The PDF holds no text here, only pictures."),
        plural("{count} page or PDF holds no text", "{count} pages or PDFs hold no text"),
    ),
    "text-encrypted": FindingType(
        Severity.WARNING, N_("The PDF is protected by a password; its text is not read. Save it without one.")
    ),
    "text-unmapped": FindingType(
        Severity.WARNING,
        N_(
            "The PDF does not say what {unmapped} of the {letters} letters of this page are; the page has no text. "
            "OCR can read it."
        ),
    ),
    "text-empty": FindingType(Severity.WARNING, N_("The text file {file} is empty. Make it again.")),
    "ocr-outside": FindingType(
        Severity.WARNING,
        N_(
            "{words} words lie outside the image; is this the text of another page? "
            "The words are kept without their places."
        ),
    ),
    "ocr-aspect": FindingType(
        Severity.WARNING,
        N_(
            "The text was made from an image of {size} and this one is {image}: no scale fits both sides. "
            "The words are kept without their places."
        ),
    ),
    "ocr-unit": FindingType(
        Severity.WARNING,
        N_(
            "Nothing says how the unit of the text is to be converted to pixels. "
            "The words are kept without their places."
        ),
    ),
    "ocr-no-words": FindingType(
        Severity.NOTE,
        N_("OCR found no words on the page."),
        plural("{count} page has no words that OCR could find", "{count} pages have no words that OCR could find"),
    ),
    "ocr-doubtful": FindingType(
        Severity.WARNING,
        N_(
            "OCR is only {confidence} percent sure of its words on average. Look at the page: it may be in another "
            "language, or a picture."
        ),
    ),
    "ocr-own-text": FindingType(
        Severity.NOTE,
        N_("The page has a text of the library's own and was left as it is; with --replace it is read."),
        plural("{count} page keeps its own text", "{count} pages keep their own text"),
    ),
    "ocr-reduced": FindingType(
        Severity.NOTE,
        N_("The page is too large for OCR; it was read at {size} pixels."),
        plural("{count} page was read in a smaller size", "{count} pages were read in a smaller size"),
    ),
    "recognition-failed": FindingType(
        Severity.WARNING, N_("OCR failed on this page ({reason}); the next run tries it again.")
    ),
    "recognition-too-long": FindingType(
        Severity.WARNING,
        N_("OCR of this page took more than the {limit} seconds that the setting {setting} allows; it has no text."),
    ),
    "text-choice": FindingType(
        Severity.NOTE,
        N_("The page has several texts; {taken} was taken and {left} left."),
        plural("{count} page has several texts", "{count} pages have several texts"),
    ),
    "text-too-large": FindingType(
        Severity.WARNING,
        N_("The file is larger than {limit} MB, too large for a text; the page has none."),
    ),
    "text-encoding": FindingType(
        Severity.WARNING,
        N_("The text is neither Unicode nor in an encoding that is known here; the page has none. Save it as UTF-8."),
    ),
    "text-recoded": FindingType(
        Severity.NOTE,
        N_(
            "The letters of the text are in the encoding {encoding} and were read so. "
            "Where that is wrong, `mocban ingest --text-encoding` says which it is."
        ),
        plural("{count} page has its text in an old encoding", "{count} pages have their text in an old encoding"),
    ),
    "text-several-pages": FindingType(
        Severity.WARNING, N_("The file holds the text of {pages} pages; only the first is taken. Save one file a page.")
    ),
    "text-by-name": FindingType(
        Severity.NOTE,
        N_("This file holds the text of {pages} pages of the work; each page has the text that the file gives it."),
        plural("{count} file is the text of a whole work", "{count} files are the texts of whole works"),
    ),
    "text-by-position": FindingType(
        Severity.NOTE,
        N_(
            "This file holds the text of {pages} pages, as many as the work has; "
            "the first page has the first of them, and so on."
        ),
        plural("{count} file is the text of a whole work", "{count} files are the texts of whole works"),
    ),
    "text-other-pages": FindingType(
        Severity.WARNING,
        N_(
            "This file holds the text of {pages} pages and the work has {work}, and it does not name them, "
            "so it is not clear which is whose. Save one file a page."
        ),
    ),
    "checksum-differs": FindingType(
        Severity.WARNING, N_("The checksum list {list} gives another checksum for this file. Copy the file again.")
    ),
    "listed-absent": FindingType(
        Severity.WARNING,
        N_(
            "{number} page files that this checksum list names are not there, the first is {first}. "
            "Copy them here, then ingest again."
        ),
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
        Severity.WARNING, N_("This folder is one work already and stays so, whatever --each-file says.")
    ),
    "master-gone": FindingType(
        Severity.WARNING, N_("The master is no longer there. The page stays; `mocban ingest --prune` takes it away.")
    ),
}


def make_finding(code: str, **values: Any) -> Finding:
    """A finding of a known code; the severity comes from its row."""
    return Finding(code, FINDING_TYPES[code].severity, values)
