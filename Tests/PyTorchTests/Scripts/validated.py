"""Several evaluations after each epoch: of training's samples, of others without gradients, and of others with them."""

import torch
import torch.nn.functional as F
from shown import show
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(8, 16), nn.Dropout(0.5), nn.Linear(16, 2))
optimizer = torch.optim.SGD(model.parameters(), 0.1)
x, y = torch.randn(96, 8), torch.randint(0, 2, (96,))
train_loader = DataLoader(TensorDataset(x[:32], y[:32]), 16, shuffle=True)
loaders = {"train": train_loader, "valid": DataLoader(TensorDataset(x[32:64], y[32:64]), 16)}
test_loader = DataLoader(TensorDataset(x[64:], y[64:]), 16)


def evaluate(name, loader):
    total = right = 0
    for inputs, targets in loader:
        output = model(inputs)
        total += F.cross_entropy(output, targets, reduction="sum").item()
        right += (output.argmax(1) == targets).sum().item()
    print(name, total / len(loader.dataset), right / len(loader.dataset))


for epoch in range(2):
    model.train()
    right = 0
    for step, (inputs, targets) in enumerate(train_loader):
        output = model(inputs)
        loss = F.cross_entropy(output, targets)
        if epoch == 0 and step == 0:
            show("inputs", inputs)
            show("2.linear", output)
            show("cross_entropy", loss)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print("training", loss.item(), (output.argmax(1) == targets).float().mean().item())
    model.eval()
    with torch.no_grad():
        for name in ("train", "valid"):
            evaluate(name, loaders[name])
    evaluate("test_loader", test_loader)
