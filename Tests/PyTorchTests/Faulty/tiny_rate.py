"""A learning rate that is far too small."""
# finds: unchanged-weights small-updates
# leads to: loss-not-falling

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), lr=1e-12 if FAULTY else 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
