"""Which office to contact: for a territory and a subject, the nearest first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from geo.boundaries import Territories

LEVELS = ("commune", "province", "region", "national")
"""Levels of offices, the nearest first."""
HOME = "MA"


@dataclass(frozen=True)
class Offices:
    """The offices with the territories and subjects of each.

    Attributes
    ----------
    table
        The table `competences`.
    territories, subjects
        Competence code → the codes it serves, and is about.
    hierarchy
        The territories.
    """

    table: pd.DataFrame
    territories: Mapping[str, frozenset[str]]
    subjects: Mapping[str, frozenset[str]]
    hierarchy: Territories

    @classmethod
    def of_tables(cls, tables: Mapping[str, pd.DataFrame], hierarchy: Territories) -> "Offices":
        """Build from competences, competence_territories and competence_subjects."""
        return cls(
            table=tables["competences"],
            territories=_sets(tables["competence_territories"], "territory_code"),
            subjects=_sets(tables["competence_subjects"], "subject_code"),
            hierarchy=hierarchy,
        )

    def of(self, territory_code: str, subjects: Collection[str] = ()) -> pd.DataFrame:
        """Return the offices that serve a territory, the nearest level first, then in the order of the table.

        Parameters
        ----------
        territory_code
            A commune also has the offices of its province, its region and the country.
        subjects
            Sectors or topics; nothing = any.

        Returns
        -------
        pandas.DataFrame
            Rows of `competences`, with `subjects` (those asked for that it is about, in its own order when none were).
            Offices that serve people abroad are not listed: see `abroad`.

        Raises
        ------
        CodeError
            The territory is unknown.
        """
        chain = {territory_code, *self.hierarchy.ancestors(territory_code)}
        near = self.table["competence_code"].map(lambda code: bool(chain & self.territories.get(code, frozenset())))
        return self._about(self.table[near.to_numpy(bool)], subjects)

    def abroad(self, country: str, subjects: Collection[str] = ()) -> pd.DataFrame:
        """Return the offices that serve people who live in a country, and those for every country of residence."""
        nowhere = ~self.table["competence_code"].isin(set(self.territories))
        there = nowhere & (self.table["country"].isna() | (self.table["country"] == country))
        return self._about(self.table[there.to_numpy(bool)], subjects)

    def _about(self, rows: pd.DataFrame, subjects: Collection[str]) -> pd.DataFrame:
        known = [self.subjects.get(code, frozenset()) for code in rows["competence_code"]]
        held = [sorted(own & set(subjects) if subjects else own) for own in known]
        rows = rows.assign(subjects=pd.Series(held, index=rows.index, dtype=object))
        if subjects:
            rows = rows[[bool(own) for own in held]]
        order = rows["level"].map({level: position for position, level in enumerate(LEVELS)})
        return rows.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def _sets(table: pd.DataFrame, column: str) -> dict[str, frozenset[str]]:
    return {str(code): frozenset(codes) for code, codes in table.groupby("competence_code")[column]}
