"""The source of `generate_data`: random numbers and texts in place of data."""

from graphstudio.code.literals import number_literal, text_literal
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out,
    tuple_display,
)
from graphstudio.diagram.generated import GENERATED, Column, Draw, GeneratedSource

# What generated texts are made of.
WORDS = ("bird", "blue", "cloud", "green", "moon", "rain", "river", "stone", "tree")

_ONE_HOT = '''\
def draw_one_hot(random: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Return vectors of zeros with a single one, each at a random place."""
    *places, classes = shape
    return np.eye(classes, dtype="float32")[random.integers(classes, size=places)]
'''
_TEXTS = '''\
def draw_texts(
    random: np.random.Generator, shape: tuple[int, ...], length: int
) -> np.ndarray:
    """Return texts, each of some random words."""
    words = random.choice(WORDS, (*shape, length))
    texts = [" ".join(text) for text in words.reshape(-1, length)]
    return np.array(texts).reshape(shape)
'''
_FLOAT32: Expression = ('"float32"',)
_HELPERS = {Draw.ONE_HOT: _ONE_HOT, Draw.WORDS: _TEXTS}


def generated_constants(source: GeneratedSource) -> dict[str, Expression]:
    """Return the values that the functions use, by the names of their constants."""
    constants: dict[str, Expression] = {
        "SAMPLES": (number_literal(source.samples),),
        "DATA_SEED": (number_literal(source.seed),),
    }
    if Draw.WORDS in _draws(source):
        constants["WORDS"] = tuple_display((text_literal(word),) for word in WORDS)
    return constants


def generating_functions(source: GeneratedSource) -> tuple[str, ...]:
    """Return the sources of ``generate_data`` and of what it calls."""
    columns = [(name, _drawn(column)) for name, column in sorted(source.columns.items())]
    lines = [
        "def generate_data() -> Columns:",
        f'    """Return {GENERATED[0].lower()}{GENERATED[1:]}."""',
        "    random = np.random.default_rng(DATA_SEED)",
        lay_out(("return ", *dict_display(columns)), indent=4),
    ]
    helpers = (text for draw, text in _HELPERS.items() if draw in _draws(source))
    return "\n".join(lines) + "\n", *helpers


def _draws(source: GeneratedSource) -> set[Draw]:
    return {column.values for column in source.columns.values()}


def _drawn(column: Column) -> Expression:
    shape = tuple_display([("SAMPLES",), *((str(size),) for size in column.shape)])
    match column.values:
        case Draw.UNIFORM:
            if (column.low, column.high) == (0, 1):
                return call(("random.random",), [shape, _FLOAT32])
            limits = [(number_literal(limit),) for limit in (column.low, column.high)]
            return call(("random.uniform",), [*limits, shape])
        case Draw.NORMAL:
            return call(("random.standard_normal",), [shape, _FLOAT32])
        case Draw.INTEGERS:
            limits = [(number_literal(int(limit)),) for limit in (column.low, column.high)]
            return call(("random.integers",), [*limits, shape])
        case Draw.ONE_HOT:
            return call(("draw_one_hot",), [("random",), shape])
        case Draw.WORDS:
            return call(("draw_texts",), [("random",), shape, (number_literal(column.words),)])
