"""Asking the processor for a row of an array before it is needed, so that nobody waits for memory.

What is played hops through arrays that are larger than the processor's cache. A row that is asked for a
few steps ahead is there when its turn comes; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numba.core.cgutils
import numba.extending

_numba: Any = numba
_FOR_WRITING, _FOR_LONG, _DATA = 1, 3, 1


def _ask_for(_context: Any, array: Any, row: Any) -> Any:
    tools = _numba.core.cgutils
    kind = tools.ir.IntType(32)

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, arguments[0])
        stride = tools.unpack_tuple(builder, held.strides)[0]
        offset = builder.mul(builder.sext(arguments[1], stride.type), stride)
        place = tools.pointer_add(builder, held.data, offset, tools.voidptr_t)
        ask = tools.get_or_insert_function(
            builder.module,
            tools.ir.FunctionType(tools.ir.VoidType(), [tools.voidptr_t, kind, kind, kind]),
            "llvm.prefetch.p0",
        )
        marks = [kind(mark) for mark in (_FOR_WRITING, _FOR_LONG, _DATA)]
        builder.call(ask, [place, *marks])
        return context.get_dummy_value()

    return _numba.types.none(array, row), code


ask_for = cast("Callable[[Any, int], None]", _numba.extending.intrinsic(_ask_for))
"""Ask for the beginning of a row, for compiled code only; the row must be one of the array's."""
