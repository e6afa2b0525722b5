"""Asking the processor for a row of an array before it is needed, so that nobody waits for memory.

What is played hops through arrays that are larger than the processor's cache. A row that is asked for a
few steps ahead is there when its turn comes; nothing else changes.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

_FOR_WRITING, _FOR_LONG, _DATA = 1, 3, 1


@intrinsic  # type: ignore[untyped-decorator]
def ask_for(_context: Any, array: Any, row: Any) -> Any:
    """Ask for the beginning of a row; the row must be one of the array's."""
    kind = ir.IntType(32)

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, arguments[0])
        stride = cgutils.unpack_tuple(builder, held.strides)[0]
        offset = builder.mul(builder.sext(arguments[1], stride.type), stride)
        place = cgutils.pointer_add(builder, held.data, offset, cgutils.voidptr_t)
        ask = cgutils.get_or_insert_function(
            builder.module,
            ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, kind, kind, kind]),
            "llvm.prefetch.p0",
        )
        marks = [kind(mark) for mark in (_FOR_WRITING, _FOR_LONG, _DATA)]
        builder.call(ask, [place, *marks])
        return context.get_dummy_value()

    return types.none(array, row), code
