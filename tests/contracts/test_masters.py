"""What every reader of masters must do. A new one brings its sample here, and the rest runs by itself."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manifests.findings import FINDING_TYPES
from manifests.master_formats import MASTER_FORMATS, by_content, by_extension
from manifests.model import MasterReport, Severity
from server.masters import decoding
from server.masters.decoding import MASTER_READERS
from tests import make, profiles
from tests.masters.chart import CHART, COLOURS, LIMIT, means, off, seen
from tests.masters.samples import WITH_PROFILE, WRITERS
from tests.masters.test_colour import VISIBLE, by_littlecms, mean_difference

every_format = pytest.mark.parametrize("name", [row.name for row in MASTER_FORMATS if row.taken])


def sample(name: str, folder: Path) -> Path:
    extension, write, _ = WRITERS[name]
    return write(folder / f"a{extension}", CHART)


def examined(file: Path) -> MasterReport:
    return decoding.examine(file, max_pixels=LIMIT, thorough=True)


def refusals(file: Path) -> list[str]:
    """The codes for which the file is refused; every sentence can be said, and there is one if there is no master."""
    found = examined(file)
    for finding in found.findings:
        assert FINDING_TYPES[finding.code].sentence.format(**finding.values)
    errors = [finding.code for finding in found.findings if finding.severity is Severity.ERROR]
    assert bool(errors) == (found.master is None)
    return errors


def test_each_row_that_is_taken_has_a_reader_and_a_sample() -> None:
    taken = {row.name for row in MASTER_FORMATS if row.taken}
    assert taken == set(MASTER_READERS) == set(WRITERS)


@every_format
def test_it_knows_its_own_by_name_and_by_content(name: str, tmp_path: Path) -> None:
    file = sample(name, tmp_path)
    for row in (by_extension(file), by_content(file.read_bytes()[:16])):
        assert row is not None
        assert row.name == name


@every_format
def test_the_picture_is_seen_as_it_was_written(name: str, tmp_path: Path) -> None:
    assert off(sample(name, tmp_path)) <= WRITERS[name][2]


@every_format
def test_examining_says_what_opening_finds_and_says_it_twice(name: str, tmp_path: Path) -> None:
    file = sample(name, tmp_path)
    first = examined(file)
    assert first.master == seen(file)[1].master
    assert first == examined(file)
    assert first.master is not None
    assert (first.master.format, first.master.width, first.master.height) == (name, *CHART.shape[1::-1])


@pytest.mark.parametrize("name", WITH_PROFILE)
def test_its_profile_is_used(name: str, tmp_path: Path) -> None:
    chart, profile = make.patches(3, side=8), profiles.adobe_rgb_profile()
    extension, write, _ = WRITERS[name]
    found, decoded = seen(write(tmp_path / f"a{extension}", chart, profile=profile))
    assert mean_difference(found, by_littlecms(chart, "RGB", profile)) <= VISIBLE
    assert decoded.master.profile == "Wide green (test)"


@every_format
@pytest.mark.parametrize("fraction", [0.01, 0.2, 0.5, 0.9, 0.97])
def test_a_file_that_breaks_off_is_refused(name: str, fraction: float, tmp_path: Path) -> None:
    extension, write, _ = WRITERS[name]
    file = make.truncated(write(tmp_path / f"a{extension}", make.photo(301, 203)), fraction)
    assert refusals(file) in (["truncated"], ["wrong-format"])
    assert len(file.read_bytes()) < 16 or refusals(file) == ["truncated"]


@every_format
def test_rubbish_behind_the_image_does_no_harm(name: str, tmp_path: Path) -> None:
    file = make.with_rubbish_behind(sample(name, tmp_path))
    assert refusals(file) == []
    assert np.abs(means(seen(file)[0]) - COLOURS).max() <= WRITERS[name][2]


@every_format
def test_more_pixels_than_allowed_are_refused_before_any_is_decoded(name: str, tmp_path: Path) -> None:
    file = sample(name, tmp_path)
    found = decoding.examine(file, max_pixels=CHART.shape[0] * CHART.shape[1] - 1)
    assert [finding.code for finding in found.findings if finding.severity is Severity.ERROR] == ["too-large"]


@pytest.mark.parametrize("name", ["jp2", "heif", "webp", "gif"])
def test_what_is_decoded_whole_has_a_limit_of_its_own(name: str, tmp_path: Path) -> None:
    file = sample(name, tmp_path)
    refused = decoding.examine(file, max_pixels=LIMIT, max_decoded=CHART.shape[0] * CHART.shape[1] - 1)
    assert [finding.code for finding in refused.findings] == ["decoded-whole"]
    assert decoding.examine(file, max_pixels=LIMIT, max_decoded=CHART.shape[0] * CHART.shape[1]).master is not None


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.sampled_from(sorted(WRITERS)), place=st.floats(0, 0.999), length=st.integers(1, 60), head=st.booleans())
def test_whatever_is_scribbled_over_nothing_is_raised(
    tmp_path: Path, name: str, place: float, length: int, head: bool
) -> None:
    refusals(make.scribbled(sample(name, tmp_path), place * 0.1 if head else place, length))
