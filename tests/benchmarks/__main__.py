"""``python -m tests.benchmarks [NAME …] [--json]``: measure, and print a row each."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Mapping

from graphstudio.cli.output import say, say_error, say_json
from tests.benchmarks.canvas import canvas, canvas_peers
from tests.benchmarks.event_loop import event_loop
from tests.benchmarks.feeding import feeding, large_table
from tests.benchmarks.first_inference import embedding_check, first_inference
from tests.benchmarks.inspect_edit import inspect_edit
from tests.benchmarks.layout import layout
from tests.benchmarks.program import ProgramError
from tests.benchmarks.row import Row
from tests.benchmarks.startup import startup, startup_imports
from tests.benchmarks.training_ratio import training_ratio

BENCHMARKS: Mapping[str, Callable[[], Iterable[Row]]] = {
    "startup": startup,
    "startup-imports": startup_imports,
    "event-loop": event_loop,
    "training-ratio": training_ratio,
    "inspect-edit": inspect_edit,
    "first-inference": first_inference,
    "embedding-check": embedding_check,
    "canvas": canvas,
    "canvas-peers": canvas_peers,
    "layout": layout,
    "feeding": feeding,
    "large-table": large_table,
}
_COLUMNS = ("name", "value", "unit", "goal", "peer", "")
_WIDTHS = (24, 10, 8, 10, 10, 0)


def main() -> int:
    """Run the named benchmarks; return 0 where all could be measured, whatever they showed."""
    parser = _parser()
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in BENCHMARKS:
            parser.error(
                f"Expected names of benchmarks ({', '.join(BENCHMARKS)}); received {name}."
            )
    try:
        _measure(arguments)
    except ProgramError as error:
        say_error(str(error))
        return 2
    return 0


def _measure(arguments: Namespace) -> None:
    rows: list[Row] = []
    if not arguments.json:
        say(_line(_COLUMNS))
    for name in arguments.names or BENCHMARKS:
        for row in BENCHMARKS[name]():
            rows.append(row)
            if not arguments.json:
                say(_line(_cells(row)))
    if arguments.json:
        say_json(rows)


def _parser() -> ArgumentParser:
    names = "\n".join(f"  {name:16}{_promise(run)}" for name, run in BENCHMARKS.items())
    parser = ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measure what the program promises about speed.",
        epilog=f"benchmarks:\n{names}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure; all by default")
    parser.add_argument("--json", action="store_true", help="print one JSON list of rows")
    return parser


def _promise(run: Callable[[], Iterable[Row]]) -> str:
    return (run.__doc__ or "").strip().partition("\n")[0]


def _cells(row: Row) -> tuple[str, ...]:
    peer = "" if row.peer is None else f"{row.peer:.4g}"
    verdict = "holds" if row.holds else "falls short"
    return row.name, f"{row.value:.4g}", row.unit, f"{row.goal:.4g}", peer, verdict


def _line(cells: tuple[str, ...]) -> str:
    return "".join(f"{c:{width}}" for c, width in zip(cells, _WIDTHS, strict=True)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
