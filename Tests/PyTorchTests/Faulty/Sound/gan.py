"""Two networks that learn from each other."""

import torch
from torch import nn, optim

torch.manual_seed(0)
generator = nn.Sequential(nn.Linear(4, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 2))
discriminator = nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1), nn.Sigmoid())
criterion = nn.BCELoss()
optimizer_d = optim.Adam(discriminator.parameters(), lr=2e-3, betas=(0.5, 0.999))
optimizer_g = optim.Adam(generator.parameters(), lr=2e-3, betas=(0.5, 0.999))
fixed = torch.randn(16, 4)
for step in range(100):
    real = torch.randn(32, 2) * 0.3 + torch.tensor([1.0, -1.0])
    discriminator.zero_grad()
    loss_real = criterion(discriminator(real).view(-1), torch.ones(32))
    loss_real.backward()
    fake = generator(torch.randn(32, 4))
    loss_fake = criterion(discriminator(fake.detach()).view(-1), torch.zeros(32))
    loss_fake.backward()
    optimizer_d.step()
    generator.zero_grad()
    loss = criterion(discriminator(fake).view(-1), torch.ones(32))
    loss.backward()
    optimizer_g.step()
    if step % 50 == 0:
        with torch.no_grad():
            print(step, loss.item(), generator(fixed).mean(0).tolist())
