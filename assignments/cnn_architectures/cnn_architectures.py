"""Convolutional networks: from LeNet to ShuffleNet, training them, and using them again.

Ten years of architectures are variations on a few blocks. Each of them is a handful of layers with one idea
in how they are joined: one after another, side by side, with a shortcut, or in groups that do not see each
other.

Symbols: x a batch of pictures, N of them with C channels, H rows and W columns; F(x) what a block computes
before its shortcut is added; F without brackets the number of filters; g the number of groups.

Conventions: pictures are tensors (N, C, H, W), and what comes out is a tensor of the same type. A network is
a class that inherits from `nn.Module`. It is graded with weights that the grader sets, so the names of its
layers do not matter, and their order does: define them in the order in which x passes them. Batch norms have
torch's own settings. No tensor among the arguments is changed.
"""

from itertools import pairwise

import numpy as np
import torch
from torch import nn
from torch.nn import functional


def conv2d_layer(x, w, b, stride=1, pad=0):
    """Compute a convolutional layer yourself, fast.

        y[n, f, i, j] = b[f] + Σ_c Σ_u Σ_v x[n, c, i·stride + u, j·stride + v] w[f, c, u, v]

    where x has its border of zeros already. Write it with tensors, and without torch's own convolutions: no
    `conv2d`, `Conv2d`, `conv_transpose2d` or the like. Reshaping, slicing, padding, `unfold` and products of
    matrices are yours. The same code runs on a processor and on a GPU: whatever you make, make on the device
    of x and of its type.

    Args:
        x: Pictures (N, C, H, W), a tensor.
        w: Filters (F, C, KH, KW); they fit into the padded pictures.
        b: Biases (F,).
        stride: How far the window moves, along both axes, an int >= 1.
        pad: How many zeros stand at each of the four sides, an int >= 0.

    Returns:
        Tensor (N, F, OH, OW) of the type of x, with OH = (H + 2 pad - KH) // stride + 1 and OW likewise.

    Source: lecture 000:630-803.

    Hint: one product of matrices does all filters at all positions, once the patches stand side by side.

    >>> x, w = torch.arange(1.0, 7).reshape(1, 1, 2, 3), torch.tensor([[[[1.0, 0], [0, 2]]]])
    >>> print(conv2d_layer(x, w, torch.tensor([0.5])).tolist())
    [[[[11.5, 14.5]]]]
    >>> print(conv2d_layer(x, w, torch.tensor([0.0]), stride=2, pad=1).tolist())
    [[[[2.0, 6.0], [0.0, 5.0]]]]
    """
    raise NotImplementedError("write conv2d_layer here")


def lenet_subsample(x, coef, bias):
    """Compute a layer of subsampling as LeNet-5 has it: a mean that learns how much it counts.

        y[n, c, i, j] = tanh(coef[c] · m + bias[c]),    m the mean of the window of 2 × 2 pixels at (2i, 2j)

    Args:
        x: Pictures (N, C, H, W), a tensor. A row or column left over at the end is not used.
        coef: Coefficients (C,), a tensor: one for each map.
        bias: Biases (C,), a tensor: one for each map.

    Returns:
        Tensor (N, C, H // 2, W // 2).

    Source: lecture 002:1634. The paper of 1998 adds the four pixels up in place of taking their mean.

    Hint: `coef[:, None, None]` stands beside maps.

    The mean of 1, 2, 3 and 6 is 3, and tanh(0.5 · 3 - 1) = tanh(0.5):

    >>> x = torch.tensor([[[[1.0, 2.0], [3.0, 6.0]]]])
    >>> print(round(lenet_subsample(x, torch.tensor([0.5]), torch.tensor([-1.0])).item(), 6))
    0.462117
    """
    raise NotImplementedError("write lenet_subsample here")


