"""Softmax before a loss that applies it itself."""
# leads to: loss-not-falling

import torch
from data import FAULTY, batches, flowers
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(2, 16), nn.Linear(16, 3)

    def forward(self, x):
        scores = self.fc2(torch.relu(self.fc1(x)))
        return torch.softmax(scores, 1) if FAULTY else scores  # fault: softmax-twice


torch.manual_seed(0)
model, loader = Net(), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
