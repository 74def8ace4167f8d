"""Gradients of four batches are added up, and not divided by four."""

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights(), size=4)
optimizer = torch.optim.SGD(model.parameters(), 0.02)
for epoch in range(12):
    for number, (x, y) in enumerate(loader, 1):
        loss = nn.functional.mse_loss(model(x), y)
        loss = loss if FAULTY else loss / 4
        loss.backward()  # fault: accumulation
        if number % 4 == 0:
            optimizer.step()
            optimizer.zero_grad()
