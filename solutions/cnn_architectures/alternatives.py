"""Right answers by another road: each must get full marks."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from autograder import alternative

from .reference import (
    AlexNet,
    DepthwiseSeparable,
    Fire,
    GroupedBottleneck,
    Inception,
    LeNet5,
    ResidualBlock,
    channel_shuffle,
    conv2d_layer,
    freeze_and_replace_head,
    lenet_subsample,
    predict_ensemble,
    train_classifier,
)

# ---- conv2d_layer ---------------------------------------------------------------------------------


def _size(n, k, stride, pad):
    """How many windows fit along an axis of n pixels."""
    return (n + 2 * pad - k) // stride + 1


@alternative(conv2d_layer)
def unfold_and_matmul(x, w, b, stride=1, pad=0):
    """Patches by slices of the tensor, and one product of matrices for all pictures."""
    F, _, KH, KW = w.shape
    windows = functional.pad(x, (pad,) * 4).unfold(2, KH, stride).unfold(3, KW, stride)
    N, _, OH, OW, _, _ = windows.shape
    cols = windows.permute(0, 2, 3, 1, 4, 5).reshape(N * OH * OW, -1)
    return (cols @ w.reshape(F, -1).T + b).reshape(N, OH, OW, F).permute(0, 3, 1, 2)


@alternative(conv2d_layer)
def shifted_matmuls(x, w, b, stride=1, pad=0):
    """A loop over the taps of the kernel: at each of them one product for all positions."""
    (N, C, H, W), (F, _, KH, KW) = x.shape, w.shape
    OH, OW = _size(H, KH, stride, pad), _size(W, KW, stride, pad)
    padded = functional.pad(x, (pad,) * 4)
    y = b[:, None].expand(N, F, OH * OW)
    for u in range(KH):
        for v in range(KW):
            seen = padded[
                :, :, u : u + (OH - 1) * stride + 1 : stride, v : v + (OW - 1) * stride + 1 : stride
            ]
            y = y + w[:, :, u, v] @ seen.reshape(N, C, OH * OW)
    return y.reshape(N, F, OH, OW)


@alternative(conv2d_layer)
def pixel_loop(x, w, b, stride=1, pad=0):
    """A loop over the positions: at each of them one product for all pictures and filters."""
    (N, _, H, W), (F, _, KH, KW) = x.shape, w.shape
    padded = functional.pad(x, (pad,) * 4)
    y = x.new_empty(N, F, _size(H, KH, stride, pad), _size(W, KW, stride, pad))
    filters = w.reshape(F, -1).T
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            patch = padded[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW]
            y[:, :, i, j] = patch.reshape(N, -1) @ filters + b
    return y


@alternative(conv2d_layer)
def four_loops(x, w, b, stride=1, pad=0):
    """Loops over pictures, filters and positions."""
    (N, _, H, W), (F, _, KH, KW) = x.shape, w.shape
    padded = functional.pad(x, (pad,) * 4)
    y = x.new_empty(N, F, _size(H, KH, stride, pad), _size(W, KW, stride, pad))
    for n in range(N):
        for f in range(F):
            for i in range(y.shape[2]):
                for j in range(y.shape[3]):
                    patch = padded[n, :, i * stride : i * stride + KH, j * stride : j * stride + KW]
                    y[n, f, i, j] = (patch * w[f]).sum() + b[f]
    return y


# ---- lenet_subsample ------------------------------------------------------------------------------


@alternative(lenet_subsample)
def lenet_subsample_by_slices(x, coef, bias):
    """The four pixels of each window as four slices."""
    H, W = x.shape[2] // 2 * 2, x.shape[3] // 2 * 2
    four = (x[:, :, i:H:2, j:W:2] for i in (0, 1) for j in (0, 1))
    return torch.tanh(coef.reshape(1, -1, 1, 1) * sum(four) / 4 + bias.reshape(1, -1, 1, 1))


@alternative(lenet_subsample)
def lenet_subsample_by_convolution(x, coef, bias):
    """A convolution of each map with four weights that are alike."""
    w = (coef / 4)[:, None, None, None].expand(-1, 1, 2, 2)
    return torch.tanh(functional.conv2d(x, w, bias, stride=2, groups=len(coef)))


# ---- LeNet5 ---------------------------------------------------------------------------------------


@alternative(LeNet5)
class LeNetWithDenseC5(nn.Module):
    """C5 as a dense layer on the flattened maps, and everything else as a function."""

    def __init__(self, num_classes=10):
        super().__init__()
        self.c1, self.c3 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.c5, self.f6 = nn.Linear(400, 120), nn.Linear(120, 84)
        self.out = nn.Linear(84, num_classes)

    def forward(self, x):
        x = functional.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = functional.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x.flatten(1)))
        return self.out(torch.tanh(self.f6(x)))


@alternative(LeNet5)
class LeNetDefinedBackwards(nn.Module):
    """Layers that are defined from the last to the first; no two of them are alike."""

    def __init__(self, num_classes=10):
        super().__init__()
        self.out = nn.Linear(84, num_classes)
        self.f6 = nn.Linear(120, 84)
        self.c5, self.c3, self.c1 = nn.Conv2d(16, 120, 5), nn.Conv2d(6, 16, 5), nn.Conv2d(1, 6, 5)
        self.squash, self.pool = nn.Tanh(), nn.AvgPool2d((2, 2), stride=2)

    def forward(self, x):
        for layer in (self.c1, self.squash, self.pool, self.c3, self.squash, self.pool, self.c5, self.squash):
            x = layer(x)
        return self.out(self.squash(self.f6(x.view(len(x), -1))))


# ---- AlexNet --------------------------------------------------------------------------------------


@alternative(AlexNet)
class AlexNetAsFunction(nn.Module):
    """Layers with parameters as layers, all others as functions."""

    def __init__(self, num_classes=1000):
        super().__init__()
        sizes = (3, 96, 11), (96, 256, 5), (256, 384, 3), (384, 384, 3), (384, 256, 3)
        self.convolutions = nn.ModuleList(nn.Conv2d(*size) for size in sizes)
        self.dense = nn.ModuleList(
            [nn.Linear(9216, 4096), nn.Linear(4096, 4096), nn.Linear(4096, num_classes)]
        )

    def forward(self, x):
        for layer, stride, pad, pool in zip(
            self.convolutions, (4, 1, 1, 1, 1), (0, 2, 1, 1, 1), (True, True, False, False, True), strict=True
        ):
            x = torch.relu(functional.conv2d(x, layer.weight, layer.bias, stride, pad))
            x = functional.max_pool2d(x, 3, 2) if pool else x
        x = x.flatten(1)
        for layer in self.dense[:2]:
            x = functional.dropout(torch.relu(layer(x)), 0.5, training=self.training)
        return self.dense[2](x)


@alternative(AlexNet)
class AlexNetInTwoParts(nn.Module):
    """Maps first, classes second, with ReLU in place."""

    def __init__(self, num_classes=1000):
        super().__init__()
        layers = []
        for c_in, c_out, k, stride, pad in (
            (3, 96, 11, 4, 0),
            (96, 256, 5, 1, 2),
            (256, 384, 3, 1, 1),
            (384, 384, 3, 1, 1),
            (384, 256, 3, 1, 1),
        ):
            layers += [nn.Conv2d(c_in, c_out, k, stride, pad), nn.ReLU(inplace=True)]
            if (c_in, c_out) != (256, 384) and c_in + c_out != 768:
                layers.append(nn.MaxPool2d(3, 2))
        self.maps = nn.Sequential(*layers)
        dropout = nn.Dropout()
        self.classes = nn.Sequential(
            *(nn.Linear(9216, 4096), nn.ReLU(inplace=True), dropout),
            *(nn.Linear(4096, 4096), nn.ReLU(inplace=True), dropout),
            nn.Linear(4096, num_classes),
        )

    def forward(self, x):
        return self.classes(torch.flatten(self.maps(x), 1))


# ---- ResidualBlock --------------------------------------------------------------------------------


@alternative(ResidualBlock)
class ResidualStepByStep(nn.Module):
    """Step by step, with layers that have names."""

    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(c_out)
        self.same = stride == 1 and c_in == c_out
        if not self.same:
            self.conv3 = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
            self.norm3 = nn.BatchNorm2d(c_out)

    def forward(self, x):
        y = self.norm2(self.conv2(functional.relu(self.norm1(self.conv1(x)))))
        y = y + (x if self.same else self.norm3(self.conv3(x)))
        return functional.relu(y)


@alternative(ResidualBlock)
class ResidualByPixels(nn.Module):
    """A shortcut that leaves out pixels first and convolves what is left."""

    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        first = nn.Conv2d(c_in, c_out, 3, stride, padding=1, bias=False), nn.BatchNorm2d(c_out)
        second = nn.Conv2d(c_out, c_out, 3, padding=1, bias=False), nn.BatchNorm2d(c_out)
        self.residue = nn.Sequential(*first, nn.ReLU(inplace=True), *second)
        self.shortcut, self.stride = nn.Sequential(), stride
        if stride > 1 or c_in != c_out:
            self.shortcut.append(nn.Conv2d(c_in, c_out, 1, bias=False)).append(nn.BatchNorm2d(c_out))

    def forward(self, x):
        return (self.residue(x) + self.shortcut(x[:, :, :: self.stride, :: self.stride])).clamp(min=0)


# ---- Inception ------------------------------------------------------------------------------------


@alternative(Inception)
class InceptionStepByStep(nn.Module):
    """Six convolutions, and everything else as functions."""

    def __init__(self, c_in, c1, c3r, c3, c5r, c5, pool):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.reduce3, self.three = nn.Conv2d(c_in, c3r, 1), nn.Conv2d(c3r, c3, 3, padding="same")
        self.reduce5, self.five = nn.Conv2d(c_in, c5r, 1), nn.Conv2d(c5r, c5, 5, padding="same")
        self.last = nn.Conv2d(c_in, pool, 1)

    def forward(self, x):
        three = self.three(torch.relu(self.reduce3(x)))
        five = self.five(torch.relu(self.reduce5(x)))
        last = self.last(functional.max_pool2d(x, 3, stride=1, padding=1))
        return torch.relu(torch.cat([self.one(x), three, five, last], dim=1))


# ---- DepthwiseSeparable ---------------------------------------------------------------------------


@alternative(DepthwiseSeparable)
class SeparableStepByStep(nn.Module):
    """Four layers with names."""

    def __init__(self, c_in, c_out, stride):
        super().__init__()
        self.depthwise = nn.Conv2d(c_in, c_in, 3, stride=stride, padding=1, groups=c_in, bias=False)
        self.norm1 = nn.BatchNorm2d(c_in)
        self.pointwise = nn.Conv2d(c_in, c_out, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(c_out)

    def forward(self, x):
        x = functional.relu(self.norm1(self.depthwise(x)))
        return functional.relu(self.norm2(self.pointwise(x)))


# ---- Fire -----------------------------------------------------------------------------------------


@alternative(Fire)
class FireInOneKernel(nn.Module):
    """Both ways out in their own sequence, with ReLU before they are joined."""

    def __init__(self, c_in, s, e1, e3):
        super().__init__()
        self.few = nn.Sequential(nn.Conv2d(c_in, s, 1), nn.ReLU(inplace=True))
        self.out1 = nn.Sequential(nn.Conv2d(s, e1, 1), nn.ReLU(inplace=True))
        self.out3 = nn.Sequential(nn.Conv2d(s, e3, 3, padding=1), nn.ReLU(inplace=True))

    def forward(self, x):
        x = self.few(x)
        return torch.hstack([self.out1(x), self.out3(x)])


# ---- GroupedBottleneck ----------------------------------------------------------------------------


@alternative(GroupedBottleneck)
class BottleneckStepByStep(nn.Module):
    """Six layers with names; the groups one by one."""

    def __init__(self, c, width, groups):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(c, width, 1, bias=False), nn.BatchNorm2d(width)
        each = width // groups
        self.weight = nn.Parameter(torch.empty(width, each, 3, 3))
        nn.init.kaiming_normal_(self.weight)
        self.norm2 = nn.BatchNorm2d(width)
        self.conv3, self.norm3 = nn.Conv2d(width, c, 1, bias=False), nn.BatchNorm2d(c)
        self.groups = groups

    def forward(self, x):
        y = torch.relu(self.norm1(self.conv1(x)))
        pieces = zip(y.chunk(self.groups, 1), self.weight.chunk(self.groups), strict=True)
        y = torch.cat([functional.conv2d(piece, w, padding=1) for piece, w in pieces], 1)
        y = self.norm3(self.conv3(torch.relu(self.norm2(y))))
        return torch.relu(x + y)


# ---- channel_shuffle ------------------------------------------------------------------------------


@alternative(channel_shuffle)
def channel_shuffle_by_torch(x, g):
    """By torch's own function."""
    return functional.channel_shuffle(x, g)


