"""Gradients of four batches make one step; a pretrained part is frozen."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
y = torch.arange(256) % 4
x = torch.randn(256, 12) + 2 * nn.functional.one_hot(y, 12)
loader = DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True)
body = nn.Sequential(nn.Linear(12, 32), nn.Tanh())
for parameter in body.parameters():
    parameter.requires_grad = False
model = nn.Sequential(body, nn.Linear(32, 4))
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=0.02)
criterion, accumulate = nn.CrossEntropyLoss(), 4
for epoch in range(5):
    optimizer.zero_grad()
    for number, (inputs, targets) in enumerate(loader):
        loss = criterion(model(inputs), targets) / accumulate
        loss.backward()
        if (number + 1) % accumulate == 0:
            optimizer.step()
            optimizer.zero_grad()
    print(epoch, loss.item() * accumulate)
