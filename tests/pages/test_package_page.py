"""The page of packages: one button, how far it is, the file; stopped or failed, nothing is left."""

import datetime as dt
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.exchange.package_order import PackageOrder
from data.texts import load_texts
from geo.package_state import PackageState
from pages import PAGES
from pages.ui.knowledge import knowledge
from pages.ui.package import package_job, package_view
from pages.ui.package.package_job import FAILED, RUNNING, Workshop, WorkshopBusy, command
from tests.pages.visit import visit

PAGE = next(page for page in PAGES if page.key == "package")
ORDER = PackageOrder("09", "fr", dt.date(2026, 11, 26))
SAYS = 'import sys; sys.stderr.write(\'a warning\\n{"share":0.25,"said":"Cartes"}\\n\'); sys.stderr.flush();'
WAITS = SAYS + "sys.stdin.read()"
WRITES = SAYS + (
    "import os, zipfile; out, name = sys.argv[1:]; os.makedirs(out);"
    "zipfile.ZipFile(os.path.join(out, name + '.zip'), 'w').writestr('a', 'b');"
    'print(\'{"left_out": ["Rien ici."]}\')'
)
FULL = SAYS + 'print(\'{"reason": "full", "error": "/srv/secret: plein"}\'); sys.exit(2)'


@pytest.fixture
def workshop(monkeypatch):
    opened = []

    def of(program):
        made = Workshop(lambda order, out: [sys.executable, "-c", program, str(out), order.name])
        monkeypatch.setattr(package_job, "WORKSHOP", made)
        monkeypatch.setattr(package_view, "WORKSHOP", made)
        opened.append(made)
        return made

    yield of
    for one in opened:
        one.close()


def ended(job):
    job.process.wait()
    return job


def test_one_is_made_at_a_time_and_who_asks_for_the_same_waits_for_the_same(workshop):
    shop = workshop(WAITS)
    job = shop.begin(ORDER, "v1", visitor="amina")
    assert job.state == RUNNING
    assert shop.begin(ORDER, "v1", visitor="driss") is job
    with pytest.raises(WorkshopBusy):
        shop.begin(PackageOrder("09541", "fr", ORDER.made_on), "v1", visitor="driss")
    shop.leave(ORDER, "v1", visitor="amina")
    assert job.state == RUNNING
    shop.leave(ORDER, "v1", visitor="driss")
    assert job.process.poll() is not None
    assert not job.folder.exists()
    assert shop.find(ORDER, "v1") is None


def test_the_last_packages_stay_and_only_they_can_be_fetched(workshop):
    shop = workshop(WRITES)
    orders = [PackageOrder(f"{number:02}", "fr", ORDER.made_on) for number in range(package_job.KEPT + 1)]
    jobs = [ended(shop.begin(order, "v1", visitor="amina")) for order in orders]
    assert [job.folder.exists() for job in jobs] == [False] + [True] * package_job.KEPT
    client = TestClient(Starlette(routes=package_job.ROUTES))
    answers = [client.get(f"/{package_job.FOLDER}/{order.name}.zip") for order in orders]
    assert [answer.status_code for answer in answers] == [404] + [200] * package_job.KEPT
    assert answers[-1].headers["content-disposition"] == f'attachment; filename="{orders[-1].name}.zip"'
    assert client.get(f"/{package_job.FOLDER}/..%2F..%2Fetc%2Fpasswd").status_code == 404
    shop.close()
    assert not any(job.folder.exists() for job in jobs)


def test_a_package_made_anew_after_a_publication_is_the_one_that_is_fetched(workshop):
    shop = workshop(WRITES)
    jobs = [ended(shop.begin(ORDER, version, visitor="amina")) for version in ("v1", "v2")]
    assert jobs[0].archive.name == jobs[1].archive.name
    assert shop.archive(jobs[1].archive.name) == jobs[1].archive


def test_who_watches_a_package_that_another_stops_reads_no_error(workshop):
    shop, t = workshop(WAITS), load_texts("fr")
    watched = shop.begin(ORDER, "v1", visitor="amina")
    shop.leave(ORDER, "v1", visitor="amina")
    assert not watched.folder.exists()
    assert package_view.described(watched, t)["state"] == FAILED


