"""The practical guide: facts step by step, and the legal texts they rest on, in the words of the sources (French)."""

from pathlib import Path

import pandas as pd

from data.codes import resolve
from data.errors import CodeError
from data.prepare.reading import address, read_decisions, read_text, write_table
from data.prepare.translations import translated

STEPS_FILE = "data/prepare/decisions/guide_steps.csv"
TRANSLATED = ("fact", "delay", "cost", "verify")
VERIFIED, TO_VERIFY = "non", "oui"


def prepare(source: Path, tables: Path) -> None:
    """Write `guide_facts.csv` and `legal_texts.csv`."""
    write_table(guide_facts(read_text(source / "projects" / "guide_procedures.csv")), "guide_facts", tables)
    write_table(legal_texts(read_text(source / "projects" / "cadre_juridique.csv")), "legal_texts", tables)


def guide_facts(said: pd.DataFrame) -> pd.DataFrame:
    """Return one row per fact, in the order of the steps of its theme.

    Raises
    ------
    CodeError
        A step, a fact, a delay, a cost or a doubt without a translation, or a translation of what no source says (any
        more); a flag « à vérifier » that is neither « non » nor « oui : why ».
    """
    steps = read_decisions("guide_steps").set_index("step_fr")
    spellings = {step: step for step in steps.index}
    found = [
        resolve(row.etape, spellings, where=f"guide {row.theme} {row.ordre}", file=STEPS_FILE)
        for row in said.itertuples()
    ]
    flag = said["a_verifier"].str.partition(":")
    if wrong := set(flag[0].str.strip()) - {VERIFIED, TO_VERIFY}:
        raise CodeError(f"guide: a_verifier found «{wrong.pop()}»; allowed: non, or oui : the reason")
    addresses = said["source_url"].map(address)
    number = said.groupby("theme").cumcount() + 1
    facts = pd.DataFrame(
        {
            "fact_code": said["theme"] + "-" + number.astype(str).str.zfill(2),
            "theme_code": said["theme"],
            "step_order": said["ordre"],
            "step_fr": _typed(said["etape"]),
            "step_ar": steps.loc[found, "step_ar"].to_numpy(),
            "step_en": steps.loc[found, "step_en"].to_numpy(),
            "fact_fr": _typed(said["fait"]),
            "reference_fr": _typed(said["texte_ou_organisme"]),
            "delay_fr": _typed(said["delai"]),
            "cost_fr": _typed(said["cout"]),
            "to_verify": (flag[0].str.strip() == TO_VERIFY).map({True: "true", False: "false"}),
            "verify_fr": _typed(flag[2].str.strip()),
            "source_url": [url for url, _ in addresses],
            "source_date": said["date_source"],
        }
    )
    return translated(facts, TRANSLATED, decisions="guide_words")


def legal_texts(said: pd.DataFrame) -> pd.DataFrame:
    """Return the legal texts, with what of each was not read."""
    titles = read_decisions("legal_texts").set_index("name").loc[said["texte"]]
    addresses = said["source_url"].map(address)
    texts = pd.DataFrame(
        {
            "text_code": [f"L{number}" for number in range(1, len(said) + 1)],
            "title_fr": said["texte"],
            "title_ar": titles["title_ar"].to_numpy(),
            "title_en": titles["title_en"].to_numpy(),
            "reference_fr": said["reference"],
            "date": said["date"],
            "fact_fr": said["fait"],
            "limit_fr": said["limite"],
            "source_url": [url for url, _ in addresses],
            "source_said": [words for _, words in addresses],
        }
    )
    return translated(texts, ("fact", "limit"), decisions="law_words")


def _typed(words: pd.Series) -> pd.Series:
    return words.str.replace("'", "’")
