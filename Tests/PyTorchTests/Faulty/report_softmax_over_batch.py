"""Softmax over the batch in place of the classes: github.com/perone/euclidesdb/issues/2."""
# leads to: loss-not-falling softmax-twice missing-log-softmax first-loss mixed-samples

import torch
from data import FAULTY, batches, flowers
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(2, 16), nn.Linear(16, 3)

    def forward(self, x):
        x = self.fc2(torch.relu(self.fc1(x)))
        return nn.functional.log_softmax(x, dim=0 if FAULTY else 1)  # fault: softmax-over-batch


torch.manual_seed(0)
model, loader = Net(), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.nll_loss(model(x), y).backward()
        optimizer.step()
