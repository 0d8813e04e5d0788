"""Members of collections are written without the model, and are what the model would write."""

import iiif_prezi3 as prezi
import pytest

from manifests.addresses import Addresses
from manifests.model import Work
from manifests.presentation import v3
from manifests.presentation.collection_pages import TOP, Collection, Part
from tests.presentation.make import page, work

MEMBERS = [
    (work(label={"vi": ["Sách cổ"], "es-419": ["Libro"]}, shown_by=page("1")), prezi.ManifestRef),
    (work(shown_by=page("1", (90, 60))), prezi.ManifestRef),
    (work(), prezi.ManifestRef),
    (Part("Ha-Noi", {"vi": ["Hà Nội"]}), prezi.CollectionRef),
]


@pytest.mark.parametrize(("member", "model"), MEMBERS)
def test_a_member_is_what_the_model_has_to_say_of_it(member: Work | Part, model: type) -> None:
    [said] = v3.collection(Collection(TOP, {"none": ["x"]}, 1, None, []), [member], Addresses())["items"]
    label = prezi.skeleton.LngString.model_construct(root=said["label"])  # its pattern knows no `es-419`
    checked = model(**{**said, "label": label}).model_dump(mode="json", by_alias=True, exclude_none=True)
    assert checked == said
    assert list(checked) == list(said)
