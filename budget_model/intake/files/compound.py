"""The container of .xls files (and of password-protected ones): which streams it holds, and their bytes.

Written after Microsoft's open specification [MS-CFB]. Every chain of sectors is followed at most once round, so that a
damaged or hostile file ends in `Damaged`, never in a loop.
"""

from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_ENTRY: Final = 128


class Damaged(Exception):
    """The container does not hold together."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One named stream: where it begins and how long it is."""

    name: str
    kind: int
    start: int
    size: int


class Container:
    """A compound file, opened from its bytes."""

    def __init__(self, data: bytes) -> None:
        if data[:8] != SIGNATURE or len(data) < 512:
            raise Damaged
        self._data = data
        self._sector = 1 << min(int.from_bytes(data[30:32], "little"), 16)
        self._small = 1 << min(int.from_bytes(data[32:34], "little"), 16)
        self._cutoff = int.from_bytes(data[56:60], "little")
        if self._sector < 512 or self._small > self._sector:
            raise Damaged
        self._next = self._table()
        directory = self._chain(int.from_bytes(data[48:52], "little"))
        self.streams = tuple(_streams(directory))

    def names(self) -> frozenset[str]:
        """The names of all streams and folders, in lower case."""
        return frozenset(stream.name.lower() for stream in self.streams)

    def find(self, name: str) -> Stream | None:
        """The stream of this name, whatever its case."""
        return next(
            (stream for stream in self.streams if stream.name.lower() == name.lower() and stream.kind == 2),
            None,
        )

    def read(self, stream: Stream) -> bytes:
        """The bytes of one stream."""
        if stream.size >= self._cutoff:
            return self._chain(stream.start, stream.size)[: stream.size]
        root = next((stream for stream in self.streams if stream.kind == 5), None)
        if root is None:
            raise Damaged
        pool = self._chain(root.start)
        links = _numbers(self._chain(int.from_bytes(self._data[60:64], "little")))
        parts: list[bytes] = []
        at, seen = stream.start, 0
        while at < _END and len(parts) * self._small < stream.size:
            seen += 1
            if at >= len(links) or seen > len(links):
                raise Damaged
            parts.append(pool[at * self._small : (at + 1) * self._small])
            at = links[at]
        return b"".join(parts)[: stream.size]

    def _block(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        if start >= len(self._data):
            raise Damaged
        return self._data[start : start + self._sector]

    def _table(self) -> list[int]:
        """Which sector follows which."""
        places = [number for number in _numbers(self._data[76:512]) if number < _END]
        more, seen = int.from_bytes(self._data[68:72], "little"), 0
        while more < _END:
            seen += 1
            if seen > len(self._data) // self._sector + 1:
                raise Damaged
            listed = _numbers(self._block(more))
            places.extend(number for number in listed[:-1] if number < _END)
            more = listed[-1]
        if len(places) > len(self._data) // self._sector + 1:
            raise Damaged
        table: list[int] = []
        for place in places:
            table.extend(_numbers(self._block(place)))
        return table

    def _chain(self, start: int, size: int | None = None) -> bytes:
        parts: list[bytes] = []
        at = start
        while at < _END and (size is None or len(parts) * self._sector < size):
            if at >= len(self._next) or len(parts) > len(self._next):
                raise Damaged
            parts.append(self._block(at))
            at = self._next[at]
        return b"".join(parts)


def _numbers(block: bytes) -> list[int]:
    return [int.from_bytes(block[at : at + 4], "little") for at in range(0, len(block) - 3, 4)]


def _streams(directory: bytes) -> list[Stream]:
    streams = []
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[at : at + _ENTRY]
        length, kind = int.from_bytes(entry[64:66], "little"), entry[66]
        if kind and 2 <= length <= 64:
            name = entry[: length - 2].decode("utf-16-le", errors="replace")
            start = int.from_bytes(entry[116:120], "little")
            streams.append(Stream(name, kind, start, int.from_bytes(entry[120:124], "little")))
    return streams
