"""A program that says it is Tesseract, for what the real one does seldom: hanging, failing, printing rubbish."""

import sys
from pathlib import Path

LANGUAGES = ("eng", "fra", "vie", "osd")


def fake_tesseract(folder: Path, work: str = "", version: str = "tesseract 5.3.0", languages=LANGUAGES) -> Path:
    """Its folder, for PATH. `work` is Python that reads a page: `picture` are the bytes that it was given."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = f'List of available languages in "{folder}/" ({len(languages)}):'
    for language in languages:
        (folder / f"{language}.traineddata").write_text(f"what is known of {language}")
    program = folder / "tesseract"
    program.write_text(
        f"#!{sys.executable} -IS\n"
        "import os, signal, sys, time\n"
        f"told = {{'--version': {version!r}, '--list-langs': {chr(10).join([listed, *languages])!r}}}\n"
        "if sys.argv[1] in told:\n"
        "    print(told[sys.argv[1]])\n"
        "    sys.exit()\n"
        "picture = sys.stdin.buffer.read()\n" + work + "\n"
    )
    program.chmod(0o755)
    return folder
