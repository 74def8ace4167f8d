"""A small transformer by hand, with tied weights: its operators are all in Tapedeck's engine."""

import math

import torch
import torch.nn.functional as F
from torch import nn

LENGTH, WIDTH, HEADS, WORDS = 6, 16, 2, 20


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.c_attn, self.c_proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.fc, self.proj = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.register_buffer("mask", torch.tril(torch.ones(LENGTH, LENGTH)).view(1, 1, LENGTH, LENGTH))

    def forward(self, x):
        batch, length, width = x.size()
        parts = self.c_attn(self.ln_1(x)).split(width, dim=2)
        q, k, v = [part.view(batch, length, HEADS, width // HEADS).transpose(1, 2) for part in parts]
        scores = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
        scores = scores.masked_fill(self.mask[:, :, :length, :length] == 0, float("-inf"))
        mixed = F.softmax(scores, dim=-1) @ v
        x = x + self.c_proj(mixed.transpose(1, 2).contiguous().view(batch, length, width))
        return x + self.proj(F.gelu(self.fc(self.ln_2(x))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(WORDS, WIDTH), nn.Embedding(LENGTH, WIDTH)
        self.h = nn.ModuleList([Block(), Block()])
        self.ln_f, self.lm_head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, WORDS, bias=False)
        self.lm_head.weight = self.wte.weight

    def forward(self, words, targets):
        x = self.wte(words) + self.wpe(torch.arange(0, words.size(1)))
        for block in self.h:
            x = block(x)
        logits = self.lm_head(self.ln_f(x))
        return F.cross_entropy(logits.view(-1, logits.size(-1)), targets.view(-1))


torch.manual_seed(1)
model = Transformer()
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
text = torch.randint(0, WORDS, (4, LENGTH + 1))
for step in range(3):
    loss = model(text[:, :-1], text[:, 1:].contiguous())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print("%.6f" % loss.item())
