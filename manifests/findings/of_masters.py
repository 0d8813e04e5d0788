"""What there is to say of masters: files that are or should be pictures of pages: one row a code."""

from collections.abc import Mapping

from manifests.errors import N_, plural
from manifests.findings.finding_type import FindingType
from manifests.model import Severity

OF_MASTERS: Mapping[str, FindingType] = {
    "unreadable": FindingType(
        Severity.ERROR,
        N_("This file cannot be read as an image ({reason}). Scan it again or copy it again from the scanner."),
        plural("{count} file cannot be read as an image", "{count} files cannot be read as images"),
    ),
    "truncated": FindingType(
        Severity.ERROR,
        N_("The file breaks off before its image is complete. Copy it again from the scanner, or scan the page again."),
        plural("{count} file breaks off before its end", "{count} files break off before their end"),
    ),
    "empty": FindingType(
        Severity.ERROR,
        N_("The file is empty. Copy it again from the scanner."),
        plural("{count} file is empty", "{count} files are empty"),
    ),
    "pdf-encrypted": FindingType(
        Severity.ERROR,
        N_("The PDF is encrypted. Save it without a password, or scan its pages as images."),
        plural("{count} PDF is encrypted", "{count} PDFs are encrypted"),
    ),
    "too-many-pages": FindingType(
        Severity.ERROR,
        N_("The file holds more than {limit} pages, or says so. Save it in parts."),
        plural("{count} file holds too many pages", "{count} files hold too many pages"),
    ),
    "chain-broken": FindingType(
        Severity.ERROR,
        N_("The file breaks off here: this page and whatever follows cannot be found in it. Copy it again."),
        plural("{count} file breaks off between its pages", "{count} files break off between their pages"),
    ),
    "camera-raw": FindingType(
        Severity.ERROR,
        N_("A camera's raw file is no picture yet. Develop it, and save the page as TIFF."),
        plural("{count} file is a camera's raw file", "{count} files are raw files of cameras"),
    ),
    "wrong-format": FindingType(
        Severity.ERROR,
        N_("The name ends in {extension}, but the content is another format. Save the page again."),
        plural("{count} file has the name of another format", "{count} files have the names of other formats"),
    ),
    "too-large": FindingType(
        Severity.ERROR,
        N_("{width} x {height} pixels are more than the {limit} megapixels that the setting {setting} allows."),
        plural("{count} file has more pixels than is allowed", "{count} files have more pixels than is allowed"),
    ),
    "decoded-whole": FindingType(
        Severity.ERROR,
        N_("{width} x {height} pixels cannot be decoded at once ({setting}: {limit} million). Save it as plain TIFF."),
        plural("{count} page is too large to be decoded at once", "{count} pages are too large to be decoded at once"),
    ),
    "too-costly": FindingType(
        Severity.ERROR,
        N_("Reading this file took more than {limit} {unit}. It is damaged, or {setting} is set too low for it."),
        plural("{count} file took too much time or memory", "{count} files took too much time or memory"),
    ),
    "crash": FindingType(
        Severity.ERROR,
        N_(
            "Reading this file brought its reader down twice ({signal}). Save the page again with another program, and"
            " send this file to the makers of Mocban."
        ),
        plural("{count} file brought its reader down", "{count} files brought their reader down"),
    ),
    "killed": FindingType(
        Severity.ERROR,
        N_(
            "The system ended the reader of this file twice, as it does when memory is short. Free memory, or ingest"
            " with fewer --jobs."
        ),
        plural("{count} reader was ended by the system", "{count} readers were ended by the system"),
    ),
    "changing": FindingType(
        Severity.ERROR,
        N_("The file changed while it was read. Wait until the copy is finished, then ingest again."),
        plural("{count} file changed while it was read", "{count} files changed while they were read"),
    ),
    "unsupported-pixels": FindingType(
        Severity.ERROR,
        N_("Pixels of this kind ({what}) are not taken in. Save the page as plain TIFF, JPEG or PNG."),
        plural("{count} file has pixels of an unknown kind", "{count} files have pixels of an unknown kind"),
    ),
    "unsupported-compression": FindingType(
        Severity.ERROR,
        N_(
            "The compression of this file ({compression}) cannot be read here. Save the page uncompressed, or with LZW."
        ),
        plural("{count} file has an unknown compression", "{count} files have an unknown compression"),
    ),
    "several-images": FindingType(
        Severity.WARNING,
        N_("The file holds {images} images; only the first is taken in. Save each page as a file."),
        plural("{count} file holds several images", "{count} files hold several images"),
    ),
    "chain-circle": FindingType(
        Severity.WARNING,
        N_("Behind this page the file leads back to an earlier one. See that no page is missing (found: {pages})."),
        plural("{count} file leads back from its last page", "{count} files lead back from their last pages"),
    ),
    "rendered": FindingType(
        Severity.NOTE,
        N_("The page of this PDF is no single scan; it was drawn with {ppi} pixels an inch."),
        plural("{count} page of a PDF was drawn", "{count} pages of PDFs were drawn"),
    ),
    "animated": FindingType(
        Severity.WARNING,
        N_("The file is an animation of {images} images; only the first is taken in."),
        plural("{count} file is an animation", "{count} files are animations"),
    ),
    "no-profile": FindingType(
        Severity.NOTE,
        N_("No colour profile is embedded; {assumed} was assumed."),
        plural("{count} page has no colour profile", "{count} pages have no colour profile"),
    ),
    "bad-profile": FindingType(
        Severity.WARNING,
        N_("The embedded colour profile is damaged; {assumed} was assumed."),
        plural("{count} page has a damaged colour profile", "{count} pages have a damaged colour profile"),
    ),
    "other-profile": FindingType(
        Severity.WARNING,
        N_("The embedded colour profile ({profile}) is for images of another kind; {assumed} was assumed."),
        plural(
            "{count} page has a colour profile for other images", "{count} pages have a colour profile for other images"
        ),
    ),
    "extra-channels": FindingType(
        Severity.NOTE,
        N_("{channels} channels that are neither colour nor transparency are left out."),
        plural("{count} page has channels that are left out", "{count} pages have channels that are left out"),
    ),
    "scaled-samples": FindingType(
        Severity.WARNING,
        N_("Its samples, from {low} to {high}, are shown from black to white. Compare the page with the original."),
        plural("{count} page was stretched from black to white", "{count} pages were stretched from black to white"),
    ),
    "odd-data": FindingType(
        Severity.WARNING,
        N_("The file has a fault that its decoder passed over ({reason}). Compare the page with the original."),
        plural(
            "{count} file has a fault that its decoder passed over",
            "{count} files have a fault that their decoder passed over",
        ),
    ),
    "odd-tag": FindingType(
        Severity.NOTE,
        N_("The tag {tag} holds {value}, which means nothing; the page was read as if it were absent."),
        plural("{count} page has a tag that means nothing", "{count} pages have a tag that means nothing"),
    ),
    "unknown-colours": FindingType(
        Severity.WARNING,
        N_("The file names its colours in a way not known here ({told}); they may look wrong. Compare the page."),
        plural(
            "{count} page has colours that are named in an unknown way",
            "{count} pages have colours that are named in an unknown way",
        ),
    ),
    "other-name": FindingType(
        Severity.WARNING,
        N_("The name ends in {extension}, but the content is {format}. It was read as {format}."),
        plural(
            "{count} file has the name of another format and was read",
            "{count} files have the names of other formats and were read",
        ),
    ),
}
