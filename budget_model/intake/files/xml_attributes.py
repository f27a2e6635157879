"""The attributes of an XML tag, read by a pattern: a sheet of a million rows has no time for more."""

import html
import re
from typing import Final

_ATTRIBUTE: Final = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attributes(tag: bytes) -> dict[bytes, str]:
    r"""The attributes of one XML tag.

    >>> attributes(b'<sheet name="A &amp; B" r:id=\'rId1\'/>')
    {b'name': 'A & B', b'r:id': 'rId1'}
    """
    return {
        match[1]: html.unescape((match[2] or match[3] or b"").decode("utf-8", errors="replace"))
        for match in _ATTRIBUTE.finditer(tag)
    }
