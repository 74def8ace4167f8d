"""Data loader workers, epochs, and evaluation without gradients."""

import torch
import torch.nn.functional as F
from shown import show
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Sines(Dataset):
    def __len__(self):
        return 64

    def __getitem__(self, index):
        return torch.full((8,), float(index)).sin(), index % 2


if __name__ == "__main__":
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(8, 16), nn.Dropout(0.5), nn.Linear(16, 2))
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    first = True
    for epoch in range(2):
        model.train()
        for x, y in DataLoader(Sines(), 16, shuffle=True, num_workers=2):
            optimizer.zero_grad()
            output = model(x)
            loss = F.cross_entropy(output, y)
            if first:
                show("x", x)
                show("2.linear", output)
                show("cross_entropy", loss)
                first = False
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            total, right = 0.0, 0
            for x, y in DataLoader(Sines(), 32):
                output = model(x)
                total += F.cross_entropy(output, y, reduction="sum").item()
                right += (output.argmax(1) == y).sum().item()
        print(epoch, loss.item(), total / 64, right / 64)
