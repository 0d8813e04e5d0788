"""What is asked of the OCR: the holdings know no pixels and no other programs, so the work is handed to them.

`server.ocr.tesseract_pool` is the real one; tests hand in one that makes its words up.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from manifests.model import Finding, OcrEngine, Page


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """`alto` lies on the upright picture of the page, of whatever size that was; None where nothing came of it, and
    `findings` say why. `confidence`: the mean of its words in percent, None where there are none.
    """

    alto: bytes | None
    confidence: float | None = None
    findings: Sequence[Finding] = ()


class Recogniser(Protocol):
    @property
    def engine(self) -> OcrEngine: ...

    def recognise(self, pyramid: Path, page: Page) -> Future[RecognisedPage]:
        """Reads the page off its pyramid. What is wrong with one page is a finding; a Future raises only for what is
        our own failure.
        """
        ...
