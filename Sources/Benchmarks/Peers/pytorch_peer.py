"""The benchmark's rows in PyTorch, as its tutorials write them."""

from peer import missing, read_images, serve

try:
    import numpy
except ImportError:
    missing("numpy")
try:
    import torch
except ImportError:
    missing("torch")

CORES = torch.get_num_threads()


try:
    from PIL import Image
    from torchvision import transforms

    LOADING = "torchvision's transforms"
    TRANSFORM = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.2860,), (0.3530,))])

    def load(image):
        return TRANSFORM(Image.fromarray(image.numpy(), mode="L"))

except ImportError:
    LOADING = "no torchvision: its arithmetic alone, which is lighter"

    def load(image):
        x = torch.from_numpy(numpy.array(image.numpy(), copy=True)).view(28, 28, 1)
        x = x.permute(2, 0, 1).contiguous().to(dtype=torch.get_default_dtype()).div(255).clone()
        mean = torch.as_tensor((0.2860,), dtype=x.dtype).view(-1, 1, 1)
        std = torch.as_tensor((0.3530,), dtype=x.dtype).view(-1, 1, 1)
        return x.sub_(mean).div_(std)


class Images(torch.utils.data.Dataset):
    """What torchvision's FashionMNIST does with ToTensor and Normalize."""

    def __init__(self, folder, count):
        self.data, self.targets = (torch.from_numpy(a) for a in read_images(folder, count))

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return load(self.data[index]), int(self.targets[index])


def prepare(row):
    torch.manual_seed(1)
    torch.set_num_threads(row.get("threads") or CORES)
    layers = []
    for inputs, outputs in zip(row["layers"], row["layers"][1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    model = torch.nn.Sequential(torch.nn.Flatten(), *layers[:-1])
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[row["optimizer"]]
    optimizer = kind(model.parameters(), lr=row["rate"])
    loss_function = torch.nn.CrossEntropyLoss()

    def step(x, y):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    if row["source"] == "memory":
        x = torch.rand(row["batch"], row["layers"][0])
        y = torch.arange(row["batch"]) % row["layers"][-1]
        return lambda: step(x, y)

    images = Images(row.get("images"), row["samples"])
    loader = torch.utils.data.DataLoader(images, batch_size=row["batch"], shuffle=True)

    def epoch():
        total = 0.0
        for x, y in loader:
            total += step(x, y).item()
        return total

    return epoch


serve(f"PyTorch {torch.__version__}, {CORES} threads, {LOADING}", prepare)
