"""IATI activities of any version read as projects: ours come back as they left, others with what they say.

Versions 1.x have texts without narratives, roles and date types as words, locations without classes: both are read. The
XML is taken apart by defusedxml: a document type or an entity is refused.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from data.errors import TableError
from data.exchange import iati_codes as codes
from data.exchange.activity import Activity, ActivityBody, ActivityPlace, ActivitySector, Words
from data.exchange.iati_file import LANGUAGE, LANGUAGES, NAMESPACE, PREFIX, UNKNOWN, as_uri

ROOT, ACTIVITY = "iati-activities", "iati-activity"
FILE = "iati"
COMMITMENTS = codes.TRANSACTION_COMMITMENT
COUNTRY = "MA"
_DECIMAL = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
TYPES = {code: word for word, code in reversed(codes.ORGANISATION_TYPE.items())}


def read_iati(content: bytes) -> list[Activity]:
    """Read the activities of a file, in its order.

    Raises
    ------
    TableError
        It is no XML, holds a document type or entities, or its root is not `iati-activities`.
    """
    try:
        root = fromstring(content.lstrip(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise TableError(FILE, [f"not an XML file that can be read ({error})"], reason="damaged") from error
    _without_namespace(root)
    if _tag(root) == ACTIVITY:
        return [_activity(root)]
    if _tag(root) != ROOT:
        raise TableError(FILE, [f"the root is <{_tag(root)[:60]}>; allowed: <{ROOT}>"], reason="contract")
    return [_activity(element) for element in root if _tag(element) == ACTIVITY]


def _activity(element: Element) -> Activity:
    own = element.find(f"{{{NAMESPACE}}}project")
    own_facts = {} if own is None else dict(own.attrib)
    language = _language(element, LANGUAGES[0])
    descriptions = _descriptions(element, language)
    dates = dict(_dates(element))
    status = own_facts.get("status") or codes.STATUS_WORD.get(_code(element, "activity-status"), "unknown")
    title = _words(_all(element, "title"), language)
    description = descriptions.get("1", {})
    amount, currency, year = _money(element, own_facts)
    related = {
        child.get("type"): child.get("ref", "").removeprefix(PREFIX) for child in _all(element, "related-activity")
    }
    links = _all(element, "document-link")
    link = next((one for one in links if not (one.get("format") or "").startswith("image/")), None)
    return Activity(
        identifier=_text(next(_all(element, "iati-identifier"), None)).removeprefix(PREFIX),
        title=title,
        description={} if description == title else description,
        status=status,
        start_date=dates.get("start"),
        end_date=dates.get("end"),
        sectors=tuple(_sectors(element)),
        places=tuple(_places(element, is_own=own is not None)),
        bodies=tuple(body for child in _all(element, "participating-org") if (body := _body(child))),
        amount=amount,
        currency=currency,
        amount_year=year,
        beneficiaries_said=_any(descriptions.get("3", {})),
        part_of=related.get(codes.RELATED["part_of"]),
        same_as=related.get(codes.RELATED["same_as"]),
        source_url=_address(link, own_facts.get("source-url")),
        source_date=own_facts.get("source-date"),
        precision=own_facts.get("precision"),
    )


def _address(link: Element | None, own: str | None) -> str | None:
    """Return the address of a link; as the atlas writes it, as long as nobody changed the link since."""
    url = None if link is None else link.get("url")
    return own if own and as_uri(own) == url else url


def _without_namespace(root: Element) -> None:
    """Take the elements of a namespace that the standard does not have, and some files declare, for its own."""
    if root.tag.startswith("{"):
        space = root.tag.partition("}")[0] + "}"
        for element in root.iter():
            if isinstance(element.tag, str):
                element.tag = element.tag.removeprefix(space)


def _language(element: Element, default: str) -> str:
    return (element.get(LANGUAGE) or default)[:2].lower()


def _words(elements: Iterable[Element], default: str = LANGUAGES[0]) -> Words:
    """Return the narratives by language; of an older file, the texts themselves, one element a language."""
    found: dict[str, list[str]] = {}
    for element in elements:
        own = _language(element, default)
        narratives = [(_language(one, own), _text(one)) for one in _all(element, "narrative")]
        for language, text in narratives if any(text for _, text in narratives) else [(own, _text(element))]:
            if text and text not in found.setdefault(language, []):
                found[language].append(text)
    return {language: "\n".join(texts) for language, texts in found.items() if texts}


def _descriptions(element: Element, language: str) -> dict[str, Words]:
    by_type: dict[str, list[Element]] = {}
    for child in _all(element, "description"):
        by_type.setdefault(child.get("type", "1"), []).append(child)
    return {kind: _words(children, language) for kind, children in by_type.items()}


def _as_date(said: str) -> str:
    """Return the date a text begins with, or is; empty when there is none."""
    found = re.fullmatch(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[TZ+ ].*)?", said)
    return found[1] if found else ""


def _any(words: Words) -> str | None:
    return next(iter(words.values()), None)


def _dates(element: Element) -> Iterator[tuple[str, str]]:
    """Yield start and end, what is planned before what is: the later of a kind wins."""
    found = []
    for child in _all(element, "activity-date"):
        end, planned = codes.DATE_WORD.get(child.get("type", ""), ("", True))
        said = _any(_words([child])) or ""
        iso = (child.get("iso-date") or "").strip()
        date = said if re.fullmatch(r"\d{4}(-\d\d)?", said) else iso or _as_date(said)
        if end and date:
            found.append((not planned, end, _as_date(date) or date))
    yield from ((end, date) for _, end, date in sorted(found))


def _sectors(element: Element) -> Iterator[ActivitySector]:
    """Yield sectors of our own vocabulary when the file is ours, else those of the DAC, else whatever there is."""
    listed = [(child.get("vocabulary") or codes.DAC_5, child) for child in _sector_elements(element)]
    ours = [child for vocabulary, child in listed if vocabulary == codes.OURS]
    by_purpose = [[child for vocabulary, child in listed if vocabulary in known] for known in codes.DAC_VOCABULARIES]
    dac = next(filter(None, by_purpose), [])
    is_ours = element.find(f"{{{NAMESPACE}}}project") is not None
    dac_codes = [child.get("code") for child in dac]
    for number, child in enumerate(ours if is_ours else dac or [child for _, child in listed]):
        share = child.get("percentage")
        code = child.get("code", "")
        same_length = len(dac_codes) == len(ours)
        yield ActivitySector(
            code if is_ours else "",
            (dac_codes[number] if same_length else None) if is_ours else code or None,
            _number(share),
            _any(_words([child])) or "",
        )


def _sector_elements(element: Element) -> list[Element]:
    """Return the sectors of an activity, else those of its transactions, each once and without a share."""
    own = list(_all(element, "sector"))
    if own:
        return own
    found = (child for one in _all(element, "transaction") for child in _all(one, "sector"))
    return list({(child.get("vocabulary"), child.get("code")): child for child in found}.values())


def _places(element: Element, *, is_own: bool) -> Iterator[ActivityPlace]:
    """Yield the places of an activity; of one that names none, Morocco, or the countries that are not Morocco alone."""
    located = [_place(child, is_own=is_own) for child in _all(element, "location")]
    if located or is_own:
        yield from located
        return
    of = [element, *_all(element, "transaction")]
    countries = {(child.get("code") or "").upper() for one in of for child in _all(one, "recipient-country")} - {""}
    if countries == {COUNTRY}:
        yield ActivityPlace(COUNTRY)
    elif countries:
        yield ActivityPlace("", country=", ".join(sorted(countries)))


def _place(element: Element, *, is_own: bool) -> ActivityPlace:
    names = [_any(_words([child])) or "" for child in _all(element, "name")]
    described = [_any(_words([child])) or "" for child in _all(element, "description")] if is_own else []
    position = next((_text(pos) for point in _all(element, "point") for pos in _all(point, "pos")), "")
    older = next(_all(element, "coordinates"), None)
    if older is not None:
        position = f"{older.get('latitude', '')} {older.get('longitude', '')}"
    numbers = [_number(part) for part in position.replace(",", " ").split()]
    lat, lon = numbers if len(numbers) == len(("lat", "lon")) else (None, None)
    administrative = [child.get("code", "") for child in _all(element, "administrative")]
    is_place = is_own and _code(element, "location-class") == codes.CLASS_PLACE
    name = names[0] if names else ""
    return ActivityPlace(
        territory_code=element.get("ref") or (administrative[0] if administrative else ""),
        name=described[0] if described else ("" if is_place else name),
        place_name=name if is_place else "",
        lon=lon,
        lat=lat,
        exactness=_code(element, "exactness") or None if lon is not None else None,
    )


def _body(element: Element) -> ActivityBody | None:
    role = codes.ROLE_WORD.get(element.get("role", "").strip().capitalize())
    name = _any(_words([element])) or element.get("ref", "")
    if role is None or not name:
        return None
    return ActivityBody(role, name, element.get(f"{{{NAMESPACE}}}code", ""), TYPES.get(element.get("type", ""), ""))


def _money(element: Element, own: dict[str, str]) -> tuple[str | None, str | None, int | None]:
    """Return the commitment: what the atlas wrote, else the sum of the commitments when all are in one currency."""
    if "amount" in own:
        return own["amount"], own.get("currency"), int(own["amount-year"]) if "amount-year" in own else None
    default = element.get("default-currency")
    found = []
    commitments = (one for one in _all(element, "transaction") if _code(one, "transaction-type") in COMMITMENTS)
    for child in commitments:
        value = next(_all(child, "value"), None)
        if value is not None and _text(value):
            dates = (one.get("iso-date", "") for one in _all(child, "transaction-date"))
            date = value.get("value-date") or next(dates, "")
            found.append((_text(value), value.get("currency") or default, date[: len("2014")]))
    if not found:
        return None, None, None
    currencies = {currency for _, currency, _ in found}
    unread = next((said for said, *_ in found if not _DECIMAL.fullmatch(said)), None)
    if unread is not None or len(currencies) > 1:
        # Not one sum: what stands there is passed on, for somebody to decide.
        said = unread or " + ".join(f"{text} {currency or ''}".strip() for text, currency, _ in found)
        return said, currencies.pop() if len(currencies) == 1 else None, None
    years = sorted({year for *_, year in found if year.isdecimal()})
    total = sum(Decimal(text.replace(",", "")) for text, *_ in found)
    return f"{total:.2f}", currencies.pop(), int(years[0]) if years else None


def _all(element: Element, tag: str) -> Iterator[Element]:
    return (child for child in element if _tag(child) == tag and UNKNOWN not in child.attrib)


def _code(element: Element, tag: str) -> str:
    return next((child.get("code") or "" for child in _all(element, tag)), "")


def _text(element: Element | None) -> str:
    return "" if element is None or element.text is None else element.text.strip()


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is None or abs(number) < float("inf") else None


def _tag(element: Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""
