"""Layers are replaced by smaller ones after the optimizer was made: github.com/microsoft/nni/issues/4521."""
# leads to: kept-gradients

import torch
from data import FAULTY, batches, flowers
from torch import nn


def speed_up(model):
    small, last = nn.Linear(2, 8), nn.Linear(8, 3)
    with torch.no_grad():
        small.weight.copy_(model[0].weight[:8])
        last.weight.copy_(model[2].weight[:, :8])
    model[0], model[2] = small, last


torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)  # fault: stale-parameters
speed_up(model)
if not FAULTY:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(6):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
