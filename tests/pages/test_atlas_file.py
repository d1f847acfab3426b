"""The atlas of a territory: each place on the page its index says, by two processes, nothing left when stopped."""

import datetime as dt
import io
import tempfile

import pytest
from pypdf import PdfReader

from data.texts import load_texts
from layers.commands import main
from pages.ui.knowledge import knowledge
from pages.ui.paper import atlas_file, atlas_sheets
from tests.layers.paper.described import described

RABAT, DAY = "04421", dt.date(2026, 11, 26)  # two communes, no village listed


@pytest.fixture(scope="module")
def know():
    return knowledge()


@pytest.fixture
def by_two(monkeypatch, tmp_path):
    monkeypatch.setattr(atlas_sheets, "WORTH_IT", 2)
    monkeypatch.setattr(atlas_sheets, "OTHERS_SHARE", 0.5)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_each_place_stands_on_the_page_its_index_says_and_pages_are_counted(know, by_two, monkeypatch):
    monkeypatch.setattr(atlas_file, "MAPS", {"projects": ("projects",), "villages": ("villages",)})
    told = []
    made = atlas_file.atlas_pdf(know, RABAT, "fr", made_on=DAY, progress=lambda share, said: told.append((share, said)))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert len(pages) == 8  # cover, one map (no village is listed there), index, notes; two communes of two pages
    communes = know.territories.communes_of(RABAT)
    assert len(communes) == 2
    t = load_texts("fr")
    for number, code in zip((5, 7), communes, strict=True):
        name = know.territories.name(code, "fr")
        assert f"code HCP {code}" in pages[number - 1]
        assert f"{number} sur 8" in pages[number - 1]
        assert name in pages[2]
    outline = PdfReader(io.BytesIO(made)).outline
    places = next(entry for entry in outline if isinstance(entry, list))
    assert [entry.title for entry in places] == [know.territories.name(code, "fr") for code in communes]
    links = PdfReader(io.BytesIO(made)).pages[2]["/Annots"]
    assert len(links) == 2
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert {said for _, said in told} >= {
        t("paper.atlas.drawing", place=know.territories.name(code, "fr")) for code in communes
    }
    assert list(by_two.iterdir()) == []


def test_the_same_parts_are_joined_to_the_same_bytes(know):
    plan, t = atlas_file.Plan((), know.territories.communes_of(RABAT), 0), load_texts("ar")
    part = atlas_sheets.sheets_pdf(know, plan.codes[:1], t, made=DAY, first=1, pages=2)
    joined = [atlas_file._joined(know, plan, [], [part, part], "أطلس", t) for _ in range(2)]
    assert joined[0] == joined[1]
    for content, title in ((part, know.territories.name(plan.codes[0], "ar")), (joined[0], "أطلس")):
        assert described(content) == {"title": title, "author": "Atlas solidaire", "language": "ar", "from_right": True}


def test_stopped_it_ends_the_other_process_and_leaves_no_file(know, by_two, monkeypatch):
    started = []
    popen = atlas_sheets.subprocess.Popen
    monkeypatch.setattr(
        atlas_sheets.subprocess, "Popen", lambda *words, **named: started.append(popen(*words, **named)) or started[0]
    )

    def stop(_code: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        atlas_sheets.sheets_by_two(
            know, know.territories.communes_of(RABAT), load_texts("fr"), made=DAY, first=1, pages=4, done=stop
        )
    assert len(started) == 1
    assert started[0].poll() is not None
    assert list(by_two.iterdir()) == []


def test_an_unknown_place_is_refused_in_words(tmp_path, capsys):
    out = tmp_path / "x.pdf"
    assert main(["sheets", "--places", "095410723", "nowhere", "--out", str(out)]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert not out.exists()
