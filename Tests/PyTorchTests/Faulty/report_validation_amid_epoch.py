"""Validation amid an epoch leaves the model in evaluation mode: github.com/fartashf/vsepp/issues/4."""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 3))
train_loader, valid_loader = batches(*flowers()), batches(*flowers(48), shuffle=False)
optimizer, criterion = torch.optim.SGD(model.parameters(), lr=0.1), nn.CrossEntropyLoss()
for epoch in range(4):
    model.train()
    for number, (x, y) in enumerate(train_loader):
        loss = criterion(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if number == 2:
            model.eval()  # fault: training-in-evaluation-mode
            with torch.no_grad():
                print(sum(criterion(model(a), b).item() for a, b in valid_loader))
            if not FAULTY:
                model.train()
