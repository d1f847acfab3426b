"""All measurements, in the order of the report. One line adds one; `make bench ARGS="name"` runs it alone."""

from tests.bench import (
    facets,
    filter_change,
    first_view,
    imports,
    load,
    matching,
    memory,
    needs,
    package,
    paper,
    records,
    second_start,
    view_change,
)
from tests.bench.measurement import Measurement

MEASUREMENTS = (
    Measurement("filter-change", filter_change),
    Measurement("view-change", view_change),
    Measurement("first-view", first_view),
    Measurement("memory", memory),
    Measurement("load", load),
    Measurement("facets", facets),
    Measurement("needs", needs),
    Measurement("matching", matching),
    Measurement("records", records),
    Measurement("package", package),
    Measurement("paper", paper),
    Measurement("imports", imports),
    Measurement("second-start", second_start),
)
