"""The one escape for every text that reaches folium."""

from html import escape

_LIVE = str.maketrans({char: f"&#{ord(char)};" for char in "{}`\\$_"})


def esc(text: str) -> str:
    """Return a text that folium, Jinja, JavaScript and HTML all draw as itself.

    folium compiles every rendered fragment again as a template and puts names into back-quoted JavaScript: a name
    such as ``{{7*7}}`` would run on the server, one with a back-quote in the browser. After HTML escaping, the
    characters that open templates and strings become character references; the underscore too, because the
    fallback host forgets what follows one when it compares two maps.

    Examples
    --------
    >>> esc("{{7*7}} `x` <b>")
    '&#123;&#123;7*7&#125;&#125; &#96;x&#96; &lt;b&gt;'
    """
    return escape(text).translate(_LIVE)
