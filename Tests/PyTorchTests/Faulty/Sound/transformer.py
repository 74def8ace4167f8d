"""A small transformer that learns to reverse a sequence."""

import torch
from torch import nn


class Reverser(nn.Module):
    def __init__(self, words=8, length=6, width=32):
        super().__init__()
        self.words = nn.Embedding(words, width)
        self.places = nn.Parameter(torch.randn(length, width) * 0.1)
        layer = nn.TransformerEncoderLayer(width, 4, 64, dropout=0.0, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2)
        self.head = nn.Linear(width, words)

    def forward(self, x):
        return self.head(self.encoder(self.words(x) + self.places))


torch.manual_seed(0)
model = Reverser()
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=120)
for step in range(120):
    x = torch.randint(8, (32, 6))
    output = model(x)
    loss = nn.functional.cross_entropy(output.transpose(1, 2), x.flip(1))
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    scheduler.step()
    if step % 40 == 0:
        model.eval()
        with torch.inference_mode():
            x = torch.randint(8, (64, 6))
            print(step, (model(x).argmax(2) == x.flip(1)).float().mean().item())
        model.train()
