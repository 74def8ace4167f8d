"""The script's own autograd Functions, one that works in place."""

import torch
from shown import show
from torch import nn


class Halved(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 0.5

    @staticmethod
    def backward(ctx, gradient):
        return gradient * 0.5


class Doubled(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        return x.mul_(2)

    @staticmethod
    def backward(ctx, gradient):
        return gradient * 2


torch.manual_seed(0)
model = nn.Linear(8, 4)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
x = torch.randn(16, 8)
for step in range(2):
    optimizer.zero_grad()
    halved = Halved.apply(model(x))
    if step == 0:
        show("Halved", halved)
    doubled = Doubled.apply(halved)
    loss = doubled.square().mean()
    loss.backward()
    if step == 0:
        show("Doubled", doubled)
        show("mean", loss)
        show("weight.grad", model.weight.grad)
    optimizer.step()
    print(loss.item())
