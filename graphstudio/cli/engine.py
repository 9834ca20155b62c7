"""``graphstudio engine``: serve the studio on the standard streams."""

from argparse import Namespace

from graphstudio.engine.process import serve


def run(arguments: Namespace) -> int:
    """Serve until the input ends."""
    serve(cpu_only=arguments.cpu)
    return 0
