"""Cells mean what their writers meant: a value, a question, or a clear no; never something else in silence."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.imports.amounts import Money, read_amount
from data.imports.coordinates import Point, from_projection, place_point, read_degrees, shared_points, split_pair
from data.imports.dates import day_order_of, read_date
from data.imports.encodings import decode, guess_encoding
from data.imports.numbers import decimal_sign_of, read_number, read_percent
from data.imports.outcome import EMPTY, Ambiguous, Unreadable, Value

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("said", "amount", "currency"),
    [
        ("3,3 MDH", 3_300_000, "MAD"),
        ("3.981.250,00 درهم", 3_981_250, "MAD"),
        ("50 MMDH", 50_000 * MILLION, "MAD"),
        ("1,2 milliard", 1_200 * MILLION, None),
        ("1,2 milliard de dirhams", 1_200 * MILLION, "MAD"),
        ("مليون درهم", MILLION, "MAD"),
        ("مليونين درهم", 2 * MILLION, "MAD"),
        ("مليوني درهم", 2 * MILLION, "MAD"),
        ("ملياران", 2_000 * MILLION, None),
        ("ألفي أورو", 2_000, "EUR"),
        ("20 مليونا درهم", 20 * MILLION, "MAD"),
        ("50 ألفا درهم", 50_000, "MAD"),
        ("un million de dirhams", MILLION, "MAD"),
        ("3 ملايين درهم", 3 * MILLION, "MAD"),
        ("٣٫٣ مليون درهم", 3_300_000, "MAD"),
        ("٣٬٩٨١٬٢٥٠٫٠٠ درهم", 3_981_250, "MAD"),
        ("5 M€", 5 * MILLION, "EUR"),
        ("1.234,50 €", Decimal("1234.50"), "EUR"),
        ("USD 500 000", 500_000, "USD"),
        ("12\u202f500,50 DH", Decimal("12500.50"), "MAD"),
        ("12\u00a0500 Dhs", 12_500, "MAD"),
        ("1'234'567.80 CHF", Decimal("1234567.80"), "CHF"),
        ("20 millions de centimes", 200_000, "MAD"),
        ("120 KDH", 120_000, "MAD"),
        ("env. 300 000 DH", 300_000, "MAD"),
    ],
)
def test_amounts_are_read_as_they_are_published_here(said, amount, currency):
    read = read_amount(said)
    assert isinstance(read, Value)
    assert read.value == Money(Decimal(amount), currency)


@pytest.mark.parametrize("said", ["مليونا درهم", "ألفا درهم", "مليون يورو درهم", "million de dirhams", "مليونيات"])
def test_a_multiple_without_a_number_that_says_no_sum_for_sure_is_refused(said):
    # « مليونا درهم » is two million before what is counted, and looks like one: it was read as one.
    assert isinstance(read_amount(said), Unreadable)


@pytest.mark.parametrize("said", ["1,234", "250.000", "1,234 MDH", "٢٥٠,٠٠٠"])
def test_a_sign_before_three_digits_is_asked_about(said):
    read = read_amount(said)
    assert isinstance(read, Ambiguous)
    assert {option.reading for option in read.options} == {"comma", "point"}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("NaN", "not_finite"),
        ("Infinity", "not_finite"),
        ("1e6", "scientific"),
        ("12 34", "broken_groups"),
        ("12.345.67", "broken_groups"),
        ("#REF!", "spreadsheet_error"),
        ("9" * 5000, "too_many_digits"),
        ("²", "not_a_number"),
        ("abc", "not_a_number"),
    ],
)
def test_what_is_no_number_says_why(said, reason):
    assert read_number(said) == Unreadable(reason, "30" if reason == "too_many_digits" else "")


def test_a_bracketed_amount_never_loses_its_sign_in_silence():
    assert isinstance(read_amount("(500)"), Unreadable)


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", "'", "."]))
def test_any_grouping_and_any_digits_give_the_same_number(whole, cents, sign):
    written = f"{whole:,}".replace(",", sign) + f",{cents:02}"
    for script in ({}, ARABIC_INDIC, PERSIAN):
        assert read_number(written.translate(script)) == Value(Decimal(whole) + Decimal(cents) / 100)


@given(st.text(max_size=40))
def test_no_text_makes_a_reader_fail(text):
    for read in (read_number, read_percent, read_amount, read_date, read_degrees):
        assert isinstance(read(text), Value | Ambiguous | Unreadable)


def test_a_column_settles_its_own_doubts_and_contradictions_are_asked():
    assert decimal_sign_of(["250.000", "12,50"]) == "comma"
    assert decimal_sign_of(["1,234", "3.5"]) == "point"
    assert decimal_sign_of(["1,5", "2.5"]) is None
    assert decimal_sign_of(["1,234", "250.000"]) is None
    assert read_number("250.000", decimal="comma") == Value(Decimal(250_000))
    assert day_order_of(["01/03/2014", "25/12/2013"]) == "dmy"
    assert day_order_of(["25/12/2013", "12/25/2013"]) is None


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2014", "2014"),
        ("03/2014", "2014-03"),
        ("2014-03-01T00:00:00Z", "2014-03-01"),
        ("25/12/2013", "2013-12-25"),
        ("12/25/2013", "2013-12-25"),  # no month is the 25th
        ("1er mars 2014", "2014-03-01"),
        ("15 غشت 2014", "2014-08-15"),
        ("دجنبر 2014", "2014-12"),
        ("يوليوز 2020", "2020-07"),
        ("شتنبر 2021", "2021-09"),
        ("٢٥/١٢/٢٠١٣", "2013-12-25"),
        ("March 15, 2014", "2014-03-15"),
        ("T1 2014", "2014"),
        ("le lundi 3 mars 2014", "2014-03-03"),
        ("يوم الاثنين 3 مارس 2014", "2014-03-03"),
        ("3 كانون الأول 2014", "2014-12-03"),
        ("آذار 2020", "2020-03"),
        ("خلال سنة 2014", "2014"),
        ("fin 2014", "2014"),
        ("2014م", "2014"),
        ("41699", "2014-03-01"),  # day 41,699 of a spreadsheet: =DATE(2014;3;1)
    ],
)
def test_dates_keep_their_own_precision(said, date):
    read = read_date(said)
    assert isinstance(read, Value)
    assert read.value == date


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("31/02/2014", "no_such_day"),
        ("2014-00-00", "no_such_day"),
        ("1435", "hijri"),
        ("15 رمضان 1435 هـ", "hijri"),
        ("3014", "year_out_of_range"),
    ],
)
def test_dates_that_are_none_say_why(said, reason):
    assert read_date(said).reason == reason


def test_day_and_month_are_asked_about_unless_the_column_tells():
    assert {option.value for option in read_date("01/03/2014").options} == {"2014-03-01", "2014-01-03"}
    assert read_date("01/03/2014", order="dmy") == Value("2014-03-01")
    assert read_date("03/03/2014") == Value("2014-03-03")
    # Of two digits the century is asked, whether the month is a number or a name.
    for said in ("15/03/14", "15 mars 14"):
        assert [option.value for option in read_date(said).options] == ["2014-03-15", "1914-03-15"]
    assert [option.value for option in read_date("mars 14").options] == ["2014-03", "1914-03"]


@pytest.mark.parametrize(
    ("said", "degrees"),
    [("30,4278", 30.4278), ("9°35'24\" O", -9.59), ("N 30 25 40", 30.427778), ("٣٠٫٤٢ شمالا", 30.42), ("O 9.6", -9.6)],
)
def test_degrees_are_read_in_any_spelling(said, degrees):
    assert read_degrees(said).value[0] == pytest.approx(degrees)


def test_pairs_are_split_where_people_split_them():
    for said in ("30,42 ; -9,6", "30,42, -9,6"):
        assert split_pair(said) == ("30,42", "-9,6")
    assert split_pair("POINT(-9.6 30.42)") == ("30.42", "-9.6")


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        (30.4, -9.6, "swapped"),
        (9.6, 30.4, "lost_sign"),
        (30.4, 9.6, "swapped_lost_sign"),
        (96_728, 387_395, "metres"),
        (0, 0, "zero_zero"),
        (350, 30, "outside_morocco"),
        (2.3, 48.8, "outside_morocco"),
        (float("nan"), 30, "not_finite"),
    ],
)
def test_coordinate_traps_are_named(lon, lat, reason):
    assert place_point((lon, 5), (lat, 5)).reason == reason


def test_merchich_metres_offer_agadir_among_the_answers():
    # (96 728, 387 395) of Sud Maroc is Agadir: 30.42° N, 9.60° W.
    options = {one.reading: one.value for one in place_point((96_728, 0), (387_395, 0)).options}
    agadir = options["EPSG:26192"]
    assert (agadir.lat, agadir.lon) == pytest.approx((30.4202, -9.5980), abs=1e-3)


def merchich_sud(lon, lat):
    """Project WGS 84 degrees to Merchich / Sud Maroc by hand, metres.

    Three-parameter shift (EPSG 1165, Merchich to WGS 84: 31, 146, 47 m), then Lambert conic conformal with one standard
    parallel: J. P. Snyder, Map Projections, a Working Manual, USGS 1395, 1987, equations 14-15, 15-1 to 15-4 and 15-9;
    IOGP, Guidance Note 7-2, method 9801. Clarke 1880 (IGN), origin 33 and -6 grads, scale 0.999615596.
    """
    east, north = math.radians(lon), math.radians(lat)
    e2_wgs = 0.006_694_379_990_14
    normal = 6_378_137.0 / math.sqrt(1 - e2_wgs * math.sin(north) ** 2)
    x = normal * math.cos(north) * math.cos(east) - 31
    y = normal * math.cos(north) * math.sin(east) - 146
    z = normal * (1 - e2_wgs) * math.sin(north) - 47
    a, b = 6_378_249.2, 6_356_515.0
    e2 = 1 - (b / a) ** 2
    longitude, flat = math.atan2(y, x), math.hypot(x, y)
    latitude = math.atan2(z, flat * (1 - e2))
    for _ in range(6):
        latitude = math.atan2(z + e2 * a / math.sqrt(1 - e2 * math.sin(latitude) ** 2) * math.sin(latitude), flat)

    def conformal(phi):
        swing = math.sqrt(e2) * math.sin(phi)
        return math.tan(math.pi / 4 - phi / 2) / ((1 - swing) / (1 + swing)) ** (math.sqrt(e2) / 2)

    origin, meridian, scale = math.radians(33 * 0.9), math.radians(-6 * 0.9), 0.999_615_596
    n = math.sin(origin)
    m = math.cos(origin) / math.sqrt(1 - e2 * n**2)
    radius_at_origin = a * m / n * scale
    radius = radius_at_origin * (conformal(latitude) / conformal(origin)) ** n
    angle = n * (longitude - meridian)
    return 500_000 + radius * math.sin(angle), 300_000 + radius_at_origin - radius * math.cos(angle)


def test_the_formulas_of_lambert_give_the_metres_of_agadir():
    # R12 of the reference cases.
    assert merchich_sud(-9.598, 30.4202) == pytest.approx((96_727.72, 387_394.50), abs=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(-9.598, 30.4202), (-7.973, 29.742), (-8.877, 30.47), (-9.732, 29.698)])
def test_metres_of_sud_maroc_are_read_as_those_formulas_write_them(lon, lat):
    # Agadir, Tata, Taroudannt, Tiznit; a millionth of a degree is 11 cm.
    found = from_projection(*merchich_sud(lon, lat), "EPSG:26192")
    assert (found.lon, found.lat) == pytest.approx((lon, lat), abs=2e-6)


def test_few_decimals_are_said():
    assert place_point((-9.6, 1), (30.42, 2)).note == "few_decimals"
    assert place_point((-9.59812, 5), (30.42, 4)).note == ""


def test_one_point_for_three_places_is_a_placeholder():
    point = Point(-9.6, 30.4)
    assert shared_points([(point, "Tabia"), (point, "Imilmaiss"), (point, "Toubkal")]) == {(-9.6, 30.4)}
    assert shared_points([(point, "Tabia"), (point, "Tabia"), (point, "Tabia")]) == set()
    # A row without a place, or without a point, says nothing of it.
    assert shared_points([(point, "Tabia"), (point, "Imilmaiss"), (point, ""), (None, "Toubkal")]) == set()


@pytest.mark.parametrize("said", ["9°60'00\" O", "9°35'60\" O", "9°75' O"])
def test_minutes_and_seconds_end_at_59(said):
    assert read_degrees(said) == Unreadable("not_a_coordinate")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_arabic_survives_every_encoding_it_comes_in(encoding):
    text = "المشروع;الجماعة;المبلغ\nتزويد الدوار بالماء الصالح للشرب;أيت عبد الله;120000\n"
    content = text.encode(encoding)
    assert decode(content, guess_encoding(content).encoding) == text


def test_french_of_windows_is_not_taken_for_arabic():
    text = "Intitulé;Électrification du douar Aït Ouazik, réalisée à Taroudannt ; coût élevé\n" * 3
    assert decode(text.encode("cp1252"), guess_encoding(text.encode("cp1252")).encoding) == text


def test_empty_cells_are_empty_and_not_zero():
    assert read_number("") == read_date(" \u00a0") == EMPTY
