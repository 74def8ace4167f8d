"""Fine-tuning: a body is loaded in part and frozen, gradients are clipped, and dropout estimates how sure the model is."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.GRU(6, 16)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(16, 4)

    def forward(self, x):
        _, state = self.body(x.transpose(0, 1))
        return self.head(self.drop(state.transpose(0, 1).reshape(len(x), 16)))

    def sample(self, x):
        return F.dropout(self(x), 0.1, training=True)


torch.manual_seed(0)
y = torch.arange(320) % 4
x = 0.5 * torch.randn(320, 5, 6) + 2 * F.one_hot(y, 6)[:, None, :] - 0.3
loader = DataLoader(TensorDataset(x, y), batch_size=16, shuffle=True)
model, other = Net(), nn.GRU(6, 16)
saved = {"body." + name: value for name, value in other.state_dict().items()}
model.load_state_dict({**saved, "last.weight": torch.zeros(2, 16)}, strict=False)
model.body.requires_grad_(False)
optimizer = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], lr=0.02)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.02, epochs=5, steps_per_epoch=len(loader))
for epoch in range(5):
    model.train()
    for inputs, targets in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(inputs), targets)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
    model.eval()
    with torch.no_grad():
        print(epoch, (model(x).argmax(1) == y).float().mean().item())
        model.drop.train()
        print(model(x).std().item(), model.sample(x).std().item())
        model.drop.eval()
