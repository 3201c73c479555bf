"""A reference to one figure, as those write it who cite: a Markdown footnote, BibTeX, CSL-JSON."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import NamedTuple

from miit_cli.output.cells import controls, visible
from miit_cli.types import MONTHS

MARKUP = re.compile(r"[\\`*_\[\]<>|~^]")
LATEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "$&#_%"},
        "{": "\\textbraceleft{}",  # BibTeX counts escaped braces too
        "}": "\\textbraceright{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)
NO_KEY = re.compile(r"[^\w.:+/-]+")  # what BibTeX does not take in the key of an entry
ENDED = re.compile(r"[.?!。？！][”*]?$|>$")
NO_URL = str.maketrans({character: f"%{ord(character):X}" for character in "{}\\ <>"})
PLACES = {"en": "Sentence {}: “{}”", "zh": "第{}句：“{}”"}
ORIGINALS = {"en": "Source: {}", "zh": "来源：{}"}
# front matter that describes an original in fields comes as ``title: …; publisher: …; date: …``
FIELD = re.compile(r"(?:^|; )(title|publisher|date): (.*?)(?=; \w+: |$)")


class Citation(StrEnum):
    """What a reference is written as."""

    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


ENDINGS = {
    **dict.fromkeys(("md", "markdown"), Citation.MARKDOWN),
    "bib": Citation.BIBTEX,
    "json": Citation.CSL_JSON,
}


class Reference(NamedTuple):
    """A figure and where it stands."""

    key: str  # slug and period
    figure: str  # what is said: indicator, period, value with its hedge, unit
    document: str
    title: str
    publisher: str
    event: str
    date: str
    source: str  # the original that the document restates, or where it was taken from
    url: str
    language: str
    sentence: int
    quote: str
    sha256: str


def render(reference: Reference, form: Citation, lang: str) -> str:
    """The reference in a format; ``lang`` is the language of the words around it."""
    renderers = {Citation.MARKDOWN: _markdown, Citation.BIBTEX: _bibtex, Citation.CSL_JSON: _csl}
    return renderers[form](reference, lang)


def _markdown(reference: Reference, lang: str) -> str:
    """A footnote, which the text refers to as ``[^5g-base-stations-2022-07]``."""

    def marked(text: str) -> str:
        return MARKUP.sub(r"\\\g<0>", _line(text))

    told = _sentences(
        marked(reference.figure),
        f"*{marked(reference.title)}*",
        marked(", ".join(filter(None, (reference.publisher, reference.date)))),
        marked(reference.event),
        marked(_place(reference, lang)),
        marked(_original(reference, lang)),
        f"`{visible(reference.document).replace('`', '')}`, SHA-256 `{reference.sha256}`",
        f"<{_url(reference)}>" if reference.url else "",
    )
    return f"[^{NO_KEY.sub('-', reference.key)}]: {told}\n"


def _bibtex(reference: Reference, lang: str) -> str:
    """An entry for BibTeX (``year``, ``month``) and for biblatex (``date``)."""

    def latex(text: str) -> str:
        return _line(text).translate(LATEX)

    year, month, _ = reference.date.split("-")
    fields = {
        # braced twice: a name that is no person's, a title whose capitals stay
        "author": f"{{{{{latex(reference.publisher)}}}}}",
        "title": f"{{{{{latex(reference.title)}}}}}",
        "howpublished": f"{{{latex(reference.event)}}}",
        "date": f"{{{reference.date}}}",
        "year": f"{{{year}}}",
        "month": MONTHS[int(month) - 1][:3].lower(),
        "url": f"{{{_url(reference)}}}",
        "note": f"{{{latex(_note(reference, lang))}}}",
    }
    lines = [f"  {name} = {value},\n" for name, value in fields.items() if value.strip("{}")]
    key = NO_KEY.sub("-", f"{reference.document}:{reference.key}")
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _csl(reference: Reference, lang: str) -> str:
    """A list of one item, which citeproc, Pandoc and Zotero read."""
    item = {
        "id": f"{reference.document}:{reference.key}",
        "type": "report",
        "title": reference.title,
        "author": [{"literal": reference.publisher}] if reference.publisher else None,
        "issued": {"date-parts": [[int(part) for part in reference.date.split("-")]]},
        "event": reference.event,
        "URL": reference.url,
        "language": "zh-CN" if reference.language == "zh" else "en",
        "abstract": reference.quote,
        "note": _note(reference, lang),
        "custom": {
            "document": reference.document,
            "sentence": reference.sentence,
            "sha256": reference.sha256,
        },
    }
    written = json.dumps([{key: value for key, value in item.items() if value}], indent=2, ensure_ascii=False)
    return (
        controls().sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", written)
        + "\n"
    )


def _note(reference: Reference, lang: str) -> str:
    """What has no field of its own: the figure, its place, the original, the file."""
    place, original = _place(reference, lang), _original(reference, lang)
    return _sentences(reference.figure, place, original, f"SHA-256 {reference.sha256}")


def _place(reference: Reference, lang: str) -> str:
    """``Sentence 5: “By the end of July …”``."""
    return PLACES[lang].format(reference.sentence, _line(reference.quote))


def _original(reference: Reference, lang: str) -> str:
    """``Source: the title of the original, its publisher, its day``; "" where there is none."""
    told = dict(FIELD.findall(reference.source))
    known = [told[name] for name in ("title", "publisher", "date") if name in told] if "title" in told else []
    original = ", ".join(known) or reference.source
    return ORIGINALS[lang].format(_line(original)) if original else ""


def _sentences(*parts: str) -> str:
    """The parts that say anything, each with a full stop."""
    return " ".join(part if ENDED.search(part) else f"{part}." for part in parts if part)


def _url(reference: Reference) -> str:
    return _line(reference.url).translate(NO_URL)


def _line(text: str) -> str:
    """A text on one line, without anything that a terminal would obey."""
    return visible(" ".join(text.split()))
