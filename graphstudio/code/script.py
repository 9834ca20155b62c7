"""Whole Python files: a script that trains the model of a project, or a module that builds it."""

from collections.abc import Iterable, Iterator

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.own_code import with_own
from graphstudio.code.adapt_source import adapt_function
from graphstudio.code.adapting import adapting
from graphstudio.code.data_source import (
    data_constants,
    data_functions,
    data_imports,
    data_types,
)
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
from graphstudio.diagram.generated import GENERATED, GeneratedSource
from graphstudio.diagram.project import ArraysSource, Project, Source

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
    source = ArraysSource(path=data_path) if data_path else project.data.source
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
    split = bool(project.data.validation)
    layers = adapting(plan)
    yield "\n".join(
        [
            _training_docstring(plan, source),
            data_imports(plan, source),
            _training_constants(project, source),
            data_types(plan, split=split),
        ]
    )
    yield from data_functions(plan, source, split=split)
    yield from model_functions(plan, catalog)
    if layers:
        yield adapt_function(layers)
    loaded = "train, validation" if split else "x, y"
    adapt = f"    adapt(model, {'train[0]' if split else 'x'})\n" if layers else ""
    save = call(("model.save",), [(text_literal(f"{plan.name}.keras"),)])
    yield (
        'def main() -> None:\n    """Train the model, and print what it reaches."""\n'
        "    keras.utils.set_random_seed(SEED)\n"
        f"    {loaded} = load_data()\n"
        "    model = build_model()\n"
        + adapt
        + _compiled(project, plan, catalog)
        + (_FIT_SPLIT if split else _FIT_WHOLE)
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
    needs_arrays = any("np.array(" in function for function in functions)
    return "import keras\n" + ("import numpy as np\n" if needs_arrays else "")


def _training_constants(project: Project, source: Source) -> str:
    training = project.training
    constants: dict[str, Expression] = {
        "SEED": (number_literal(training.seed),),
        "EPOCHS": (number_literal(training.epochs),),
        "BATCH_SIZE": (number_literal(training.batch_size),),
        "VALIDATION": (number_literal(project.data.validation),),
        **data_constants(source),
    }
    if not project.data.validation:
        del constants["VALIDATION"]
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
