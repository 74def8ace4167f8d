"""Prints each model whose calls the probe takes for what they are not: ``good`` ones touch only what can be put back."""

import argparse
import collections
import dataclasses
import enum
import functools
import itertools
import logging
import math
import os
import random
import sys
import threading
import types
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Sources", "PyTorch", "Probe"))

import torch
import torch.nn.functional as F
from torch import nn

from tapedeck_probe.code_names import Refused
from tapedeck_probe.reach import Reach

helper = types.ModuleType("helper")
exec("n = 0\ndef double(x): return 2 * x\ndef tick():\n    global n\n    n += 1", vars(helper))
lock, generator, iterator, log = threading.Lock(), torch.Generator(), iter([1]), open(os.devnull, "w")
table, mask, count = {}, torch.ones(4), 0
settings = argparse.Namespace(hidden=4)
cached = functools.lru_cache(None)(lambda number: number)
Pair = collections.namedtuple("Pair", "first second")


class Sizes:
    hidden = 4


@dataclasses.dataclass
class Settings:
    width: int = 4


class Kind(enum.Enum):
    A = 1


class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.factor = 2
        ctx.save_for_backward(x)
        return 2 * x

    @staticmethod
    def backward(ctx, gradient):
        return ctx.factor * gradient


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer, self.norm, self.act, self.n = nn.Linear(4, 4), nn.BatchNorm1d(4), F.relu, 0

    def helper(self, x):
        return self.act(self.norm(self.layer(x)))

    def forward(self, x):
        out = self.helper(x)
        out += x
        return F.dropout(out, 0.1, self.training)


class Noise:
    def __init__(self, source):
        self.source = source

    def __call__(self, x):
        return x


def swish(x):
    return x * torch.sigmoid(x)


def counted(function):
    calls = itertools.count()

    @functools.wraps(function)
    def call(*args):
        next(calls)
        return function(*args)

    return call


def annealed():
    calls = 0

    def scale(x):
        nonlocal calls
        calls += 1
        return x * calls

    return scale


relu, scale = counted(F.relu), annealed()
swish.calls = 0


class Base(nn.Module):
    z = 0

    def __init__(self):
        super().__init__()
        self.block, self.blocks, self.n, self.settings = Block(), nn.ModuleList([Block(), Block()]), 0, Settings()


def model(forward, attribute="None", members=""):
    """A model with the body of its ``forward``, the value of an attribute, and other members of its class."""
    lines = ["class Net(Base):", *("    " + one for one in members.splitlines()), "    def forward(self, x):"]
    lines += ["        " + line for line in forward.splitlines()]
    exec("\n".join(lines), globals())
    net = globals()["Net"]()
    net.part = eval(attribute)
    return net


GOOD = (
    ("return self.block(x)",),
    ("for block in self.blocks: x = block(x)\nreturn torch.cat([x, x], dim=1)",),
    ("return sum(block(x) for block in self.blocks)",),
    ("return [block(x) for block in self.blocks][-1] if Kind.A == Kind.A else x",),
    ("self.n += 1\nself.part = x\nreturn x / math.sqrt(self.settings.width)",),
    ("pair, self.part = Pair(x, x), x\nreturn nn.Dropout(0.5)(pair.first)",),
    ("return helper.double(swish(x)) * mask * settings.hidden + Sizes.hidden",),
    ("table['last'] = x\nprint(x.shape, self.__class__.__name__)\nreturn Twice.apply(x)",),
    ("if x.dim() != 2: raise ValueError('two dimensions')\nwith torch.no_grad(): y = x.mean()\nreturn x - y",),
    ("x = x.clone()\nx[:, 0] = 0\nreturn x.masked_fill(x > 0, float('-inf')).softmax(-1) + torch.randn_like(x)",),
    ("warnings.warn('called')\nreturn x",),
    ("return getattr(self, 'block')(functools.reduce(torch.add, [x, x]))",),
    ("return self.part(x)", "nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.ReLU(inplace=True), nn.Dropout(0.1))"),
    ("return self.part(x)[0]", "nn.LSTM(4, 4)"),
    ("return self.part(x)", "nn.TransformerEncoderLayer(4, 2)"),
    ("return self.part(x)", "lambda x: x.tanh()"),
    ("return self.part(x)", "Noise(0.1)"),
    ("return self.step(x) + self.q", "None", "@torch.no_grad()\ndef step(self, x): return x\n@property\ndef q(self): return self.n"),
    ("return x", "None", "def fit(self):\n    global count\n    count += 1"),
)
BAD = (
    ("with lock: return x",),
    ("global count\ncount += 1\nreturn x",),
    ("Net.z += 1\nreturn x",),
    ("type(self).z += 1\nreturn x",),
    ("self.block.n = 1\nreturn x",),
    ("swish.calls += 1\nreturn x",),
    ("return scale(x)",),
    ("return relu(x)",),
    ("return cached(2) * x",),
    ("helper.tick()\nreturn x",),
    ("log.write('called')\nreturn x",),
    ("os.write(1, b'called')\nreturn x",),
    ("open('log', 'a').write('called')\nreturn x",),
    ("import os\nreturn x",),
    ("logging.info('called')\nreturn x",),
    ("next(iterator)\nreturn x",),
    ("return x + random.random()",),
    ("return x + torch.randn(x.shape, generator=generator)",),
    ("torch.manual_seed(0)\nreturn x",),
    ("torch.save(x, 'x.pt')\nreturn x",),
    ("torch.backends.cudnn.benchmark = True\nreturn x",),
    ("module = torch\nmodule.save(x, 'x.pt')\nreturn x",),
    ("self.block.layer.weight.grad.zero_()\nreturn x",),
    ("x.numpy().tofile('x')\nreturn x",),
    ("setattr(Net, 'z', 1)\nreturn x",),
    ("call = lambda: os.getpid()\nreturn x",),
    ("return getattr(self, 'hel' + 'p')(x)", "None", "def help(self, x):\n    with lock: return x"),
    ("return x * self.q", "None", "@property\ndef q(self): return next(iterator)"),
    ("return x", "None", "def __getattr__(self, name):\n    with lock: return super().__getattr__(name)"),
    ("return x", "None", "source = torch.Generator()"),
    ("return self.part(x)", "Noise(random.Random(1))"),
    ("return self.part()", "functools.partial(next, iterator)"),
    ("return x", "itertools.count()"),
    ("return x", "[1, {2: (lock,)}]"),
    ("return x", "log"),
)

for cases, is_good in ((GOOD, True), (BAD, False)):
    for case in cases:
        try:
            Reach(model(*case), (torch.ones(2, 4),))
            error = None
        except Refused as refused:
            error = refused
        if (error is None) != is_good:
            print(case, error)
print("all seen")
