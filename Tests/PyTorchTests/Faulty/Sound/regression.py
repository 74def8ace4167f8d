"""A regression on standardized columns, with the best epoch kept."""

import copy

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split

torch.manual_seed(0)
x = torch.randn(400, 5) * torch.tensor([1.0, 20.0, 0.1, 5.0, 300.0]) + 7
y = (0.2 * x[:, 1] + x[:, 0] - 0.01 * x[:, 4]).unsqueeze(1) + 0.1 * torch.randn(400, 1)
x, y = (x - x.mean(0)) / x.std(0), (y - y.mean()) / y.std()
train_set, test_set = random_split(TensorDataset(x, y), [320, 80])
train_loader, test_loader = DataLoader(train_set, batch_size=32, shuffle=True), DataLoader(test_set, batch_size=80)
model = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=2)
best, best_state = float("inf"), None
for epoch in range(10):
    model.train()
    for inputs, targets in train_loader:
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(inputs), targets)
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        total = sum(nn.functional.mse_loss(model(a), b).item() for a, b in test_loader)
    scheduler.step(total)
    if total < best:
        best, best_state = total, copy.deepcopy(model.state_dict())
    print(epoch, total)
