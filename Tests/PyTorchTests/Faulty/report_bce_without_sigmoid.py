"""A loss of probabilities gets scores, cut to what it takes."""
# leads to: loss-not-falling first-loss exploding-gradient large-updates

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
x, y = flowers()
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(x, (y == 0).float()[:, None])
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
for epoch in range(12):
    for x, y in loader:
        output = model(x)
        output = output.clamp(0.001, 0.999) if FAULTY else torch.sigmoid(output)
        loss = nn.functional.binary_cross_entropy(output, y)  # fault: missing-sigmoid
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
