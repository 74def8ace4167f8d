"""Images of strokes, a convolutional network with dropout, and a test set."""

import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.dropout1 = nn.Dropout2d(0.25)
        self.dropout2 = nn.Dropout(0.5)
        self.fc1 = nn.Linear(16 * 4 * 4, 64)
        self.fc2 = nn.Linear(64, 4)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.relu(self.conv2(x))
        x = self.dropout1(x)
        x = torch.flatten(x, 1)
        x = self.dropout2(F.relu(self.fc1(x)))
        return F.log_softmax(self.fc2(x), dim=1)


def strokes(count):
    y = torch.randint(4, (count,))
    x = 0.3 * torch.randn(count, 1, 8, 8)
    for image, label in zip(x, y):
        image[0, 2 * label : 2 * label + 2] += 2.0
    return TensorDataset((x - x.mean()) / x.std(), y)


def train(model, loader, optimizer):
    model.train()
    for data, target in loader:
        optimizer.zero_grad()
        loss = F.nll_loss(model(data), target)
        loss.backward()
        optimizer.step()


def test(model, loader):
    model.eval()
    loss, correct = 0, 0
    with torch.no_grad():
        for data, target in loader:
            output = model(data)
            loss += F.nll_loss(output, target, reduction="sum").item()
            correct += output.argmax(1).eq(target).sum().item()
    print("loss %.3f, correct %d of %d" % (loss / len(loader.dataset), correct, len(loader.dataset)))


torch.manual_seed(1)
train_loader = DataLoader(strokes(512), batch_size=32, shuffle=True)
test_loader = DataLoader(strokes(128), batch_size=64)
model = Net()
optimizer = optim.Adam(model.parameters(), lr=0.003)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
for epoch in range(4):
    train(model, train_loader, optimizer)
    test(model, test_loader)
    scheduler.step()
