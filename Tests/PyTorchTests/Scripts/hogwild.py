"""Three threads that train one model with one optimizer."""

import sys
import threading

import torch
from torch import nn

torch.manual_seed(0)
sys.setswitchinterval(1e-6)
model = nn.Linear(8, 4)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)


def train():
    inputs, targets = torch.randn(32, 8), torch.randint(0, 4, (32,))
    for _ in range(200):
        loss = nn.functional.cross_entropy(model(inputs), targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)


threads = [threading.Thread(target=train) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
