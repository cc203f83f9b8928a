"""Web archives (WARC): one article per page that a server answered with, by FastWARC.

A record that is broken is told with its place, and reading goes on at the next one. Places are bytes of the unpacked
archive: `zcat FILE | tail -c +PLACE` shows the record.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from kg.frontmatter import is_address
from kg.ingest.charset import decoded
from kg.ingest.made import ForeignError, make_record
from kg.ingest.packed import Source
from kg.ingest.pages import NoTextError, page_values
from kg.ingest.values import LARGEST, Broken, RecordError
from kg.model import Article

KEPT = 4 * 1024 * 1024  # bytes given last: what FastWARC has read ahead when it gives up, or took for a long record
_START, _END = b"WARC/1.", b"\r\n\r\n"
_HEADER = 32 * 1024
_ANSWER = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)


class UnfitError(RecordError):
    """A record that is in order, and no page."""


def read_warc(source: Source, path: str, name: str) -> Iterator[Article | Broken]:
    """The articles of an archive, what is broken in it, and its records that are no pages."""
    stream = _Stream(source)
    while not stream.ended:
        yield from _run(stream, path, name)
    if stream.fault is not None:
        yield Broken(path, stream.at, str(stream.fault))


def _run(stream: _Stream, path: str, name: str) -> Iterator[Article | Broken]:
    """The records up to the end, or to a place where no record starts; the stream then stands at the next one."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    place = after = stream.at
    records = ArchiveIterator(
        cast(BinaryIO, stream), WarcRecordType.any_type, parse_http=False, stream_detect=False, fsspec_args=False
    )
    try:
        for record in records:
            place = record.stream_pos  # as our stream tells it
            after = place + max(record.content_length, 1)
            if record.record_type & wanted:
                yield _article(record, path, name, place)
        stream.ended = True
        if after > stream.given:  # the last record says that it is longer than what is left
            stream.ended = False
            stream.next_record(place + 1)
    except (OSError, ValueError) as error:
        place = stream.next_record(after)
        yield Broken(path, place, f"is no WARC record ({_said(error)}); passed over up to the next one")


def _article(record: Any, path: str, name: str, place: int) -> Article | Broken:
    try:
        return make_record(_values(record), file=name, position=place)
    except RecordError as fault:
        return Broken(path, place, str(fault), harmless=isinstance(fault, ForeignError | NoTextError | UnfitError))


def _values(record: Any) -> dict[str, str | None]:
    if record.content_length > LARGEST:
        raise RecordError(f"is larger than the limit of {LARGEST / 1_048_576:g} MB; leave it out")
    data, kind, charset = _payload(record)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    if kind in _PAGES:
        return page_values(decoded(data, charset), url)
    if kind in _TEXTS:
        return {"text": decoded(data, charset), "url": url if url and is_address(url) else None}
    raise UnfitError(f"is of the type {kind[:40]!r}, no page" if kind else "is of no stated type, no page")


def _payload(record: Any) -> tuple[bytes, str, str | None]:
    """A record's bytes, decoded as HTTP says, their type and their charset; RecordError for what is cut short."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    length = record.content_length
    try:
        data = record.reader.read(length)
        if len(data) < length:
            raise RecordError(f"is cut short: {len(data):,} of {length:,} bytes are there; fetch the archive again")
        header = record.headers.get("Content-Type") or ""
        if record.record_type & WarcRecordType.response and header.startswith("application/http"):
            answer = WarcRecord.from_bytes(_ANSWER % len(data) + data)  # so that the archive's own stays in order
            answer.parse_http(auto_decode="all")
            status = answer.http_headers.status_code if answer.is_http_parsed else None
            if status != 200:
                raise UnfitError(
                    f"is an answer with {f'the HTTP status {status}' if status else 'no HTTP status'}, no page"
                )
            header = answer.http_headers.get("Content-Type") or ""
            data = answer.reader.read(LARGEST + 1)
    except (OSError, ValueError, EOFError) as error:
        raise RecordError(f"cannot be decoded ({_said(error)}); leave it out") from error
    if len(data) > LARGEST:
        raise RecordError(f"unpacks to more than the limit of {LARGEST / 1_048_576:g} MB; leave it out")
    kind, _, rest = header.partition(";")
    charset = rest.partition("charset=")[2].split(";")[0].strip(" \"'") if "charset=" in rest.lower() else None
    return data, kind.strip().lower(), charset


class _Stream(io.RawIOBase):
    """A source that keeps what it gave last, so that reading can go on after a record that is broken."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tail = bytearray()  # what was given last
        self._next = bytearray()  # what is to be given before anything new
        self.given = 0
        self.ended = False
        self.fault: RecordError | None = None

    @property
    def at(self) -> int:
        """The place of the next byte."""
        return self.given - len(self._next)

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def read(self, size: int = 65536) -> bytes:
        if self._next:
            data = bytes(self._next[:size])
            del self._next[: len(data)]
            return data
        data = self._more(size)
        self._tail += data
        del self._tail[:-KEPT]
        return data

    def _more(self, size: int) -> bytes:
        """New bytes; what is wrong with the source ends it, so that what was read before is not lost."""
        try:
            data = b"" if self.fault is not None else self._source.read(size)
        except RecordError as fault:
            self.fault, data = fault, b""
        self.given += len(data)
        return data

    def next_record(self, after: int) -> int:
        """Stand at the first record that starts after a place; where what is no record probably starts."""
        start = max(after, self.given - len(self._tail))
        window = self._tail[start - (self.given - len(self._tail)) :]
        start += window.find(_END, 0, _HEADER) + len(_END) if _END in window[:_HEADER] else 0
        self._next = bytearray()
        while True:
            at = window.find(b"\n" + _START)
            if at >= 0:
                self._next = window[at + 1 :]
                return start
            data = self._more(KEPT)
            if not data:
                self.ended = True
                return start
            window = window[-len(_START) :] + data
            self._tail = bytearray(window)


def _said(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
