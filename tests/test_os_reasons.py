"""What the operating system says is said in the reader's language."""

import errno
import os
import sys

import pytest

from manifests.os_reasons import COMMON, reason_of
from server.language.translator import Translator


@pytest.mark.skipif(sys.platform != "linux", reason="each system has words of its own")
@pytest.mark.parametrize("reason", COMMON)
def test_each_reason_is_one_that_the_system_gives(reason: str) -> None:
    assert reason in {os.strerror(number) for number in errno.errorcode}


def test_a_reason_is_translated_inside_a_sentence() -> None:
    shown = Translator("vi").translate("{file} cannot be written ({reason}).", file="x", reason="Permission denied")
    assert "Permission" not in shown


@pytest.mark.parametrize("error", [OSError(), OSError("odd"), PermissionError(13, "Permission denied")])
def test_there_is_always_a_reason(error: OSError) -> None:
    assert reason_of(error)
