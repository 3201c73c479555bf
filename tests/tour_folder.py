"""The folder of mixed files that docs/tour.md goes through: a web page, a PDF, a Word document, plain text.

    python tests/tour_folder.py FOLDER

The reports are made up, in English, and in Chinese of both scripts.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Industry in the first half of 2023 - Office of Notes</title>
<meta property="article:published_time" content="2023-07-20T10:00:00+08:00">
</head>
<body>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/2022">Archive of 2022</a></nav>
<main><article>
<h1>Industry in the first half of 2023</h1>
<p>In the first half of 2023, value added of industrial enterprises above designated size grew by 3.8% year on
year, and that of manufacturing by 4.2%.</p>
<p>At the end of June there were 2.937 million 5G base stations. By the end of 2025 the number of 5G base
stations is to exceed 4 million.</p>
<p>Three key tasks were named for the second half of the year.</p>
<p>At the end of June 2023, China also had 12,500 harbor cranes.</p>
</article></main>
<footer>Copyright 2023. 1,204 readers.</footer>
</body>
</html>
"""
SIMPLIFIED = """\
---
title: 2023年工业和信息化发展情况
date: 2024-01-19
publisher: 办公室
---

# 2023年工业和信息化发展情况

2023年，规模以上工业增加值同比增长4.6%，制造业增加值同比增长5.0%。

2023年，新能源汽车产销分别完成958.7万辆和949.5万辆，同比分别增长35.8%和37.9%。

截至2023年底，5G基站总数达337.7万个。截至2023年底，港口起重机达1.28万台。
"""
TRADITIONAL = """\
上半年工業情況

2024年7月31日

上半年，規模以上工業增加值按年增長6.0%，製造業增加值按年增長6.5%。

截至6月底，5G基站總數達391.7萬個。
"""
WORD = (
    "The ministry's first quarter of 2024",
    "In the first quarter of 2024, value added of industrial enterprises above designated size grew by 6.1%.",
    "At the end of March 2024 there were 36.47 million 5G base stations.",
)
PDF = (
    "Telecommunications in 2024",
    "2025-01-26",
    "",
    "At the end of 2024 there were 4.251 million 5G base stations, 874,000 more than a year before.",
    "In 2024 the output of new energy vehicles exceeded 12.8 million.",
)


def write(folder: Path) -> None:
    """Write the files into a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2023-07-20-half-year.html").write_text(PAGE, encoding="utf-8")
    (folder / "2024-01-19-nian.md").write_text(SIMPLIFIED, encoding="utf-8")
    (folder / "2024-07-31-hong-kong.txt").write_text(TRADITIONAL, encoding="utf-8")
    (folder / "2024-04-18-quarter.docx").write_bytes(_word(*WORD))
    (folder / "2025-01-26-telecoms.pdf").write_bytes(_pdf(PDF))


def _word(title: str, *paragraphs: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(title, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _pdf(lines: tuple[str, ...]) -> bytes:
    """A page of lines of text."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
    font[NameObject("/Subtype")], font[NameObject("/BaseFont")] = (
        NameObject("/Type1"),
        NameObject("/Helvetica"),
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    shown = "".join(f"({line}) Tj 0 -18 Td\n" for line in lines)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 11 Tf 60 780 Td\n{shown}ET".encode("ascii"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
