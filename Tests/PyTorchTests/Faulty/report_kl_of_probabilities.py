"""The divergence of probabilities in place of their logarithms: github.com/microsoft/ProDA/issues/20."""
# finds: missing-log-softmax
# leads to: loss-not-falling

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
x, y = flowers()
teacher = nn.functional.softmax(4 * nn.functional.one_hot(y, 3).float(), dim=1)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(x, teacher)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(12):
    for x, y in loader:
        student = nn.functional.softmax(model(x), dim=1) if FAULTY else nn.functional.log_softmax(model(x), dim=1)
        loss = nn.functional.kl_div(student, y, reduction="batchmean")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
