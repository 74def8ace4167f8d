"""What is known of an operator from the function that PyTorch is called with."""

import inspect

#: Functions that compute no value of their own.
_NO_NODE = frozenset(
    """backward register_hook register_post_accumulate_grad_hook requires_grad_ retain_grad detach_ __deepcopy__
    __reduce_ex__ __repr__ __str__ __format__ __len__ __bool__ __float__ __int__ __index__ __hash__ __contains__ __dir__
    item tolist numpy size dim numel nelement stride storage_offset data_ptr element_size is_contiguous is_floating_point
    is_complex is_signed get_device untyped_storage storage storage_type type_as_dtype ndimension is_shared
    share_memory_ pin_memory is_pinned equal allclose is_nonzero is_same_size __array__ __iter__ unbind_names
    _is_view result_type can_cast is_tensor get_default_dtype set_ has_names record_stream dim_order
    __dlpack__ __dlpack_device__ __setstate__ manual_seed _has_compatible_shallow_copy_type swap_tensors
    _set_grad_enabled _record_function_enter _record_function_enter_new _record_function_exit _RecordFunction
    _record_function_exit._RecordFunction""".split()
)

#: Properties that compute a view.
_VIEW_PROPERTIES = frozenset(("T", "mT", "H", "mH", "real", "imag"))

#: Functions that compare an output with a target.
LOSSES = frozenset(
    """cross_entropy nll_loss binary_cross_entropy binary_cross_entropy_with_logits mse_loss l1_loss smooth_l1_loss
    huber_loss kl_div ctc_loss poisson_nll_loss gaussian_nll_loss cosine_embedding_loss hinge_embedding_loss
    margin_ranking_loss soft_margin_loss multi_margin_loss multilabel_margin_loss multilabel_soft_margin_loss
    triplet_margin_loss triplet_margin_with_distance_loss linear_cross_entropy""".split()
)

#: Operators of Python's that have their left operand second.
_REFLECTED = frozenset("rsub rdiv rtruediv rpow rmatmul rfloordiv rmod".split())

_WORDS = {"truediv": "div", "rtruediv": "div", "radd": "add", "rmul": "mul", "rpow": "pow", "rmatmul": "matmul"}


class Operator:
    """One function: its name, whether it makes a node, and where it changes an argument in place."""

    __slots__ = ("name", "makes_node", "is_loss", "names", "_in_place", "_flag_place", "_is_reflected")

    def __init__(self, func):
        name = getattr(func, "__name__", None) or type(func).__name__
        if name in ("__get__", "__set__", "__delete__"):
            wanted = getattr(getattr(func, "__self__", None), "__name__", name)
            self.makes_node = name == "__get__" and wanted in _VIEW_PROPERTIES
            name = wanted
        else:
            self.makes_node = name not in _NO_NODE
        # PyTorch binds ``x.add_`` to ``__iadd__`` as well.
        self._in_place = name.startswith("__i") and name not in ("__invert__", "__index__") or (
            name.endswith("_") and not name.endswith("__") or name == "__setitem__"
        )
        bare = name.strip("_") if name.startswith("__") else name
        self.name = _WORDS.get(bare, bare)
        self.is_loss = self.name in LOSSES
        #: The names of its parameters, as far as Python knows them.
        self.names = _names_of_parameters(func)
        self._is_reflected = bare in _REFLECTED
        self._flag_place = self.names.index("inplace") if "inplace" in self.names and not self._in_place else None

    def written(self, args, kwargs):
        """The argument that it changes in place, or the one it is told to write into; None for most operators."""
        out = kwargs.get("out")
        if out is not None:
            return out
        if self._in_place or kwargs.get("inplace") is True:
            return args[0] if args else kwargs.get("input")
        place = self._flag_place
        if place is not None and len(args) > place and args[place] is True:
            return args[0]
        return None

    def call(self, args, kwargs):
        """The names of its parameters, its arguments and its keyword arguments, with the left operand first."""
        if self._is_reflected and len(args) == 2:
            return (), (args[1], args[0]), kwargs
        return self.names, args, kwargs

    def computed(self, inputs, results):
        """The results that are new: an operator that has nothing to do returns what it was given."""
        return [tensor for tensor in results if not any(tensor is other for other in inputs)]


class FunctionOperator:
    """An autograd Function of the script's own."""

    makes_node = True
    is_loss = False

    def __init__(self, function):
        self.name = function.__name__

    def call(self, args, kwargs):
        """As in ``Operator``, without names."""
        return (), args, kwargs

    def written(self, args, kwargs):
        """What it marks as changed in place is seen by its result."""
        return None

    def computed(self, inputs, results):
        """All its results: one that it was given, too, it has changed in place."""
        return results


def _names_of_parameters(func):
    """The names of the parameters that a Python function takes by their places; none where it is not one."""
    if not inspect.isfunction(func):
        return ()
    try:
        parameters = inspect.signature(func).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(one.name for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD))


_known = {}


def operator(func):
    """What is known of a function."""
    try:
        known = _known.get(func)
        if known is None:
            known = _known[func] = Operator(func)
        return known
    except TypeError:
        return Operator(func)


def backward_word(name):
    """An operator's name from that of its backward node: ``select`` for ``SelectBackward0``."""
    word = name.rsplit("::", 1)[-1].rstrip("0123456789")
    word = word[: -len("Backward")] if word.endswith("Backward") else word
    letters = []
    for place, letter in enumerate(word):
        if letter.isupper() and place and not word[place - 1].isupper():
            letters.append("_")
        letters.append(letter.lower())
    return "".join(letters) or name
