"""Gradients are not reset between steps."""
# leads to: diverging exploding-gradient large-updates loss-not-falling

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.02)
for epoch in range(12):
    for x, y in loader:
        if not FAULTY:
            optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()  # fault: kept-gradients
        optimizer.step()
