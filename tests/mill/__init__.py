"""Every layer and every function of Keras, put through the same mill."""

import pytest

# What the mill asserts is told as if a test had asserted it.
pytest.register_assert_rewrite("tests.mill.mill")