@alternative(channel_shuffle)
def channel_shuffle_by_places(x, g):
    """By the places of the channels."""
    C = x.shape[1]
    return x[:, [k * (C // g) + i for i in range(C // g) for k in range(g)]]


# ---- training, transfer, ensembles ----------------------------------------------------------------


def _fitted(model, X, y, epochs, lr, batches, loss_of=functional.cross_entropy):
    """Train on what `batches()` gives for each epoch; gradients are cleared behind the step."""
    adam = torch.optim.Adam(model.parameters(), lr)
    losses, accuracies = [], []
    for _ in range(epochs):
        model.train()
        seen = []
        for pictures, classes in batches():
            loss = loss_of(model(pictures), classes)
            loss.backward()
            adam.step()
            adam.zero_grad()
            seen += [loss.item()] * len(classes)
        losses.append(float(np.mean(seen)))
        model.eval()
        with torch.no_grad():
            parts = [
                (model(X[at : at + 50]).argmax(1) == y[at : at + 50]).sum() for at in range(0, len(X), 50)
            ]
        accuracies.append(float(sum(parts)) / len(X))
    return {"loss": losses, "accuracy": accuracies}


@alternative(train_classifier)
def with_a_data_loader(model, X, y, epochs, lr, rng_seed):
    """Batches from a DataLoader with a generator of its own; gradients cleared behind the step."""
    pairs = torch.utils.data.TensorDataset(X, y)
    chance = torch.Generator().manual_seed(rng_seed)
    loader = torch.utils.data.DataLoader(pairs, batch_size=64, shuffle=True, generator=chance)
    return _fitted(model, X, y, epochs, lr, lambda: loader)


@alternative(train_classifier)
def order_from_numpy(model, X, y, epochs, lr, rng_seed):
    """The order from a generator of NumPy, and the loss in two steps."""
    rng = np.random.default_rng(rng_seed)

    def batches():
        order = torch.from_numpy(rng.permutation(len(X)))
        return [(X[order[at : at + 64]], y[order[at : at + 64]]) for at in range(0, len(X), 64)]

    def loss_of(logits, classes):
        return functional.nll_loss(functional.log_softmax(logits, dim=1), classes)

    return _fitted(model, X, y, epochs, lr, batches, loss_of)


@alternative(freeze_and_replace_head)
def layer_by_layer(model, n_classes):
    """All layers before the head in evaluation mode, parameters frozen one by one, and the head last."""
    *features, head = model
    for layer in features:
        layer.eval()
        for parameter in layer.parameters():
            parameter.requires_grad = False
    new = nn.Linear(head.weight.shape[1], n_classes)
    with torch.no_grad():
        for parameter in new.parameters():
            parameter.fill_(0.0)
    model[len(features)] = new
    return list(new.parameters())


@alternative(freeze_and_replace_head)
def frozen_and_thawed(model, n_classes):
    """The whole network in evaluation mode, and what wants gradients picked out at the end."""
    model.eval()
    model[-1] = nn.Linear(model[-1].in_features, n_classes)
    model[-1].load_state_dict({name: 0 * value for name, value in model[-1].state_dict().items()})
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    model[-1].requires_grad_(True)
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


@alternative(predict_ensemble)
def one_after_another(logits):
    """A sum over the networks, one after another."""
    total = 0
    for each in logits:
        total = total + torch.softmax(each, dim=1)
    return total / len(logits)


@alternative(predict_ensemble)
def by_the_logarithm(logits):
    """The mean of probabilities by way of their logarithms, in double precision."""
    logits = torch.stack(list(logits)).double()
    return torch.exp(torch.logsumexp(torch.log_softmax(logits, -1), dim=0) - np.log(len(logits)))
