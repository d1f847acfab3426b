"""The way from a sheet to the page where an error is reported, already saying what it is about."""

from collections.abc import Mapping
from urllib.parse import urlencode

from data.texts import Texts


def report_link(subject: str, kind: str, t: Texts) -> Mapping[str, str]:
    """Return the link: `url` (of the page `corrections`) and `label`; `kind` is a `subject_kind` of records.toml."""
    asked = urlencode({"subject": subject, "subject_kind": kind, "lang": t.language})
    return {"url": f"corrections?{asked}", "label": t("corrections.report")}
