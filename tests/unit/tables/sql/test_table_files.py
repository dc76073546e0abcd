"""Files from which a database loads rows: without a folder for them, the reason is reported."""

from __future__ import annotations

import errno
import os
import tempfile

import pytest

from gri_builder.tables.sql.row_source import QueryError
from gri_builder.tables.sql.table_files import write_table_files


def test_no_temporary_folder_is_an_error_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", fail)
    with pytest.raises(QueryError, match="can't be written: No usable temporary directory"), write_table_files({}):
        pass


def test_errors_of_the_block_stay_what_they_are() -> None:
    with pytest.raises(OSError, match=os.strerror(errno.EIO)), write_table_files({}):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
