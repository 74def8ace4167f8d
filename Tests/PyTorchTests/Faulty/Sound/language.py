"""A recurrent network that learns to write one sentence, and writes."""

import torch
from torch import nn

TEXT = "the quick brown fox jumps over the lazy dog. " * 20
LETTERS = sorted(set(TEXT))
DATA = torch.tensor([LETTERS.index(letter) for letter in TEXT])


class Writer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(len(LETTERS), 16)
        self.lstm = nn.LSTM(16, 48, batch_first=True)
        self.head = nn.Linear(48, len(LETTERS))

    def forward(self, x, state=None):
        x, state = self.lstm(self.embedding(x), state)
        return self.head(x), state


torch.manual_seed(0)
model = Writer()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()
rows = DATA[:-4].view(8, -1)
for epoch in range(10):
    state = None
    for start in range(0, rows.shape[1] - 17, 16):
        x, y = rows[:, start : start + 16], rows[:, start + 1 : start + 17]
        output, state = model(x, state)
        state = tuple(part.detach() for part in state)
        loss = criterion(output.reshape(-1, len(LETTERS)), y.reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
model.eval()
letter, state, written = DATA[:1].view(1, 1), None, ""
with torch.no_grad():
    for _ in range(40):
        output, state = model(letter, state)
        letter = output[:, -1].argmax(1, keepdim=True)
        written += LETTERS[letter.item()]
print(written)
