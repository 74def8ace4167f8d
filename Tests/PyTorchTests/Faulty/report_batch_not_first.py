"""A layer takes samples for times, as github.com/Exorust/TorchLeet/issues/5 and github.com/IBM/TabFormer/pull/14 tell."""
# leads to: loss-not-falling mixed-samples

import torch
from data import FAULTY, batches
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(2, 16, batch_first=not FAULTY)
        self.fc = nn.Linear(16, 3)

    def forward(self, x):
        output, state = self.rnn(x)  # fault: batch-for-time
        return self.fc(output[:, -1])


torch.manual_seed(0)
y = torch.arange(96) % 3
x = 0.3 * torch.randn(96, 5, 2) + torch.stack([(y - 1.0), (y == 1).float() - 0.3], 1)[:, None, :]
model, loader = Net(), batches(x, y)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(8):
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
