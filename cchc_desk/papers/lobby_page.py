"""The board of the waiting room as one HTML file for the browser of a TV.

Nothing is loaded from elsewhere and nothing runs in it: the page asks for itself again each minute.
"""

from html import escape

from cchc_desk.domain.lobby import HEADINGS, NOTHING, LobbyBoard, LobbyLine, LobbyPart

REFRESH_SECONDS = 60
_STYLE = """
*{box-sizing:border-box}
html,body{margin:0;height:100%;overflow:hidden}
body{font-family:"Noto Sans","Segoe UI",Arial,sans-serif;background:#fff;color:#15181c;
display:flex;flex-direction:column}
header{background:#4a2173;color:#fff;padding:1.4vh 2vw;display:flex;align-items:baseline;
justify-content:space-between;gap:2vw;font-size:3.2vh;font-weight:bold}
header span{font-weight:normal;white-space:nowrap}
main{flex:1;display:flex;gap:1.2vw;padding:1.6vh 1.6vw;min-height:0}
section{flex:1;display:flex;flex-direction:column;min-width:0}
section.ready{flex:1.25}
h2{margin:0 0 1.2vh;padding:1vh 1vw;font-size:4vh;border-bottom:.6vh solid}
.ready h2{color:#0b6b3a}.today h2{color:#4a2173}.sorry h2{color:#9b1c1c}
ul{list-style:none;margin:0;padding:0;font-size:var(--size);line-height:1.25;overflow:hidden}
li{padding:.5vh 1vw;border-bottom:.15vh solid #ddd;overflow-wrap:anywhere}
b{white-space:nowrap}
i{font-style:normal;font-size:.7em;color:#444}
small{display:block;font-size:.7em;color:#444;white-space:nowrap;overflow:hidden;
text-overflow:ellipsis}
.nothing{color:#555}
footer{padding:1vh 2vw;font-size:2.6vh;color:#333;border-top:.2vh solid #ccc}
"""


def lobby_page(board: LobbyBoard) -> bytes:
    """Return the page as UTF-8. Same board, same bytes."""
    parts = "\n".join(_part(board, part) for part in LobbyPart)
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="{REFRESH_SECONDS}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex">
<title>{escape(board.unit)}</title>
<style>{_STYLE}</style>
</head>
<body>
<header>{escape(board.unit)}<span>{board.now:%d/%m/%Y}</span></header>
<main>
{parts}
</main>
<footer>{escape(board.foot)}</footer>
</body>
</html>
""".encode()


def _part(board: LobbyBoard, part: LobbyPart) -> str:
    lines = "\n".join(map(_line, board.of(part))) or f'<li class="nothing">{NOTHING}</li>'
    heading = HEADINGS[part]
    size = f"--size:{board.type_size(part):.1f}vh"
    return (
        f'<section class="{part.value}" style="{size}"><h2>{heading}</h2><ul>\n{lines}\n</ul>'
        "</section>"
    )


def _line(line: LobbyLine) -> str:
    about = f"<small>{escape(line.beside)}</small>" if line.beside else ""
    return f"<li><i>{escape(line.office)}</i><b>{escape(line.own)}</b>{about}</li>"
