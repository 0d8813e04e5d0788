"""What there is to say of the texts of pages, those that came with them and those that OCR has read: one row a code."""

from collections.abc import Mapping

from manifests.errors import N_, plural
from manifests.findings.finding_type import FindingType
from manifests.model import Severity

OF_TEXTS: Mapping[str, FindingType] = {
    "text-unreadable": FindingType(
        Severity.WARNING,
        N_("The text cannot be read ({reason}); the page has none."),
        plural("{count} text cannot be read", "{count} texts cannot be read"),
    ),
    "text-no-layer": FindingType(
        Severity.NOTE,
        N_("The PDF holds no text here, only pictures."),
        plural("{count} page or PDF holds no text", "{count} pages or PDFs hold no text"),
    ),
    "text-encrypted": FindingType(
        Severity.WARNING,
        N_("The PDF is protected by a password; its text is not read. Save it without one."),
        plural("{count} PDF is protected by a password", "{count} PDFs are protected by passwords"),
    ),
    "text-unmapped": FindingType(
        Severity.WARNING,
        N_(
            "The PDF does not say what {unmapped} of the {letters} letters of this page are; the page has no text. "
            "OCR can read it."
        ),
        plural(
            "{count} page of a PDF does not say what its letters are",
            "{count} pages of PDFs do not say what their letters are",
        ),
    ),
    "text-empty": FindingType(
        Severity.WARNING,
        N_("The text file {file} is empty. Make it again."),
        plural("{count} text file is empty", "{count} text files are empty"),
    ),
    "ocr-outside": FindingType(
        Severity.WARNING,
        N_(
            "{words} words lie outside the image; is this the text of another page? "
            "The words are kept without their places."
        ),
        plural("{count} page has words that lie outside of it", "{count} pages have words that lie outside of them"),
    ),
    "ocr-aspect": FindingType(
        Severity.WARNING,
        N_(
            "The text was made from an image of {size} and this one is {image}: no scale fits both sides. "
            "The words are kept without their places."
        ),
        plural(
            "{count} text was made from an image of another shape",
            "{count} texts were made from images of another shape",
        ),
    ),
    "ocr-unit": FindingType(
        Severity.WARNING,
        N_(
            "Nothing says how the unit of the text is to be converted to pixels. "
            "The words are kept without their places."
        ),
        plural(
            "{count} text has a unit that cannot be converted", "{count} texts have a unit that cannot be converted"
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
        plural("{count} page is hardly legible for OCR", "{count} pages are hardly legible for OCR"),
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
        Severity.WARNING,
        N_("OCR failed on this page ({reason}); the next run tries it again."),
        plural("{count} page on which OCR failed", "{count} pages on which OCR failed"),
    ),
    "recognition-too-long": FindingType(
        Severity.WARNING,
        N_("OCR of this page took more than the {limit} seconds that the setting {setting} allows; it has no text."),
        plural("{count} page took too long for OCR", "{count} pages took too long for OCR"),
    ),
    "text-choice": FindingType(
        Severity.NOTE,
        N_("The page has several texts; {taken} was taken and {left} left."),
        plural("{count} page has several texts", "{count} pages have several texts"),
    ),
    "text-too-large": FindingType(
        Severity.WARNING,
        N_("The file is larger than {limit} MB, too large for a text; the page has none."),
        plural("{count} text is too large", "{count} texts are too large"),
    ),
    "text-encoding": FindingType(
        Severity.WARNING,
        N_("The text is neither Unicode nor in an encoding that is known here; the page has none. Save it as UTF-8."),
        plural("{count} text is in an unknown encoding", "{count} texts are in unknown encodings"),
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
        Severity.WARNING,
        N_("The file holds the text of {pages} pages; only the first is taken. Save one file a page."),
        plural("{count} text holds several pages", "{count} texts hold several pages"),
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
        plural(
            "{count} text has another number of pages than its work",
            "{count} texts have another number of pages than their works",
        ),
    ),
}
