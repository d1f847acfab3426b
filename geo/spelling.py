"""The many ways a place name or an official code is written in Morocco, brought to one."""

import re
import unicodedata
from dataclasses import dataclass

from geo.folding import fold

# Words written in several ways in French texts; the HCP's usual one stands first.
_WRITINGS = {
    "ait": ("ayt", "ayet"),
    "oulad": ("ouled", "ouelad", "awlad", "aoulad", "ulad", "wlad"),
    "bni": ("beni", "banou", "banu"),
    "oued": ("ouad", "wad", "wadi", "ouadi"),
    "abdellah": ("abdallah", "abdullah"),
    "moulay": ("my", "mly", "moulai"),
    "mohamed": ("mohammed", "mohamad", "mohammad"),
    "ida ou": ("idaou", "idaw", "idao", "idou"),
}
_USUAL = {writing: usual for usual, writings in _WRITINGS.items() for writing in writings}
_ARTICLES = frozenset({"l", "el", "al", "la", "le", "les"})
_ARABIC_ARTICLE = "ال"
_SHORTEST_WITH_ARTICLE = 5  # the first two letters of الله are no article
_LEVEL_WORDS = {
    "region": ("region", "جهه"),
    "province": ("province", "prefecture", "اقليم", "عماله"),
    "commune": ("commune", "municipalite", "municipality", "جماعه", "بلديه"),
    "arrondissement": ("arrondissement", "district", "مقاطعه"),
}
_LEVEL_OF = {word: level for level, words in _LEVEL_WORDS.items() for word in words}
_AFTER_LEVEL = frozenset({"urbaine", "rurale", "territoriale", "urban", "rural", "de", "d", "du", "des", "of", "the"})
_CONTEXT = re.compile(r"(?P<name>[^,،(]+)[,،(](?P<context>[^()]+)\)?\s*")
_CODE = re.compile(r"[0-9][0-9.\s/-]*")
_SCRIPTS = (re.compile("[0-9a-z]"), re.compile("[\u0621-\u064a]"), re.compile("[\u2d30-\u2d67]"))
# Letters that stand for one sound, or are heard as one, in the order they are replaced.
_SOUNDS = (
    ("kh", "x"),
    ("gh", "r"),
    ("rh", "r"),
    ("ch", "c"),
    ("sh", "c"),
    ("dj", "j"),
    ("ou", "u"),
    ("w", "u"),
    ("o", "u"),
    ("y", "i"),
    ("e", "i"),
    ("q", "k"),
    ("g", "k"),
    ("h", ""),
)
_REPEATED = re.compile(r"(.)\1+")
_GLUED_ARTICLE = re.compile(r"^[ai]?l(?=[^aiu].{2})")  # of a word as it is heard
_VOWELS_WITHIN = re.compile(r"(?<=.)[aiu]")
CODE_WIDTHS = (2, 5, 9)
CITY_WIDTHS = (7, 8)


@dataclass(frozen=True)
class Query:
    """What a visitor asked for: the name in each script, and what they said of its level and of what contains it."""

    names: tuple[str, ...]
    level: str | None = None
    context: str | None = None


def name_key(name: str, *, joined: bool = True) -> str:
    """Return the letters by which two spellings of a name are compared.

    Accents, case, hyphens, apostrophes, spaces and articles do not count; Aït, Oulad, Ida Ou and a few others have
    one writing; Arabic letters lose vowel signs, stretching and hamza. Names are never carried from one script to
    another. With `joined=False` the words stay apart.

    Examples
    --------
    >>> name_key("Aït-Baha"), name_key("l'Oriental"), name_key("Ouled M'barek")
    ('aitbaha', 'oriental', 'ouladmbarek')
    >>> name_key("أيت باها") == name_key("آيت بــاها")
    True
    """
    words = [_USUAL.get(word, word) for word in fold(name).split()]
    kept = [_without_article(word) for word in words if word not in _ARTICLES] or words
    return ("" if joined else " ").join(kept)


def sound_key(key: str) -> str:
    """Return a key where letters often taken for one another are one: q, k and g; gh and rh; ou, w and o.

    Too coarse to decide, good enough to suggest.

    Examples
    --------
    >>> sound_key("lgliaa") == sound_key("lqliaa"), sound_key("igherm") == sound_key("irherm")
    (True, True)
    """
    for written, heard in _SOUNDS:
        key = key.replace(written, heard)
    return _REPEATED.sub(r"\1", key)