class LeNet5(nn.Module):
    """The network that read cheques: three layers of convolution and two dense ones, with tanh between.

    Layers, in this order, each with biases: C1, 6 maps by kernels of 5 × 5; S2, the mean of windows of
    2 × 2; C3, 16 maps by 5 × 5, each of which sees all maps before it; S4 like S2; C5, 120 maps by 5 × 5;
    F6, 84 units; and the output. After C1, C3, C5 and F6 comes tanh. No layer has a border. S2 and S4 have
    nothing to learn here (for those that have, see `lenet_subsample`). What comes out are logits: no softmax.

    A picture of 32 × 32 becomes 28 × 28, 14 × 14, 10 × 10, 5 × 5 and 1 × 1.

    Args:
        num_classes: Number of outputs, an int >= 1.

    The network takes tensors (N, 1, 32, 32) and gives (N, num_classes).

    Source: lecture 002:1617-1635; Y. LeCun et al., "Gradient-based learning applied to document recognition",
    1998.

    Hint: print the shape after every layer, and compare it with the sizes above.

    >>> net = LeNet5()
    >>> print(tuple(net(torch.zeros(2, 1, 32, 32)).shape), sum(p.numel() for p in net.parameters()))
    (2, 10) 61706
    """

    def __init__(self, num_classes=10):
        super().__init__()
        raise NotImplementedError("write LeNet5.__init__ here")

    def forward(self, x):
        """Turn pictures (N, 1, 32, 32) into logits (N, num_classes)."""
        raise NotImplementedError("write LeNet5.forward here")


class AlexNet(nn.Module):
    """The network that won in 2012: five layers of convolution and three dense ones, with ReLU between.

    Layers, in this order, each with biases: 96 maps by 11 × 11 with stride 4; the largest of windows of 3 × 3
    with stride 2; 256 maps by 5 × 5 with border 2; the same pooling; 384, 384 and 256 maps by 3 × 3 with
    border 1; the same pooling; 4096, 4096 and num_classes units. ReLU comes after every layer of convolution
    and after the first two dense ones, and after these two dropout with p = 0.5 as well. There is no local
    response normalisation, and no groups. What comes out are logits.

    A picture of 227 × 227 becomes 55, 27, 27, 13, 13, 13, 13 and 6 pixels wide.

    Args:
        num_classes: Number of outputs, an int >= 1.

    The network takes tensors (N, 3, 227, 227) and gives (N, num_classes).

    Source: lecture 002:1637-1672, with the input that its sizes need; A. Krizhevsky, I. Sutskever and G.
    Hinton, "ImageNet classification with deep convolutional neural networks", 2012.

    Hint: on the device "meta" a network has shapes and no numbers, so that it takes no memory.

    >>> with torch.device("meta"):
    ...     net, x = AlexNet(), torch.zeros(1, 3, 227, 227)
    >>> print(tuple(net(x).shape), sum(p.numel() for p in net.parameters()))
    (1, 1000) 62378344
    """

    def __init__(self, num_classes=1000):
        super().__init__()
        raise NotImplementedError("write AlexNet.__init__ here")

    def forward(self, x):
        """Turn pictures (N, 3, 227, 227) into logits (N, num_classes)."""
        raise NotImplementedError("write AlexNet.forward here")


class ResidualBlock(nn.Module):
    """Two layers of convolution that compute what is to be added to their input.

        y = relu(F(x) + shortcut(x)),    F: 3 × 3 with the stride, batch norm, ReLU, 3 × 3, batch norm

    The convolutions have a border of 1 and no biases. Where F changes neither size nor number of channels,
    the shortcut is x itself. Otherwise it is a convolution of 1 × 1 with the same stride, no bias, and a
    batch norm behind it. Define the layers of F before those of the shortcut.

    Args:
        c_in: Channels of the input, an int >= 1.
        c_out: Channels of the output, an int >= 1.
        stride: Stride of the first convolution, an int >= 1.

    The block takes tensors (N, c_in, H, W) and gives (N, c_out, ⌈H / stride⌉, ⌈W / stride⌉).

    Source: lecture 002:1715-1750, 001:9940-10000; K. He, X. Zhang, S. Ren and J. Sun, "Deep residual learning
    for image recognition", 2016.

    Hint: set all parameters of a block without a convolution in its shortcut to 0. Which function is left?

    >>> block = ResidualBlock(3, 3).eval()
    >>> for parameter in block.parameters():
    ...     _ = nn.init.zeros_(parameter)
    >>> print(block(torch.tensor([-1.0, 0.0, 2.0]).reshape(1, 3, 1, 1)).flatten().tolist())
    [0.0, 0.0, 2.0]
    """

    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        raise NotImplementedError("write ResidualBlock.__init__ here")

    def forward(self, x):
        """Turn maps (N, c_in, H, W) into maps (N, c_out, ⌈H / stride⌉, ⌈W / stride⌉)."""
        raise NotImplementedError("write ResidualBlock.forward here")