def test_what_a_server_left_that_was_killed_is_removed_and_what_lives_is_not(workshop, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    holds = (
        "import sys, time; from data.exchange.workplace import workplace\n"
        "with workplace() as work:\n print(work, flush=True)\n time.sleep(600)"
    )
    killed, living = (
        subprocess.Popen(  # noqa: S603 - the program above
            [sys.executable, "-c", holds],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    )
    try:
        folders = [Path(one.stdout.readline().strip()) for one in (killed, living)]
        killed.kill()
        killed.wait()
        workshop(WAITS).begin(ORDER, "v1", visitor="amina")
        assert [folder.exists() for folder in folders] == [False, True]
    finally:
        for one in (killed, living):
            one.kill()
            one.communicate()


def test_what_makes_a_package_may_sweep_and_work_among_its_temporary_files(workshop):
    works = (
        f"import sys; sys.path.insert(0, {str(package_job.ROOT)!r});"
        "from data.exchange.workplace import sweep, workplace; sweep();\n"
        'with workplace() as folder: sys.stdout.write(\'{"reason": "worked"}\')'
    )
    job = workshop(works).begin(ORDER, "v1", visitor="amina")
    assert job.process.wait(timeout=20) == 0
    assert job.outcome == {"reason": "worked"}


def test_a_package_deaf_to_its_stop_is_killed_with_all_that_it_started(workshop, monkeypatch):
    monkeypatch.setattr(package_job, "STOPPED_WITHIN_S", 0.2)
    sleeps = "import time; time.sleep(600)"
    starts = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', '{sleeps}']);"
    shop = workshop(SAYS + starts + "sys.stderr.write(str(p.pid) + '\\n'); sys.stderr.flush(); p.wait()")
    job = shop.begin(ORDER, "v1", visitor="amina")
    while not (said := (job.folder / "progress").read_text().splitlines()[2:]):
        assert job.state == RUNNING
    shop.leave(ORDER, "v1", visitor="amina")
    assert job.process.returncode == -signal.SIGKILL
    assert not job.folder.exists()
    assert any(is_gone(int(said[0])) or time.sleep(0.05) for _ in range(200))


def is_gone(process):
    """Tell whether a process has ended: killed, it may stay a moment for whoever takes its place as its parent."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rpartition(")")[2].split()[0] in ("Z", "X")


def test_a_real_package_that_is_stopped_leaves_no_process_and_no_file(workshop, monkeypatch):
    shop = workshop("")
    monkeypatch.setattr(shop, "_command", command)
    job = shop.begin(PackageOrder("091630103", "fr", ORDER.made_on, ("data",)), "v1", visitor="amina")
    shop.leave(job.order, "v1", visitor="amina")
    assert job.process.returncode is not None
    assert not job.folder.exists()


def test_the_page_begins_shows_how_far_it_is_stops_and_gives_the_file(workshop):
    workshop(WAITS)
    opened = visit(PAGE)
    assert "Préparer le paquet" in opened.html
    assert "--territory 09 --language fr" in opened.html
    begun = opened.act(make=True)
    assert begun.failures == []
    begun = begun.act()  # its first words have come by now, or will with the next second
    assert '<progress max="1"' in begun.html
    stopped = begun.act(stop=True)
    assert "rien n’a été laissé à moitié écrit" in stopped.html
    assert "Préparer le paquet" in stopped.html

    shop = workshop(WRITES)
    chosen = visit(PAGE, "ar", territory="09541", only="data").act(make=True)
    (job,) = shop._jobs.values()
    assert job.order.parts == ("data",)
    made = ended(job) and chosen.act()
    assert f'href="atlas/package/{job.order.name}.zip" download' in made.html
    assert "Rien ici." in made.said
    with zipfile.ZipFile(job.archive) as pack:
        assert pack.namelist() == ["a"]


def test_a_package_that_fails_says_so_without_any_path_and_can_be_tried_again(workshop):
    shop = workshop(FULL)
    begun = visit(PAGE).act(make=True)
    (job,) = shop._jobs.values()
    failed = ended(job) and begun.act()
    assert job.state == FAILED
    assert "Le disque du serveur est plein" in failed.said
    assert "/srv/secret" not in failed.said
    assert "Réessayer" in failed.html
    again = failed.act(make=True)
    assert again.failures == []
    assert job not in shop._jobs.values()
    assert not job.folder.exists()


def test_a_territory_no_package_can_be_made_of_is_said_and_home_is_offered(workshop):
    workshop(WAITS)
    seen = visit(PAGE, territory="0913101014")
    assert seen.failures == []
    assert "0913101014" in seen.said
    assert "--territory 09 " in seen.html


def test_the_page_names_the_stories_that_a_package_takes_along_and_says_when_there_is_none():
    know, t = knowledge(), load_texts("fr")
    region = " ".join(package_view.inside(know, PackageState(territory="09"), t)["holds"])
    assert "Les migrants et le développement du Souss-Massa" in region
    assert "Les villages loin d’un centre de santé" in region
    assert "· Tata" in " ".join(package_view.inside(know, PackageState(territory="09551"), t)["holds"])
    assert "Pas de récit" in " ".join(package_view.inside(know, PackageState(territory="095410723"), t)["holds"])
    data_only = package_view.inside(know, PackageState(territory="095410723", only="data"), t)["holds"]
    assert "récit" not in " ".join(data_only)
