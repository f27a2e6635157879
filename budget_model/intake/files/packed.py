"""Long runs of whole numbers as one short text, so that a reading can be sent from one process to another.

The text is base64 of the numbers' bytes: it can only ever become numbers again.
"""

import base64
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_KINDS = {"u1": np.uint8, "i4": np.int32, "i8": np.int64}


@dataclass(frozen=True, slots=True)
class Packed:
    """Whole numbers, packed.

    >>> pack(np.array([3, 1, 2], np.int32)).unpack().tolist()
    [3, 1, 2]
    """

    kind: str
    text: str

    def unpack(self) -> NDArray[np.int64]:
        """The numbers again; they cannot be changed."""
        return np.frombuffer(base64.b64decode(self.text), _KINDS[self.kind]).astype(np.int64)

    def __len__(self) -> int:
        return len(base64.b64decode(self.text)) // np.dtype(_KINDS[self.kind]).itemsize


def pack(numbers: NDArray[np.integer] | NDArray[np.bool_]) -> Packed:
    """Pack whole numbers in the smallest kind that holds them all."""
    low, high = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
    kind = "u1" if low >= 0 and high < 256 else "i4" if low >= -(2**31) and high < 2**31 else "i8"
    return Packed(
        kind, base64.b64encode(np.ascontiguousarray(numbers.astype(_KINDS[kind])).tobytes()).decode("ascii")
    )
