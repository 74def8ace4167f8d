"""A layer is replaced after the optimizer was made, which still has the old one."""
# leads to: kept-gradients

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 4)), batches(*heights())
if not FAULTY:
    model[2] = nn.Linear(16, 1)
optimizer = torch.optim.SGD(model.parameters(), 0.1)  # fault: not-in-optimizer
if FAULTY:
    model[2] = nn.Linear(16, 1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
