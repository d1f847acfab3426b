"""Stories: chapters keep views, not figures; what they say is filled with the figures of the day."""

from data.texts import load_texts
from geo.story import Change, Chapter, Story, agreed, changes, filled, free_code, said

WATER = Chapter("projects", {"territory": "09", "sector": "drinking_water"}, {"fr": "{projects} projets d'eau"})
NEEDS = Chapter("needs", {"territory": "09"}, text={"fr": "Ligne 1\nLigne <b>2</b> & fin", "ar": "ماء"})
STORY = Story({"fr": "Eau"}, (WATER, NEEDS), made_on="2026-11-26")


def test_a_story_written_as_a_record_is_read_back_the_same_with_markup_and_figures():
    kept = STORY.changed(
        0, Chapter("projects", {"q": "a&b=c é"}, figures={"projects": 15.0, "counted_mad": 18715543.54})
    )
    assert Story.of(kept.content()) == kept
    assert Story.of(STORY.content()) == STORY


def test_a_chapter_moves_and_the_ends_hold_it_back():
    third = Chapter("villages", {})
    story = STORY.with_chapter(third)
    assert story.moved(2, -1).chapters == (WATER, third, NEEDS)
    assert story.moved(0, -1) == story == story.moved(2, 5)
    assert story.moved(0, 2).chapters == (NEEDS, third, WATER)
    assert story.with_chapter(WATER, 1).chapters[1] == WATER
    assert story.changed(0, third).chapters == (third, NEEDS, third)
    assert story.changed(1, WATER).chapters == (WATER, WATER, third)
    assert story.without(1).chapters == (WATER, third)


def test_a_picture_nobody_shows_any_more_leaves_with_its_chapter():
    shown = Chapter("needs", {}, picture="a.webp")
    story = Story({"fr": "x"}, (shown, shown, WATER), pictures={"a.webp": b"1"})
    assert story.without(0).pictures == {"a.webp": b"1"}
    assert story.without(0).without(0).pictures == {}


def test_what_changed_names_each_kept_figure_that_is_gone_or_different_and_no_other():
    before = {"projects": 15.0, "share": 0.1 + 0.2, "people": 12.0}
    now = {"projects": 16.0, "share": 0.3, "bodies": 2.0}
    assert changes(before, now) == [
        Change("projects", 15.0, 16.0),
        Change("people", 12.0, None),
    ]
    assert changes({}, now) == []  # its author kept none


def test_a_text_is_said_in_the_language_asked_for_else_in_one_that_was_written():
    assert said(NEEDS.text, "ar") == ("ماء", "ar")
    assert said(NEEDS.text, "en") == (NEEDS.text["fr"], "fr")
    assert said({"ar": "ماء", "fr": "  "}, "en") == ("ماء", "ar")
    assert said({}, "en") == ("", "en")


def test_only_known_figures_are_filled_in_whatever_else_the_text_holds():
    assert filled("{projects} { projects } {0} {} {x!r} {{projects}}", {"projects": "15"}) == (
        "15 { projects } {0} {} {x!r} {15}"
    )


def test_words_agree_with_their_figure_as_the_language_counts():
    def told(text, number, language="fr"):
        return filled(agreed(text, {"n": number}, load_texts(language).form), {"n": str(number)})

    two, three = "{n|# projet|# projets}", "{n|aucun|un seul|# projets}"
    assert [told(two, n) for n in (0, 1, 2)] == ["0 projet", "1 projet", "2 projets"]
    assert [told(two, n, "en") for n in (0, 1)] == ["0 projets", "1 projet"]
    assert [told(three, n) for n in (0, 1, 21)] == ["aucun", "un seul", "21 projets"]
    six = "{n|لا أحد|شخص|شخصان|# أشخاص|# شخصا|# شخص}"
    said_ar = [told(six, n, "ar") for n in (0, 1, 2, 10, 11, 99402, 104)]
    assert said_ar == ["لا أحد", "شخص", "شخصان", "10 أشخاص", "11 شخصا", "99402 شخص", "104 أشخاص"]
    assert agreed(two, {}, load_texts("fr").form) == "{n} projets"  # not known: named, and left as written
    for left in ("{n}", "{n|", "n|a|b}", "{|a|b}", "{n|{x}|b}", "a | b"):
        assert agreed(left, {"n": 1.0}, load_texts("fr").form) == left


def test_what_stands_between_quotation_marks_has_its_own_ones_replaced():
    title = "Auberge « Aït Maten »"
    assert (
        load_texts("fr")("stories.added", number=2, title=title)
        == "Chapitre 2 ajouté à «\u00a0Auberge “Aït Maten”\u00a0»."
    )
    assert load_texts("en")("quoted", text="The “Maten” inn") == "“The ‘Maten’ inn”"
    inside = filled("« {project} » à {project}", {"project": title}, load_texts("fr").set_within)
    assert inside == "« Auberge “Aït Maten” » à Auberge “Aït Maten”"


def test_a_story_gets_a_code_no_other_has():
    assert free_code("L'eau à Tata !", ["l-eau-a-tata"]) == "l-eau-a-tata-2"
    assert free_code("ماء", ["story", "story-2"]) == "story-3"


def test_figures_of_a_foreign_file_that_no_atlas_could_have_said_are_left_out():
    figures = "projects=15.0 counted_mad=1e999 places=1e300 people=-1e16 share=nan limit_km=1e15"
    story = Story.of({"title": {"fr": "x"}, "chapters": [{"state": "projects", "figures": figures}]})
    assert story.chapters[0].figures == {"projects": 15.0, "limit_km": 1e15}


def test_a_picture_leaves_with_its_terms_and_one_without_them_stays_and_is_said_to():
    terms = {"alt": {"fr": "Un puits"}, "credit": "Amina", "licence": "cc_by_4", "people_shown": "nobody"}
    free, bare = Chapter("needs", {}, picture="a.webp", terms=terms), Chapter("needs", {}, picture="b.webp")
    story = Story({"fr": "x"}, (free, bare, WATER), pictures={"a.webp": b"1", "b.webp": b"2"})
    assert Story.of(story.content(), story.pictures) == story
    left = story.passed_on(lambda said: bool(said.get("credit")))
    assert (left.pictures, left.kept_back) == ({"a.webp": b"1"}, {"b.webp"})
    written = left.content()["chapters"]
    assert (written[0]["picture"], written[0]["credit"]) == ("a.webp", "Amina")
    assert not set(written[1]) & {"picture", "credit"}
    assert Story.of(left.content(), left.pictures).chapters[0] == free


def test_what_was_said_of_a_picture_goes_with_it():
    entry = {"state": "needs", "credit": "Amina", "people_shown": "agreed"}
    assert Story.of({"title": {}, "chapters": [entry]}).chapters[0].terms == {}
