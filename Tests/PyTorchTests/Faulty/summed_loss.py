"""A loss that is summed over the batch, at a rate that is right for a mean."""
# finds: summed-loss large-updates exploding-gradient diverging
# leads to: first-loss loss-not-falling dead-relu not-finite class-imbalance

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), 1.0)
criterion = nn.CrossEntropyLoss(reduction="sum" if FAULTY else "mean")
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        criterion(model(x), y).backward()
        optimizer.step()
