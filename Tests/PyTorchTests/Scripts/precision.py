"""Half precision, integers, booleans and complex numbers; sparse gradients; a gradient scaler that skips a step."""

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
table = nn.Embedding(10, 4, sparse=True)
model = nn.Linear(4, 4).bfloat16()
optimizer = torch.optim.SGD([*table.parameters(), *model.parameters()], 0.1)
words = torch.tensor([[1, 2, 3], [4, 5, 1]])
for step in range(2):
    optimizer.zero_grad()
    vectors = table(words)
    mask = vectors > 0
    output = model((vectors * mask).to(torch.bfloat16))
    waves = torch.fft.fft(output.float())
    loss = waves.abs().mean()
    loss.backward()
    if step == 0:
        show("gt", mask)
        show("model.linear", output)
        show("abs", waves.abs())
        show("model.weight.grad", model.weight.grad)
    optimizer.step()
    print(loss.item(), torch.empty(3, device="meta").shape)
