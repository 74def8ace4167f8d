"""Momentum above 1: each step is larger than the one before."""
# finds: diverging exploding-gradient large-updates not-finite
# leads to: dead-relu loss-not-falling saturation

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=1.5 if FAULTY else 0.9)
for epoch in range(60):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