def consonant_key(spaced: str) -> str:
    """Return the words of a name by what is heard of them beside the vowels, an article glued to them left out.

    Vowels vary most from one writer to another: al-Ma`dar is Maader, Mader or Lma'dar. Coarser still than the sound: it
    suggests, among names whose words are compared whole.

    Examples
    --------
    >>> consonant_key("lmadar") == consonant_key("maader"), consonant_key("rassmouka") == consonant_key("rasmouka")
    (True, True)
    >>> consonant_key("tighmi") == consonant_key("tighirt")
    False
    """
    heard = (_GLUED_ARTICLE.sub("", sound_key(word)) for word in spaced.split())
    return " ".join(_REPEATED.sub(r"\1", _VOWELS_WITHIN.sub("", word)) for word in heard)


def official_codes(text: str) -> tuple[str, ...]:
    """Return the official codes a text of digits may stand for; empty when it is no code.

    Dots, spaces and the leading zero may be missing or not: 09.541.07.23., 9541 0723 and 95410723 are one. A city
    divided into arrondissements is written 01.511.01.0. by the HCP and has a zero more here.

    Examples
    --------
    >>> official_codes("09.541.07.23.")
    ('095410723',)
    >>> official_codes("Tiznit")
    ()
    """
    if text.strip().upper() == "MA":
        return ("MA",)
    digits = code_digits(text)
    codes = {digits.zfill(width) for width in CODE_WIDTHS if width - 1 <= len(digits) <= width}
    if len(digits) in CITY_WIDTHS:
        codes.add(digits.zfill(max(CITY_WIDTHS)) + "0")
    return tuple(sorted(codes))


def dotted(code: str) -> str:
    """Return an official code as the HCP writes it.

    Examples
    --------
    >>> dotted("095410723"), dotted("09541"), dotted("MA")
    ('09.541.07.23.', '09.541.', 'MA')
    """
    if not code.isdecimal():
        return code
    parts = (code[:2], code[2:5], code[5:7], code[7:])
    return "".join(f"{part}." for part in parts if part)


def code_digits(text: str) -> str:
    """Return the digits of a text that is a code or the beginning of one, in Western digits; empty when it is none.

    Examples
    --------
    >>> code_digits("٠٩.٥٤١"), code_digits("Agadir 2")
    ('09541', '')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    western = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in plain)
    return re.sub(r"[^0-9]", "", western) if _CODE.fullmatch(western) else ""


def read_query(text: str) -> Query:
    """Take apart what was typed: name, level said, container said; a name in Latin and Arabic gives one name each.

    Examples
    --------
    >>> read_query("province de Tiznit")
    Query(names=('tiznit',), level='province', context=None)
    >>> read_query("Oulad Aissa (Taroudannt)")
    Query(names=('oulad aissa',), level=None, context='Taroudannt')
    """
    parts = _CONTEXT.fullmatch(text)
    name, context = (parts["name"], parts["context"].strip()) if parts else (text, None)
    words, level = _level_said(fold(name).split())
    if context is not None:
        left, level_there = _level_said(fold(context).split(), alone=True)
        if not left:
            level, context = level_there, None
    latin, arabic, tifinagh = (" ".join(word for word in words if script.search(word)) for script in _SCRIPTS)
    # Few names are known in Tifinagh: beside another script it would only hide the namesakes.
    names = tuple(name for name in (latin, arabic) if name) or tuple(name for name in (tifinagh,) if name)
    return Query(names, level, context)


def _level_said(words: list[str], *, alone: bool = False) -> tuple[list[str], str | None]:
    """Return the words without those that say a level, and that level; a name is never emptied unless `alone`."""
    for position in (0, -1):
        if words and words[position] in _LEVEL_OF:
            rest = words[1:] if position == 0 else words[:-1]
            while rest and position == 0 and rest[0] in _AFTER_LEVEL:
                rest = rest[1:]
            if rest or alone:
                return rest, _LEVEL_OF[words[position]]
    return words, None


def _without_article(word: str) -> str:
    if word.startswith(_ARABIC_ARTICLE) and len(word) >= _SHORTEST_WITH_ARTICLE:
        return word.removeprefix(_ARABIC_ARTICLE)
    return word
