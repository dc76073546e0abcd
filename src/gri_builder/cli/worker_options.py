"""The options for many tasks at a time: processes of this machine, or the workers of a cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gri_builder.cli.output import UsageError

if TYPE_CHECKING:
    from gri_builder.workers.outcome import Engine


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--jobs",
        metavar="N",
        type=_count,
        help="how many to process at a time on this machine; default: the number of its processors",
    )
    group.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="address of a Dask scheduler, such as tcp://10.0.0.5:8786; its workers need this version of gri-builder, "
        "and see files under the same paths",
    )


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= 1000):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of processes; write one from 1 to 1000")
    return int(text)


@contextmanager
def open_engine(arguments: argparse.Namespace) -> Iterator[Engine]:
    """Return what runs the tasks, for the statements of a `with` block; raises UsageError without a cluster."""
    from gri_builder.workers.pool import Pool, count_processors

    if arguments.scheduler is None:
        yield Pool(arguments.jobs or count_processors())
        return
    from gri_builder.workers.cluster import Cluster, ClusterError

    try:
        cluster = Cluster(arguments.scheduler)
    except ClusterError as problem:
        raise UsageError(str(problem)) from problem
    try:
        yield cluster
    except ClusterError as problem:
        raise UsageError(str(problem)) from problem
    finally:
        cluster.close()
