"""A selection as IATI 2.03 activities, the format funders and ministries exchange projects in.

What the standard cannot say (a date known by its year only, how well a place is known) stands in narratives or in
elements of our own namespace, which it allows. What it requires and nobody knows (a status, a date, a body) is written
as unknown, in words, and marked `atlas:unknown`: our reader gives it back as missing. No figure is made up: an amount
without any year is no transaction, whose date is required; it stands in our element.
"""

import io
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from urllib.parse import quote

from data.exchange import iati_codes as codes
from data.exchange.activity import Activity, ActivityBody, ActivityPicture, ActivityPlace, ActivitySector, Words
from data.exchange.provenance import Provenance, as_pairs

NAMESPACE = "urn:atlas-solidaire:iati:1"
PREFIX = "MA-ATLAS-"
REPORTER, REPORTER_TYPE = "MA-ATLAS", "90"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
COUNTRY = "MA"
UNKNOWN = f"{{{NAMESPACE}}}unknown"
NO_DATE, NO_STATUS = "1900-01-01", "0"
"""Written where the standard requires a value and nobody knows it, always beside the mark `UNKNOWN`."""
HCP = "HCP 2024"
ET.register_namespace("atlas", NAMESPACE)
LANGUAGES = ("fr", "ar", "en")
RUNNING = ("pipeline", "implementation", "finalisation", "unknown")


def write_iati(activities: Sequence[Activity], *, provenance: Provenance) -> bytes:
    """Return the activities as an IATI 2.03 file, UTF-8; the same activities and day give the same bytes."""
    made = f"{provenance.made_on.isoformat()}T00:00:00Z"
    root = ET.Element("iati-activities", {"version": codes.VERSION, "generated-datetime": made})
    about = ET.Comment("\n" + "\n".join(f"{key}: {_in_comment(value)}" for key, value in as_pairs(provenance)) + "\n")
    root.append(about)
    for activity in activities:
        _activity(root, activity, made)
    ET.indent(root)
    file = io.BytesIO()
    ET.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    return file.getvalue()


def _activity(root: ET.Element, activity: Activity, made: str) -> None:
    """Write one activity, its elements in the order the schema asks for."""
    element = ET.SubElement(root, "iati-activity", {LANGUAGE: LANGUAGES[0], "last-updated-datetime": made})
    ET.SubElement(element, "iati-identifier").text = identifier(activity.identifier)
    reporter = {"ref": REPORTER, "type": REPORTER_TYPE, "secondary-reporter": "1"}
    _narratives(ET.SubElement(element, "reporting-org", reporter), {"fr": "Atlas solidaire"})
    _narratives(ET.SubElement(element, "title"), activity.title)
    _narratives(ET.SubElement(element, "description", {"type": "1"}), activity.description or activity.title)
    if activity.beneficiaries_said:
        _narratives(ET.SubElement(element, "description", {"type": "3"}), {"fr": activity.beneficiaries_said})
    for body in activity.bodies:
        _body(element, body)
    if not activity.bodies:
        _unknown(ET.SubElement(element, "participating-org", {"role": codes.ROLE["implementing"]}))
    status = ET.SubElement(element, "activity-status", {"code": codes.ACTIVITY_STATUS.get(activity.status, NO_STATUS)})
    if activity.status not in codes.ACTIVITY_STATUS:
        status.set(UNKNOWN, "true")
    _dates(element, activity)
    ET.SubElement(element, "recipient-country", {"code": COUNTRY, "percentage": "100"})
    for place in activity.places:
        _place(element, place)
    _sectors(element, activity.sectors)
    _money(element, activity)
    if activity.source_url:
        _source(element, activity)
    for picture in activity.pictures:
        _picture(element, picture)
    for relation, other in (("part_of", activity.part_of), ("same_as", activity.same_as)):
        if other:
            ET.SubElement(element, "related-activity", {"ref": identifier(other), "type": codes.RELATED[relation]})
    _own(element, activity)


def identifier(code: str) -> str:
    """Return the IATI identifier of a project of the atlas.

    Examples
    --------
    >>> identifier("B001")
    'MA-ATLAS-B001'
    """
    return PREFIX + code


def _narratives(element: ET.Element, words: Words) -> None:
    for language, text in sorted(words.items(), key=lambda pair: LANGUAGES.index(pair[0])):
        if text:
            narrative = ET.SubElement(element, "narrative", {} if language == LANGUAGES[0] else {LANGUAGE: language})
            narrative.text = _allowed(text)


def _body(element: ET.Element, body: ActivityBody) -> None:
    attributes = {"role": codes.ROLE[body.role]}
    if kind := codes.ORGANISATION_TYPE.get(body.organisation_type):
        attributes["type"] = kind
    if body.code:
        attributes[f"{{{NAMESPACE}}}code"] = body.code
    _narratives(ET.SubElement(element, "participating-org", attributes), {"fr": body.name})


def _dates(element: ET.Element, activity: Activity) -> None:
    planned_start = activity.status == "pipeline"
    planned_end = activity.status in RUNNING
    for partial, kind in (
        (activity.start_date, codes.START[planned_start]),
        (activity.end_date, codes.END[planned_end]),
    ):
        if partial:
            date = ET.SubElement(element, "activity-date", {"type": kind, "iso-date": whole(partial)})
            if partial != whole(partial):  # the day is the standard's need, not a fact: what is known is said in words
                ET.SubElement(date, "narrative").text = partial
    if not activity.start_date and not activity.end_date:
        _unknown(ET.SubElement(element, "activity-date", {"type": codes.START[planned_start], "iso-date": NO_DATE}))


