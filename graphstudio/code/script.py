"""Whole Python files: a script that trains the model of a project, or a module that builds it."""

from collections.abc import Iterator
from pathlib import PurePath

from graphstudio.catalog.entries import Catalog
from graphstudio.code.data_source import COLUMNS, SAMPLES, data_functions
from graphstudio.code.literals import number_literal, text_literal
from graphstudio.code.model_source import model_function, naming
from graphstudio.code.plan import HeadStep, Plan, make_plan
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out,
    lay_out_assignment,
    list_display,
    named,
)
from graphstudio.code.values import value_source
from graphstudio.diagram.project import Project

_END = 'if __name__ == "__main__":\n    main()\n'
_PRINT_RESULTS = """\
    for name, value in results.items():
        print(f"{name}: {value}")
"""
_FIT_SPLIT = """\
    model.fit(
        *train,
        validation_data=validation,
        batch_size=BATCH_SIZE,
        epochs=EPOCHS,
    )
    results = model.evaluate(
        *(validation or train),
        batch_size=BATCH_SIZE,
        return_dict=True,
    )
"""
_FIT_WHOLE = """\
    model.fit(x, y, batch_size=BATCH_SIZE, epochs=EPOCHS)
    results = model.evaluate(x, y, batch_size=BATCH_SIZE, return_dict=True)
"""


def python_script(project: Project, catalog: Catalog, *, data_path: str | None = None) -> str:
    """Return a program that builds, trains, evaluates and saves the model of a project.

    It reaches the numbers that a run in the studio reaches. Where there is no data, or no head has
    a loss, it builds, compiles and summarises the model.

    Args:
        project: the project.
        catalog: what Keras offers.
        data_path: the data file, if that is not the project's own.

    Raises:
        PlanError: the diagram is no model, or holds a value that cannot be written as Python.
    """
    plan = make_plan(project.diagram, catalog)
    path = data_path or (project.data.source.path if project.data.source else None)
    if path and plan.trained_heads:
        blocks = _training_blocks(project, plan, catalog, path)
    else:
        reason = "no head has a loss" if path else "the project has no data"
        blocks = _summary_blocks(project, plan, catalog, reason)
    return "\n\n".join(blocks)


def python_module(project: Project, catalog: Catalog) -> str:
    """Return a module with the function ``build_model`` and nothing else.

    Raises:
        PlanError: the diagram is no model, or holds a value that cannot be written as Python.
    """
    plan = make_plan(project.diagram, catalog)
    start = f'"""The Keras model {_in_docstring(plan)}."""\n\nimport keras\n'
    return "\n\n".join([start, model_function(plan, catalog)])


def _training_blocks(project: Project, plan: Plan, catalog: Catalog, path: str) -> Iterator[str]:
    split = bool(project.data.validation)
    name = _in_docstring(plan)
    yield (
        f'"""Train the Keras model {name}, evaluate it and save it as {name}.keras."""\n\n'
        "from pathlib import Path\n\nimport keras\nimport numpy as np\n\n"
        + _training_constants(project, path)
        + f"\n{COLUMNS}{SAMPLES if split else ''}"
    )
    yield from data_functions(plan, split=split)
    yield model_function(plan, catalog)
    loaded = "train, validation" if split else "x, y"
    save = call(("model.save",), [(text_literal(f"{plan.name}.keras"),)])
    yield (
        'def main() -> None:\n    """Train the model, and print what it reaches."""\n'
        "    keras.utils.set_random_seed(SEED)\n"
        f"    {loaded} = load_data()\n"
        + _built_and_compiled(project, plan, catalog)
        + (_FIT_SPLIT if split else _FIT_WHOLE)
        + _PRINT_RESULTS
        + lay_out(save, indent=4)
        + "\n"
    )
    yield _END


def _summary_blocks(project: Project, plan: Plan, catalog: Catalog, reason: str) -> Iterator[str]:
    yield (
        f'"""Build, compile and summarise the Keras model {_in_docstring(plan)}.\n\n'
        f'It is not trained: {reason}.\n"""\n\n'
        f"import keras\n\nSEED = {project.training.seed}\n"
    )
    yield model_function(plan, catalog)
    yield (
        'def main() -> None:\n    """Build the model and print its layers."""\n'
        "    keras.utils.set_random_seed(SEED)\n"
        + _built_and_compiled(project, plan, catalog)
        + "    model.summary()\n"
    )
    yield _END


def _training_constants(project: Project, path: str) -> str:
    training = project.training
    constants: dict[str, Expression] = {
        "SEED": (number_literal(training.seed),),
        "EPOCHS": (number_literal(training.epochs),),
        "BATCH_SIZE": (number_literal(training.batch_size),),
        "VALIDATION": (number_literal(project.data.validation),),
        "DATA": _path(path),
    }
    if not project.data.validation:
        del constants["VALIDATION"]
    lines = (lay_out_assignment(name, value) for name, value in constants.items())
    return "\n".join(lines) + "\n"


def _path(path: str) -> Expression:
    """Return the expression of a path; a relative one starts from the script's own folder."""
    if PurePath(path).is_absolute():
        return call(("Path",), [(text_literal(path),)])
    return call(("Path(__file__).parent.joinpath",), [(text_literal(path),)])


def _built_and_compiled(project: Project, plan: Plan, catalog: Catalog) -> str:
    arguments = _compile_arguments(project, plan, catalog)
    compiled = lay_out(call(("model.compile",), arguments), indent=4)
    return f"    model = build_model()\n{compiled}\n"


def _compile_arguments(project: Project, plan: Plan, catalog: Catalog) -> Iterator[Expression]:
    with naming(None, "optimizer"):
        yield named("optimizer", value_source(project.training.optimizer, catalog))
    heads = plan.trained_heads
    if heads:
        losses = [_loss(head, catalog) for head in heads]
        yield named("loss", dict_display(losses))
    if any(head.node.weight != 1 for head in heads):
        weights = ((head.node.name, value_source(head.node.weight, catalog)) for head in heads)
        yield named("loss_weights", dict_display(weights))
    if any(head.node.metrics for head in heads):
        metrics = [_metrics(head, catalog) for head in heads if head.node.metrics]
        yield named("metrics", dict_display(metrics))


def _loss(head: HeadStep, catalog: Catalog) -> tuple[str, Expression]:
    with naming(head.id, head.node.name):
        return head.node.name, value_source(head.node.loss, catalog)


def _metrics(head: HeadStep, catalog: Catalog) -> tuple[str, Expression]:
    with naming(head.id, head.node.name):
        metrics = (value_source(metric, catalog) for metric in head.node.metrics)
        return head.node.name, list_display(metrics)


def _in_docstring(plan: Plan) -> str:
    # A name of a model is plain but for the backslash (see diagram/names.py).
    return plan.name.replace("\\", "\\\\")
