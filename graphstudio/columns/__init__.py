"""From sources to samples: plain functions that exported scripts carry as they stand.

The engine calls these functions, and the code generator copies their text into the
script, so that both read the same data by the same path. Each therefore needs public
libraries alone, says what is wrong in a ``ValueError`` of one sentence, and reads well
outside of this package.
"""
