"""Networks: the references agree with torch's own layers, with the numbers of the papers, and with NumPy."""

from pathlib import Path

import numpy as np
import pytest

from autograder import course

torch = pytest.importorskip("torch")
nn, functional = torch.nn, torch.nn.functional

RTOL, ATOL = 1e-9, 1e-12
same = np.testing.assert_allclose
LAYERS = [  # x, w, stride, pad
    ((1, 1, 5, 6), (1, 1, 2, 3), 1, 0),
    ((2, 3, 7, 8), (4, 3, 3, 2), 2, 1),
    ((3, 2, 6, 6), (2, 2, 3, 3), 3, 0),
    ((1, 2, 4, 3), (2, 2, 4, 3), 1, 2),
]
INCEPTIONS = [  # of GoogLeNet, by the table of the paper: c_in, c1, c3r, c3, c5r, c5, pool
    (192, 64, 96, 128, 16, 32, 32),
    (256, 128, 128, 192, 32, 96, 64),
    (480, 192, 96, 208, 16, 48, 64),
    (512, 160, 112, 224, 24, 64, 64),
    (512, 128, 128, 256, 24, 64, 64),
    (512, 112, 144, 288, 32, 64, 64),
    (528, 256, 160, 320, 32, 128, 128),
    (832, 256, 160, 320, 32, 128, 128),
    (832, 384, 192, 384, 48, 128, 128),
]


@pytest.fixture(scope="module")
def ours():
    """The functions of the reference, by name."""
    return course.assignment(course.load(course.find(Path(__file__).parent)), "cnn_architectures").functions


@pytest.fixture
def drawn():
    """A tensor of each shape."""
    rng = np.random.default_rng(1)
    return lambda *shapes: [torch.from_numpy(rng.normal(size=shape)) for shape in shapes]


def size(network, *, weights_alone=False):
    """How many parameters there are; of convolutions and dense layers alone, without biases."""
    return sum(one.numel() for one in network.parameters() if one.dim() > 1 or not weights_alone)


def sketched(make, *args):
    """A network without storage."""
    with torch.device("meta"):
        return make(*args)


def seeded(network):
    """The network in double precision and evaluation mode, with running statistics that are not trivial."""
    torch.manual_seed(3)
    network.double()
    for one in (*network.parameters(), *(b for b in network.buffers() if b.is_floating_point())):
        nn.init.uniform_(one, 0.1, 0.9)
    return network.eval()


@pytest.mark.parametrize(("x", "w", "stride", "pad"), LAYERS)
def test_a_layer_is_that_of_torch_there_and_back(ours, drawn, x, w, stride, pad):
    mine = [one.requires_grad_() for one in drawn(x, w, w[:1])]
    theirs = [one.detach().clone().requires_grad_() for one in mine]
    y, wanted = ours["conv2d_layer"](*mine, stride, pad), functional.conv2d(*theirs, stride, pad)
    (dout,) = drawn(tuple(y.shape))
    y.backward(dout)
    wanted.backward(dout)

    same(y.detach(), wanted.detach(), RTOL, ATOL)
    for one, other in zip(mine, theirs, strict=True):
        same(one.grad, other.grad, RTOL, ATOL)


def test_subsampling_is_a_convolution_of_each_map_and_tanh(ours, drawn):
    x, coef, bias = drawn((2, 3, 7, 8), (3,), (3,))
    w = (coef / 4).reshape(3, 1, 1, 1).expand(3, 1, 2, 2)

    same(
        ours["lenet_subsample"](x, coef, bias),
        torch.tanh(functional.conv2d(x, w, bias, stride=2, groups=3)),
        RTOL,
        ATOL,
    )


@pytest.mark.parametrize(
    ("name", "args", "parameters"),
    [
        ("LeNet5", (), 61_706),
        ("LeNet5", (7,), 61_706 - 3 * 85),
        ("AlexNet", (), 62_378_344),
        ("AlexNet", (10,), 62_378_344 - 990 * 4097),
        ("ResidualBlock", (64, 64), 2 * 9 * 64 * 64 + 4 * 64),
        ("ResidualBlock", (64, 128, 2), 9 * 64 * 128 + 9 * 128 * 128 + 64 * 128 + 6 * 128),
        ("DepthwiseSeparable", (32, 64, 1), 2528),
        ("Fire", (96, 16, 64, 64), 11_920),
        ("Fire", (128, 16, 64, 64), 12_432),
        ("Inception", INCEPTIONS[0], 163_696),
    ],
)
def test_the_number_of_parameters_is_that_of_the_papers(ours, name, args, parameters):
    assert size(sketched(ours[name], *args)) == parameters


def test_googlenet_has_seven_million_parameters(ours):
    stem = nn.Conv2d(3, 64, 7), nn.Conv2d(64, 64, 1), nn.Conv2d(64, 192, 3)
    blocks = [sketched(ours["Inception"], *sizes) for sizes in INCEPTIONS]

    assert sum(map(size, (*stem, *blocks, nn.Linear(1024, 1000)))) == 6_998_552


@pytest.mark.parametrize("groups", [1, 2, 32])
def test_groups_divide_the_kernels_of_the_middle_layer(ours, groups):
    block = sketched(ours["GroupedBottleneck"], 256, 128, groups)

    assert size(block, weights_alone=True) == 2 * 256 * 128 + 9 * 128 * 128 // groups