class Inception(nn.Module):
    """Four ways through a layer, side by side, for things of different size.

    The ways, each layer of convolution with biases and with ReLU behind it: (1) 1 × 1 to c1 channels;
    (2) 1 × 1 to c3r, then 3 × 3 to c3; (3) 1 × 1 to c5r, then 5 × 5 to c5; (4) the largest of 3 × 3 with
    stride 1, then 1 × 1 to pool. Borders keep the size. What comes out is joined along the channels, in this
    order; define the layers in this order, too.

    Args:
        c_in: Channels of the input, an int >= 1, like all others.
        c1: Channels of way 1.
        c3r: Channels to which way 2 is reduced.
        c3: Channels of way 2.
        c5r: Channels to which way 3 is reduced.
        c5: Channels of way 3.
        pool: Channels of way 4.

    The block takes tensors (N, c_in, H, W) and gives (N, c1 + c3 + c5 + pool, H, W).

    Source: lecture 002:1686-1710, 001:9677-9745; C. Szegedy et al., "Going deeper with convolutions", 2015.

    Hint: `torch.cat`, and think about which axis.

    The first such block of GoogLeNet:

    >>> block = Inception(192, 64, 96, 128, 16, 32, 32)
    >>> y = block(torch.zeros(1, 192, 4, 4))
    >>> print(tuple(y.shape), sum(p.numel() for p in block.parameters()))
    (1, 256, 4, 4) 163696
    """

    def __init__(self, c_in, c1, c3r, c3, c5r, c5, pool):
        super().__init__()
        raise NotImplementedError("write Inception.__init__ here")

    def forward(self, x):
        """Turn maps (N, c_in, H, W) into maps (N, c1 + c3 + c5 + pool, H, W)."""
        raise NotImplementedError("write Inception.forward here")


class DepthwiseSeparable(nn.Module):
    """A layer of convolution in two cheap halves: first within each channel, then across the channels.

    Depthwise: 3 × 3 with the stride and a border of 1, each channel by itself. Pointwise: 1 × 1 from c_in to
    c_out channels. Neither has biases; behind each of them come batch norm and ReLU.

    Args:
        c_in: Channels of the input, an int >= 1.
        c_out: Channels of the output, an int >= 1.
        stride: Stride of the first half, an int >= 1.

    The block takes tensors (N, c_in, H, W) and gives (N, c_out, ⌈H / stride⌉, ⌈W / stride⌉).

    Source: A. Howard et al., "MobileNets", 2017. Lecture 001:10078-10090 describes another block under this
    name, which squeezes and expands.

    Hint: with as many groups as channels, each filter sees one channel.

    From 32 to 64 channels there are 9 · 32 + 32 · 64 weights, and 2 · 32 + 2 · 64 of batch norm; an ordinary
    layer of 3 × 3 has 18432:

    >>> print(sum(p.numel() for p in DepthwiseSeparable(32, 64, 1).parameters()))
    2528
    """

    def __init__(self, c_in, c_out, stride):
        super().__init__()
        raise NotImplementedError("write DepthwiseSeparable.__init__ here")

    def forward(self, x):
        """Turn maps (N, c_in, H, W) into maps (N, c_out, ⌈H / stride⌉, ⌈W / stride⌉)."""
        raise NotImplementedError("write DepthwiseSeparable.forward here")


