"""Small workbooks in the formats no library of ours writes: a sheet of texts and numbers, None for a failed formula.

Hidden rows and columns are numbered from 1; the days of a workbook may be counted from 1904.
"""

import struct
from collections.abc import Sequence

from tests.data.imports.hostile import zipped

Rows = Sequence[Sequence[str | float | None]]
SECTOR, SMALLEST_STREAM = 512, 4096
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NOT_AVAILABLE = 0x2A
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)
OASIS, FOUNDATION = "urn:oasis:names:tc:opendocument:xmlns", "urn:org:documentfoundation:names:experimental"
ODS = (
    '<?xml version="1.0"?>{doctype}<office:document-content '
    + " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    + f' xmlns:calcext="{FOUNDATION}:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet>{{begins}}'
    + '<table:table table:name="Projets">{rows}</table:table>'
    + "</office:spreadsheet></office:body></office:document-content>"
)


def xls(
    rows: Rows, *, hidden_rows: Sequence[int] = (), hidden_columns: Sequence[int] = (), from_1904: bool = False
) -> bytes:
    """Write BIFF8 in its container: a sector of the table of sectors, one of the directory, then the stream."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def opening(what: int) -> bytes:
        return record(0x0809, struct.pack("<6H", 0x0600, what, 0, 0, 0, 0) + bytes(4))

    cells = b"".join(
        record(0x007D, struct.pack("<6H", number - 1, number - 1, 2048, 15, 1, 0)) for number in hidden_columns
    )
    for row, values in enumerate(rows):
        shown = 0x20 if row + 1 in hidden_rows else 0
        cells += record(0x0208, struct.pack("<8H", row, 0, len(values), 300, 0, 0, 0x0100 | shown, 15))
        for column, value in enumerate(values):
            at = struct.pack("<3H", row, column, 0)
            if value is None:
                cells += record(0x0205, at + bytes([NOT_AVAILABLE, 1]))
            elif value == "":
                continue
            elif isinstance(value, str):
                cells += record(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            else:
                cells += record(0x0203, at + struct.pack("<d", value))
    name = b"Projets"
    begun = opening(0x0005) + record(0x0022, struct.pack("<H", from_1904))
    listed = record(0x0085, struct.pack("<IBBBB", len(begun) + 4 + 8 + len(name) + 4, 0, 0, len(name), 0) + name)
    end = record(0x000A, b"")
    chart = opening(0x0020) + record(0x0205, struct.pack("<3HBB", 1, 0, 0, NOT_AVAILABLE, 1)) + end
    stream = (begun + listed + end + opening(0x0010) + cells + chart + end).ljust(SMALLEST_STREAM, b"\0")
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    fat = [TABLE, END, *range(3, 2 + count), END]
    fat += [FREE] * (SECTOR // 4 - len(fat))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        said = (name + "\0").encode("utf-16-le")
        links = struct.pack("<HBB3I", len(said), kind, 1, FREE, FREE, child)
        return said.ljust(64, b"\0") + links + bytes(36) + struct.pack("<III", start, size, 0)

    directory = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, SMALLEST_STREAM, END, 0, END, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", FREE) * 108
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory.ljust(SECTOR, b"\0") + stream


def xlsb(
    rows: Rows, *, hidden_rows: Sequence[int] = (), hidden_columns: Sequence[int] = (), from_1904: bool = False
) -> bytes:
    """Write the binary parts of an XLSB."""

    def record(kind: int, body: bytes = b"") -> bytes:
        said = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return said + bytes([len(body) & 0x7F | 0x80, len(body) >> 7]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    sheet = record(129) + record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1))
    for number in hidden_columns:
        sheet += record(60, struct.pack("<4IH", number - 1, number - 1, 2048, 0, 1))
    sheet += record(145)
    for number, values in enumerate(rows):
        sheet += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 * (number + 1 in hidden_rows), 0, 0))
        for column, value in enumerate(values):
            at = struct.pack("<II", column, 0)
            if value is None:
                sheet += record(3, at + bytes([NOT_AVAILABLE]))
            elif value != "":
                sheet += (
                    record(6, at + wide(value)) if isinstance(value, str) else record(5, at + struct.pack("<d", value))
                )
    sheet += record(146) + record(130)
    named = struct.pack("<II", 0, 1) + wide("rId1") + wide("Projets")
    book = (
        record(131)
        + record(153, struct.pack("<III", from_1904, 0, 0))
        + record(143)
        + record(156, named)
        + record(144)
        + record(132)
    )
    return zipped(
        {
            "[Content_Types].xml": b'<?xml version="1.0"?><Types/>',
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": RELATIONS.encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def ods(
    rows: Rows,
    *,
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    from_1904: bool = False,
    doctype: str = "",
) -> bytes:
    """Write the parts of an ODS that hold its cells."""

    def cell(value: str | float | None) -> str:
        if value is None:
            kind, said = 'office:value-type="string" office:string-value="" calcext:value-type="error"', "#N/A"
        elif isinstance(value, str):
            kind, said = 'office:value-type="string"', value
        else:
            kind, said = f'office:value-type="float" office:value="{value}"', str(value)
        return f"<table:table-cell {kind}><text:p>{said}</text:p></table:table-cell>"

    def shown(number: int, hidden: Sequence[int]) -> str:
        return ' table:visibility="collapse"' if number in hidden else ""

    told = "".join(f"<table:table-column{shown(n, hidden_columns)}/>" for n in range(1, len(rows[0]) + 1))
    for number, values in enumerate(rows, 1):
        told += f"<table:table-row{shown(number, hidden_rows)}>{''.join(map(cell, values))}</table:table-row>"
    begins = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.format(doctype=doctype, begins=begins if from_1904 else "", rows=told).encode(),
            "META-INF/manifest.xml": b'<?xml version="1.0"?><manifest/>',
        }
    )
