"""A table keeps its contract: what is read gets its types, and every rule that is broken is named with its lines."""

import pandas as pd
import pytest

from data.catalog import Column, Table
from data.schema import Problem, check, parse

TABLE = Table(
    name="toy",
    file="toy.parquet",
    key=("code",),
    sources=(),
    columns=(
        Column("code", "text", nullable=False, description=""),
        Column("people", "integer", nullable=False, description=""),
        Column("km", "number", nullable=True, description=""),
        Column("withheld", "boolean", nullable=False, description=""),
        Column("since", "date", nullable=True, description=""),
        Column("note", "text", nullable=True, description=""),
    ),
)
GOOD = pd.DataFrame(
    {
        "code": ["a", "b"],
        "people": [1, 2],
        "km": [0.5, None],
        "withheld": [False, True],
        "since": ["2014", None],
        "note": ["x", None],
    }
)
# The same rows as a file of texts has them, its columns in another order.
READ = pd.DataFrame(
    {
        "note": ["x", ""],
        "since": ["2014", ""],
        "withheld": ["false", "true"],
        "km": ["0.5", ""],
        "people": ["1", "2"],
        "code": ["a", "b"],
    }
)


def test_a_typed_file_that_keeps_its_contract_has_no_problem_and_its_columns_in_order():
    frame, problems = check(GOOD[list(READ)].astype({"code": "category"}), TABLE)
    assert problems == []
    assert list(frame) == list(GOOD)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (GOOD.drop(columns="km"), "km: column missing"),
        (GOOD.assign(extra=1), "extra: column not declared"),
        (GOOD.assign(code=[1, 2]), "code: not of type text"),
        (GOOD.assign(code=pd.Categorical([1, 2])), "code: not of type text"),
        (GOOD.assign(people=[1.0, 2.5]), "people: not of type integer"),
        (GOOD.assign(km=["1", "2"]), "km: not of type number"),
        (GOOD.assign(withheld=[0, 1]), "withheld: not of type boolean"),
        (GOOD.assign(code=["a", None]), r"code: may not be empty \(line 3\)"),
        (GOOD.assign(code=["a", "a"]), "code: must be unique"),
    ],
)
def test_a_typed_file_that_breaks_its_contract_has_its_problem_named(frame, said):
    _, problems = check(frame, TABLE)
    assert pd.Series([str(problem) for problem in problems]).str.match(said).any()


def test_a_file_of_texts_gets_its_types_and_what_is_empty_is_missing():
    frame, problems = parse(READ, TABLE)
    assert problems == []
    assert list(frame) == list(GOOD)
    assert [str(dtype) for dtype in frame.dtypes] == ["str", "Int64", "float64", "boolean", "str", "str"]
    assert frame["people"].tolist() == [1, 2]
    assert frame["withheld"].tolist() == [False, True]
    assert frame.loc[1, ["km", "since", "note"]].isna().all()
    assert check(frame, TABLE)[1] == []  # what one contract reads the other accepts


@pytest.mark.parametrize(
    ("cells", "rule", "lines"),
    [
        ({"people": ["1", "2.5"]}, "not a readable integer", (3,)),
        ({"people": ["", "2"]}, "may not be empty", (2,)),
        ({"km": ["1,5", "2"]}, "not a readable number", (2,)),
        ({"km": ["nan", "inf"]}, "not a readable number", (2, 3)),
        ({"withheld": ["False", "yes"]}, "not a readable boolean", (2, 3)),
        ({"since": ["2014-13", "14"]}, "not a readable date", (2, 3)),
        ({"since": ["2014-04-31x", "2014-04-30"]}, "not a readable date", (2,)),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_line_and_is_missing(cells, rule, lines):
    frame, problems = parse(READ.assign(**cells), TABLE)
    (name,) = cells
    assert [(one.table, one.column, one.rule, one.lines) for one in problems] == [("toy", name, rule, lines)]
    assert problems[0].value == cells[name][lines[0] - 2]
    assert frame[name].isna().tolist() == [line in lines for line in (2, 3)]


def test_every_problem_of_a_file_of_texts_is_found_at_once():
    _, problems = parse(READ.drop(columns="km").assign(extra="", people=["x", "2"], code=["a", "a"]), TABLE)
    assert {(one.column, one.rule.partition(";")[0]) for one in problems} == {
        ("km", "column missing"),
        ("extra", "column not declared in tables.toml"),
        ("people", "not a readable integer"),
        ("code", "must be unique"),
    }


def test_a_text_that_may_not_be_missing_may_be_empty():
    frame, problems = parse(READ.assign(code=["", "b"]), TABLE)
    assert problems == []
    assert frame["code"].tolist() == ["", "b"]


def test_the_first_lines_are_enough_to_find_a_fault_that_is_everywhere():
    many = pd.concat([READ] * 10, ignore_index=True).assign(people="x", code=[str(number) for number in range(20)])
    (problem,) = parse(many, TABLE)[1]
    assert problem.lines == (2, 3, 4, 5, 6)
    assert str(problem) == "people: not a readable integer (line 2, 3, 4, 5, 6), found 'x'"
    assert str(Problem("toy", "km", "column missing")) == "km: column missing"
