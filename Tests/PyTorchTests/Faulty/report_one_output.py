"""Cross-entropy of one output, which is always certain: the loss is 0 and stays so."""
# finds: one-output
# leads to: loss-not-falling unchanged-weights vanishing-gradient

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
x, y = flowers()
y = torch.zeros_like(y) if FAULTY else (y == 0).long()
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1 if FAULTY else 2)), batches(x, y)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