def _unknown(element: ET.Element) -> None:
    """Say in words that what the standard requires is not known."""
    element.set(UNKNOWN, "true")
    _narratives(element, {"fr": "inconnu", "ar": "غير معروف", "en": "unknown"})


def whole(partial: str) -> str:
    """Return the first day of a partial date, as the standard asks for a whole one.

    Examples
    --------
    >>> whole("2014"), whole("2014-03")
    ('2014-01-01', '2014-03-01')
    """
    return partial + "-01-01"[len(partial) - len("2014") :]


def _place(element: ET.Element, place: ActivityPlace) -> None:
    location = ET.SubElement(element, "location", {"ref": place.territory_code})
    ET.SubElement(location, "location-reach", {"code": codes.REACH_ACTIVITY})
    if place.place_name or place.name:
        _narratives(ET.SubElement(location, "name"), {"fr": place.place_name or place.name})
    if place.place_name and place.name:
        _narratives(ET.SubElement(location, "description"), {"fr": place.name})
    if place.lon is not None and place.lat is not None:
        point = ET.SubElement(location, "point", {"srsName": "http://www.opengis.net/def/crs/EPSG/0/4326"})
        ET.SubElement(point, "pos").text = f"{place.lat!r} {place.lon!r}"  # EPSG:4326: latitude first
    ET.SubElement(location, "exactness", {"code": place.exactness or "2"})
    is_point = place.lon is not None
    kind = codes.CLASS_PLACE if is_point or place.place_name else codes.CLASS_ADMINISTRATIVE
    ET.SubElement(location, "location-class", {"code": kind})


def _sectors(element: ET.Element, sectors: Sequence[ActivitySector]) -> None:
    """Write both vocabularies, each summing to 100 as the standard asks: ours, and the DAC's where it covers all."""
    for sector in sectors:
        attributes = {"vocabulary": codes.OURS, "code": sector.code}
        _share(attributes, sector.share_pct)
        _narratives(ET.SubElement(element, "sector", attributes), {"fr": sector.label} if sector.label else {})
    if sectors and all(sector.dac_code for sector in sectors):
        shares: dict[str, float | None] = {}
        for sector in sectors:
            code = str(sector.dac_code)
            shares[code] = (shares.get(code) or 0.0) + sector.share_pct if sector.share_pct is not None else None
        for code, share in shares.items():
            attributes = {"vocabulary": codes.DAC_5, "code": code}
            _share(attributes, share)
            ET.SubElement(element, "sector", attributes)


def _share(attributes: dict[str, str], share: float | None) -> None:
    if share is not None:
        attributes["percentage"] = f"{share:.6g}"


def _money(element: ET.Element, activity: Activity) -> None:
    year = activity.amount_year or int((activity.start_date or activity.end_date or "0")[:4])
    if activity.amount is None or not activity.currency or not year:
        return
    date = whole(activity.start_date or str(year))
    transaction = ET.SubElement(element, "transaction")
    ET.SubElement(transaction, "transaction-type", {"code": codes.COMMITMENT})
    ET.SubElement(transaction, "transaction-date", {"iso-date": date})
    value = {"currency": activity.currency, "value-date": date}
    ET.SubElement(transaction, "value", value).text = activity.amount


def _source(element: ET.Element, activity: Activity) -> None:
    link = ET.SubElement(element, "document-link", {"url": as_uri(str(activity.source_url)), "format": "text/html"})
    _narratives(ET.SubElement(link, "title"), {"fr": "Page d'où viennent les faits"})
    ET.SubElement(link, "category", {"code": codes.WEB_PAGE})
    if activity.source_date:
        ET.SubElement(link, "document-date", {"iso-date": whole(activity.source_date)})


def _picture(element: ET.Element, picture: ActivityPicture) -> None:
    """Link a picture that may be passed on; whose it is and its licence stand with it."""
    link = ET.SubElement(element, "document-link", {"url": as_uri(picture.address), "format": picture.media_type})
    _narratives(ET.SubElement(link, "title"), picture.shows or {"fr": "Image", "ar": "صورة", "en": "Picture"})
    said = f"{picture.credit} – {picture.licence}, {picture.licence_url}"
    _narratives(ET.SubElement(link, "description"), {"fr": said})
    ET.SubElement(link, "category", {"code": codes.ABOUT_RESULTS})


def as_uri(address: str) -> str:
    """Write an address as a URI: what browsers forgive (brackets, spaces, letters of any script) is percent-encoded."""
    return quote(address, safe="%:/?#@!$&'()*+,;=~-._")


def _own(element: ET.Element, activity: Activity) -> None:
    """Write what only the atlas says, in its own namespace; each is optional to whoever reads the file."""
    address = activity.source_url or ""
    own = {
        "status": activity.status if activity.status not in codes.ACTIVITY_STATUS else None,
        "amount": activity.amount,
        "currency": activity.currency,
        "amount-year": None if activity.amount_year is None else str(activity.amount_year),
        "precision": activity.precision,
        "source-date": activity.source_date,
        "source-url": _allowed(address) if as_uri(address) != address else None,
        "territories": HCP if activity.places else None,
    }
    ET.SubElement(element, f"{{{NAMESPACE}}}project", {name: value for name, value in own.items() if value})


def _allowed(text: str) -> str:
    """Leave out the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")


def _in_comment(value: object) -> str:
    return _allowed(str(value)).replace("--", "– ").rstrip("-")
