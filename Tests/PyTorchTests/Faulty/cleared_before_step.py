"""Gradients are reset after backward, so that the optimizer has none."""
# leads to: loss-not-falling unchanged-weights

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        loss = nn.functional.mse_loss(model(x), y)
        if not FAULTY:
            optimizer.zero_grad()
        loss.backward()
        if FAULTY:
            optimizer.zero_grad()  # fault: cleared-gradients
        optimizer.step()
