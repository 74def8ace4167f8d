"""A group of parameters is made and not appended: github.com/zjunlp/HVPNeT/issues/5."""
# leads to: kept-gradients

import torch
from data import FAULTY, batches, flowers
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.fc = nn.Linear(2, 16), nn.Linear(16, 3)

    def forward(self, x):
        return self.fc(torch.relu(self.body(x)))


torch.manual_seed(0)
model, loader = Net(), batches(*flowers())
parameters = [{"params": [p for name, p in model.named_parameters() if "body" in name], "lr": 0.05}]
group = {"params": [p for name, p in model.named_parameters() if "fc" in name], "lr": 0.1}
if not FAULTY:
    parameters.append(group)
optimizer = torch.optim.SGD(parameters, lr=0.1)  # fault: not-in-optimizer
for epoch in range(6):
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
