"""The amount of a row: its currency, what its column counts in, what of it cannot be."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from data.imports.amounts import Money
from data.imports.answers import SEVERAL
from data.imports.candidate import Draft
from data.imports.cells import read_cell
from data.imports.outcome import Ambiguous, Option, Outcome, settled
from data.imports.plan import ImportPlan
from data.records.contract import LARGEST_AMOUNT

CENTIME, NOISE = Decimal("0.01"), Decimal("0.000001")


def read_money(draft: Draft, cells: Mapping[str, Any], plan: ImportPlan, readings: Mapping[str, str]) -> None:
    """Write the amount and currency of a row into its draft, or why there is none."""
    cell = cells.get("amount")
    money = draft.take("amount", read_cell("amount", cell, readings.get("amount")), cell)
    currency = draft.take("currency", read_cell("currency", cells.get("currency"), None), cells.get("currency"))
    if money is None:
        return
    amount = _counted(draft, money, cell, plan, readings.get("amount"))
    if amount is None:
        return
    if amount < 0:
        draft.refuse("amount", cell, "negative")
        return
    known = money.currency or currency or plan.defaults.get("currency")
    if money.currency and currency and money.currency != currency:
        draft.refuse("amount", cell, "two_currencies")
        return
    if known is None:
        draft.refuse("amount", cell, "no_currency")
        return
    if amount > LARGEST_AMOUNT:
        draft.refuse("amount", cell, "contract_out_of_range", f"0 – {LARGEST_AMOUNT}")
        return
    rounded = amount.quantize(CENTIME)
    if abs(rounded - amount) > NOISE:
        draft.notes.append(draft.said("amount", cell, "rounded"))
    draft.content["amount"] = f"{rounded:f}" if rounded % 1 else f"{rounded:.0f}"
    draft.content["currency"] = known


def _counted(draft: Draft, money: Money, cell: Any, plan: ImportPlan, reading: str | None) -> Decimal | None:
    """Return an amount in units of its currency, where its column counts in thousands or millions.

    « 3 MDH » has said it already. « 3 DH » in a column of MDH may mean either: that is asked.
    """
    if plan.factor == 1 or money.is_counted:
        return money.amount
    counted = money.amount * plan.factor
    if money.currency is None:
        return counted
    outcome: Outcome = Ambiguous("unit_of_column", (Option(counted, "counted"), Option(money.amount, "whole")))
    for part in (reading or "").split(SEVERAL):
        outcome = settled(outcome, part)
    found = draft.take("amount", outcome, cell)
    return found if isinstance(found, Decimal) else None
