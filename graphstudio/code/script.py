"""Whole Python files: a script that trains the model of a project, or a module that builds it."""

import ast
from collections.abc import Iterable, Iterator

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.own_code import with_own
from graphstudio.code.adapt_source import adapt_function
from graphstudio.code.adapting import adapting
from graphstudio.code.data_plan import is_masked, make_data_plan
from graphstudio.code.data_source import (
    data_carried,
    data_constants,
    loading_functions,
    samples_type,
)
from graphstudio.code.data_steps import DataPlan
from graphstudio.code.generated_source import generated_constants, generating_functions
from graphstudio.code.import_block import import_block
from graphstudio.code.literals import number_literal, text_literal
from graphstudio.code.model_source import model_functions, naming
from graphstudio.code.own_source import with_own_code
from graphstudio.code.plan import Paths, make_plan
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out,
    lay_out_assignment,
    list_display,
    named,
)
from graphstudio.code.steps import HeadStep, Plan
from graphstudio.code.values import value_source
from graphstudio.diagram.data_paths import with_source_path
from graphstudio.diagram.generated import GENERATED, GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import Source
from graphstudio.diagram.suggest_columns import takes_text

_END = 'if __name__ == "__main__":\n    main()\n'
_PRINT_RESULTS = """\
    for name, value in results.items():
        print(f"{name}: {value}")
"""
_FIT = """\
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
_FIT_BATCHES = """\
    model.fit(train, validation_data=validation, epochs=EPOCHS, shuffle=False)
    results = model.evaluate(validation or train, return_dict=True)
"""
_FIT_WEIGHED = """\
    x, y, weights = train
    model.fit(
        x,
        y,
        sample_weight=weights,
        validation_data=validation,
        batch_size=BATCH_SIZE,
        epochs=EPOCHS,
    )
    x, y, weights = validation or train
    results = model.evaluate(
        x,
        y,
        sample_weight=weights,
        batch_size=BATCH_SIZE,
        return_dict=True,
    )
