"""Bytes out of a file that may be packed: never more at once than asked for, never a bomb's worth altogether."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from kg.ingest.values import RATIO, UNPACKED, RecordError

CHUNK = 1024 * 1024
_FED = 1024  # packed bytes at a time: zstd makes at most 32 MB out of them


class Source:
    """The unpacked bytes of a stream. Raises RecordError for what is damaged, cut short or a bomb."""

    def __init__(self, raw: BinaryIO, packing: str | None = None) -> None:
        """Nothing is read yet."""
        self._raw = _Counted(raw)
        self._chunks = _chunks(self._raw, packing)
        self._packed = packing is not None
        self._rest = b""
        self.given = 0  # bytes so far

    def read(self, size: int = CHUNK) -> bytes:
        """Up to `size` bytes; none at the end."""
        try:
            while not self._rest:
                self._rest = next(self._chunks)
        except StopIteration:
            return b""
        except EOFError as error:
            raise RecordError("the packed data end early; the file is cut short, fetch it again") from error
        except (OSError, zlib.error) as error:
            raise RecordError(f"cannot be read ({_why(error)}); fetch or pack the file again") from error
        data, self._rest = self._rest[:size], self._rest[size:]
        self.given += len(data)
        if self._packed and self.given > UNPACKED and self.given > RATIO * self._raw.taken:
            raise RecordError(
                f"unpacks to more than {RATIO} times its size ({self.given:,} bytes so far), as no news does; unpack "
                "it yourself if it is meant"
            )
        return data

    def all(self, largest: int) -> bytes:
        """Everything, if that is not more than `largest` bytes."""
        found = bytearray()
        while chunk := self.read():
            found += chunk
            if len(found) > largest:
                raise RecordError(
                    f"is larger than the limit of {largest / 1_048_576:g} MB; split it into one file per article"
                )
        return bytes(found)

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read."""
        found = b""
        while len(found) < size and (chunk := self.read()):
            found += chunk
        self._rest = found + self._rest
        self.given -= len(found)
        return found[:size]


class _Counted(io.RawIOBase):
    """A stream that counts what is taken out of it."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self.taken += len(data)
        return data


def _chunks(raw: _Counted, packing: str | None) -> Iterator[bytes]:
    if packing == "zstd":
        yield from _unzstd(raw)
        return
    # read1() gives what is there before it finds the data damaged
    read = gzip.GzipFile(fileobj=raw).read1 if packing == "gzip" else raw.read
    while chunk := read(CHUNK):
        yield chunk


def _unzstd(raw: _Counted) -> Iterator[bytes]:
    import zstandard

    unpacker = None
    for packed in iter(lambda: raw.read(_FED), b""):
        rest = packed
        while rest:
            if unpacker is None:
                unpacker = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
            try:
                yield unpacker.decompress(rest)
            except zstandard.ZstdError as error:
                raise OSError(str(error)) from error
            rest = unpacker.unused_data if unpacker.eof else b""
            unpacker = None if unpacker.eof else unpacker
    if unpacker is not None:
        raise EOFError


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).replace("\n", " ")
