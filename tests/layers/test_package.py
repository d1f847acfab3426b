"""A workshop package: whole or not at all, the same bytes twice, the data of the pages, refusals in words."""

import datetime as dt
import errno
import hashlib
import json
import re
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from pyogrio.errors import DataSourceError

from data import store
from data.commands.language import LOCALE
from data.exchange import geopackage_file
from data.exchange.contract import OBSERVED, PLACES, PROJECTS, VILLAGES, measured_territories
from data.exchange.package_folder import write_package
from data.exchange.package_order import PackageOrder
from data.exchange.reading import read_export
from data.texts import load_texts
from geo.selection import select
from geo.state import State
from layers.commands import main
from pages.ui.knowledge import knowledge
from pages.ui.package import package_data, package_files

COMMUNE, WITHOUT = "090010509", "091630103"  # Drargua; Ait Baha, of which no project and no village is known
DAY = "2026-11-26"
ROOT = Path(__file__).parents[2]
TABLES = ("projects", "communes", "villages")
FORMATS = ("xlsx", "gpkg", "geojson")


@pytest.fixture
def package(capsys):
    def make(out, *words, territory=COMMUNE, language="fr"):
        asked = ["--territory", territory, "--language", language, "--date", DAY, "--only", "data", "--out", str(out)]
        status = main(["package", *asked, *words, "--report", "json"])
        said = capsys.readouterr()
        return status, json.loads(said.out or said.err[said.err.index('{\n  "error"') :])

    return make


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_order_gives_the_same_bytes_and_a_second_one_replaces_nothing_unasked(package, tmp_path):
    assert [package(tmp_path / name)[0] for name in ("one", "two")] == [0, 0]
    one, two = content(tmp_path / "one"), content(tmp_path / "two")
    assert len(one) == len(TABLES) * len(FORMATS) + 3  # readme, sums, zip
    assert one == two
    status, facts = package(tmp_path / "one")
    assert (status, facts["reason"]) == (2, "exists")
    assert "est déjà là" in facts["error"]
    assert package(tmp_path / "one", "--force")[0] == 0
    assert content(tmp_path / "one") == two


def test_sums_hold_and_the_zip_is_the_folder_and_the_readme_lists_all_in_its_language(package, tmp_path):
    status, facts = package(tmp_path, language="ar")
    folder, files = Path(facts["folder"]), content(Path(facts["folder"]))
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
    assert status == 0
    assert len(sums) == len(TABLES) * len(FORMATS) + 1
    assert {name: hashlib.sha256(file).hexdigest() for name, file in files.items()} == sums == facts["files"]
    with zipfile.ZipFile(facts["archive"]) as pack:
        assert pack.testzip() is None
        assert {name.removeprefix(f"{folder.name}/"): pack.read(name) for name in pack.namelist()} == content(folder)
    readme = files["README.html"].decode()
    assert '<html lang="ar" dir="rtl">' in readme
    assert all(
        f'href="{name}"' in readme and digest in readme for name, digest in sums.items() if name != "README.html"
    )
    assert {source.title for source in read_export(files["data/projects.xlsx"], name="").provenance.sources} <= set(
        re.findall(r"<h3>(.*?)</h3>", readme)
    )
    assert re.findall(r"<(?:script|link|img|iframe)|@import|url\(", readme) == []


def test_the_data_read_back_are_those_the_pages_select_in_every_format(package, tmp_path):
    _, facts = package(tmp_path)
    know = knowledge()
    tables = {
        "projects": (PROJECTS, PLACES),
        "villages": (VILLAGES,),
        "communes": (measured_territories(know.catalog.indicators), OBSERVED),
    }
    selection = select(know.register, State(territory=COMMUNE))
    inside = know.villages.within(COMMUNE, know.territories)
    raw = store.load("observations").query("territory_code == @COMMUNE and milieu == 'total' and year == 2024")
    known = raw[raw["state"] == "known"].set_index("indicator_code")["value"]
    for extension in FORMATS:
        read = {
            name: read_export(
                (Path(facts["folder"]) / f"data/{name}.{extension}").read_bytes(), name=name, tables=declared
            )
            for name, declared in tables.items()
        }
        projects, villages, communes = (read[name] for name in tables)
        assert set(projects.projects["project_code"]) == set(selection.codes)
        assert projects.provenance.sums["counted_mad_in_selection"] == selection.totals.counted_mad
        assert set(villages.rows["village_code"]) == set(np.array(know.villages.codes)[inside])
        row = communes.rows.iloc[0]
        assert (len(communes.rows), row["territory_code"], row["territory_name"]) == (1, COMMUNE, "Drargua")
        assert [row[code] for code in ("population", "illiteracy")] == [known["population"], known["illiteracy"]]
        if communes.others is not None:
            assert (communes.others["value"].isna() == (communes.others["state"] != "known")).all()
            readings = communes.others.set_index(["indicator", "year"])
            assert readings.loc[("illiteracy", 2024), "state"] == "known"


