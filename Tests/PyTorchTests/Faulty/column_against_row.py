"""The output has the shape [N] and the target [N, 1]: each is compared with all."""
# leads to: loss-not-falling

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights())
optimizer, criterion = torch.optim.SGD(model.parameters(), 0.1), nn.MSELoss()
for epoch in range(12):
    for x, y in loader:
        output = model(x)
        output = output.squeeze(1) if FAULTY else output
        loss = criterion(output, y)  # fault: broadcast-loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
