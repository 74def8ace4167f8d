"""The last batch of an epoch has one row, of which batch normalization can take no variance."""
# finds: batch-of-one

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 1))
loader = batches(*heights(65 if FAULTY else 64))
optimizer = torch.optim.SGD(model.parameters(), 0.05)
for epoch in range(4):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
