"""What a PDF says about itself: title, author, language and the side it is read from, to readers and to catalogues."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from data.exchange.contract import writable

MAKER = "Atlas solidaire"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{maker}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class Document:
    """A PDF as a whole.

    Attributes
    ----------
    title
        Told by readers of PDF in their window.
    language
        Code of the language it is read in by those who listen to it; empty where it is not known.
    direction
        `ltr` or `rtl`: from which side pages that lie side by side follow each other.
    """

    title: str = ""
    language: str = ""
    direction: str = "ltr"

    @property
    def facts(self) -> dict[str, str]:
        """The entries of the document's information: no date of making, so that the same pages stay the same file."""
        return {"Title": self.title, "Author": MAKER, "Creator": MAKER, "Producer": MAKER}

    @property
    def xmp(self) -> bytes:
        """The same for catalogues, as a packet of XMP (ISO 16684-1)."""
        said = {"title": writable(self.title), "maker": MAKER, "language": self.language or "x-default"}
        return _PACKET.format(**{name: escape(value) for name, value in said.items()}).encode()


UNTITLED = Document()
