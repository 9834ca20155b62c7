"""What a new layer or function of the project's own code starts as."""

import re

from graphstudio.diagram.names import free_name

_IMPORT = "import keras\n"
_LAYER = '''\
class {name}(keras.layers.Layer):
    """Multiplies its input by factors that it learns."""

    def __init__(self, start: float = 1.0, **kwargs):
        super().__init__(**kwargs)
        self.start = start

    def build(self, input_shape):
        self.factors = self.add_weight(
            shape=(input_shape[-1],),
            initializer=keras.initializers.Constant(self.start),
            name="factors",
        )

    def call(self, inputs):
        return inputs * self.factors

    def get_config(self):
        return {{**super().get_config(), "start": self.start}}
'''
_FUNCTION = '''\
def {name}(x, factor: float = 2.0):
    """Return a tensor times a number."""
    return x * factor
'''
_DEFINED = re.compile(r"^(?:class|def) +(\w+)", re.MULTILINE)


def with_new_layer(code: str) -> str:
    """Return a source with a small layer that works added at its end, under a free name."""
    return _added(code, _LAYER, "MyLayer")


def with_new_function(code: str) -> str:
    """Return a source with a function on a tensor added at its end, under a free name."""
    return _added(code, _FUNCTION, "my_function")


def _added(code: str, template: str, wanted: str) -> str:
    text = template.format(name=free_name(wanted, _DEFINED.findall(code)))
    if not re.search(r"^import keras\b", code, re.MULTILINE):
        code = f"{_IMPORT}{code}"
    return f"{code.rstrip()}\n\n\n{text}"
