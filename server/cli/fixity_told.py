"""What checks of fixity have found of a work, as `show` tells it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC

from manifests.errors import N_
from manifests.fixity.held_files import WorkFixity
from manifests.model import Fixity, FixityCheck
from server.language.translator import Translator

FIXITY = {
    Fixity.SOUND: N_("sound"),
    Fixity.DAMAGED: N_("DAMAGED"),
    Fixity.CHANGED: N_("replaced"),
    Fixity.MISSING: N_("MISSING"),
    Fixity.UNREAD: N_("NOT READ"),
}


def checks_by_page(fixity: WorkFixity) -> dict[str, dict[str, Mapping[str, str]]]:
    """For a program: by page and kind of file, what was found and when. Nothing of files that were never checked."""
    rows: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for file in fixity.files:
        check = fixity.checks.get((file.kind, file.file))
        if check is not None:
            for page in file.pages:
                rows[page][file.kind] = _row(check)
    return rows


def _row(check: FixityCheck) -> Mapping[str, str]:
    return {"outcome": check.verdict, "checked": check.checked.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def fixity_lines(translator: Translator, fixity: WorkFixity) -> Iterator[str]:
    """For a person: one line where all is well, else one for each file that is not."""
    if (sound := fixity.all_sound_since) is not None:
        sentence = N_("All {count} files were found as they were taken in on {date}.")
        yield translator.translate(sentence, count=translator.number(len(fixity.files)), date=translator.day(sound))
        return
    if not fixity.checks:
        yield translator.translate(N_("Its files have not been read again since they were taken in: `mocban verify`."))
        return
    for check in sorted(fixity.checks.values(), key=lambda check: (check.kind, check.file)):
        if check.verdict is not Fixity.SOUND:
            told = f"{translator.translate(FIXITY[check.verdict])} ({translator.day(check.checked)})"
            yield f"  {check.file}: {told}"
    sound_ones = sum(check.verdict is Fixity.SOUND for check in fixity.checks.values())
    sentence = N_("{sound} of {count} files were found as they were taken in.")
    yield translator.translate(
        sentence, sound=translator.number(sound_ones), count=translator.number(len(fixity.files))
    )