class Fire(nn.Module):
    """Squeeze to a few channels, then expand from these in two ways.

    Squeeze: 1 × 1 to s channels. Expand: 1 × 1 to e1 channels and 3 × 3 with a border of 1 to e3 channels,
    both from the squeezed maps, joined along the channels in this order. All have biases and ReLU.

    Args:
        c_in: Channels of the input, an int >= 1.
        s: Channels in the middle, an int >= 1.
        e1: Channels of the first way out, an int >= 1.
        e3: Channels of the second way out, an int >= 1.

    The block takes tensors (N, c_in, H, W) and gives (N, e1 + e3, H, W).

    Source: lecture 001:10118-10141; F. Iandola et al., "SqueezeNet", 2016.

    Hint: three layers of convolution. Which of them see x?

    The first block of SqueezeNet: 96 · 16 + 16, 16 · 64 + 64 and 9 · 16 · 64 + 64:

    >>> print(sum(p.numel() for p in Fire(96, 16, 64, 64).parameters()))
    11920
    """

    def __init__(self, c_in, s, e1, e3):
        super().__init__()
        raise NotImplementedError("write Fire.__init__ here")

    def forward(self, x):
        """Turn maps (N, c_in, H, W) into maps (N, e1 + e3, H, W)."""
        raise NotImplementedError("write Fire.forward here")


class GroupedBottleneck(nn.Module):
    """A residual block whose middle layer works in groups that do not see each other.

        y = relu(F(x) + x),    F: 1 × 1 to width channels, 3 × 3 in groups, 1 × 1 back to c channels

    The convolution of 3 × 3 has a border of 1. None has biases; behind each comes a batch norm, and behind
    the first two ReLU as well.

    Args:
        c: Channels of input and output, an int >= 1.
        width: Channels in the middle, a multiple of groups.
        groups: Number of groups, an int >= 1.

    The block takes tensors (N, c, H, W) and gives tensors of the same shape.

    Source: lecture 001:10094-10109; S. Xie et al., "Aggregated residual transformations", 2017.

    Hint: count the kernels of the middle layer: c1 · c2 without groups, c1 · c2 / g with them.

    >>> block = GroupedBottleneck(256, 128, 32)
    >>> print(sum(p.numel() for p in block.parameters() if p.dim() == 4))
    70144
    """

    def __init__(self, c, width, groups):
        super().__init__()
        raise NotImplementedError("write GroupedBottleneck.__init__ here")

    def forward(self, x):
        """Turn maps (N, c, H, W) into maps of the same shape."""
        raise NotImplementedError("write GroupedBottleneck.forward here")


def channel_shuffle(x, g):
    """Mix the channels of g groups, so that the next groups see something of all of them.

    Args:
        x: Pictures (N, C, H, W), a tensor. C is a multiple of g; its channels stand group by group.
        g: Number of groups, an int >= 1.

    Returns:
        Tensor (N, C, H, W): the first channel of each group, then the second of each, and so on.

    Source: lecture 001:10114; X. Zhang, X. Zhou, M. Lin and J. Sun, "ShuffleNet", CVPR 2018.

    Hint: two axes in place of one, exchanged, and made one again.

    >>> print(channel_shuffle(torch.arange(6.0).reshape(1, 6, 1, 1), 2).flatten().tolist())
    [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]
    """
    raise NotImplementedError("write channel_shuffle here")


# ---- training, transfer, ensembles ----------------------------------------------------------------


