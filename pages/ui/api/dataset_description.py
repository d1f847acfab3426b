"""The atlas as a dataset, for catalogues and search engines: sources, licences, files (DCAT, schema.org)."""

from typing import Any

from data.catalog import Source, in_language
from data.texts import Texts, languages
from pages.ui.api.api_collections import COLLECTIONS
from pages.ui.knowledge import Knowledge

TABLES = ("projects", "project_locations", "territories", "rates", "observations", "villages")
GEOJSON = "application/geo+json"


def dcat(base: str, know: Knowledge, t: Texts) -> dict[str, Any]:
    """Describe the dataset for catalogues; `base` is the address of the API."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "schema": "https://schema.org/",
        },
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "@id": base,
        "dct:title": {"@value": t("dataset.title"), "@language": t.language},
        "schema:name": t("dataset.title"),
        "dct:description": {"@value": t("api.lead"), "@language": t.language},
        "schema:description": t("api.lead"),
        "dcat:version": know.version,
        "schema:version": know.version,
        "dct:language": list(languages()),
        "schema:numberOfItems": len(know.register),
        "dct:source": [
            {
                "dct:title": in_language(source.title, t.language),
                "dct:publisher": in_language(source.publisher, t.language),
                "dct:license": _licence(source, t),
                "dct:issued": source.date,
                "dcat:landingPage": source.url,
            }
            for source in _sources(know)
        ],
        "dcat:distribution": [
            {
                "@type": ["dcat:Distribution", "schema:DataDownload"],
                "dct:title": {"@value": t(f"api.path.{collection.name}"), "@language": t.language},
                "dcat:accessURL": f"{base}/{collection.name}",
                "schema:contentUrl": f"{base}/{collection.name}",
                "dcat:mediaType": GEOJSON,
                "schema:encodingFormat": GEOJSON,
            }
            for collection in COLLECTIONS
        ],
    }


def schema_org(site: str, base: str, know: Knowledge, t: Texts) -> dict[str, Any]:
    """Describe the dataset in the head of a page, as search engines read it.

    Parameters
    ----------
    site, base
        Addresses of the atlas and of its API.
    """
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{site}/#dataset",
        "name": t("dataset.title"),
        "description": t("api.lead"),
        "url": f"{site}/sources?lang={t.language}",
        "inLanguage": list(languages()),
        "version": know.version,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": t("atlas.name"), "url": f"{site}/"},
        "spatialCoverage": {"@type": "Place", "name": know.territories.name("MA", t.language)},
        "variableMeasured": [t(f"api.path.{collection.name}") for collection in COLLECTIONS],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": in_language(source.title, t.language),
                "publisher": in_language(source.publisher, t.language),
                "license": _licence(source, t),
                **({"datePublished": source.date} if source.date else {}),
                **({"url": source.url} if source.url else {}),
            }
            for source in _sources(know)
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": t(f"api.path.{collection.name}"),
                "encodingFormat": GEOJSON,
                "contentUrl": f"{base}/{collection.name}",
            }
            for collection in COLLECTIONS
        ],
    }


def _sources(know: Knowledge) -> list[Source]:
    return [know.catalog.sources[code] for code in know.catalog.sources_of(*TABLES)]


def _licence(source: Source, t: Texts) -> str:
    return source.licence_url or in_language(source.licence, t.language)
