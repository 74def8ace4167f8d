"""Dropout as a function is on in evaluation too: github.com/delip/PyTorchNLPBook/issues/28."""

import torch
import torch.nn.functional as F
from data import FAULTY, batches, flowers
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(2, 32), nn.Linear(32, 3)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.dropout(x, 0.3) if FAULTY else F.dropout(x, 0.3, training=self.training)  # fault: dropout-in-evaluation
        return self.fc2(x)


torch.manual_seed(0)
model, train_loader, test_loader = Net(), batches(*flowers()), batches(*flowers(48), shuffle=False)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(4):
    model.train()
    for x, y in train_loader:
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        print(sum(F.cross_entropy(model(x), y).item() for x, y in test_loader))