def _glyphs(rng, n):
    """Draw n little pictures of ten classes: a set to train on that nobody has to download.

    The classes, 0 to 9, are a ring, a box, a triangle, a plus, a cross, a T, an L, a Z, an H and an arrow.
    Each glyph has its own size, place, turn, slant, stroke, ink and paper, and there is noise on top. A
    network with three layers of convolution reads 99 of 100 that it has not seen, a linear layer 62.

    Args:
        rng: np.random.Generator.
        n: How many glyphs; the classes are equally frequent, as far as n allows, and mixed.

    Returns:
        (X, y): pictures (n, 1, 28, 28), a float32 tensor, and classes (n,), an int64 tensor.
    """
    circle = [(np.cos(angle), np.sin(angle)) for angle in np.linspace(0, 2 * np.pi, 13)]
    strokes = (  # for each class the lines that a pen draws, x to the right and y downwards, from -1 to 1
        [circle],
        [[(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8), (-0.8, -0.8)]],
        [[(0, -0.9), (0.9, 0.7), (-0.9, 0.7), (0, -0.9)]],
        [[(0, -0.9), (0, 0.9)], [(-0.9, 0), (0.9, 0)]],
        [[(-0.8, -0.8), (0.8, 0.8)], [(-0.8, 0.8), (0.8, -0.8)]],
        [[(-0.8, -0.8), (0.8, -0.8)], [(0, -0.8), (0, 0.9)]],
        [[(-0.7, -0.9), (-0.7, 0.8), (0.8, 0.8)]],
        [[(-0.8, -0.8), (0.8, -0.8), (-0.8, 0.8), (0.8, 0.8)]],
        [[(-0.7, -0.9), (-0.7, 0.9)], [(0.7, -0.9), (0.7, 0.9)], [(-0.7, 0), (0.7, 0)]],
        [[(0, 0.9), (0, -0.9)], [(-0.7, -0.2), (0, -0.9), (0.7, -0.2)]],
    )
    y = rng.permutation(np.arange(n) % len(strokes))
    size = rng.uniform(6.2, 9.0, n)
    place = rng.uniform(-4.0, 4.0, (n, 1, 2))
    turn, slant = rng.uniform(-0.2, 0.2, n), rng.uniform(-0.25, 0.25, n)
    pen = rng.uniform(0.6, 1.6, (n, 1))
    ink, paper = rng.uniform(0.5, 1.0, (n, 1)), rng.uniform(0.0, 0.3, (n, 1))
    X = rng.normal(0.0, 0.15, (n, 28 * 28)).astype(np.float32)
    rows, columns = np.indices((28, 28)).reshape(2, -1) - 13.5  # of each pixel, from the middle
    pixels = np.stack([columns, rows], axis=-1).astype(np.float32)  # (784, 2)
    for label, lines in enumerate(strokes):
        k = np.flatnonzero(y == label)
        c, s = np.cos(turn[k]), np.sin(turn[k])
        turned = np.array([[c, slant[k] - s], [s, c]]) * size[k]  # (2, 2, K)
        near = np.full((len(k), 28 * 28), np.inf, np.float32)  # squared distance to the nearest line
        for line in lines:
            points = (np.einsum("ijk,pj->pki", turned, np.array(line))[:, :, None] + place[k]).astype(
                np.float32
            )
            for start, end in pairwise(points):  # (K, 1, 2) each
                way = end - start
                along = ((pixels - start) * way).sum(-1) / (way * way).sum(-1)  # (K, 784)
                off = pixels - start - np.clip(along, 0, 1)[..., None] * way
                near = np.minimum(near, (off * off).sum(-1))
        X[k] += paper[k] + ink[k] * np.clip(pen[k] + 0.5 - np.sqrt(near), 0, 1)
    return torch.from_numpy(X).reshape(n, 1, 28, 28), torch.from_numpy(y)


