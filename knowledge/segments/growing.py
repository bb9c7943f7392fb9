"""A NumPy file that grows row by row: what it holds is never whole in memory."""

from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.lib.format import header_data_from_array_1_0, write_array_header_1_0
from numpy.typing import NDArray


class GrowingArray:
    """Rows of one kind, appended to a `.npy` file that `numpy.load` reads once the block has ended."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._header: dict[str, Any] = {}
        self._rows = 0

    def __enter__(self) -> Self:
        self._file = self._path.open("wb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        with self._file as file:
            if error is None:
                # NumPy leaves room in a header for any number of rows: the second is as long as the first.
                self._write_header(file, self._rows)

    def append(self, rows: NDArray[Any]) -> None:
        """Rows (n, …), of the same type and the same length as those before; at least one call, which may be of none.

        Raises `OSError` when the disk is full, `ValueError` for rows of another kind.
        """
        assert self._file is not None
        kind = header_data_from_array_1_0(np.ascontiguousarray(rows))
        if not self._header:
            self._header = kind
            self._write_header(self._file, 0)
        if (kind["descr"], kind["shape"][1:]) != (self._header["descr"], self._header["shape"][1:]):
            raise ValueError(f"{self._path.name} holds rows of {self._header}, not of {kind}")
        self._file.write(np.ascontiguousarray(rows).data)
        self._rows += len(rows)

    def _write_header(self, file: BinaryIO, rows: int) -> None:
        file.seek(0)
        write_array_header_1_0(file, {**self._header, "shape": (rows, *self._header["shape"][1:])})
