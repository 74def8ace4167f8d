"""Weights that are far too large to begin with."""
# finds: first-loss poor-initialization
# leads to: diverging exploding-gradient large-updates dead-relu loss-not-falling class-imbalance

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
if FAULTY:
    for parameter in model.parameters():
        nn.init.normal_(parameter, std=20)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
