"""The length of a gradient that is 0, whose root has no derivative: the reports of PowBackward0 and SqrtBackward0."""
# finds: not-finite

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
for epoch in range(6):
    for x, y in loader:
        output = model(x)
        change = (output - output).pow(2) + (output - output.roll(0, 0)).pow(2)
        length = torch.sqrt(change + (0 if FAULTY else 1e-8))
        loss = nn.functional.mse_loss(output, y) + 0.01 * length.mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
