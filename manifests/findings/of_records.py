"""What there is to say of records, the library's own descriptions of its works: one row a code."""

from collections.abc import Mapping

from manifests.errors import N_, plural
from manifests.findings.finding_type import FindingType
from manifests.model import Severity

_REFUSED = plural("{count} record cannot be used", "{count} records cannot be used")

OF_RECORDS: Mapping[str, FindingType] = {
    "record-refused": FindingType(
        Severity.ERROR,
        N_("The record cannot be used ({reason}). Mend it and ingest again; the images are taken in without it."),
        _REFUSED,
    ),
    "record-key": FindingType(
        Severity.ERROR,
        N_(
            "The record has a key {key}, which means nothing here; known are {allowed}. "
            "Mend it and ingest again; the images are taken in without it."
        ),
        _REFUSED,
    ),
    "record-value": FindingType(
        Severity.ERROR,
        N_(
            "The record says {value} for {place}, where {allowed} may stand. "
            "Mend it and ingest again; the images are taken in without it."
        ),
        _REFUSED,
    ),
    "record-too-large": FindingType(
        Severity.ERROR,
        N_("The record has more than {limit} megabytes. Divide it and ingest again."),
        _REFUSED,
    ),
    "record-rights": FindingType(
        Severity.WARNING,
        N_(
            "{uri} is no address of a licence of Creative Commons or a statement of RightsStatements.org; "
            "it is shown as words."
        ),
        plural("{count} record has rights of an unknown kind", "{count} records have rights of an unknown kind"),
    ),
    "record-row": FindingType(
        Severity.ERROR,
        N_("Row {row} of the sheet cannot be used ({reason}). Mend it and ingest again."),
        _REFUSED,
    ),
    "record-rounded": FindingType(
        Severity.WARNING,
        N_(
            "Row {row} of the sheet has a number whose last digits the spreadsheet program has dropped ({value}); "
            "it is left out. Give the column the format “Text”, write the number again, and ingest again."
        ),
        plural(
            "{count} row has a number without its last digits", "{count} rows have numbers without their last digits"
        ),
    ),
    "record-hidden": FindingType(
        Severity.NOTE,
        N_("Hidden columns of the sheet were left out: {columns}. Show those that readers may see, and ingest again."),
        plural("{count} sheet has hidden columns", "{count} sheets have hidden columns"),
    ),
    "record-name": FindingType(
        Severity.WARNING,
        N_(
            "If it describes the work, or the works beside it, save it as {name} and ingest again: it is read so alone."
        ),
        plural(
            "{count} file looks like a record under another name", "{count} files look like records under other names"
        ),
    ),
    "record-rows": FindingType(
        Severity.ERROR,
        N_("The sheet has several rows for this folder: {rows}. Leave one of them and ingest again."),
        _REFUSED,
    ),
    "record-no-row": FindingType(
        Severity.WARNING,
        N_("{sheet} has no row for this folder."),
        plural("{count} folder has no row in its sheet", "{count} folders have no row in their sheet"),
    ),
    "record-own": FindingType(
        Severity.NOTE,
        N_("{sheet} has no row for this folder, whose record is {record}."),
        plural("{count} folder has a record, and no row in its sheet", "{count} folders have records, and no rows"),
    ),
    "record-row-absent": FindingType(
        Severity.WARNING,
        N_("Rows that name no folder beside the sheet: {number}, the first is row {row} ({folder})."),
        plural("{count} sheet has rows without a folder", "{count} sheets have rows without a folder"),
    ),
    "record-access": FindingType(
        Severity.WARNING,
        N_(
            "The record says of access to the work: {status}. Here everybody sees a work that is public; "
            "where that may not be, `mocban withdraw` takes it out of sight."
        ),
        plural(
            "{count} record says that not everybody may see it", "{count} records say that not everybody may see them"
        ),
    ),
    "record-recoded": FindingType(
        Severity.NOTE,
        N_("The record was read as {encoding}."),
        plural("{count} record is in an old encoding", "{count} records are in an old encoding"),
    ),
    "record-page": FindingType(
        Severity.WARNING,
        N_("The record tells of {number} pages that have no file, the first is {page}."),
        plural("{count} record tells of pages that are not there", "{count} records tell of pages that are not there"),
    ),
    "mets-form": FindingType(
        Severity.WARNING,
        N_("METS describes the work in a format that is not read here ({form}): it tells of pages and chapters alone."),
        plural("{count} METS has a description that is not read", "{count} METS have descriptions that are not read"),
    ),
    "mets-unnamed": FindingType(
        Severity.WARNING,
        N_(
            "Image files that METS does not name: {number}, the first is {first}. They are no pages; "
            "name them in METS, or take them away."
        ),
        plural("{count} METS leaves out files that are there", "{count} METS leave out files that are there"),
    ),
    "mets-twice": FindingType(
        Severity.WARNING,
        N_("METS shows files on several of its pages: {number}, the first is {first}. Here each is the first of them."),
        plural("{count} METS shows a file on several pages", "{count} METS show a file on several pages"),
    ),
    "mets-text-absent": FindingType(
        Severity.WARNING,
        N_("METS names the text of {number} pages, and it is not here; the first file is {first}."),
        plural("{count} METS names texts that are not there", "{count} METS name texts that are not there"),
    ),
    "mets-name": FindingType(
        Severity.ERROR,
        N_(
            "METS names several files as pages that are called {name}, which could not be told apart. Give them names "
            "of their own; the pages are those of the folder."
        ),
        _REFUSED,
    ),
    "record-id": FindingType(
        Severity.WARNING,
        N_("The record calls the work {id}, which cannot be its id or is taken; it has the one of its folder."),
        plural("{count} record has an id that cannot be given", "{count} records have ids that cannot be given"),
    ),
    "record-id-kept": FindingType(
        Severity.NOTE,
        N_("The record calls the work {id}; it keeps the id {work}, under which it is known."),
        plural(
            "{count} known work has another id in its record", "{count} known works have other ids in their records"
        ),
    ),
}