"""


def python_script(
    project: Project,
    catalog: Catalog,
    *,
    data_path: str | None = None,
    paths: Paths | None = None,
) -> str:
    """Return a program that builds, trains, evaluates and saves the model of a project.

    It reaches the numbers that a run in the studio reaches. Where there is no data, or no head has
    a loss, it builds, compiles and summarises the model.

    Args:
        project: the project.
        catalog: what Keras offers.
        data_path: the data file, if that is not the project's own.
        paths: what each call gives, as Keras tells it; see :func:`make_plan`.

    Raises:
        PlanError: the diagram is no model, or holds a value that cannot be written as Python.
    """
    catalog = with_own(catalog, project.code)
    plan = make_plan(project.diagram, catalog, paths)
    project = with_source_path(project, data_path) if data_path else project
    source = project.data.source
    if source and plan.trained_heads:
        blocks = _training_blocks(project, plan, catalog, source)
    else:
        reason = "no head has a loss" if source else "the project has no data"
        blocks = _summary_blocks(project, plan, catalog, reason)
    return with_own_code("\n\n".join(blocks), project, catalog)


def python_module(project: Project, catalog: Catalog, *, paths: Paths | None = None) -> str:
    """Return a module with the function ``build_model`` and what it needs.

    Args:
        project: the project.
        catalog: what Keras offers.
        paths: what each call gives, as Keras tells it; see :func:`make_plan`.

    Raises:
        PlanError: the diagram is no model, or holds a value that cannot be written as Python.
    """
    catalog = with_own(catalog, project.code)
    plan = make_plan(project.diagram, catalog, paths)
    functions = list(model_functions(plan, catalog))
    start = f'"""The Keras model {_in_docstring(plan)}."""\n\n{_model_imports(functions)}'
    return with_own_code("\n\n".join([start, *functions]), project, catalog)


def _training_blocks(
    project: Project, plan: Plan, catalog: Catalog, source: Source
) -> Iterator[str]:
    data = make_data_plan(project, plan)
    texts = any(takes_text(step.node) for step in plan.inputs if step.node.in_model)
    data_parts = data_carried(data, texts=texts)
    functions = [*model_functions(plan, catalog)]
    generated = isinstance(source, GeneratedSource)
    imports = [*data_parts.imports, "import keras", *_array_imports(functions, always=generated)]
    constants = _training_constants(project, data)
    if data.on_disk:
        imports.append("import tensorflow as tf")
    if "Path(" in constants:
        imports.append("from pathlib import Path")
    layers = adapting(plan)
    yield "\n".join(
        [
            _training_docstring(plan, source),
            import_block(ast.parse("\n".join(imports)).body),
            constants,
            "".join([*data_parts.constants, samples_type(data)]),
        ]
    )
    yield from generating_functions(source) if isinstance(source, GeneratedSource) else ()
    yield from loading_functions(data, texts=texts)
    yield from data_parts.functions
    yield from functions
    if layers:
        yield adapt_function(layers, on_disk=data.on_disk)
    given = "train" if data.on_disk else "train[0]"
    adapt = f"    adapt(model, {given})\n" if layers else ""
    save = call(("model.save",), [(text_literal(f"{plan.name}.keras"),)])
    yield (
        'def main() -> None:\n    """Train the model, and print what it reaches."""\n'
        "    keras.utils.set_random_seed(SEED)\n"
        "    train, validation = load_data()\n"
        "    model = build_model()\n"
        + adapt
        + _compiled(project, plan, catalog)
        + (_FIT_BATCHES if data.on_disk else _FIT_WEIGHED if data.weights else _FIT)
        + _PRINT_RESULTS
        + lay_out(save, indent=4)
        + "\n"
    )
    yield _END


def _summary_blocks(project: Project, plan: Plan, catalog: Catalog, reason: str) -> Iterator[str]:
    functions = list(model_functions(plan, catalog))
    yield (
        f'"""Build, compile and summarise the Keras model {_in_docstring(plan)}.\n\n'
        f'It is not trained: {reason}.\n"""\n\n'
        f"{_model_imports(functions)}\nSEED = {project.training.seed}\n"
    )
    yield from functions
    yield (
        'def main() -> None:\n    """Build the model and print its layers."""\n'
        "    keras.utils.set_random_seed(SEED)\n"
        "    model = build_model()\n" + _compiled(project, plan, catalog) + "    model.summary()\n"
    )
    yield _END


def _training_docstring(plan: Plan, source: Source) -> str:
    name = _in_docstring(plan)
    first = f'"""Train the Keras model {name}, evaluate it and save it as {name}.keras.'
    more = f"\n\n{GENERATED}.\n" if isinstance(source, GeneratedSource) else ""
    return f'{first}{more}"""\n'


def _model_imports(functions: Iterable[str]) -> str:
    """Return the imports that the functions of a model need."""
    return "".join(f"{one}\n" for one in ("import keras", *_array_imports(functions)))


def _array_imports(functions: Iterable[str], *, always: bool = False) -> tuple[str, ...]:
    needed = always or any("np.array(" in function for function in functions)
    return ("import numpy as np",) if needed else ()


def _training_constants(project: Project, data: DataPlan) -> str:
    training, source = project.training, project.data.source
    constants: dict[str, Expression] = {
        "SEED": (number_literal(training.seed),),
        "EPOCHS": (number_literal(training.epochs),),
        "BATCH_SIZE": (number_literal(training.batch_size),),
        "VALIDATION": (number_literal(project.data.validation),),
        **data_constants(data),
    }
    if isinstance(source, GeneratedSource):
        constants |= generated_constants(source)
    lines = (lay_out_assignment(name, value) for name, value in constants.items())
    return "\n".join(lines) + "\n"


def _compiled(project: Project, plan: Plan, catalog: Catalog) -> str:
    arguments = _compile_arguments(project, plan, catalog)
    return lay_out(call(("model.compile",), arguments), indent=4) + "\n"


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
    masked = [head for head in heads if is_masked(project.data, head.node)]
    plain = [head for head in heads if head not in masked]
    for name, measured in (("metrics", plain), ("weighted_metrics", masked)):
        metrics = [_metrics(head, catalog) for head in measured if head.node.metrics]
        if metrics:
            yield named(name, dict_display(metrics))


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
