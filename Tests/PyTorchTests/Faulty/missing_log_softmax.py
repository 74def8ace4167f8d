"""The loss wants logarithms of probabilities, and gets probabilities."""
# leads to: loss-not-falling first-loss

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
last = nn.Softmax(dim=1) if FAULTY else nn.LogSoftmax(dim=1)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3), last), batches(*flowers())
optimizer, criterion = torch.optim.SGD(model.parameters(), 0.1), nn.NLLLoss()
for epoch in range(12):
    for x, y in loader:
        output = model(x)
        loss = criterion(output, y)  # finds: missing-log-softmax
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
