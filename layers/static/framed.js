// The map inside the frame of streamlit-folium, which loads plain scripts one after the other, never modules. The frame
// is of this page's origin: it takes its language, direction and theme, and tells it the view.
(() => {
  const page = window.parent;
  const [own, its] = [document.documentElement, page.document.documentElement];
  Object.assign(own, { lang: its.lang, dir: its.dir });
  own.dataset.theme = its.dataset.theme ?? 'light';
  const module = new URL('map.js', document.currentScript.src).href;
  let ready = null;
  let asked = 0;

  function view(said) {
    page.AtlasView = said;
    const address = new URL(page.location.href);
    address.searchParams.set('map', said);
    page.history.replaceState(page.history.state, '', address.href.replaceAll('%2F', '/'));
  }

  window.Atlas = {
    start(map, config) {
      document.getElementById('parent')?.classList.add('atlas-map', 'framed');
      ready = import(module).then(() => {
        window.Atlas.start(map, config);
        return window.Atlas.of(map.getContainer());
      }).then((atlas) => {
        new ResizeObserver(() => atlas.map.invalidateSize({ animate: false })).observe(map.getContainer());
        atlas.onview = view;
        atlas.onevent = (event) => window.Streamlit.setComponentValue({ event: { ...event, view: page.AtlasView }, at: Date.now() });
        return atlas;
      });
    },
  };
  window.AtlasFrame = {
    async apply(address) {
      asked += 1;
      const mine = asked;
      const [atlas, answer] = await Promise.all([ready, fetch(address)]);
      const state = await answer.json();
      if (mine === asked) atlas.apply(state);
    },
  };
})();