def test_the_maps_of_lenet_and_alexnet_have_the_sizes_of_the_tables(ours):
    widths = {}
    for name, x in (("LeNet5", torch.zeros(1, 1, 32, 32)), ("AlexNet", torch.zeros(1, 3, 227, 227))):
        network, seen = sketched(ours[name]), []
        for layer in network.modules():
            if isinstance(layer, nn.Conv2d | nn.AvgPool2d | nn.MaxPool2d):
                layer.register_forward_hook(lambda _, __, y, seen=seen: seen.append(y.shape[-1]))
        network(x.to("meta"))
        widths[name] = seen

    assert widths == {"LeNet5": [28, 14, 10, 5, 1], "AlexNet": [55, 27, 27, 13, 13, 13, 13, 6]}


@pytest.mark.parametrize(("c_in", "c_out", "stride"), [(3, 3, 1), (3, 5, 1), (4, 4, 2), (2, 3, 3)])
def test_a_residual_block_adds_what_its_layers_compute(ours, drawn, c_in, c_out, stride):
    block = seeded(ours["ResidualBlock"](c_in, c_out, stride))
    (x,) = drawn((2, c_in, 7, 8))
    convolutions = [one for one in block.modules() if isinstance(one, nn.Conv2d)]
    norms = [one for one in block.modules() if isinstance(one, nn.BatchNorm2d)]

    def layer(x, k, stride):
        y = ours["conv2d_layer"](x, convolutions[k].weight, torch.zeros(c_out), stride, int(k < 2))
        scale = norms[k].weight / torch.sqrt(norms[k].running_var + 1e-5)
        return (
            scale[:, None, None] * (y - norms[k].running_mean[:, None, None]) + norms[k].bias[:, None, None]
        )

    shortcut = layer(x, 2, stride) if len(convolutions) == 3 else x
    wanted = torch.relu(layer(torch.relu(layer(x, 0, stride)), 1, 1) + shortcut)

    same(block(x).detach(), wanted.detach(), RTOL, ATOL)


def test_a_block_in_two_halves_is_one_layer_whose_kernels_are_products(ours, drawn):
    block = seeded(ours["DepthwiseSeparable"](3, 4, 2))
    depthwise, pointwise = (one for one in block.modules() if isinstance(one, nn.Conv2d))
    for norm in (one for one in block.modules() if isinstance(one, nn.BatchNorm2d)):
        norm.weight.data.fill_(1)
        norm.running_var.fill_(1)
        norm.running_mean.zero_()
        norm.bias.data.zero_()
        norm.eps = 0.0
    (x,) = drawn((2, 3, 7, 6))  # all positive, with positive kernels: no ReLU cuts anything off
    kernels = pointwise.weight * depthwise.weight.permute(1, 0, 2, 3)

    same(block(x.abs()).detach(), functional.conv2d(x.abs(), kernels, None, 2, 1).detach(), RTOL, ATOL)


@pytest.mark.parametrize(("channels", "groups"), [(6, 2), (12, 3), (8, 4), (5, 1), (5, 5)])
def test_the_shuffle_is_that_of_torch(ours, drawn, channels, groups):
    (x,) = drawn((2, channels, 3, 4))

    same(ours["channel_shuffle"](x, groups), nn.ChannelShuffle(groups)(x), 0)


@pytest.mark.parametrize("shape", [(1, 3, 4), (5, 2, 3), (3, 3, 3)])
def test_an_ensemble_is_the_mean_of_probabilities_by_scipy(ours, shape):
    special = pytest.importorskip("scipy.special")
    logits = np.random.default_rng(7).normal(scale=5, size=shape)

    want = special.softmax(logits, axis=2).mean(axis=0)
    same(ours["predict_ensemble"](torch.from_numpy(logits)), want, RTOL, ATOL)
    same(ours["predict_ensemble"](list(torch.from_numpy(logits))), want, RTOL, ATOL)


def test_a_dense_layer_is_trained_as_by_the_numpy_of_other_assignments(ours):
    loaded = course.load(course.find(Path(__file__).parent))
    losses = course.assignment(loaded, "losses").functions
    adam_step = course.assignment(loaded, "optimizers").functions["adam_step"]
    rng = np.random.default_rng(8)
    x, t = rng.normal(size=(20, 6)), rng.integers(0, 3, size=20)
    model = nn.Sequential(nn.Flatten(), nn.Linear(6, 3, bias=False)).double()
    w = model[1].weight.detach().numpy().T.copy()  # (6, 3)

    m, v, step, wanted = np.zeros_like(w), np.zeros_like(w), 0, []
    for _ in range(4):
        wanted.append(losses["nll_loss"](losses["log_softmax"](x @ w), t))
        w, m, v, step = adam_step(w, m, v, step, x.T @ losses["softmax_ce_grad"](x @ w, t), lr=0.1)
    pictures = torch.from_numpy(x).reshape(20, 1, 2, 3)
    history = ours["train_classifier"](model, pictures, torch.from_numpy(t), 4, 0.1, 0)

    same(history["loss"], wanted, RTOL, ATOL)
    same(model[1].weight.detach().numpy().T, w, 1e-7, 1e-9)  # Adam divides by small gradients
    assert history["accuracy"][-1] == np.mean((x @ w).argmax(axis=1) == t)


def test_a_new_head_begins_as_a_fair_guess(ours):
    model = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.ReLU(), nn.Linear(3, 10))
    ours["freeze_and_replace_head"](model, 5)

    same(functional.softmax(model(torch.ones(2, 4)).detach(), dim=1), torch.full((2, 5), 0.2), 1e-7)
