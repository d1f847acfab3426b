"""The tables made for measurements are tables as the shipped ones are: whole, hashed, kept to their contracts."""

import hashlib

import pandas as pd
import pytest

from data import store
from data.catalog import load_catalog
from data.schema import parse
from tests.bench.house import House
from tests.bench.measurements import MEASUREMENTS

REGISTER = ("projects", "project_sectors", "project_locations", "project_organisations", "organisations")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return House(chromium="", folder=tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("name", REGISTER)
def test_generated_tables_keep_their_contract(house, name):
    table = load_catalog().tables[name]
    raw = pd.read_csv(house.tables(60) / table.file, dtype="str", keep_default_na=False)
    assert parse(raw, table)[1] == []


def test_the_real_projects_come_first_and_the_generated_ones_after(house):
    projects = house.register(60)["projects"]
    real = store.load("projects")
    assert list(projects["project_code"][: len(real)]) == list(real["project_code"])
    assert len(projects) == len(real) + 60


def test_the_copy_has_hashes_of_its_own(house):
    folder = house.tables(60)
    lines = (folder / store.SUMS_FILE).read_text("utf-8").splitlines()
    sums = {file: digest for digest, file in (line.split("  ", 1) for line in lines)}
    assert sums["projects.csv"] == hashlib.sha256((folder / "projects.csv").read_bytes()).hexdigest()
    assert sums["projects.csv"] != hashlib.sha256((store.TABLES_FOLDER / "projects.csv").read_bytes()).hexdigest()
    assert set(sums) == {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != store.SUMS_FILE
    }


def test_every_measurement_says_how_it_is_made():
    assert [measurement.name for measurement in MEASUREMENTS if len(measurement.how) < 80] == []
