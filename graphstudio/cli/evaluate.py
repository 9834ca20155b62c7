"""``graphstudio evaluate RUN``: measure a trained model on its held-out data."""

from argparse import Namespace

from graphstudio.cli.output import CommandError, say, say_error, say_json
from graphstudio.code.plan import PlanError
from graphstudio.engine.data.errors import DataError
from graphstudio.engine.evaluate import evaluate
from graphstudio.engine.installed import installed_catalog
from graphstudio.engine.own_code import OwnCodeError
from graphstudio.engine.run_folder import RunFolder, RunFolderError


def run(arguments: Namespace) -> int:
    """Print loss and metrics; return 1 if the data or the run's diagram does not fit."""
    try:
        folder = RunFolder(arguments.run)
        results = evaluate(folder, installed_catalog(), trusted=arguments.trust)
        changed = folder.changed_data()
    except RunFolderError as error:
        raise CommandError(str(error)) from error
    except (DataError, PlanError, OwnCodeError) as error:
        say_error(str(error))
        return 1
    if changed is not None:
        say_error(f"warning: {changed.message}")
    if arguments.json:
        say_json(results)
    else:
        for name, value in sorted(results.items()):
            say(f"{name}: {value:.6g}")
    return 0
