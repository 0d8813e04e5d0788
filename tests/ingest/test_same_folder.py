"""Two paths, one folder: links, mounts, spellings."""

import shutil
from pathlib import Path
from unicodedata import normalize

from manifests.ingest.same_folder import Identities, as_spelled, is_same, names_in
from tests.ingest.trees import plant

NFC, NFD = (normalize(form, "Sách cổ") for form in ("NFC", "NFD"))


def test_two_paths_are_one_folder_while_both_exist(tmp_path: Path) -> None:
    plant(tmp_path, "a/1.tif", "b/1.tif")
    (tmp_path / "link").symlink_to("a")
    assert is_same(tmp_path / "a", tmp_path / "link")
    assert not is_same(tmp_path / "a", tmp_path / "b")
    assert not is_same(tmp_path / "gone", tmp_path / "gone")


def test_a_folder_that_has_gone_is_no_longer_another(tmp_path: Path) -> None:
    plant(tmp_path, "a/1.tif")
    (tmp_path / "link").symlink_to("a")
    seen = Identities([tmp_path / "a"])
    assert seen.find(tmp_path / "link") == tmp_path / "a"
    (tmp_path / "a").rename(tmp_path / "b")
    (tmp_path / "link").unlink(), (tmp_path / "link").symlink_to("b")
    assert seen.find(tmp_path / "link") is None
    shutil.rmtree(tmp_path / "b")
    assert seen.find(tmp_path / "link") is None


def test_a_path_typed_in_nfc_finds_the_folder_named_in_nfd(tmp_path: Path) -> None:
    plant(tmp_path, f"{NFD}/1.tif", "Báo/2.tif")
    assert as_spelled(tmp_path / NFC / "1.tif") == tmp_path / NFD / "1.tif"
    assert as_spelled(tmp_path / "Báo" / "2.tif") == tmp_path / "Báo" / "2.tif"
    assert as_spelled(tmp_path / "gone" / "x") == tmp_path / "gone" / "x"


def test_on_a_disk_that_ignores_letter_case_its_own_spelling_counts(tmp_path: Path) -> None:
    plant(tmp_path, "Scans/Sách/1.tif", "Scans/Other/1.tif")
    (tmp_path / "scans").symlink_to("Scans"), (tmp_path / "Scans" / "SÁCH").symlink_to("Sách")

    def without_links(folder: Path) -> dict[str, str]:
        """Such a disk lists one name and finds it by others."""
        return {key: name for key, name in names_in(folder).items() if not (folder / name).is_symlink()}

    assert as_spelled(tmp_path / "scans" / "SÁCH", without_links) == tmp_path / "Scans" / "Sách"
