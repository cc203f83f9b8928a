"""Bytes of a page to text: by its byte order mark, what it declares, UTF-8, and only then by a library's judgement."""

from __future__ import annotations

import codecs
import re

from kg.ingest.values import RecordError

SAMPLE = 64 * 1024  # bytes that are judged
BAD = 0.001  # share of characters that may be damaged in an encoding that the page itself declares
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_HEAD = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As browsers do: pages that say Latin-1 or ASCII are in the wider Windows encoding.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}
_NO_CHARSET = frozenset(
    ("idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem")
)


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of a page; `declared` is what its HTTP header says. Raises RecordError where no encoding fits.

    >>> decoded("Le général".encode("cp1252"), "iso-8859-1"), decoded("Löwe".encode())
    ('Le général', 'Löwe')
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    inside = _DECLARED.search(data, 0, _HEAD)
    for label in (declared, inside[1].decode("ascii", errors="replace") if inside else None):
        if label and (found := _by(data, label)) is not None:
            return found
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _judged(data)


def _by(data: bytes, label: str) -> str | None:
    """The text in a declared encoding, unless that is unknown or does not fit."""
    try:
        name = codecs.lookup(label.strip()).name
        name = _WIDER.get(name, name)
        if name in _NO_CHARSET:
            return None
        text = data.decode(name, errors="replace")
    except (LookupError, UnicodeError, ValueError):
        return None
    return text if text.count("\ufffd") <= BAD * len(text) else None


def _judged(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    text = _by(data, best.encoding) if best else None
    if text is None:
        raise RecordError("has an encoding that cannot be told; save it as UTF-8")
    return text
