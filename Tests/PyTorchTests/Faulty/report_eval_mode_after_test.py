"""The first test leaves the model in evaluation mode, as github.com/pytorch/tutorials/issues/1624 tells."""

import torch
from data import FAULTY, batches, flowers
from torch import nn


def train(loader, model, criterion, optimizer):
    if not FAULTY:
        model.train()
    for x, y in loader:
        loss = criterion(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def test(loader, model, criterion):
    model.eval()  # fault: training-in-evaluation-mode
    with torch.no_grad():
        print(sum(criterion(model(x), y).item() for x, y in loader) / len(loader))


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 3))
train_loader, test_loader = batches(*flowers()), batches(*flowers(48), shuffle=False)
optimizer, criterion = torch.optim.SGD(model.parameters(), lr=0.05), nn.CrossEntropyLoss()
for epoch in range(4):
    train(train_loader, model, criterion, optimizer)
    test(test_loader, model, criterion)
