"""What there is to say of files that were taken in, read anew: one row a code."""

from collections.abc import Mapping

from manifests.errors import N_, plural
from manifests.findings.finding_type import FindingType
from manifests.model import Severity

OF_FIXITY: Mapping[str, FindingType] = {
    "master-damaged": FindingType(
        Severity.ERROR,
        N_(
            "The content of this master is no longer what was taken in, and nobody has written it: the disk has "
            "changed it. Put the file back from a copy."
        ),
        plural("{count} master has been changed by the disk", "{count} masters have been changed by the disk"),
    ),
    "master-missing": FindingType(
        Severity.ERROR,
        N_("This master is not there any more. Put it back from a copy; if it went on purpose, ingest its folder."),
        plural("{count} master is not there any more", "{count} masters are not there any more"),
    ),
    "master-changed": FindingType(
        Severity.ERROR,
        N_("Another file stands in place of this master. If that is meant, ingest its folder; if not, put it back."),
        plural("{count} master has been replaced", "{count} masters have been replaced"),
    ),
    "pyramid-damaged": FindingType(
        Severity.ERROR,
        N_("The pyramid of this page has changed on the disk. Ingest the folder of the work: it is made anew."),
        plural("{count} pyramid has changed on the disk", "{count} pyramids have changed on the disk"),
    ),
    "pyramid-missing": FindingType(
        Severity.ERROR,
        N_("The pyramid of this page is not there any more. Ingest the folder of the work: it is made anew."),
        plural("{count} pyramid is not there any more", "{count} pyramids are not there any more"),
    ),
    "words-damaged": FindingType(
        Severity.ERROR,
        N_("The stored words of this work are lost or have changed. Ingest its folder: they are read again."),
        plural("the stored words of {count} work are damaged", "the stored words of {count} works are damaged"),
    ),
    "ocr-damaged": FindingType(
        Severity.ERROR,
        N_("What OCR has read on this page is lost or has changed. `mocban ocr` reads it again."),
        plural("what OCR has read on {count} page is damaged", "what OCR has read on {count} pages is damaged"),
    ),
    "disk-unread": FindingType(
        Severity.ERROR,
        N_("The disk does not give this file ({reason}). Look at the disk, and put the file back from a copy."),
        plural("{count} file is not given by the disk", "{count} files are not given by the disk"),
    ),
    "not-read": FindingType(
        Severity.ERROR,
        N_(
            "This file could not be read ({reason}), so nothing is known of its content. Give the user that runs "
            "Mocban the right to read it, then verify again."
        ),
        plural("{count} file could not be read", "{count} files could not be read"),
    ),
    "root-away": FindingType(
        Severity.ERROR,
        N_(
            "The folder of the root {root} is empty or not there, so no master in it was checked. Mount the disk, then "
            "verify again."
        ),
        plural("{count} folder of masters is away", "{count} folders of masters are away"),
    ),
    "folder-away": FindingType(
        Severity.ERROR,
        N_(
            "This folder is empty, so no master in it was checked. Mount the disk, then verify again; if what it held "
            "went on purpose, ingest it."
        ),
        plural("{count} folder of masters is away", "{count} folders of masters are away"),
    ),
    "not-taken-in": FindingType(
        Severity.WARNING,
        N_("This file lies among the masters of {work} and is no page. Ingest the folder: it is taken in or refused."),
        plural("{count} file among the masters is no page", "{count} files among the masters are no pages"),
    ),
    "stranger": FindingType(
        Severity.NOTE,
        N_("Nothing in the catalogue needs this file. The next ingest takes it away."),
        plural("{count} file is needed by nothing", "{count} files are needed by nothing"),
    ),
    "index-differs": FindingType(
        Severity.WARNING,
        N_("The search index does not know this work as the catalogue does. `mocban reindex` makes it anew."),
        plural(
            "{count} work stands otherwise in the search index", "{count} works stand otherwise in the search index"
        ),
    ),
}
