"""What was decided about doubtful rows: the hand-made list, and the decisions that follow from a rule."""

from typing import NamedTuple

import pandas as pd

from data.prepare.reading import read_decisions


class Decision(NamedTuple):
    """What was decided about one field of one row: the kind of doubt, what the source says, what we do, why."""

    project_code: str
    field: str
    rule: str
    found: str
    decided: str
    reason: str


def decisions(register: pd.DataFrame, projects: pd.DataFrame, locations: pd.DataFrame) -> pd.DataFrame:
    """Return one row per project and field about which something had to be decided.

    A decision written by hand in `decisions/doubts.csv` stands before one that follows from a rule.
    """
    rows = [
        *(Decision(*row) for row in read_decisions("doubts").itertuples(index=False, name=None)),
        *_places(register, projects, locations),
        *_envelopes(projects),
        *_sectors(register),
        *_money(projects),
    ]
    table = pd.DataFrame(rows, columns=list(Decision._fields)).drop_duplicates(["project_code", "field"], keep="first")
    return table.sort_values(["project_code", "field"])


def _places(register: pd.DataFrame, projects: pd.DataFrame, locations: pd.DataFrame) -> list[Decision]:
    villages, places = read_decisions("villages"), read_decisions("places")
    rows: list[Decision] = []
    for code, matched in villages.groupby("project_code"):
        names = ", ".join(matched["place_name"])
        decided = "; ".join(v["douar_code"] or f"GeoNames {v['geonames_id']}" for v in matched.to_dict("records"))
        reason = " ".join(dict.fromkeys(matched["reason"]))
        rows.append(Decision(str(code), "douar_code", "village_matched", names, decided, reason))
        if register.loc[str(code), "precision"] != "village":
            said = register.loc[str(code), "precision"]
            why = "Le titre ou la source nomme le village et son nom est retrouvé dans la commune."
            rows.append(Decision(str(code), "precision", "village_matched", said, "village", why))
    lost = projects[(register["precision"] == "village") & (projects["precision"] != "village")]
    for code, precision in lost["precision"].items():
        named = "; ".join(locations.loc[locations["project_code"] == code, "place_name"])
        why = "La source dit le village sans qu’on puisse le retrouver de façon sûre : pas de point."
        rows.append(Decision(str(code), "precision", "village_not_found", f"village ({named})", precision, why))
    for code, added in places[places["reason"] != ""].groupby("project_code"):
        decided = "; ".join(added["territory_code"])
        reason = " ".join(dict.fromkeys(added["reason"]))
        rows.append(
            Decision(str(code), "project_locations", "place_deduced", "; ".join(added["place_name"]), decided, reason)
        )
    return rows


def _envelopes(projects: pd.DataFrame) -> list[Decision]:
    reasons = {
        "package": "Opérations financées ensemble : ce qu’elle contient est retiré de son montant.",
        "framework": "Programme dont le contenu n’est pas détaillé : montré, jamais additionné.",
    }
    rows = [
        Decision(str(row.Index), "envelope", "envelope", row.title_fr, row.envelope, reasons[row.envelope])
        for row in projects[projects["envelope"] != ""].itertuples()
    ]
    rows += [
        Decision(
            str(row.Index),
            "part_of",
            "overlap",
            row.title_fr,
            row.part_of,
            f"Comprise dans {row.part_of} selon la source.",
        )
        for row in projects[projects["part_of"] != ""].itertuples()
    ]
    rows += [
        Decision(
            str(row.Index),
            "same_as",
            "duplicate",
            row.title_fr,
            row.same_as,
            f"Même opération que {row.same_as} : comptée là.",
        )
        for row in projects[projects["same_as"] != ""].itertuples()
    ]
    return rows + _exceeded(projects)


def _exceeded(projects: pd.DataFrame) -> list[Decision]:
    parts = projects[projects["part_of"] != ""].groupby("part_of")["amount_mad"].sum()
    packages = projects[projects["envelope"] == "package"]
    over = packages[
        parts.reindex(packages.index).astype("Float64").fillna(0) > packages["amount_mad"].fillna(float("inf"))
    ]
    why = "Les parties connues dépassent l’enveloppe (années et monnaies différentes) : l’enveloppe compte zéro."
    return [
        Decision(str(code), "counted_mad", "parts_exceed_package", f"{amount:.2f} DH", "0 DH", why)
        for code, amount in over["amount_mad"].items()
    ]


def _sectors(register: pd.DataFrame) -> list[Decision]:
    rows: list[Decision] = []
    for code, shares in read_decisions("sectors").groupby("project_code"):
        decided = "; ".join(f"{row.sector_code} {row.share_pct} %" for row in shares.itertuples())
        reason = shares["reason"].iloc[0]
        rule = "declared_shares" if reason else "equal_sector_shares"
        equal = "Le titre nomme plusieurs secteurs sans en donner les parts : parts égales."
        rows.append(
            Decision(str(code), "project_sectors", rule, register.loc[str(code), "secteur"], decided, reason or equal)
        )
    return rows


def _money(projects: pd.DataFrame) -> list[Decision]:
    unknown = projects[projects["amount"].notna() & projects["amount_mad"].isna()]
    why = "Montant en devise sans année : il n’est pas converti et n’entre dans aucune somme en dirhams."
    return [
        Decision(str(row.Index), "amount_mad", "currency_not_converted", f"{row.amount:.0f} {row.currency}", "", why)
        for row in unknown.itertuples()
    ]
