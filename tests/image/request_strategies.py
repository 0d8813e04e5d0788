"""Image requests of every form, as hypothesis makes them: `(version, region, size, rotation, quality.format)`."""

from hypothesis import strategies as st

from server.image.output_formats import FORMATS, QUALITIES

integers = st.integers(0, 10**12 - 1).map(str)
numbers = st.from_regex(r"[0-9]{1,12}(\.[0-9]{1,12})?", fullmatch=True) | st.from_regex(
    r"\.[0-9]{1,12}", fullmatch=True
)
marks = st.sampled_from(["", "^"])
regions = (
    st.sampled_from(["full", "square"])
    | st.tuples(*[integers] * 4).map(",".join)
    | st.tuples(*[numbers] * 4).map(lambda four: "pct:" + ",".join(four))
)
unmarked_sizes = (
    st.just("max")
    | integers.map("{},".format)
    | integers.map(",{}".format)
    | numbers.map("pct:{}".format)
    | st.builds("{},{}".format, integers, integers)
    | st.builds("!{},{}".format, integers, integers)
)
sizes = {3: st.builds("{}{}".format, marks, unmarked_sizes), 2: unmarked_sizes | st.just("full")}
rotations = st.builds(
    "{}{}".format,
    st.sampled_from(["", "!"]),
    st.sampled_from(["0", "90", "180.0", "270", "360", "22.5", ".5", "359.999999999999", "200"]),
)
lasts = st.builds(
    "{}.{}".format,
    st.sampled_from([row.name for row in QUALITIES]),
    st.sampled_from([row.extension for row in FORMATS]),
)
requests = st.sampled_from([3, 2]).flatmap(
    lambda version: st.tuples(st.just(version), regions, sizes[version], rotations, lasts)
)
