"""Writes Edges/*.json: PyTorch's outputs and gradients at the edges of every operator.

Zero-size tensors, scalars, dimensions of 1, odd broadcasts, negative dimensions, ties, NaN and infinity,
mixed types. Run with PyTorch 2.15: python make_edges.py
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(1)
INF, NAN = float("inf"), float("nan")
SPECIAL = [0.0, -0.0, 1, -1, INF, -INF, NAN, 1e-30, -1e-30, 1e30, -1e30, 88, -88, 100, -100, 0.5, 3, -3]
SHAPES = [(), (1,), (5,), (0,), (3, 0), (2, 3), (1, 1), (2, 1, 3)]
PAIRS = [((), ()), ((), (3,)), ((1,), (4,)), ((2, 1), (1, 3)), ((0,), (1,)), ((0, 3), (3,)),
         ((2, 1, 4), (3, 1)), ((5, 1, 1), (1, 2, 3)), ((1, 1, 1), (2,))]
files = {}


def record(tensor):
    values = tensor.detach().reshape(-1).tolist()
    if tensor.is_floating_point():
        values = [float(f"{v:.9g}") if tensor.dtype == torch.float32 else v for v in values]
    return {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "values": values}


def case(op, function, inputs, name="", **kwargs):
    """Records one call; the keyword arguments are what the reader passes to the operator."""
    inputs = [x.detach().clone().requires_grad_(x.is_floating_point()) for x in inputs]
    output = function(*inputs)
    item = {"name": name or str([tuple(x.shape) for x in inputs]), "kwargs": kwargs,
            "inputs": [record(x) for x in inputs], "output": record(output)}
    if output.requires_grad:
        upstream = torch.randn(output.shape, dtype=output.dtype)
        output.backward(upstream)
        item["grad_output"] = record(upstream)
        item["grads"] = [None if x.grad is None else record(x.grad) for x in inputs]
    files.setdefault(op, []).append(item)


def randn(shape, dtype=torch.float32):
    return torch.randn(shape, dtype=dtype)


special = torch.tensor(SPECIAL)
first, second = special.repeat_interleave(len(SPECIAL)), special.repeat(len(SPECIAL))

# Elementwise functions of one tensor. gelu(inf) is NaN in PyTorch, though x·Φ(x) is inf: left out.
unary = {"neg": torch.neg, "exp": torch.exp, "log": torch.log, "sqrt": torch.sqrt, "abs": torch.abs,
         "relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "gelu": F.gelu,
         "leaky_relu": F.leaky_relu}
for op, function in unary.items():
    for shape in SHAPES:
        x = randn(shape)
        case(op, function, [x.abs() + 0.1 if op in ("log", "sqrt") else x])
    case(op, function, [randn((2, 3), torch.float64).abs()], name="float64")
    if op != "gelu":
        case(op, function, [special], name="special")
    if op in ("exp", "log", "sqrt", "sigmoid", "tanh"):
        case(op, function, [torch.tensor([1, 2, 3])], name="int64")
for exponent in (0, 1, 2, 3, 0.5, -0.5, -1, -2, 1.7):
    case("pow", lambda x: x.pow(exponent), [randn((3, 2)).abs() + 0.2], exponent=exponent)
    case("pow", lambda x: x.pow(exponent), [special], name="special", exponent=exponent)
for low, high in ((-0.5, 0.5), (None, 0.3), (-0.2, None), (1, -1)):
    bounds = {key: value for key, value in (("min", low), ("max", high)) if value is not None}
    case("clamp", lambda x: x.clamp(low, high), [special], name="special", **bounds)

# Elementwise functions of two.
for op in ("add", "sub", "mul", "div", "maximum", "minimum"):
    function = getattr(torch, op)
    for left, right in PAIRS:
        case(op, function, [randn(left), randn(right)])
    case(op, function, [first, second], name="special")
    case(op, function, [randn((3,)), randn((), torch.float64)], name="a scalar does not widen")
    case(op, function, [randn((3,)), randn((3,), torch.float64)], name="float32 and float64")
    case(op, function, [torch.tensor([1, -2, 3]), torch.tensor([4, 5, 2])], name="int64")
    case(op, function, [torch.tensor([1, 2, 3]), randn((3,))], name="int64 and float32")
case("pow", torch.pow, [first, second], name="special pairs")
for op in ("eq", "ne", "lt", "le", "gt", "ge"):
    case(op, getattr(torch, op), [first, second], name="special")
    case(op, getattr(torch, op), [torch.tensor([1, 2, 3]), torch.tensor([[1.5], [2]])], name="mixed")
for a, b, c in (((2, 3), (2, 1), (3,)), ((), (2,), (2,)), ((0,), (1,), ())):
    case("where", torch.where, [torch.rand(a) > 0.5, randn(b), randn(c)])

# Reductions.
for op in ("sum", "mean", "var", "std", "amax", "amin", "logsumexp"):
    function = getattr(torch, op)
    for shape, dim in (((), 0), ((1,), 0), ((5,), -1), ((2, 3), (0, 1)), ((2, 3, 4), (0, -1)), ((3, 0), 0),
                       ((2, 1, 3), 1)):
        for keep in (False, True):
            case(op, lambda x: function(x, dim=dim, keepdim=keep), [randn(shape)],
                 dim=list(dim) if isinstance(dim, tuple) else dim, keepdim=keep)
    case(op, lambda x: function(x, dim=0), [torch.tensor([1.0, 1, 0, 1])], name="ties", dim=0)
    case(op, lambda x: function(x, dim=1), [special.reshape(3, 6)], name="special", dim=1)
for op in ("sum", "mean"):
    case(op, getattr(torch, op), [randn((0,))], name="empty")
case("sum", torch.sum, [torch.tensor([True, True, False])], name="bool")
case("std", lambda x: torch.std(x, dim=0), [torch.ones(4)], name="no spread", dim=0)
for op in ("max", "min", "argmax", "argmin"):
    function = getattr(torch, op)

    def along(x, dim, keep=False):
        result = function(x, dim=dim, keepdim=keep)
        return result if op.startswith("arg") else result.values

    case(op, function, [special], name="special")
    case(op, function, [torch.tensor([[1.0, 2, 2], [2, 0, 1]])], name="ties")
    case(op, lambda x: along(x, 1), [torch.tensor([[1.0, 2, 2], [2, 0, 0]])], name="ties in a row", dim=1)
    case(op, lambda x: along(x, 0), [randn((3, 0))], name="nothing to compare", dim=0)
    case(op, lambda x: along(x, -1, True), [randn(())], name="scalar", dim=-1, keepdim=True)
for op in ("softmax", "log_softmax"):
    function = getattr(F, op)
    for shape, dim in (((), -1), ((1,), 0), ((0,), 0), ((3, 0), 1), ((2, 3, 4), -2)):
        case(op, lambda x: function(x, dim=dim), [randn(shape)], dim=dim)
    for values in ([1000.0, -1000, 999], [-INF, -INF], [-INF, 1, 2], [INF, 1, 2], [NAN, 1, 2]):
        case(op, lambda x: function(x, dim=0), [torch.tensor(values)], name=str(values), dim=0)

# Products.
for a, b in (((4,), (4,)), ((4,), (4, 5)), ((3, 4), (4,)), ((2, 3, 4), (4, 5)), ((3, 4), (2, 4, 5)),
             ((2, 1, 3, 4), (5, 4, 2)), ((0, 4), (4, 5)), ((3, 0), (0, 5)), ((0,), (0,)), ((0, 3, 4), (4, 5)),
             ((1, 3, 4), (2, 4, 5)), ((4,), (2, 4, 5)), ((2, 2, 3, 4), (4,))):
    case("matmul", torch.matmul, [randn(a), randn(b)])
for x, weight, bias in (((4,), (3, 4), (3,)), ((0, 4), (3, 4), (3,)), ((5, 0), (3, 0), (3,)),
                        ((5, 4), (0, 4), (0,)), ((2, 3, 4), (3, 4), (3,))):
    case("linear", F.linear, [randn(x), randn(weight), randn(bias)])

# Shapes.
for shape, target in (((), (1,)), ((1,), ()), ((0, 3), (3, 0)), ((2, 3, 4), (-1, 4))):
    case("reshape", lambda x: x.reshape(target), [randn(shape)], shape=list(target))
for shape, target in (((3, 1), (2, -1, 4)), ((), (2, 3)), ((1,), (0,)), ((3,), (-1,))):
    case("expand", lambda x: x.expand(target), [randn(shape)], shape=list(target))
for dim in (-3, -1, 0, 2):
    case("unsqueeze", lambda x: x.unsqueeze(dim), [randn((2, 3))], dim=dim)
for shape in ((2, 1, 3), (), (0, 1)):
    case("squeeze", lambda x: x.squeeze(), [randn(shape)])
    case("squeeze", lambda x: x.squeeze(-1), [randn(shape)], dim=-1)
    case("flatten", lambda x: x.flatten(), [randn(shape)])
for start, end, step in ((0, 2, 1), (1, 100, 2), (-2, 3, 1), (2, 1, 1), (-100, -1, 1)):
    case("slice", lambda x: x[:, start:end:step], [randn((3, 4))], dim=1, start=start, end=end, step=step)
for shapes, dim in ((((2, 3), (2, 1)), -1), (((0, 3), (2, 3)), 0), (((0,), (2, 3)), 0), (((2,),), 0)):
    case("cat", lambda *x: torch.cat(x, dim), [randn(s) for s in shapes], dim=dim)
for shape, dim in (((), -1), ((0,), 0), ((2, 3), -2)):
    case("stack", lambda *x: torch.stack(x, dim), [randn(shape), randn(shape)], dim=dim)
for shape, index, dim in (((3, 4), (3, 2), 1), ((3, 4), (0, 4), 0), ((), (1,), 0), ((2, 3, 4), (2, 3, 6), -1)):
    places = torch.randint(0, shape[dim] if shape else 1, index)
    case("gather", lambda x, i: x.gather(dim, i), [randn(shape), places], dim=dim)
for shape, index, dim in (((3, 4), (5,), 0), ((5,), (0,), 0), ((), (1,), 0), ((2, 3, 4), (4,), -2)):
    places = torch.randint(0, shape[dim] if shape else 1, index)
    case("index_select", lambda x, i: x.index_select(dim, i), [randn(shape), places], dim=dim)
for shape in ((3,), (2, 3), (), (0,)):
    case("embedding", F.embedding, [torch.randint(0, 5, shape), randn((5, 4))])

# Normalisation and losses.
for shape, own in (((2, 3, 4), (4,)), ((2, 3, 4), (3, 4)), ((0, 4), (4,))):
    case("layer_norm", lambda x, w, b: F.layer_norm(x, own, w, b), [randn(shape), randn(own), randn(own)],
         normalized_shape=list(own))
for shape in ((4, 3), (2, 3, 5)):
    case("batch_norm", lambda x, w, b: F.batch_norm(x, None, None, w, b, training=True),
         [randn(shape), randn((3,)), randn((3,))])
for reduction in ("none", "mean", "sum"):
    for shape, label_shape in (((6, 4), (6,)), ((4,), ()), ((2, 4, 3), (2, 3)), ((0, 4), (0,))):
        labels = torch.randint(0, 4, label_shape)
        if labels.numel() > 1:
            labels.view(-1)[0] = -100
        for smoothing in (0, 0.1):
            case("cross_entropy",
                 lambda x, y, w: F.cross_entropy(x, y, w.detach(), reduction=reduction,
                                                 label_smoothing=smoothing),
                 [randn(shape) * 3, labels, torch.rand(4) + 0.1], reduction=reduction,
                 label_smoothing=smoothing)
            case("cross_entropy",
                 lambda x, y: F.cross_entropy(x, y, reduction=reduction, label_smoothing=smoothing),
                 [randn(shape) * 3, torch.rand(shape)], name="class probabilities", reduction=reduction,
                 label_smoothing=smoothing)
        case("nll_loss", lambda x, y, w: F.nll_loss(x, y, w.detach(), reduction=reduction),
             [randn(shape), labels, torch.rand(4) + 0.1], reduction=reduction)
    case("cross_entropy", lambda x, y: F.cross_entropy(x, y, reduction=reduction),
         [torch.tensor([[-INF, 1, 2], [NAN, 1, 2], [1000, -1000, 3]]), torch.tensor([1, 1, 1])],
         name="special", reduction=reduction)
    for op in ("mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss"):
        function = getattr(F, op)
        for left, right in (((3, 1), (1, 4)), ((), ()), ((0,), (0,))):
            case(op, lambda x, y: function(x, y, reduction=reduction), [randn(left) * 2, randn(right)],
                 reduction=reduction)
        case(op, lambda x, y: function(x, y, reduction=reduction),
             [torch.tensor([1.0, 0, 2, NAN, INF]), torch.tensor([1.0, 1, 0, 0, 0])], name="special",
             reduction=reduction)
    case("binary_cross_entropy_with_logits",
         lambda x, y: F.binary_cross_entropy_with_logits(x, y, reduction=reduction,
                                                         pos_weight=torch.tensor(2.5)),
         [torch.tensor([1000.0, -1000, 0, 2]), torch.tensor([0.0, 1, 1, 0.3])], name="far",
         reduction=reduction, pos_weight=2.5)

folder = pathlib.Path(__file__).parent / "Edges"
folder.mkdir(exist_ok=True)
for op, cases in files.items():
    text = json.dumps({"op": op, "cases": cases}, separators=(",", ":"))
    (folder / f"{op}.json").write_text(text + "\n")
