"""Indicators and services are declared once: complete, spoken in every language, and wrong declarations refused."""

import copy
import tomllib

import pytest

from data.catalog import CATALOG_FOLDER, load_catalog
from data.errors import CatalogError
from data.measures import read_indicators, read_presets, read_services
from data.texts import languages, load_texts
from geo.needs_state import MOST_WEIGHT

CATALOG = load_catalog()
CONTENT = tomllib.loads((CATALOG_FOLDER / "indicators.toml").read_text("utf-8"))
SERVICES = tomllib.loads((CATALOG_FOLDER / "services.toml").read_text("utf-8"))
DISTANCES = [column.name for column in CATALOG.tables["villages"].columns if column.name.endswith("_km")]


@pytest.mark.parametrize("language", languages())
def test_every_indicator_theme_and_service_has_its_words(language):
    t = load_texts(language)
    wanted = [f"theme.{code}" for code in CATALOG.themes]
    for one in CATALOG.indicators.values():
        wanted += [f"indicator.{one.code}.{field}" for field in ("label", "short", "definition")]
        wanted += [f"indicator.{one.code}.people"] if one.denominator else []
        wanted += [f"indicator.{one.code}.caveat"] if one.shown and not one.comparable else []
        wanted += [f"needs.unit.{one.unit}", f"unit.name.{one.unit}"]
        wanted += [f"basis.{said.basis}" for said in (one.goalposts, one.breaks, one.threshold) if said]
    for service in CATALOG.services.values():
        wanted += [f"service.{service.code}.{field}" for field in ("label", "short", "definition", "beyond")]
        wanted += [f"basis.{threshold.basis}" for threshold in service.thresholds]
    wanted += [f"needs.preset.{code}" for code in CATALOG.presets]
    assert len(wanted) > 200
    assert [key for key in wanted if not t.has(key)] == []


def test_the_default_index_has_six_sectors_in_the_order_of_the_catalogue():
    inside = [one for one in CATALOG.indicators.values() if one.in_index]
    sectors = list(dict.fromkeys(one.theme for one in inside))
    assert sectors == ["water", "electricity", "roads", "sanitation", "education", "cooking"]
    assert all(one.direction != "none" and one.latest == 2024 for one in inside)


def test_goalposts_point_the_way_of_need():
    scaled = [one for one in CATALOG.indicators.values() if one.goalposts]
    assert len(scaled) > 20
    for one in scaled:
        grows = one.goalposts.full_need > one.goalposts.no_need
        assert grows == (one.direction == "higher_is_worse"), one.code


def test_only_one_series_of_poverty_is_here_and_it_is_named():
    poverty = {one.code: one.measure for one in CATALOG.indicators.values() if one.theme == "poverty"}
    assert poverty == {
        "monetary_poverty": "monetary_2014",
        "monetary_vulnerability": "monetary_2014",
        "multidimensional_poverty": "multidimensional_2017",
        "multidimensional_index": "multidimensional_2017",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"theme": "watr"}, "unknown theme 'watr'; allowed: water"),
        ({"unit": "percent"}, "unknown unit 'percent'"),
        ({"direction": "up"}, "unknown direction 'up'"),
        ({"universe": "city"}, "unknown universe 'city'"),
        ({"sources": {"2014": "hcp_rgph_2014", "2024": "hcp"}}, "unknown source 'hcp'"),
        ({"denominator": {"2024": "homes"}}, "unknown indicator 'homes'"),
        ({"denominator": {"1994": "households"}}, "unknown year '1994'"),
        ({"comparable_years": [2004, 2024]}, "unknown year '2004'"),
        ({"goalposts": None}, "in_index needs goalposts"),
        ({"breaks": {"values": [50, 25], "basis": "round_steps"}}, "breaks must ascend"),
        ({"columns": {"2014": ["water_14"], "2025": ["x"]}}, "unknown year with a source '2025'"),
    ],
)
def test_a_wrong_indicator_says_where_what_and_what_is_allowed(change, said):
    content = copy.deepcopy(CONTENT)
    content["indicator"]["running_water"] |= change
    with pytest.raises(CatalogError, match=said) as refused:
        read_indicators(content, CATALOG.themes, CATALOG.sources)
    assert "indicators.toml [indicator.running_water]" in str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"column": "lycee_km"}, "unknown column 'lycee_km'"),
        ({"default": 3}, "unknown default '3.0'"),
        ({"sectors": ["way"]}, "unknown sector 'way'"),
    ],
)
def test_a_wrong_service_says_where_what_and_what_is_allowed(change, said):
    content = copy.deepcopy(SERVICES)
    content["service"]["track"] |= change
    with pytest.raises(CatalogError, match=said):
        read_services(content, CATALOG.sectors, DISTANCES)


def test_a_preset_weighs_needs_of_the_index_and_leaves_one_to_weigh():
    assert list(CATALOG.presets) == ["equal", "water_first", "social", "remoteness"]
    assert max(weight for one in CATALOG.presets.values() for weight in one.weights.values()) <= MOST_WEIGHT
    needs = ("water", "electricity", "roads", "sanitation", "education", "cooking")
    for weights, said in (
        ({"wells": 1}, r"\[preset.own\]: unknown need 'wells'; allowed: .*water"),
        ({"health": 1}, "unknown need 'health'"),  # measured, but not part of the index
        ({"water": -1}, "whole numbers from 0"),
        ({"water": 0.5}, "whole numbers from 0"),
        (dict.fromkeys(needs, 0), "all weights are 0"),
    ):
        with pytest.raises(CatalogError, match=said):
            read_presets({"preset": {"own": {"weights": weights}}}, CATALOG.indicators)
