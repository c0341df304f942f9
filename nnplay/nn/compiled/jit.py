"""How the kernels are compiled: once for each precision, without Python's lock, and kept in the user's cache folder.

Imported where a compiled step is used and nowhere else: numba is an extra, and its import takes half a second.
"""

import shutil
from contextlib import nullcontext
from functools import partial

import numba
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from nnplay.nn.compiled.cache import cache_folder, compiling_alone, is_kept, mark_kept

REORDERED = {"reassoc", "contract", "nsz"}
"""What a compiler may do to a sum: add in another order, which is the same one at every call."""

FOLDER = cache_folder()
"""That of the sources that were imported, whatever is written to them later."""

numba.config.CACHE_LOCATOR_CLASSES = "UserProvidedCacheLocator"  # there, or nowhere: not beside the sources

# without `_nrt` nothing counts references to arrays, which takes as long as a small network's step: none is made here
_kernel = partial(numba.njit, nogil=True, error_model="numpy", _nrt=False)
_part = partial(_kernel, no_cpython_wrapper=True, no_cfunc_wrapper=True)
kernel = _kernel(fastmath=REORDERED)
"""What Python calls, once it is compiled by `have`."""
part = _part(fastmath=REORDERED)
"""What kernels are put together from."""
glue = _part(fastmath=REORDERED, inline="always")
"""A small part that goes into what calls it before anything is compiled, as each level that is left is compiled again
above; a large one is copied with all its names, block by block, which takes longer than that.
"""
exact = _part(fastmath={"contract"})
"""A part whose sums keep their order, as its digits depend on it."""


def have(function, signature, name):
    """Load what a kernel was compiled to for this signature, or compile it: one process does, while others wait for it.

    `name` is that of what is kept. Where nothing can be kept, or no more, this process has it all the same.
    """
    numba.config.CACHE_DIR = str(FOLDER)
    with nullcontext() if is_kept(name) else compiling_alone():
        try:
            function.enable_caching()
            function.compile(signature)
        except (OSError, RuntimeError):  # no folder, or no room in it
            function.compile(signature)
            return
        except Exception:  # noqa: BLE001 - what is kept is broken, which raises whatever its bytes bring about
            shutil.rmtree(FOLDER, ignore_errors=True)
            function.compile(signature)
        mark_kept(name)


@intrinsic
def at(_context, array, index):
    """array[index], where the index is known to be right."""

    def code(context, builder, signature, arguments):
        numbers = context.make_array(signature.args[0])(context, builder, arguments[0])
        return builder.load(builder.gep(numbers.data, [arguments[1]]))

    return array.dtype(array, types.intp), code


@intrinsic
def put(_context, array, index, value):
    """array[index] = value, where the index is known to be right."""

    def code(context, builder, signature, arguments):
        numbers = context.make_array(signature.args[0])(context, builder, arguments[0])
        builder.store(arguments[2], builder.gep(numbers.data, [arguments[1]]))
        return context.get_dummy_value()

    return types.void(array, types.intp, array.dtype), code


@intrinsic
def bits_of(_context, value):
    """The 64 bits of a float as a whole number."""

    def code(context, builder, _signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.int64))

    return types.int64(types.float64), code


@intrinsic
def float_of(_context, bits):
    """The float of these 64 bits."""

    def code(context, builder, _signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.float64))

    return types.float64(types.int64), code


def _drawing(result):
    """A call of one of a bit generator's functions by its address: address, address of its state → a number."""

    @intrinsic
    def draw(_context, function, state):
        def code(context, builder, _signature, arguments):
            pointer = cgutils.voidptr_t
            kind = cgutils.ir.FunctionType(context.get_value_type(result), [pointer])
            address = builder.inttoptr(arguments[0], kind.as_pointer())
            return builder.call(address, [builder.inttoptr(arguments[1], pointer)])

        return result(types.int64, types.int64), code

    return draw


next_double = _drawing(types.float64)
next_uint32 = _drawing(types.uint32)