def test_a_whole_package_has_maps_atlas_and_data_and_says_how_far_it_is(capsys, tmp_path, monkeypatch):
    # What maps and atlas hold is tested where they are made; here, that they are asked for the same place and day.
    def atlas(_know, territory, language, *, made_on, progress):
        progress(0.5, "Fiche")
        return f"atlas {territory} {language} {made_on}".encode()

    monkeypatch.setattr(package_files, "atlas_pdf", atlas)
    monkeypatch.setattr(package_files, "offline_file", lambda _know, *asked: f"maps {asked}".encode())
    asked = ["--territory", COMMUNE, "--language", "ar", "--date", DAY, "--out", str(tmp_path)]
    assert main(["package", *asked, "--report", "json"]) == 0
    said = capsys.readouterr()
    facts = json.loads(said.out)
    files = content(Path(facts["folder"]))
    assert Path(facts["folder"]).name == f"atlas-solidaire-{COMMUNE}-ar-{DAY}"
    assert files["atlas.html"] == f"maps ('{COMMUNE}', 'ar', ())".encode()
    assert files["atlas.pdf"] == f"atlas {COMMUNE} ar {DAY}".encode()
    assert list(facts["files"])[:3] == ["atlas.html", "atlas.pdf", "data/projects.xlsx"]
    shares = [json.loads(line)["share"] for line in said.err.splitlines() if line.startswith('{"share"')]
    assert shares == sorted(shares)
    assert 0 == shares[0] < shares[-1] < 1


def test_the_communes_of_souss_massa_add_up_to_the_population_published():
    order, t = PackageOrder("09", "fr", dt.date.fromisoformat(DAY)), load_texts("fr")
    communes = package_data.communes(knowledge(), order, t).rows
    assert (len(communes), communes["population"].sum()) == (175, 3_020_431)  # hcp.ma/region-agadir, census 2024
    assert len(package_data.villages(knowledge(), order, t).rows) == 5_470


def test_a_commune_without_project_or_village_gets_no_empty_file_but_a_sentence(package, tmp_path):
    status, facts = package(tmp_path, territory=WITHOUT)
    assert status == 0
    assert {name.split(".")[0] for name in facts["files"]} == {"README", "data/communes"}
    assert [said.partition("\u00a0:")[0] for said in facts["left_out"]] == ["Ait Baha", "Ait Baha"]
    readme = (Path(facts["folder"]) / "README.html").read_text("utf-8")
    assert "aucun projet recensé" in readme
    assert "aucun village dans nos tables" in readme


@pytest.mark.parametrize(
    ("territory", "said"),
    [("99", "99"), ("Agadir", "090010101 (Agadir)"), ("<b>", "<b>"), ("09." + "0" * 300, "09 (Souss-Massa)")],
)
def test_an_unknown_territory_is_refused_in_words_before_anything_is_written(territory, said, package, tmp_path):
    status, facts = package(tmp_path / "out", territory=territory)
    assert (status, facts["reason"]) == (2, "territory")
    assert said in facts["error"]
    assert len(facts["error"]) < 400
    assert not (tmp_path / "out").exists()


def test_a_language_or_a_part_that_there_is_not_is_refused_in_the_words_of_the_reader(capsys, tmp_path, monkeypatch):
    asked = ["package", "--territory", "09", "--out", str(tmp_path / "out")]
    for variable in LOCALE:
        monkeypatch.delenv(variable, raising=False)
    for reads, language in (("ar_MA.UTF-8", "ar"), ("en_GB.UTF-8", "en"), ("C.UTF-8", "fr")):
        monkeypatch.setenv("LC_ALL", reads)
        allowed = load_texts(language)("list.separator").join(("fr (Français)", "ar (العربية)", "en (English)"))
        for command in (asked, ["sheets", "--places", "09", "--out", str(tmp_path / "a.pdf")]):
            assert main([*command, "--language", "xx" * 300]) == 2
            said = capsys.readouterr().err
            assert load_texts(language)("package.problem.language", value=("xx" * 300)[:40], allowed=allowed) in said
    assert main([*asked, "--language", "ar", "--only", "carte"]) == 2
    assert "carte" in (said := capsys.readouterr().err)
    assert "ليس جزءا من الحزمة" in said
    assert list(tmp_path.iterdir()) == []


def test_sheets_that_cannot_be_written_are_refused_before_any_work_and_a_full_disk_keeps_nothing(
    capsys, tmp_path, monkeypatch
):
    def sheets(out):
        return main(["sheets", "--places", COMMUNE, "--language", "en", "--date", DAY, "--out", str(out)])

    for out in (tmp_path, tmp_path / "nowhere" / "a.pdf"):
        assert sheets(out) == 2
        assert "cannot be written" in capsys.readouterr().err

    def full(path, _content):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert sheets(tmp_path / "a.pdf") == 2
    assert "The disk is full" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["hier", "2026-13-45", "1970-01-01", "<b>" * 50])
