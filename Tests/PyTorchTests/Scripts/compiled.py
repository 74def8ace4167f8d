"""A model and a function that are compiled, where torch can."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))


def distance(a, b):
    return (a - b).square().mean()


if hasattr(torch, "compile"):
    model = torch.compile(model, backend="eager")
    distance = torch.compile(distance, backend="eager")
optimizer = torch.optim.SGD(model.parameters(), 0.1)
x, y = torch.randn(32, 8), torch.randn(32, 1)
for step in range(3):
    optimizer.zero_grad()
    loss = distance(model(x), y)
    loss.backward()
    optimizer.step()
    print(loss.item())
