"""Which calls fit a body, and why not: each rule says met, not met, to be checked, or missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.boundaries import Territories
from geo.match_reasons import Finding

CLOSED = "closed"
FITS, TO_CHECK, NO = "fits", "to_check", "no"
VERDICTS = (FITS, TO_CHECK, NO)


@dataclass(frozen=True)
class Applicant:
    """Who asks for money, for what.

    Attributes
    ----------
    organisation_type
        Code of `organisation_types.toml`; None when not said.
    country
        ISO code of its seat; None when not said.
    territory_code
        Where the project is; None when not said.
    sector_codes
        Its sectors; empty when not said.
    amounts
        Currency → amount sought, in the currencies it can be said in; empty when not said.
    """

    organisation_type: str | None = None
    country: str | None = None
    territory_code: str | None = None
    sector_codes: tuple[str, ...] = ()
    amounts: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Calls:
    """The calls with what each asks for: eligible types, territories, sectors, funders (call code → codes)."""

    table: pd.DataFrame
    types: Mapping[str, tuple[str, ...]]
    territories: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, tuple[str, ...]]
    funders: Mapping[str, tuple[str, ...]]
    hierarchy: Territories

    @classmethod
    def of_tables(cls, tables: Mapping[str, pd.DataFrame], hierarchy: Territories) -> "Calls":
        """Build from calls, call_eligibility, call_territories, call_sectors and call_funders."""
        return cls(
            table=tables["calls"],
            types=_lists(tables["call_eligibility"], "organisation_type"),
            territories=_lists(tables["call_territories"], "territory_code"),
            sectors=_lists(tables["call_sectors"], "sector_code"),
            funders=_lists(tables["call_funders"], "organisation_code"),
            hierarchy=hierarchy,
        )

    def findings(self, code: str, applicant: Applicant, *, today: str) -> list[Finding]:
        """Return every rule of a call with how the applicant stands to it.

        Parameters
        ----------
        code
            The call.
        applicant
            Who asks; what is not said is missing, never a refusal.
        today
            ISO date: a deadline before it is past.
        """
        call = self.table.set_index("call_code").loc[code]
        return [
            _state(call, today),
            _member("type", applicant.organisation_type, self.types.get(code, ())),
            _country(call, applicant.country),
            self._territory(code, applicant.territory_code),
            _sector(applicant.sector_codes, self.sectors.get(code, ())),
            _amount(call, applicant.amounts or {}),
        ]

    def for_applicant(self, applicant: Applicant, *, today: str) -> pd.DataFrame:
        """Return all calls with a verdict: those that fit, those to check, then those that do not.

        Returns
        -------
        pandas.DataFrame
            call_code, verdict (of `VERDICTS`: `fits` = every rule met; `no` = one at least not met), met (how many
            rules are), reasons (codes of the rules not met, joined by ";"); ordered by verdict, met, deadline (latest
            first), code.
        """
        rows = []
        for code, deadline in zip(self.table["call_code"], self.table["deadline"], strict=True):
            found = self.findings(code, applicant, today=today)
            kinds = [one.kind for one in found]
            verdict = NO if "not_met" in kinds else FITS if set(kinds) == {"met"} else TO_CHECK
            refused = ";".join(one.code for one in found if one.kind == "not_met")
            rows.append((code, verdict, kinds.count("met"), refused, "" if pd.isna(deadline) else deadline))
        table = pd.DataFrame(rows, columns=["call_code", "verdict", "met", "reasons", "deadline"])
        table["order"] = table["verdict"].map({verdict: position for position, verdict in enumerate(VERDICTS)})
        table = table.sort_values(["order", "met", "deadline", "call_code"], ascending=[True, False, False, True])
        return table.drop(columns=["order", "deadline"]).reset_index(drop=True)

    def _territory(self, code: str, territory_code: str | None) -> Finding:
        asked = self.territories.get(code, ())
        facts = {"territories": asked}
        if not asked:
            return Finding("not_met", "call_abroad_only")
        if territory_code is None:
            return Finding("missing", "call_territory", facts)
        inside = any(self.hierarchy.is_within(territory_code, wide) for wide in asked)
        return Finding("met" if inside else "not_met", "call_territory", {**facts, "territory": territory_code})


def _state(call: pd.Series, today: str) -> Finding:
    facts = {"state": call["state"], "deadline": _known(call["deadline"]), "source_date": _known(call["source_date"])}
    if call["state"] == CLOSED:
        return Finding("not_met", "call_closed", facts)
    if call["state"] == "recurring":
        return Finding("verify", "call_recurring", facts)
    # A partial date is past when today is past its end: 2024-05 is past from 2024-06-01 on.
    if facts["deadline"] and today[: len(facts["deadline"])] > facts["deadline"]:
        return Finding("not_met", "call_deadline_past", facts)
    if call["state"] == "open" and facts["deadline"]:
        return Finding("met", "call_open", facts)
    return Finding("verify", "call_open_then" if call["state"] == "open" else "call_state_unknown", facts)


def _member(name: str, value: str | None, allowed: Collection[str]) -> Finding:
    facts = {"allowed": tuple(allowed), "value": value}
    if not allowed:
        return Finding("verify", f"call_{name}_unsaid", facts)
    if value is None:
        return Finding("missing", f"call_{name}", facts)
    return Finding("met" if value in allowed else "not_met", f"call_{name}", facts)


def _country(call: pd.Series, country: str | None) -> Finding:
    asked = _known(call["eligible_country"])
    facts = {"allowed": asked, "value": country}
    if asked is None:
        return Finding("verify", "call_country_unsaid", facts)
    if country is None:
        return Finding("missing", "call_country", facts)
    return Finding("met" if country == asked else "not_met", "call_country", facts)


def _sector(own: Collection[str], asked: Collection[str]) -> Finding:
    facts = {"allowed": tuple(asked), "shared": tuple(code for code in asked if code in own)}
    if not own:
        return Finding("missing", "call_sector", facts)
    return Finding("met" if facts["shared"] else "not_met", "call_sector", facts)


def _amount(call: pd.Series, amounts: Mapping[str, float]) -> Finding:
    currency = _known(call["currency"])
    facts: dict[str, Any] = {
        "currency": currency,
        "amount_min": _known(call["amount_min"]),
        "amount_max": _known(call["amount_max"]),
    }
    if currency is None:
        return Finding("verify", "call_amount_unsaid", facts)
    sought = amounts.get(currency)
    if sought is None:
        return Finding("missing", "call_amount", facts)
    facts["amount"] = sought
    if facts["amount_max"] is not None and sought > facts["amount_max"]:
        return Finding("not_met", "call_amount_above", facts)
    if facts["amount_min"] is not None and sought < facts["amount_min"]:
        return Finding("not_met", "call_amount_below", facts)
    return Finding("met", "call_amount", facts)


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _lists(table: pd.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    return {str(code): tuple(codes) for code, codes in table.groupby("call_code", sort=False)[column]}
