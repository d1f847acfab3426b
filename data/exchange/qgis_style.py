"""How each layer of a GeoPackage is drawn when QGIS opens it: the colours, shapes and words of the atlas.

A style is a list of rules. It is written twice, as QGIS's own QML and as SLD for other programs, into the table
`layer_styles` where QGIS looks for the style of a layer (https://docs.qgis.org, "Save and Load Layer Properties").
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from data.catalog import load_catalog
from data.exchange.export import Export

OUTLINE, UNKNOWN = "#333333", "#d9d9d9"
OPAQUE, SEEN_THROUGH = 1.0, 0.55
"""Points cover; surfaces let a map below be read."""
MARKERS = {"circle": "circle", "square": "square", "triangle": "triangle", "diamond": "diamond", "cross": "cross_fill"}
"""Shape of a sector → QGIS's name of the marker."""
WELL_KNOWN = {"diamond": ("square", 45), "cross": ("cross", 0)}
"""Shape → name and rotation in SLD, where they differ from ours."""
BEYOND = {"yes": "#d95f0e", "no": "#41b6c4", "unknown": UNKNOWN}
GAP = {"behind": "#e66101", "even": "#f7f7f7", "ahead": "#5e3c99"}
NEED = ("#ffffd4", "#fed98e", "#fe9929", "#d95f0e", "#993404")
PLAIN = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
CHANGE = ("#e66101", "#fdb863", "#f7f7f7", "#b2abd2", "#5e3c99")
"""Need, what is neither good nor bad, and change from worse to better, as on the map (a test compares)."""
UNITS = {"index_points": "points", "pct_points": "points", "pct_change": "pct"}
"""Units of a difference → the word they are said by."""


@dataclass(frozen=True)
class Rule:
    """What is drawn one way.

    Attributes
    ----------
    column, value
        Rows with this value; every row that no other rule draws when the value is None.
    first
        The column holds several values joined by `;`: the first one counts.
    """

    label: str
    colour: str
    column: str = ""
    value: str | float | None = None
    first: bool = False
    shape: str = "circle"


@dataclass(frozen=True)
class Style:
    """The rules of one layer; `kind` is marker or fill."""

    kind: str
    rules: tuple[Rule, ...]


def styles_of(export: Export, layers: Mapping[str, str]) -> dict[str, Style]:
    """Return the style of each layer with a geometry.

    Parameters
    ----------
    layers
        Name of each layer → the kind of its symbols, marker or fill.
    """
    makers: Mapping[str, Callable[[Export], Sequence[Rule]]] = {
        "needs": _classes,
        "gaps": _gaps,
        "villages": _villages,
        "projects_points": _sectors,
        "projects_communes": _sectors,
    }
    plain = (Rule("", "#41b6c4"),)
    return {
        name: Style(kind, tuple(makers[name](export)) if name in makers else plain) for name, kind in layers.items()
    }


def _sectors(export: Export) -> list[Rule]:
    """Draw a project as its first sector; only the sectors that are there stand in the legend."""
    firsts = {str(codes).partition(";")[0] for codes in export.rows["sectors"].dropna()}
    rules = [
        Rule(export.texts.label("sector", code), sector.colour, "sectors", code, first=True, shape=sector.shape)
        for code, sector in load_catalog().sectors.items()
        if code in firsts
    ]
    return [*rules, Rule(export.texts("export.style.others"), UNKNOWN)]


def _classes(export: Export) -> list[Rule]:
    """Draw territories by the classes of the page: each told by its upper end, the last, open one by its lower end."""
    ends = sorted({float(end) for end in export.rows["class_to"].dropna()})
    starts = export.rows.loc[export.rows["class_to"].isna(), "class_from"].dropna()
    unit = str(next(iter(export.rows["unit"].dropna()), ""))
    unit = export.texts.label("unit.name", UNITS.get(unit, unit)) if unit else ""
    colours = _palette(export)
    keys = [("class_to", "up_to", end) for end in ends]
    keys += [("class_from", "over", float(starts.max()))] if len(starts) else []
    last = max(1, len(keys) - 1)
    rules = [
        Rule(
            export.texts(f"export.style.{words}", value=f"{export.texts.number(end)} {unit}".strip()),
            colours[round(number * (len(colours) - 1) / last)],
            column,
            end,
        )
        for number, (column, words, end) in enumerate(keys)
    ]
    return [*rules, Rule(export.texts("export.style.unknown"), UNKNOWN)]


def _palette(export: Export) -> tuple[str, ...]:
    """Return the colours from the lowest class to the highest: the darkest is the greatest need, orange is worse."""
    subject, years = (str(next(iter(export.rows[name].dropna()), "")) for name in ("subject", "years"))
    indicator = load_catalog().indicators.get(subject)
    direction = "higher_is_worse" if indicator is None else indicator.direction
    if "-" in years:
        return CHANGE if direction == "higher_is_better" else CHANGE[::-1]
    if direction == "none":
        return PLAIN
    return NEED[::-1] if direction == "higher_is_better" else NEED


def _gaps(export: Export) -> list[Rule]:
    said = dict(zip(export.rows["gap"], export.rows["gap_label"], strict=True))
    rules = [Rule(str(said[code]), colour, "gap", code) for code, colour in GAP.items() if code in said]
    return [*rules, Rule(export.texts("export.style.unknown"), UNKNOWN)]


def _villages(export: Export) -> list[Rule]:
    return [
        Rule(export.texts(f"export.style.beyond.{code}"), colour, "beyond", code) for code, colour in BEYOND.items()
    ]


