"""In the room: keys pressed faster than chapters come lose none, and a projector cuts nothing off."""

import itertools

OLD_PROJECTOR, LARGE_SCREEN = {"width": 1024, "height": 768}, {"width": 1920, "height": 1080}
CUT_OFF = """() => {
  const words = document.querySelector('.st-key-stage-words').parentElement;
  const legend = document.querySelector('.stage-legend');
  const box = (one) => one.getBoundingClientRect();
  const inside = (one, { left, right }) => one.left >= left - 1 && one.right <= right + 1;
  const texts = [...legend.querySelectorAll('span, b, text')].filter((one) => one.textContent);
  return {
    words: words.scrollHeight - words.clientHeight,
    legend: legend.scrollHeight - legend.clientHeight,
    beside: texts.filter((one) => !inside(box(one), box(legend))).map((one) => one.textContent),
    rows: [...legend.querySelectorAll('text')].map(box).map(({ top, height }) => [top, height]),
    count: texts.length,
  };
}"""
UNDER_BUTTONS = """async () => {
  const { labels, above } = await window.Atlas.of(document.querySelector('.folium-map'));
  const over = ({ label, centre: [x, y] }) => {
    const half = labels.widths.get(`${label.kind} ${label.text}`);
    return labels.hidden.some(([left, top, right, bottom]) => (
      x - half < right && x + half > left && y < bottom && y > top));
  };
  return {
    names: labels.placed.length,
    under: labels.placed.filter(over).map(({ label }) => label.text),
    boxes: labels.hidden.length,
    larger: above.mark,
  };
}"""


def test_keys_pressed_fast_lose_no_chapter_and_nothing_is_cut_off(visitor):
    seen = visitor(viewport=OLD_PROJECTOR, language="ar")
    seen.open("/present", story="migrants", chapter="5", play="1", lang="ar")
    seen.until("() => document.querySelector('.atlas-stage')?.stage?.data.number === 5")
    for _ in range(6):  # four are left: the last ones stay at the end
        seen.page.keyboard.press("PageDown")
    seen.until("() => document.querySelector('.atlas-stage').stage.data.number === 9")
    assert seen.settle().address["chapter"] == "9"
    small = all_is_there(seen)
    seen.page.set_viewport_size(LARGE_SCREEN)
    seen.page.wait_for_timeout(500)
    assert all_is_there(seen.settle()) > 1.3 * small  # a hall reads the same on more pixels


def all_is_there(seen):
    """Return how much larger names are drawn, having seen that nothing is cut off."""
    cut, named = seen.page.evaluate(CUT_OFF), seen.page.evaluate(UNDER_BUTTONS)
    assert (cut["words"] <= 1, cut["legend"] <= 1, cut["beside"]) == (True, True, [])
    assert cut["count"] >= 7
    assert len(cut["rows"]) == 3
    assert all(below - above >= height * 0.7 for (above, height), (below, _) in itertools.pairwise(cut["rows"]))
    assert (named["names"] > 10, named["boxes"] >= 4, named["under"]) == (True, True, [])
    return named["larger"]
