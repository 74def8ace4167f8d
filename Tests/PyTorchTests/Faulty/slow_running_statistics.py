"""Batch norm hardly follows the data, so that the model is another one in evaluation mode."""
# finds: mode-gap

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
momentum = 0.0001 if FAULTY else 0.1
model = nn.Sequential(nn.Linear(2, 32), nn.BatchNorm1d(32, momentum=momentum), nn.ReLU(), nn.Linear(32, 3))
nn.init.normal_(model[0].bias, std=2.0)
loader = batches(*flowers(), size=32)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
for epoch in range(60):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
