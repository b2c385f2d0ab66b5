"""The same rows in every container in which systems give them out."""

import base64
import csv
import io
import itertools
import zipfile
from collections.abc import Callable
from datetime import datetime
from html import escape
from xml.sax.saxutils import escape as xml_escape

import xlsxwriter

from tests.actions.lists.provinces import Cell, Rows


def text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}" if (cell.hour or cell.minute) else f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and cell < 1e6 else repr(cell)
    return cell


def xlsx(rows: Rows) -> bytes:
    return book({"Danh sách": rows})


def book(sheets: dict[str, Rows], *, from_1904: bool = False) -> bytes:
    """A workbook of several sheets; its dates are shown as Americans write them."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": from_1904})
    american = workbook.add_format({"num_format": "m/d/yyyy h:mm"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, place, cell, american)
                elif isinstance(cell, float):
                    sheet.write_number(number, place, cell)
                elif cell:
                    sheet.write_string(number, place, cell)
    workbook.close()
    return buffer.getvalue()


def xls(rows: Rows) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Danh sách")
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write(number, place, cell, style)
            elif cell != "":
                sheet.write(number, place, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def page(rows: Rows) -> str:
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(text(cell))}</td>" for cell in row) + "</tr>\n"
        for row in rows
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
        f"<body><table border=1>\n{lines}</table></body></html>"
    )


def html(rows: Rows) -> bytes:
    return page(rows).encode("utf-8")


def mhtml(rows: Rows) -> bytes:
    body = base64.encodebytes(html(rows)).decode()
    return (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="sep"\r\n\r\n--sep\r\n'
        'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{body}\r\n--sep--\r\n"
    ).encode()


def spreadsheetml(rows: Rows) -> bytes:
    def data(cell: Cell) -> str:
        if isinstance(cell, datetime):
            return f'<Data ss:Type="DateTime">{cell.isoformat(timespec="milliseconds")}</Data>'
        if isinstance(cell, float):
            return f'<Data ss:Type="Number">{cell!r}</Data>'
        return f'<Data ss:Type="String">{xml_escape(cell)}</Data>'

    lines = "".join(
        "<Row>"
        + "".join(
            f'<Cell ss:Index="{place}">{data(cell)}</Cell>'
            for place, cell in enumerate(row, 1)
            if cell != ""
        )
        + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Danh sách"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


def lines(rows: Rows, mark: str) -> str:
    buffer = io.StringIO(newline="")
    width = max(map(len, rows))
    writer = csv.writer(buffer, delimiter=mark)
    for row in rows:
        writer.writerow([text(cell) for cell in row] + [""] * (width - len(row)))
    return buffer.getvalue()


def ods(rows: Rows) -> bytes:
    """A table of LibreOffice; equal cells in a row are written once with their number."""

    def cell(value: Cell, times: int) -> str:
        repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        if isinstance(value, datetime):
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        elif isinstance(value, float):
            kind = f'office:value-type="float" office:value="{value!r}"'
        elif value:
            kind = 'office:value-type="string"'
        else:
            return f"<table:table-cell{repeated}/>"
        said = xml_escape(text(value))
        return f"<table:table-cell{repeated} {kind}><text:p>{said}</text:p></table:table-cell>"

    body = "".join(
        "<table:table-row>"
        + "".join(cell(value, len(list(same))) for value, same in itertools.groupby(row))
        + "</table:table-row>"
        for row in (row or [""] for row in rows)
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Danh sách">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    """A packed folder, as mail programs and portals give lists out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def guarded(rows: Rows) -> bytes:
    """Text whose cells are formulas of texts, so that Excel leaves codes and phones alone."""
    kept: Rows = [[f'="{cell}"' if isinstance(cell, str) and cell else cell for cell in row]
                  for row in rows]  # fmt: skip
    return lines(kept, ";").encode("utf-8-sig")


CONTAINERS: dict[str, Callable[[Rows], bytes]] = {
    "xlsx": xlsx,
    "xls": xls,
    "html": html,
    "ods": ods,
    "mhtml": mhtml,
    "spreadsheetml": spreadsheetml,
    "csv": lambda rows: lines(rows, ",").encode(),
    "csv-bom": lambda rows: lines(rows, ";").encode("utf-8-sig"),
    "tsv-utf16": lambda rows: lines(rows, "\t").encode("utf-16"),
    "tsv-utf16-bare": lambda rows: lines(rows, "\t").encode("utf-16-le"),
    "xlsx-1904": lambda rows: book({"Danh sách": rows}, from_1904=True),
    "zip": lambda rows: archive({"bao cao/danh sach.xls": xls(rows)}),
    "csv-guarded": guarded,
}
