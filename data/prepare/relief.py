"""Heights of the country, interpolated from the elevations of its villages: no elevation model is shipped."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.interpolate import CloughTocher2DInterpolator, LinearNDInterpolator
from scipy.ndimage import distance_transform_edt, gaussian_filter
from scipy.spatial import cKDTree

from data.prepare.compressed import HASH_LENGTH, write_manifest
from data.prepare.relief_picture import THEMES, picture

Grid = npt.NDArray[np.float64]

# What a settlement of Morocco can have: Sebkha Tah lies at -55 m, no village above Oukaïmeden's 2,600-2,900 m.
LOWEST_M, HIGHEST_M = -60.0, 3200.0
NEIGHBOURS = 12
OUTLIER_M, OUTLIER_SPREADS = 250.0, 6.0
MAD_TO_SIGMA = 1.4826
COAST_STEP_DEG, COAST_TOLERANCE_DEG = 0.02, 0.05
# One degree of longitude is shorter than one of latitude: triangles are built with lengths that are true at 30° N.
LON_SCALE = float(np.cos(np.radians(30.0)))
# Far from any settlement the surface says less: it is smoothed over as many kilometres as the next one is away.
SMOOTHING_KM = (2.0, 4.0, 8.0, 18.0)
KM_PER_DEGREE = 111.2
SHIPPED_REGION = "09"
REGION_MARGIN_DEG, COUNTRY_MARGIN_DEG = 0.7, 0.05
# About the distance between two villages: more pixels would only enlarge the files.
COUNTRY_PX, REGION_PX = 1600, 1280


@dataclass(frozen=True)
class Frame:
    """A picture's place: extent in degrees (EPSG:4326), pixels square in Web Mercator (EPSG:3857)."""

    name: str
    extent: tuple[float, float, float, float]
    width_px: int

    @property
    def height_px(self) -> int:
        """Rows that make pixels square in Web Mercator."""
        west, south, east, north = self.extent
        return round(self.width_px * (mercator_deg(north) - mercator_deg(south)) / (east - west))

    def pixel_centres(self) -> tuple[Grid, Grid]:
        """Return longitudes and latitudes of the centres of all pixels, first row north."""
        west, south, east, north = self.extent
        lon = west + (np.arange(self.width_px) + 0.5) * (east - west) / self.width_px
        top, bottom = mercator_deg(north), mercator_deg(south)
        y = top - (np.arange(self.height_px) + 0.5) * (top - bottom) / self.height_px
        lat = np.degrees(2 * np.arctan(np.exp(np.radians(y))) - np.pi / 2)
        lons, lats = np.meshgrid(lon, lat)
        return lons, lats

    def pixel_km(self) -> float:
        """Return the size of a pixel on the ground, km, at the middle latitude."""
        west, south, east, north = self.extent
        return (east - west) / self.width_px * KM_PER_DEGREE * float(np.cos(np.radians((south + north) / 2)))


def mercator_deg(lat: float) -> float:
    """Return the Web Mercator northing of a latitude, in degrees of longitude at the equator."""
    return float(np.degrees(np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))))


def prepare(source: Path, tables: Path) -> None:
    """Write the relief pictures (country and Souss-Massa, light and dark) and their lines in the manifest."""
    communes = gpd.read_parquet(tables / "communes.parquet")
    outline = country_outline(communes)
    points = elevation_points(source, outline)
    region = communes[communes["territory_code"].str.startswith(SHIPPED_REGION)]
    frames = [
        Frame("relief.country", widened(outline.bounds, COUNTRY_MARGIN_DEG), COUNTRY_PX),
        Frame(f"relief.{SHIPPED_REGION}", widened(tuple(region.total_bounds), REGION_MARGIN_DEG), REGION_PX),
    ]
    shapely.prepare(outline)
    entries = {}
    for frame in frames:
        heights = surface(points, frame)
        inside = shapely.contains_xy(outline, *frame.pixel_centres())
        for theme in THEMES:
            name = frame.name + theme.suffix
            file = write_picture(name, picture(heights, inside, frame.pixel_km(), theme=theme), tables / "shapes")
            entries[name] = {"file": file, "extent": [round(edge, 5) for edge in frame.extent]}
    write_manifest("relief", entries, tables / "shapes")


def write_picture(name: str, content: bytes, shapes: Path) -> str:
    """Write a WebP picture under a name made of its content, and return that name."""
    file = f"{name}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}.webp"
    (shapes / file).write_bytes(content)
    return file


