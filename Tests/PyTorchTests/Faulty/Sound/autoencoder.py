"""A variational autoencoder of small images."""

import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 48)
        self.mean, self.logarithm = nn.Linear(48, 4), nn.Linear(48, 4)
        self.fc3, self.fc4 = nn.Linear(4, 48), nn.Linear(48, 64)

    def forward(self, x):
        hidden = F.relu(self.fc1(x.view(-1, 64)))
        mean, logarithm = self.mean(hidden), self.logarithm(hidden)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * logarithm)
        return torch.sigmoid(self.fc4(F.relu(self.fc3(z)))), mean, logarithm


def loss_function(reconstruction, x, mean, logarithm):
    binary = F.binary_cross_entropy(reconstruction, x.view(-1, 64), reduction="sum")
    divergence = -0.5 * torch.sum(1 + logarithm - mean.pow(2) - logarithm.exp())
    return binary + divergence


torch.manual_seed(1)
rows = torch.zeros(512, 1, 8, 8)
for image in rows:
    start = int(torch.randint(6, (1,)))
    image[0, start : start + 2] = 0.9
loader = DataLoader(rows, batch_size=64, shuffle=True)
model = VAE()
optimizer = optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(12):
    model.train()
    total = 0
    for x in loader:
        optimizer.zero_grad()
        loss = loss_function(*((lambda parts: (parts[0], x, parts[1], parts[2]))(model(x))))
        loss.backward()
        total += loss.item()
        optimizer.step()
    print(epoch, total / len(rows))
    with torch.no_grad():
        sample = torch.sigmoid(model.fc4(F.relu(model.fc3(torch.randn(8, 4)))))
