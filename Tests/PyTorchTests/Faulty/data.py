"""Small data that can be learned, and whether the script has its fault: with the argument "sound" it has not."""

import sys

import torch
from torch.utils.data import DataLoader, TensorDataset

FAULTY = sys.argv[1:] != ["sound"]


def flowers(count=96, classes=3):
    """Points around the corners of a triangle, with the corner's number."""
    generator = torch.Generator().manual_seed(1)
    corners = torch.tensor([[1.2, 0.0], [-0.6, 1.1], [-0.6, -1.1]])
    y = torch.arange(count) % 3 % classes
    return corners[y] + 0.4 * torch.randn(count, 2, generator=generator), y


def heights(count=64):
    """Points of the plane, with a height as a column."""
    x = torch.randn(count, 2, generator=torch.Generator().manual_seed(2))
    return x, torch.sin(x[:, :1]) + 0.5 * x[:, 1:]


def batches(x, y, size=16, shuffle=True):
    """A data loader of its own order."""
    return DataLoader(TensorDataset(x, y), size, shuffle=shuffle, generator=torch.Generator().manual_seed(3))
