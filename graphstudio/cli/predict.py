"""``graphstudio predict RUN --input DATA``: let a trained model predict."""

from argparse import Namespace

from graphstudio.cli.output import CommandError, say, say_error, say_json
from graphstudio.code.plan import PlanError
from graphstudio.engine.data.errors import DataError
from graphstudio.engine.evaluate import predict
from graphstudio.engine.installed import installed_catalog
from graphstudio.engine.own_code import OwnCodeError
from graphstudio.engine.run_folder import RunFolder, RunFolderError


def run(arguments: Namespace) -> int:
    """Print the predictions, a row a sample; return 1 if data or diagram do not fit."""
    try:
        predictions = predict(
            RunFolder(arguments.run),
            arguments.input,
            installed_catalog(),
            trusted=arguments.trust,
        )
    except RunFolderError as error:
        raise CommandError(str(error)) from error
    except (DataError, PlanError, OwnCodeError) as error:
        say_error(str(error))
        return 1
    if arguments.json:
        say_json({name: values.tolist() for name, values in predictions.items()})
        return 0
    for row, values in enumerate(zip(*predictions.values(), strict=True)):
        heads = zip(predictions, values, strict=True)
        say(f"{row}: " + "  ".join(f"{name} {value.tolist()}" for name, value in heads))
    return 0
