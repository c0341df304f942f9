"""The step of training compiled to the processor's own code by numba, beside the NumPy one, which is the truth.

To read it from the start: `step` is the kernel, which trains batch after batch; `layers`, `activations`, `losses`,
`updates` and `random` are what it is put together from, with `functions` and `jit` below them; `places` says where all
numbers lie; `engine` is what Python calls.
"""
