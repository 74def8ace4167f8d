"""``require_grad`` without its s: github.com/udacity/deep-learning-v2-pytorch/issues/12."""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
for parameter in model[0].parameters():
    if FAULTY:
        parameter.require_grad = False  # fault: not-frozen
    else:
        parameter.requires_grad = False
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(6):
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
