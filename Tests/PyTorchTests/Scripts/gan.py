"""Two models and two optimizers."""

import torch
import torch.nn.functional as F
from shown import show
from torch import nn

torch.manual_seed(0)
G = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
D = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
og, od = torch.optim.Adam(G.parameters(), 1e-3), torch.optim.Adam(D.parameters(), 1e-3)
for step in range(2):
    real, fake = torch.randn(32, 2) + 3, G(torch.randn(32, 4))
    od.zero_grad()
    ld = F.softplus(-D(real)).mean() + F.softplus(D(fake.detach())).mean()
    ld.backward()
    if step == 0:
        show("add", ld)
        show("D.0.weight.grad", D[0].weight.grad)
    od.step()
    if step == 0:
        show("D.0.weight", D[0].weight)
    og.zero_grad()
    lg = F.softplus(-D(fake)).mean()
    lg.backward()
    og.step()
    print(ld.item(), lg.item())
