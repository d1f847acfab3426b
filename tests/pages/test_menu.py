"""The menu and the scripts on disk are the same pages, each in the folder of its section, named in every language."""

from pathlib import Path

import pytest

from data.texts import languages, load_texts
from pages import PAGES

ROOT = Path(__file__).parents[2]


def test_every_page_script_is_in_the_menu_and_every_entry_has_its_script():
    scripts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*/*.py")}
    scripts = {path for path in scripts if not path.startswith("pages/ui/")}
    assert len(PAGES) > 0
    assert {page.path for page in PAGES} == scripts


def test_a_page_lies_in_the_folder_of_its_section_and_its_script_is_named_as_its_address():
    wrong = [page for page in PAGES if page.path != f"pages/{page.section}/{page.key}.py"]
    assert wrong == []
    assert len({page.key for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("language", languages())
def test_every_entry_and_section_of_the_menu_has_its_word(language):
    t = load_texts(language)
    keys = {f"menu.{page.key}" for page in PAGES} | {f"menu.section.{page.section}" for page in PAGES}
    assert {key for key in keys if not t.has(key)} == set()
    assert len({t(f"menu.{page.key}") for page in PAGES}) == len(PAGES)
