"""The project's own code, run as a module once the user has agreed.

Documents name its classes and functions ``own.NAME``. Nothing else in it can be reached from a
document: a name that it merely imports is none of its own.
"""

import builtins
import hashlib
import linecache
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple

from msgspec.structs import replace

from graphstudio.catalog.own_code import CodeError, own_names, parse_code, used_paths
from graphstudio.code.steps import CallStep
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import OWN
from graphstudio.engine.keras_errors import KERAS_ERRORS, reason

# Pickles and saved models find the classes by this name.
MODULE = "graphstudio_own"
# The code of the finding that own code has not run.
UNTRUSTED = "untrusted-code"
# States of the code that are kept, so that going back to one does not run it again.
_KEPT = 16
# Under which name the module keeps which of its names documents may use.
_DEFINED = "__own_names__"
_ENCOUNTERED = "Error encountered:"
_AGREEMENT = "your agreement to run the project's own code"
_NOT_AGREED = "code that you have not agreed to"


class OwnCodeError(RuntimeError):
    """The project's own code may not run, or does not; the diagnostics say why."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


class OwnCode(NamedTuple):
    """What became of a source.

    Attributes:
        key: what tells it from every other source.
        runs: whether what diagrams name of it can be called.
        trusted: whether the user has agreed that it runs.
        findings: what is wrong with the source itself.
    """

    key: bytes
    runs: bool
    trusted: bool
    findings: tuple[Diagnostic, ...] = ()


def prepare(code: str, *, trusted: bool) -> OwnCode:
    """Run a source as the module that ``own.NAME`` means, if the user has agreed.

    A source runs once; where it is wrong, the finding says in which line, and nothing of it can
    be called.
    """
    key = hashlib.sha256(code.encode()).digest()
    sys.modules.pop(MODULE, None)
    if not code.strip():
        return OwnCode(key, runs=True, trusted=trusted)
    try:
        parse_code(code)
        if trusted:
            sys.modules[MODULE] = _loaded(code)
    except CodeError as error:
        findings = (_finding(str(error), f"line {error.line}"),)
        return OwnCode(key, runs=False, trusted=trusted, findings=findings)
    except OwnCodeError as error:
        return OwnCode(key, runs=False, trusted=trusted, findings=error.diagnostics)
    return OwnCode(key, runs=trusted, trusted=trusted)


def use_own(project: Project, *, trusted: bool) -> None:
    """Make what a project names of its own code available, before its model is built.

    Raises:
        OwnCodeError: it names some, and the user has not agreed, or the code is wrong.
    """
    used = sorted(path for path in used_paths(project) if path.startswith(OWN))
    prepared = prepare(project.code if used else "", trusted=trusted)
    if prepared.findings:
        raise OwnCodeError(prepared.findings[0].message, prepared.findings)
    if not prepared.runs:
        names = ", ".join(path.removeprefix(OWN) for path in used)
        message = f"The project brings its own code ({names}), which runs only once you agree."
        raise OwnCodeError(message, (untrusted(message),))


def find_own(name: str) -> Any:
    """Return a class or function of the code that was prepared; none if it has no such one."""
    return own_objects().get(name)


def own_objects() -> Mapping[str, Any]:
    """Return the classes and functions of the code that was prepared, by name."""
    table = vars(sys.modules[MODULE]) if MODULE in sys.modules else {}
    return {name: table[name] for name in table.get(_DEFINED, ()) if name in table}


def untrusted(message: str, node: NodeId | None = None) -> Diagnostic:
    """Return the finding that something of the project's own code has not run."""
    return Diagnostic(
        code=UNTRUSTED,
        severity=Severity.WARNING,
        message=message,
        node=node,
        expected=_AGREEMENT,
        received=_NOT_AGREED,
    )


def untrusted_part(name: str, node: NodeId) -> Diagnostic:
    """Return the finding on a node that needs own code which has not run."""
    return untrusted(
        f"{name!r} needs the project's own code, which has not run: what it gives is unknown "
        "until you agree.",
        node,
    )


@contextmanager
def guarded() -> Iterator[None]:
    """Turn whatever own code raises, be it the wish to end the program, into a refusal.

    Raises:
        OwnCodeError: in place of an exception that Keras does not raise.
    """
    if MODULE not in sys.modules:
        yield
        return
    try:
        yield
    except KERAS_ERRORS:
        raise
    except BaseException as error:
        raise OwnCodeError(_said(error)) from error


def located(finding: Diagnostic, error: BaseException, step: CallStep) -> Diagnostic:
    """Return a finding with the line of the project's own code in which the error arose, if any."""
    line = _line(error)
    if line is None:
        return finding
    message = f"{step.layer.name}: {_inner_reason(error)} (line {line} of the project's own code)"
    return replace(finding, message=message)


@lru_cache(maxsize=_KEPT)
def _loaded(code: str) -> ModuleType:
    """Return the module of a source, which runs once.

    Raises:
        OwnCodeError: it raises something while it is run.
    """
    module = ModuleType(MODULE)
    file = f"<own code {hashlib.sha256(code.encode()).hexdigest()[:8]}>"
    # Where tracebacks and TensorFlow look for the source.
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
    vars(module).update(__file__=file, print=_print_to_log)
    vars(module)[_DEFINED] = own_names(code)
    before = sys.modules.get(MODULE)
    sys.modules[MODULE] = module
    try:
        exec(compile(code, file, "exec", dont_inherit=True), vars(module))  # noqa: S102 - agreed to
    except BaseException as error:
        line = _line(error) or 1
        message = f"The project's own code stops in line {line}: {_said(error)}."
        raise OwnCodeError(message, (_finding(message, f"line {line}", error),)) from error
    finally:
        if before is None:
            sys.modules.pop(MODULE, None)
        else:
            sys.modules[MODULE] = before
    return module


def _print_to_log(*values: object, **options: Any) -> None:
    """Print like ``print``, but keep off the stream on which other programs read results."""
    builtins.print(*values, **{"file": sys.stderr, **options})  # noqa: T201 - the user's own


def _finding(message: str, where: str, error: BaseException | None = None) -> Diagnostic:
    return Diagnostic(
        code="own-code",
        severity=Severity.ERROR,
        message=message,
        expected="Python that runs to its end",
        received=f"an error in {where}",
        detail="".join(traceback.format_exception(error)) if error else None,
    )


def _line(error: BaseException) -> int | None:
    """Return the last line of own code that an exception or what led to it came through."""
    if isinstance(error, SyntaxError) and (error.filename or "").startswith("<own code"):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [one.lineno for one in frames if one.filename.startswith("<own code")]
    if lines:
        return lines[-1]
    cause = error.__cause__ or error.__context__
    return _line(cause) if cause else None


def _inner_reason(error: BaseException) -> str:
    """Return what own code said, without what Keras says around it."""
    _, found, inner = str(error).partition(_ENCOUNTERED)
    return reason(ValueError(inner)) if found else reason(error)


def _said(error: BaseException) -> str:
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