def test_a_day_that_is_none_or_that_no_zip_can_bear_is_refused_in_words(day, package, tmp_path):
    status, facts = package(tmp_path / "out", "--date", day)
    assert (status, facts["reason"]) == (2, "date")
    assert day[:40] in facts["error"]
    assert len(facts["error"]) < 200
    assert not (tmp_path / "out").exists()


def test_the_atlas_of_the_country_says_where_the_communes_are(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(package_files, "atlas_pdf", lambda *_, **__: b"atlas")
    assert main(["package", "--territory", "MA", "--only", "pdf", "--date", DAY, "--out", str(tmp_path)]) == 0
    assert "paquet de chaque région" in capsys.readouterr().out
    (readme,) = tmp_path.glob("*/README.html")
    assert "paquet de chaque région" in readme.read_text("utf-8")
    assert "une fiche de deux pages par région et par province" in readme.read_text("utf-8")


def test_the_command_makes_the_atlas_of_each_region_of_the_country_one_after_the_other(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(package_files, "atlas_pdf", lambda _know, code, *_, **__: asked.append(code) or code.encode())
    words = ["package", "--only", "communes", "--date", DAY, "--out", str(tmp_path)]
    assert main([*words, "--territory", "MA"]) == 0
    assert len(asked) == len(set(asked)) == 12
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert {path.name for path in folder.glob("*.pdf")} == {f"atlas-{code}.pdf" for code in asked}
    readme = (folder / "README.html").read_text("utf-8")
    assert "Souss-Massa, avec une fiche de deux pages par commune" in readme
    assert "Recensement général" in readme
    assert main([*words, "--territory", "09"]) == 0
    assert asked[12:] == ["09"]


def test_a_folder_that_cannot_be_written_and_a_full_disk_are_said_and_nothing_is_left(package, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    status, facts = package(tmp_path / "file" / "out")
    assert (status, facts["reason"]) == (2, "unwritable")
    assert "On ne peut pas écrire" in facts["error"]
    write = Path.write_bytes

    def full(path, content):
        if path.name.startswith("communes"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    status, facts = package(tmp_path / "out")
    assert (status, facts["reason"]) == (2, "full")
    assert "Le disque est plein" in facts["error"]
    assert list((tmp_path / "out").iterdir()) == []


def test_a_full_disk_that_gdal_meets_without_saying_so_is_said_with_its_folder(package, tmp_path, monkeypatch):
    def fails(*_, **__):
        raise DataSourceError("Failed to commit transaction")

    monkeypatch.setattr(geopackage_file.pyogrio, "write_dataframe", fails)
    with pytest.raises(DataSourceError):  # there is room: it was something else, which is not hidden
        package(tmp_path)
    monkeypatch.setattr(geopackage_file.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    status, facts = package(tmp_path)
    assert (status, facts["reason"]) == (2, "full")
    assert tempfile.gettempdir() in facts["error"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_package_that_is_stopped_leaves_nothing_half_written(sign, package, tmp_path, monkeypatch):
    def stopped(*_):
        assert [path.suffix for path in tmp_path.rglob("projects.*")]  # it had begun to write
        signal.raise_signal(sign)

    monkeypatch.setitem(package_data.TABLES, "communes", stopped)
    status, facts = package(tmp_path)
    assert (status, facts["reason"]) == (130, "cancelled")
    assert list(tmp_path.iterdir()) == []


def test_a_replacement_that_fails_gives_back_what_was_there(tmp_path, monkeypatch):
    def write(content, **options):
        return write_package(tmp_path, "p", [("a/b.txt", content)], made_on=dt.date(2026, 11, 26), **options)

    write(b"old")
    before, rename, failed = content(tmp_path), Path.rename, []

    def failing_once(path, target):
        if Path(target) == tmp_path / "p.zip" and not failed:
            failed.append(path)
            raise OSError(errno.EIO, "the stick was pulled out")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing_once)
    with pytest.raises(OSError, match="unwritable"):
        write(b"new", force=True)
    assert failed
    assert content(tmp_path) == before


def test_what_a_killed_process_left_goes_with_the_next_package_and_what_a_living_one_holds_stays(tmp_path):
    holds = (
        "import sys, time; from pathlib import Path; from data.exchange.workplace import workplace\n"
        "with workplace(Path(sys.argv[1])) as work:\n (work / 'old-q.zip').write_bytes(b'q'); print('.', flush=True)\n"
        " time.sleep(600)"
    )
    living, killed = (
        subprocess.Popen(  # noqa: S603 - the program above
            [sys.executable, "-c", holds, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        for _ in range(2)
    )
    try:
        assert [one.stdout.readline() for one in (living, killed)] == [b".\n"] * 2
        killed.kill()
        killed.wait()
        assert len(list(tmp_path.iterdir())) == 2
        write_package(tmp_path, "p", [("a.txt", b"a")], made_on=dt.date(2026, 11, 26))
        left = {path.name for path in tmp_path.iterdir()}
        assert {"p", "p.zip", "q.zip"} < left  # what the dead one had moved aside is back in its place
        assert len(left) == 4
    finally:
        for one in (living, killed):
            one.kill()
            one.communicate()
