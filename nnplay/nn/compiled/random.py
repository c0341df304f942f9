"""Random numbers from a bit generator's own functions: the same ones as NumPy's `Generator` draws, in the same order.

A kernel is given their addresses, as to take apart a `Generator` at every call takes longer than many a step.
"""

from nnplay.nn.compiled.jit import next_double, next_uint32, part, put

STATE, NEXT_DOUBLE, NEXT_UINT32 = 2, 3, 4
"""In the whole numbers that say where things are: the addresses of the state, and of what draws from it."""


@part
def shuffle(order, sources):
    """0 to N − 1 in the order that `Generator.permutation` gives them."""
    state, next_bits = sources[STATE], sources[NEXT_UINT32]
    for i in range(order.size):
        order[i] = i
    for i in range(order.size - 1, 0, -1):
        mask = i
        for shift in (1, 2, 4, 8, 16):
            mask |= mask >> shift
        j = next_uint32(next_bits, state) & mask
        while j > i:
            j = next_uint32(next_bits, state) & mask
        order[i], order[j] = order[j], order[i]


@part
def draw_mask(work, mask, rate, units, n, sources):
    """Fill (U, n) at place `mask` with 0 (probability `rate`) and 1 / (1 − rate), drawn sample by sample."""
    state, draw = sources[STATE], sources[NEXT_DOUBLE]
    keep = 1.0 - rate
    for k in range(n):
        for j in range(units):
            put(work, mask + j * n + k, 1.0 / keep if next_double(draw, state) < keep else 0.0)
