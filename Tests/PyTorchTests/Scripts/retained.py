"""A graph that is kept for a second backward, and the derivative of a derivative."""

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
model = nn.Linear(8, 1)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
x = torch.randn(32, 8, requires_grad=True)
for step in range(2):
    optimizer.zero_grad()
    z = model(x)
    a, b = z.square().mean(), z.abs().mean()
    a.backward(retain_graph=True)
    b.backward()
    (slope,) = torch.autograd.grad(model(x).tanh().sum(), x, create_graph=True)
    penalty = slope.square().mean()
    if step == 0:
        show("linear", z)
        show("mean", a)
        show("mean_2", b)
        show("mean_3", penalty)
    penalty.backward()
    if step == 0:
        show("weight.grad", model.weight.grad)
    optimizer.step()
    print(a.item(), b.item(), penalty.item(), model.weight.norm().item())