def rows(styles: Mapping[str, Style], *, day: str, title: str) -> pd.DataFrame:
    """Return the rows of `layer_styles`, one a layer, without its number."""
    return pd.DataFrame(
        [
            {
                "f_table_catalog": "",
                "f_table_schema": "",
                "f_table_name": name,
                "f_geometry_column": "geom",
                "styleName": "atlas",
                "styleQML": qml(style),
                "styleSLD": sld(style, name),
                "useAsDefault": 1,
                "description": title,
                "owner": "",
                "ui": None,
                "update_time": day,
            }
            for name, style in styles.items()
        ]
    )


def qml(style: Style) -> str:
    """Write a style as QGIS keeps it: a renderer of rules, the last of which may take what is left."""
    rules = "".join(_rule(number, rule) for number, rule in enumerate(style.rules))
    symbols = "".join(_symbol(number, rule, style.kind) for number, rule in enumerate(style.rules))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.28.0" styleCategories="Symbology"><renderer-v2 type="RuleRenderer" symbollevels="0" '
        f'enableorderby="0" forceraster="0" referencescale="-1"><rules key="{{all}}">{rules}</rules>'
        f"<symbols>{symbols}</symbols></renderer-v2><blendMode>0</blendMode></qgis>"
    )


def _rule(number: int, rule: Rule) -> str:
    said = {"key": f"{{{number}}}", "symbol": str(number), "label": rule.label, "filter": _expression(rule)}
    return f"<rule {' '.join(f'{name}={quoteattr(value)}' for name, value in said.items())}/>"


def _expression(rule: Rule) -> str:
    if rule.value is None:
        return "ELSE" if rule.label else ""
    value = f"'{rule.value}'" if isinstance(rule.value, str) else repr(rule.value)
    equal = f'"{rule.column}" = {value}'
    if not rule.first:
        return equal
    return f"{equal} OR left(\"{rule.column}\", {len(str(rule.value)) + 1}) = '{rule.value};'"


def _symbol(number: int, rule: Rule, kind: str) -> str:
    red, green, blue = (int(rule.colour[at : at + 2], 16) for at in (1, 3, 5))
    opacity = OPAQUE if kind == "marker" else SEEN_THROUGH
    said = {
        "color": f"{red},{green},{blue},{round(255 * opacity)}",
        "outline_color": "51,51,51,255",
        "outline_style": "solid",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
    }
    if kind == "marker":
        said |= {"name": MARKERS[rule.shape], "size": "3", "size_unit": "MM"}
    else:
        said |= {"style": "solid"}
    options = "".join(f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in said.items())
    layer = {"marker": "SimpleMarker", "fill": "SimpleFill"}[kind]
    return (
        f'<symbol type="{kind}" name="{number}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer}" enabled="1" locked="0" pass="0"><Option type="Map">{options}</Option></layer></symbol>'
    )


def sld(style: Style, layer: str) -> str:
    """Write a style as SLD 1.1 with symbology encoding, as QGIS and GeoServer read it."""
    rules = "".join(_sld_rule(rule, style.kind) for rule in style.rules)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" '
        'xmlns:se="http://www.opengis.net/se" xmlns:ogc="http://www.opengis.net/ogc">'
        f"<NamedLayer><se:Name>{escape(layer)}</se:Name><UserStyle><se:Name>atlas</se:Name>"
        f"<se:FeatureTypeStyle>{rules}</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"
    )


def _sld_rule(rule: Rule, kind: str) -> str:
    name = f"<se:Name>{escape(rule.label)}</se:Name>" if rule.label else ""
    fill = f'<se:Fill><se:SvgParameter name="fill">{rule.colour}</se:SvgParameter>'
    opacity = f'<se:SvgParameter name="fill-opacity">{OPAQUE if kind == "marker" else SEEN_THROUGH}</se:SvgParameter>'
    stroke = f'<se:Stroke><se:SvgParameter name="stroke">{OUTLINE}</se:SvgParameter></se:Stroke>'
    drawn = f"{fill}{opacity}</se:Fill>{stroke}"
    if kind == "fill":
        symbol = f"<se:PolygonSymbolizer>{drawn}</se:PolygonSymbolizer>"
    else:
        mark, turned = WELL_KNOWN.get(rule.shape, (rule.shape, 0))
        symbol = (
            f"<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>{mark}</se:WellKnownName>{drawn}</se:Mark>"
            f"<se:Size>9</se:Size><se:Rotation>{turned}</se:Rotation></se:Graphic></se:PointSymbolizer>"
        )
    return f"<se:Rule>{name}{_sld_filter(rule)}{symbol}</se:Rule>"


def _sld_filter(rule: Rule) -> str:
    if rule.value is None:
        return "<se:ElseFilter/>" if rule.label else ""
    name = f"<ogc:PropertyName>{rule.column}</ogc:PropertyName>"
    equal = f"<ogc:PropertyIsEqualTo>{name}<ogc:Literal>{rule.value}</ogc:Literal></ogc:PropertyIsEqualTo>"
    if not rule.first:
        return f"<ogc:Filter>{equal}</ogc:Filter>"
    like = (
        f'<ogc:PropertyIsLike wildCard="%" singleChar="?" escapeChar="\\">{name}'
        f"<ogc:Literal>{rule.value};%</ogc:Literal></ogc:PropertyIsLike>"
    )
    return f"<ogc:Filter><ogc:Or>{equal}{like}</ogc:Or></ogc:Filter>"
