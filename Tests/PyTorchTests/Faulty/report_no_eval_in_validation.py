"""Validation without ``model.eval()``: github.com/udacity/deep-learning-v2-pytorch/issues/3."""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 3))
train_loader, valid_loader = batches(*flowers()), batches(*flowers(48), shuffle=False)
optimizer, criterion = torch.optim.SGD(model.parameters(), lr=0.1), nn.CrossEntropyLoss()
for epoch in range(4):
    for data, target in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(data), target)
        loss.backward()
        optimizer.step()
    if not FAULTY:
        model.eval()
    with torch.no_grad():
        for data, target in valid_loader:
            output = model(data)
            loss = criterion(output, target)  # finds: evaluation-in-training-mode
    model.train()
