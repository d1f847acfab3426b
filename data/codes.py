"""Names become codes through written lists only; an unseen name stops the work so that somebody decides."""

import unicodedata
from collections.abc import Collection, Mapping

from data.errors import CodeError

CLOSE_NAMES_SHOWN = 3


def resolve(
    name: str,
    aliases: Mapping[str, str],
    *,
    where: str,
    file: str,
    fixes: Mapping[str, str] | None = None,
    ignored: Collection[str] = (),
) -> str | None:
    """Return the code meant by a name, by exact lookup.

    Parameters
    ----------
    name
        Spelling found in a source; outer and doubled spaces do not count, everything else does.
    aliases
        Spelling → code. Several spellings may give one code.
    where
        The row the name stands in, said in the error message.
    file
        The list to complete when the name is unknown, said in the error message.
    fixes
        Wrong spelling → spelling of `aliases`, for slips of the pen that are not a name of their own.
    ignored
        Spellings known to mean nothing.

    Returns
    -------
    str or None
        The code; None when the spelling is one of `ignored`.

    Raises
    ------
    CodeError
        The spelling is in none of the three lists. The message names the row, the spelling, up to three spellings
        of the list that fold to the same letters, and the file to complete. Nothing is guessed.

    Examples
    --------
    >>> resolve(" ABHSM ", {"ABHSM": "abh-souss-massa"}, where="C027", file="aliases.csv")
    'abh-souss-massa'
    """
    spelling = " ".join(name.split())
    spelling = (fixes or {}).get(spelling, spelling)
    if spelling in ignored:
        return None
    if spelling in aliases:
        return aliases[spelling]
    alike = sorted(known for known in aliases if folded(known) == folded(spelling))[:CLOSE_NAMES_SHOWN]
    hint = f" (same letters as {', '.join(f'«{known}»' for known in alike)})" if alike else ""
    raise CodeError(
        f"{where}: unknown name «{spelling}»{hint}; allowed: the {len(aliases)} spellings of {file}; "
        f"add a line for it there, or mend the source row"
    )


def folded(name: str) -> str:
    """Return the bare letters and digits of a name, to find two entries that are one (never to match a name).

    Examples
    --------
    >>> folded("Agence de l’Eau – R.M.C.") == folded("agence de l'eau RMC")
    True
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
