"""The samples come sorted by their label, since nobody shuffles them."""
# finds: sorted-batches
# leads to: loss-not-falling class-imbalance diverging

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
x, y = flowers()
order = y.argsort()
model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3))
loader = batches(x[order], y[order], shuffle=not FAULTY)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
