"""Forward makes its layer of dropout, which no eval() reaches: github.com/yangze0930/NTS-Net/issues/14."""

import torch
import torch.nn.functional as F
from data import FAULTY, batches, flowers
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.drop = nn.Linear(2, 32), nn.Linear(32, 3), nn.Dropout(0.3)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = nn.Dropout(0.3)(x) if FAULTY else self.drop(x)  # fault: dropout-in-evaluation
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