def train_classifier(model, X, y, epochs, lr, rng_seed):
    """Train a network, in place, to tell the classes of pictures apart.

    The recipe: cross-entropy of what the network gives out, which are logits; Adam with learning rate lr and
    torch's own settings otherwise; batches of 64 pictures, in an order that is drawn anew for each epoch and
    follows from rng_seed. The last batch of an epoch holds what is left over. The weights that the network
    comes with are where it starts.

    Args:
        model: nn.Module that turns pictures (N, C, H, W) into logits (N, K). It is changed, and stands in
            evaluation mode afterwards.
        X: Pictures (N, C, H, W), a float32 tensor.
        y: Their classes (N,), an int64 tensor, from 0 to K - 1.
        epochs: How often all pictures are gone through, an int >= 1.
        lr: Learning rate, a float >= 0.
        rng_seed: Seed of the order, an int. The same seed gives the same weights.

    Returns:
        history: a dict of two lists with a float for each epoch. "loss" is the mean over all pictures of the
        loss that they had when their batch was met, before its step, in training mode. "accuracy" is the
        share of X that is read rightly after the epoch, in evaluation mode.

    Source: Adam 001:2660; filters that begin at zero 004:326, and what comes of it 004:625.

    Hint: `torch.Generator().manual_seed(rng_seed)` can be handed to `torch.randperm` or to a `DataLoader`.
    `model.train()` and `model.eval()` change the mode.

    Of two classes, both logits 0, each has the probability one half: the first loss is log 2.

    >>> model = nn.Sequential(nn.Flatten(), nn.Linear(1, 2, bias=False))
    >>> _ = nn.init.zeros_(model[1].weight)
    >>> X, y = torch.tensor([-1.0, 1.0]).reshape(2, 1, 1, 1), torch.tensor([0, 1])
    >>> history = train_classifier(model, X, y, epochs=2, lr=0.5, rng_seed=0)
    >>> [round(loss, 4) for loss in history["loss"]], history["accuracy"]
    ([0.6931, 0.3133], [1.0, 1.0])
    """
    raise NotImplementedError("write train_classifier here")


def freeze_and_replace_head(model, n_classes):
    """Make a trained network ready to learn other classes with its last layer alone, in place.

    What the layers before the last one have learned is kept: none of their parameters is trained any more,
    and their batch norms neither take the statistics of a batch nor go on averaging. The last layer makes way
    for a new one.

    Args:
        model: nn.Sequential whose last layer is nn.Linear, the head; other layers may be of any kind. It is
            changed.
        n_classes: Number of the new classes, an int >= 1.

    Returns:
        The parameters that are to be trained, a list for an optimizer: weights and biases of the new head,
        in this order. All of them are 0 to begin with, which is fair for a single layer: it has no hidden
        units that could stay alike.

    Source: lecture 002:889-915, 001:6479.

    Hint: `model[-1]` can be read and set. A layer of batch norm looks at its own mode, `training`, which
    `eval()` turns off; `requires_grad_` is about gradients and does not.

    >>> model = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 10))
    >>> [tuple(parameter.shape) for parameter in freeze_and_replace_head(model, 4)]
    [(4, 2), (4,)]
    >>> [parameter.requires_grad for parameter in model.parameters()]
    [False, False, True, True]
    """
    raise NotImplementedError("write freeze_and_replace_head here")


def predict_ensemble(logits):
    """Let several networks, or one network looking at several crops, decide together.

    Each of them has probabilities for the classes, its softmax; the ensemble's are their mean.

    Args:
        logits: Tensor (M, N, K), or a list of M tensors (N, K): what network (or crop) m gives out for
            picture n.

    Returns:
        Tensor (N, K): probabilities, which sum to 1 for each picture.

    Source: ensembles 001:4856; ten crops 001:5013.

    Hint: `torch.stack` makes one tensor of a list.

    Two networks and two classes. The first is sure, with logits 0 and log 9, and the second is not:

    >>> one, other = torch.tensor([[0.0, 2.1972245773]]), torch.tensor([[0.0, 0.0]])
    >>> print([round(share, 4) for share in predict_ensemble([one, other])[0].tolist()])
    [0.3, 0.7]
    """
    raise NotImplementedError("write predict_ensemble here")


# Task 14 is read by a person. Write your sentences between the quotes.
EXPLAIN_DEPTH = """
"""
