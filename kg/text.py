"""Article → Document: markup masked by blanks of the same length, and blocks that are parsed alone.

Nothing is removed and nothing is normalised: offsets into the masked text are offsets into the file.
Does not cover tables or footnotes; HTML beyond stray tags and entities is for the ingest stage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Article, Block, Document

_PLAIN = {
    "‘": "'", "’": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-", "\ufeff": " ",
    "\t": " ", "\r": " ", "\u200b": " ", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip

# Each pattern blanks what its groups named "b…" cover; the rest of the match stays. A match holds one of the signs.
_MARKUP = tuple(
    (re.compile(pattern, re.MULTILINE), signs.split())
    for pattern, signs in (
        (r"(?P<b1>!\[[^\]\n]*\]\([^)\n]*\))", "!["),  # image
        (r"(?P<b1>\[)[^\]\n]+(?P<b2>\]\([^)\n]*\))", "]("),  # link
        (r"(?P<b1><(?:https?://|mailto:)[^>\n]*>)", "<"),
        (r"(?P<b1></?[A-Za-z][^<>\n]{0,200}>)", "<"),  # tag
        (r"(?P<b1>\bhttps?://\S+|\bpic\.twitter\.com/\S+|\bwww\.\S+)", ":// pic. www."),
        (r"^(?P<b1>[ ]{0,3}#{1,6}[ ]+)", "#"),
        (r"^(?P<b1>[ ]{0,3}(?:>[ ]?)+)", ">"),
        (r"^(?P<b1>[ ]*[-*+•■█▪]+[ ]+)", "- * + • ■ █ ▪"),
        (r"(?<!\x00)(?P<b1>\*{1,3}|(?<![\w\x00])_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`+)", "* _ `"),
        (r"(?P<b1>\|)", "|"),
        (r"(?P<b1>&(?:nbsp|amp|quot|lt|gt|#\d+);)", "&"),
    )
)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|~])")
_BYLINE = re.compile(r"(?:by|von|text by|reporting by)[:\s]+[A-Z][^\d.!?]{2,80}$", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:@\w+|\b(?:photo|image|picture|credit|photograph)s?\s*(?::|by\b|/|courtesy\b)"
    r"|\(\s*(?:photo|image|picture|file photo|getty|ap|afp|reuters)\b[^)]*\)"
    r"|/\s*(?:AFP|AP|Reuters|Getty Images|EPA|Anadolu)\b)[^.]*\.?\s*$",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:original url|read (?:more|also)|related articles?|exit mobile version|share this|tags?|advertisement|"
    r"follow us|subscribe|sign up|copyright|all rights reserved|\S+(?: and \S+)* contributed (?:reporting|to this))\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<line>[A-Z][^\n]{2,80}?\((?:[A-Z][\w./ -]{1,60})\)\s*(?:--|—|–|-)\s*(?:\[[^\]\n]{2,30}\]\s*)*)"
)
_ONLY_DATE = re.compile(
    r"(?:published|updated|posted|date of publication|on|last modified)?[:\s]*"
    r"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d)"
    r"(?:[\s,|-]+(?:at\s+)?\d{1,2}[:.]\d\d.{0,15})?\s*$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?:;,][\"')\]]*\s*$")
TITLE_LENGTH = 200  # code points: a longer first line is a paragraph


def mask(text: str, body_start: int) -> str:
    """`text` with front matter and markup replaced by blanks, quotes and spaces made plain; same length.

    >>> mask("# He [said](x) “no”", 0)
    '  He  said     "no"'
    """
    plain = " " * body_start + _plain(text[body_start:])
    if "\\" in plain:
        plain = _ESCAPE.sub("\x00", plain)  # keeps the mark that follows from being read as markup
    for pattern, signs in _MARKUP:
        if any(sign in plain for sign in signs):
            plain = pattern.sub(_blank_groups, plain)
    return plain.replace("\x00", " ")


def _plain(text: str) -> str:
    """The text with plain quotes and spaces; what it does not hold is not replaced, which saves most of the time."""
    for sign, plain in _PLAIN.items():
        if sign in text:
            text = text.replace(sign, plain)
    return text


def _blank_groups(match: re.Match[str]) -> str:
    whole, base = list(match.group(0)), match.start()
    for name in match.groupdict():
        start, end = match.span(name)
        whole[start - base : end - base] = " " * (end - start)
    return "".join(whole)


def make_document(article: Article) -> Document:
    """The article masked and split into blocks, in the order in which they stand.

    A title in the front matter is a block of its own, at its own offsets.
    """
    masked = mask(article.text, article.body_start)
    blocks: list[Block] = []
    if article.title is not None and article.title.evidence is not None:
        words = article.title.evidence
        line = _plain(article.text[words.start : words.end])
        masked = masked[: words.start] + line + masked[words.end :]
        blocks.append(Block("title", words.start, words.end))
    untitled = not blocks
    for start, end in _paragraphs(masked, article.body_start):
        for block in _typed(masked, start, end, first=untitled):
            untitled = untitled and block.kind not in ("title", "paragraph")
            blocks.append(block)
    return Document(article, masked, tuple(blocks))


def _paragraphs(masked: str, body_start: int) -> Iterator[tuple[int, int]]:
    """Runs of non-blank lines, split at each newline unless the lines are hard-wrapped."""
    for run in re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|$))+", masked[body_start:]):
        begin = run.start() + body_start
        lines = [(m.start() + begin, m.end() + begin) for m in re.finditer(r"[^\n]+", run.group(0))]
        lengths = [end - start for start, end in lines[:-1]]
        wrapped = lengths and sum(45 <= length <= 90 for length in lengths) >= 0.7 * len(lengths)
        spans = [(lines[0][0], lines[-1][1])] if wrapped else lines
        for start, end in spans:
            piece = masked[start:end]
            if piece.strip():
                yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _typed(masked: str, start: int, end: int, *, first: bool) -> Iterator[Block]:
    line = masked[start:end]
    dateline = _DATELINE.match(line)
    if dateline and len(line) > dateline.end() + 20:
        yield Block("dateline", start, start + len(dateline.group("line").rstrip()))
        yield Block("paragraph", start + dateline.end(), end)
        return
    yield Block(_kind(line, first=first), start, end)


def _kind(line: str, *, first: bool) -> str:
    if _ONLY_DATE.match(line):
        return "dateline"
    if len(line) < 90 and _BYLINE.match(line):
        return "byline"
    if _FOOTER.match(line) and len(line) < 160:
        return "footer"
    if len(line) < TITLE_LENGTH and not first and _CREDIT.search(line):
        return "caption"
    if len(line) < TITLE_LENGTH and not _END.search(line):
        return "title" if first else "heading"
    return "paragraph"
