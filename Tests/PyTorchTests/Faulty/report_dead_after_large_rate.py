"""The loss stays at ln C, since all units are shut: discuss.pytorch.org/t/cross-entropy-loss-is-not-decreasing/43814."""
# leads to: loss-not-falling vanishing-gradient unchanged-weights exploding-gradient large-updates diverging class-imbalance

import torch
from data import FAULTY, batches, flowers
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(2, 32), nn.Linear(32, 32), nn.Linear(32, 32)
        self.fc4 = nn.Linear(32, 3)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        x = torch.relu(self.fc3(x))  # fault: dead-relu
        return self.fc4(x)


torch.manual_seed(0)
model, loader = Net(), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), lr=2.0 if FAULTY else 0.1)
for epoch in range(40):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