def country_outline(communes: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return the land of the country, EPSG:4326, without the slivers a dissolve can leave."""
    land = shapely.union_all(communes.geometry.to_numpy(), grid_size=1e-6)
    return shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(land)])


def widened(bounds: tuple[float, ...], margin_deg: float) -> tuple[float, float, float, float]:
    """Return an extent with a margin on each side, degrees."""
    west, south, east, north = bounds
    return west - margin_deg, south - margin_deg, east + margin_deg, north + margin_deg


def elevation_points(source: Path, outline: shapely.Geometry) -> pd.DataFrame:
    """Return every height the surface must pass by.

    Parameters
    ----------
    source
        Folder of the shared data.
    outline
        Land of the country, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        lon, lat (degrees, EPSG:4326), elevation_m and kind: settlements without the wrong ones (settlement), Natural
        Earth's summits in the country (summit), and the sea's 0 m along the coast (shore). One row a place.
    """
    places = pd.read_csv(source / "places" / "places_geonames_morocco.csv", usecols=["lon", "lat", "dem"])
    settlements = without_outliers(places.rename(columns={"dem": "elevation_m"})).assign(kind="settlement")
    ocean = gpd.read_file(source / "context" / "ne10m_ocean_clip.geojson").union_all()
    peaks = gpd.read_file(source / "context" / "ne10m_peaks_clip.geojson")
    peaks = peaks[(peaks["featurecla"] == "mountain") & peaks.within(outline)]
    summits = pd.DataFrame({"lon": peaks.geometry.x, "lat": peaks.geometry.y, "elevation_m": peaks["elevation"]})
    shore = sea_level_points(outline, ocean)
    points = pd.concat([settlements, summits.assign(kind="summit"), shore.assign(kind="shore")], ignore_index=True)
    return points.groupby(points[["lon", "lat"]].round(4).apply(tuple, axis=1)).first().reset_index(drop=True)


def without_outliers(places: pd.DataFrame) -> pd.DataFrame:
    """Return the places whose elevation is possible and in keeping with their neighbours.

    Parameters
    ----------
    places
        lon, lat (degrees), elevation_m; missing elevations allowed.

    Returns
    -------
    pandas.DataFrame
        The same columns without missing values, without elevations outside LOWEST_M..HIGHEST_M, and without places
        that differ from the median of their twelve nearest by more than 250 m and more than six robust spreads
        (the median absolute deviation of the twelve, scaled to a standard deviation).
    """
    possible = places[places["elevation_m"].between(LOWEST_M, HIGHEST_M)].reset_index(drop=True)
    heights = possible["elevation_m"].to_numpy()
    _, nearest = cKDTree(_plane(possible["lon"], possible["lat"])).query(
        _plane(possible["lon"], possible["lat"]), k=min(NEIGHBOURS + 1, len(possible))
    )
    around = heights[nearest[:, 1:]]
    median = np.median(around, axis=1)
    spread = MAD_TO_SIGMA * np.median(np.abs(around - median[:, None]), axis=1)
    wrong = np.abs(heights - median) > np.maximum(OUTLIER_M, OUTLIER_SPREADS * spread)
    return possible[~wrong].reset_index(drop=True)


def sea_level_points(outline: shapely.Geometry, ocean: shapely.Geometry) -> pd.DataFrame:
    """Return points at 0 m every 2 km along the part of the outline that faces the ocean, lon, lat, elevation_m."""
    shore = []
    for line in shapely.get_parts(outline.boundary):
        along = shapely.line_interpolate_point(line, np.arange(0.0, line.length, COAST_STEP_DEG))
        shore.append(along[shapely.dwithin(along, ocean, COAST_TOLERANCE_DEG)])
    points = np.concatenate(shore)
    return pd.DataFrame({"lon": shapely.get_x(points), "lat": shapely.get_y(points), "elevation_m": 0.0})


def surface(points: pd.DataFrame, frame: Frame) -> Grid:
    """Return heights in metres at the pixel centres of a frame.

    Notes
    -----
    Mean of the linear and the cubic (Clough and Tocher, 1984) interpolation on the Delaunay triangles of the points;
    beyond the outermost points the nearest ones, weighted by inverse distance. The result is smoothed over about the
    distance to the nearest point, so that no ridge is drawn where nothing was measured. Villages lie in valleys:
    summits come out lower than they are.
    """
    lon, lat = frame.pixel_centres()
    plane, heights = _plane(points["lon"], points["lat"]), points["elevation_m"].to_numpy()
    at = np.column_stack([lon.ravel() * LON_SCALE, lat.ravel()])
    linear = LinearNDInterpolator(plane, heights)
    cubic = CloughTocher2DInterpolator(linear.tri, heights)
    flat = (linear(at) + np.clip(cubic(at), LOWEST_M, None)) / 2
    outside = np.isnan(flat)
    flat[outside] = _nearest_heights(plane, heights, at[outside])
    # A lone summit among villages would stand like a needle: it does not count as a place where detail is known.
    return _smoothed(flat.reshape(lon.shape), points[points["kind"] != "summit"], frame)


def _nearest_heights(plane: Grid, heights: Grid, at: Grid) -> Grid:
    distance, nearest = cKDTree(plane).query(at, k=NEIGHBOURS)
    weight = 1.0 / np.maximum(distance, 1e-6)
    return np.asarray((heights[nearest] * weight).sum(axis=1) / weight.sum(axis=1), dtype=np.float64)


def _smoothed(heights: Grid, points: pd.DataFrame, frame: Frame) -> Grid:
    _, lat = frame.pixel_centres()
    west, _, east, _ = frame.extent
    empty = np.ones(heights.shape, dtype=bool)
    column = ((points["lon"] - west) / (east - west) * frame.width_px).astype(int)
    row = np.searchsorted(-lat[:, 0], -points["lat"].to_numpy()).clip(0, frame.height_px)
    seen = column.between(0, frame.width_px - 1).to_numpy() & (row < frame.height_px)
    empty[row[seen], column[seen]] = False
    away_km = gaussian_filter(distance_transform_edt(empty) * frame.pixel_km(), 4.0)
    steps = [gaussian_filter(heights, reach / frame.pixel_km() / 2) for reach in SMOOTHING_KM]
    position = np.interp(away_km, SMOOTHING_KM, np.arange(len(steps)))
    lower = np.minimum(position.astype(int), len(steps) - 2)
    share = position - lower
    stack = np.stack(steps)
    at_lower = np.take_along_axis(stack, lower[None], axis=0)[0]
    at_upper = np.take_along_axis(stack, lower[None] + 1, axis=0)[0]
    return np.asarray(at_lower * (1 - share) + at_upper * share, dtype=np.float64)


def _plane(lon: pd.Series, lat: pd.Series) -> Grid:
    return np.column_stack([lon.to_numpy() * LON_SCALE, lat.to_numpy()])
