"""A layer is frozen by an attribute of the module: github.com/CSCYQJ/MICCAI23-ProtoContra-SFDA/issues/18."""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
if FAULTY:
    model[0].requires_grad = False  # fault: not-frozen
else:
    model[0].requires_grad_(False)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(6):
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
