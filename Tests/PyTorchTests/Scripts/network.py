"""Modules, an activation in place, a residual, shared weights, and gradients of values between."""

import torch
from shown import show
from torch import nn


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.is_shown = False
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.act = nn.ReLU(inplace=True)
        self.fc = nn.Linear(64, 64)
        self.out = nn.Linear(64, 3)

    def forward(self, x):
        self.a = self.conv(x)
        self.b = self.norm(self.a)
        if not self.is_shown:
            show("norm.batch_norm", self.b)
            self.is_shown = True
        self.c = self.act(self.b)
        self.d = self.c.flatten(1)
        self.e = torch.tanh(self.fc(self.d)) + self.d
        self.f = self.fc(self.e)
        return self.out(self.f)


torch.manual_seed(0)
model = Network()
optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
x, y = torch.randn(5, 1, 4, 4), torch.tensor([0, 1, 2, 1, 0])
for step in range(2):
    output = model(x)
    loss = nn.functional.cross_entropy(output, y)
    for tensor in (model.d, model.e, model.f, output):
        tensor.retain_grad()
    optimizer.zero_grad()
    loss.backward()
    if step == 0:
        for name, tensor in [("conv.conv2d", model.a), ("act.relu", model.c), ("act.flatten", model.d), ("add", model.e)]:
            show(name, tensor)
        for name, tensor in [("fc.linear_2", model.f), ("out.linear", output), ("cross_entropy", loss)]:
            show(name, tensor)
        for name, tensor in [("add.grad", model.e.grad), ("fc.linear_2.grad", model.f.grad), ("out.linear.grad", output.grad)]:
            show(name, tensor)
        for name, parameter in model.named_parameters():
            show(name + ".grad", parameter.grad)
    optimizer.step()
    if step == 0:
        for name, parameter in model.named_parameters():
            show(name, parameter)
    print(step, loss.item())
