"""Hidden checks of cnn_architectures: inputs only. What is right, the reference says.

A network is judged by what it computes, with weights that are set here: `seed_parameters` gives every
parameter numbers that follow from its size and its place among those of its size, so that names do not
matter, and neither does the order of layers that are not alike. Sizes and counts come first, since they say
more about a mistake than a wrong number does. Everything is computed in double precision where that costs
nothing; AlexNet, with 250 MB of weights, is counted without storage and computed in single precision.
"""

import numpy as np
import torch

from autograder import check, close, exact, scenario, timed

from .reference import (
    AlexNet,
    DepthwiseSeparable,
    Fire,
    GroupedBottleneck,
    Inception,
    LeNet5,
    ResidualBlock,
    channel_shuffle,
    conv2d,
    lenet_subsample,
)


def _pictures(rng, *shape):
    """Pictures as a tensor of double precision."""
    return torch.from_numpy(rng.normal(size=shape))


def _weighted(network, rng):
    """The network in double precision, with weights of this draw."""
    network.double()
    network.seed_parameters(int(rng.integers(1 << 30)))
    return network


def _way_back(network, x, dout):
    """The gradient by x, and how many parameters got none."""
    dx, *others = network.gradients(x, dout)
    return dx, sum(gradient is None for gradient in others)


def _settled(network, x):
    """What a network with batch norm answers in evaluation mode, once it has seen x in training mode."""
    network(x)
    network.eval()
    return network(2 * x + 1)


# ---- conv2d ---------------------------------------------------------------------------------------


def _layer(rng, x, w):
    """Arguments of a layer of these shapes: x, w and b, with biases that are not small."""
    return _pictures(rng, *x), _pictures(rng, *w), torch.from_numpy(rng.uniform(0.5, 1.5, w[0]))


@check(conv2d)
def one_channel_one_filter(rng):
    """One kernel of 2 × 3 over a picture of one channel."""
    return _layer(rng, (1, 1, 5, 6), (1, 1, 2, 3))


@check(conv2d)
def several_of_everything(rng):
    """Two pictures of three channels, four filters, and nothing square."""
    return _layer(rng, (2, 3, 4, 6), (4, 3, 3, 2))


@check(conv2d)
def with_a_stride(rng):
    """With stride 2, where a row is left over at the end."""
    return *_layer(rng, (1, 2, 6, 7), (2, 2, 3, 3)), 2


@check(conv2d)
def with_a_border(rng):
    """With two rows and columns of zeros at each side."""
    return *_layer(rng, (1, 2, 3, 4), (2, 2, 3, 3)), 1, 2


@check(conv2d, after=several_of_everything)
def everything_at_once(rng):
    """With stride, border, several pictures, channels and filters."""
    x, w, b = _layer(rng, (2, 3, 7, 8), (4, 3, 3, 2))
    return {"x": x, "w": w, "b": b, "stride": 3, "pad": 1}


@scenario(conv2d, forbids=("mutation",))
def of_the_type_that_came_in(conv2d, rng):
    """Single precision comes out where it went in, and no argument is changed."""
    x, w, b = (one.float() for one in _layer(rng, (1, 2, 4, 4), (3, 2, 3, 3)))
    y = np.asarray(conv2d(x, w, b, pad=1))
    return str(y.dtype), list(y.shape), np.round(np.float64(y), 3)


@timed(conv2d, twin=everything_at_once)
def a_large_picture(rng, N=1, C=32, H=112, F=32):
    """One picture of 112 × 112 with 32 channels, 32 filters of 3 × 3, on a processor."""
    x, w, b = _layer(rng, (N, C, H, H), (F, C, 3, 3))
    return x.float(), w.float() / (3 * C**0.5), b.float(), 1, 1


@timed(conv2d, twin=everything_at_once)
def a_batch_on_a_gpu(rng, N=32, C=64, H=56, F=128):
    """32 pictures of 56 × 56 with 64 channels, 128 filters of 3 × 3, on a GPU."""
    x, w, b = _layer(rng, (N, C, H, H), (F, C, 3, 3))
    return x.float(), w.float() / (3 * C**0.5), b.float(), 1, 1


# ---- lenet_subsample ------------------------------------------------------------------------------


def _subsampled(rng, shape):
    """Arguments of a layer of subsampling: x, coef and bias."""
    C = shape[1]
    coef = torch.from_numpy(rng.uniform(0.5, 1.5, C) * rng.choice([-1.0, 1.0], C))
    return _pictures(rng, *shape), coef, torch.from_numpy(rng.uniform(0.3, 0.8, C))


@check(lenet_subsample)
def one_map(rng):
    """One map, one coefficient, one bias."""
    return _subsampled(rng, (1, 1, 4, 6))


@check(lenet_subsample)
def each_map_its_own(rng):
    """Two pictures of three maps, each map with its own coefficient and bias."""
    return _subsampled(rng, (2, 3, 6, 4))


@check(lenet_subsample)
def something_left_over(rng):
    """Maps with a row and a column too many."""
    return _subsampled(rng, (1, 2, 5, 7))


@scenario(lenet_subsample, forbids=("mutation",))
def maps_left_alone(lenet_subsample, rng):
    """Single precision comes out where it went in, and no argument is changed."""
    y = np.asarray(lenet_subsample(*(one.float() for one in _subsampled(rng, (1, 2, 4, 4)))))
    return str(y.dtype), list(y.shape)


# ---- LeNet5 ---------------------------------------------------------------------------------------


@scenario(LeNet5, compare=exact)
def lenet_counted(LeNet5, rng):
    """The number of its parameters, all of which learn."""
    return LeNet5(int(rng.integers(3, 40))).parameter_count()


@scenario(LeNet5, draws=1)
def lenet_as_it_comes(LeNet5, rng):
    """Without an argument it has ten classes; its answers have the right shape."""
    return LeNet5().output_shape((3, 1, 32, 32))


@scenario(LeNet5)
def lenet_answers(LeNet5, rng):
    """With weights that we set, its logits for two pictures."""
    return _weighted(LeNet5(num_classes=4), rng)(_pictures(rng, 2, 1, 32, 32))


@scenario(LeNet5)
def lenet_shifted(LeNet5, rng):
    """The same weights on a picture and on one moved by a single pixel."""
    network = _weighted(LeNet5(3), rng)
    x = _pictures(rng, 1, 1, 32, 32)
    return np.subtract(network(x), network(torch.roll(x, 1, dims=3)))


@scenario(LeNet5, after=lenet_counted)
def lenet_taught(LeNet5, rng):
    """The gradient arrives at the picture and at every layer."""
    return _way_back(_weighted(LeNet5(3), rng), _pictures(rng, 2, 1, 32, 32), _pictures(rng, 2, 3))


# ---- AlexNet --------------------------------------------------------------------------------------


@scenario(AlexNet, compare=exact)
def alexnet_counted(AlexNet, rng):
    """The number of its parameters, with one number of classes or another."""
    return AlexNet.sketched(int(rng.integers(2, 900))).parameter_count()


@scenario(AlexNet, draws=1)
def alexnet_as_it_comes(AlexNet, rng):
    """Without an argument it has a thousand classes; two pictures of 227 × 227 give two rows."""
    return AlexNet.sketched().output_shape((2, 3, 227, 227))


@scenario(AlexNet, draws=1, compare=close(rtol=1e-3, atol=1e-3), after=alexnet_counted)
def alexnet_answers(AlexNet, rng):
    """With weights that we set, its logits in evaluation mode."""
    network = AlexNet.sketched(60)
    network.seed_parameters(int(rng.integers(1 << 30)))
    network.eval()
    return network(_pictures(rng, 1, 3, 227, 227).float())


@scenario(AlexNet, draws=1, after=alexnet_answers)
def alexnet_forgets_in_training(AlexNet, rng):
    """Dropout works in training mode, and only there."""
    network = AlexNet.sketched(6)
    network.seed_parameters(int(rng.integers(1 << 30)))
    x = _pictures(rng, 1, 3, 227, 227).float()
    network.train()
    one = np.asarray(network(x))
    network.eval()
    return bool(np.allclose(one, network(x), rtol=1e-3, atol=1e-3))


# ---- ResidualBlock --------------------------------------------------------------------------------


@scenario(ResidualBlock, compare=exact)
def residual_counted(ResidualBlock, rng):
    """The number of parameters, with and without a convolution in the shortcut."""
    c = int(rng.integers(2, 9))
    blocks = ResidualBlock(c, c), ResidualBlock(c, c + 3), ResidualBlock(c, c, 2)
    return [block.parameter_count() for block in blocks]


@scenario(ResidualBlock, draws=1)
def residual_sizes(ResidualBlock, rng):
    """The shapes of what comes out, of even and odd maps."""
    wide, halved = ResidualBlock(3, 5), ResidualBlock(3, 4, stride=2)
    return wide.output_shape((2, 3, 6, 7)), halved.output_shape((2, 3, 6, 7))


@scenario(ResidualBlock)
def residual_with_nothing_to_add(ResidualBlock, rng):
    """With all parameters 0, where size and channels stay."""
    block = ResidualBlock(3, 3)
    block.double().fill_parameters(0.0)
    return block(_pictures(rng, 2, 3, 4, 5))


@scenario(ResidualBlock)
def residual_of_the_same_size(ResidualBlock, rng):
    """Size and number of channels stay: the shortcut is the input itself."""
    return _weighted(ResidualBlock(3, 3), rng)(_pictures(rng, 2, 3, 5, 6))


@scenario(ResidualBlock)
def residual_with_a_stride(ResidualBlock, rng):
    """A stride of 2 and as many channels as before."""
    return _weighted(ResidualBlock(4, 4, 2), rng)(_pictures(rng, 2, 4, 6, 7))


@scenario(ResidualBlock)
def residual_with_more_channels(ResidualBlock, rng):
    """More channels at the same size."""
    return _weighted(ResidualBlock(2, 5), rng)(_pictures(rng, 2, 2, 4, 5))


@scenario(ResidualBlock)
def residual_settled(ResidualBlock, rng):
    """In evaluation mode, after one batch in training mode."""
    return _settled(_weighted(ResidualBlock(3, 4, 2), rng), _pictures(rng, 3, 3, 6, 6))


@scenario(ResidualBlock, forbids=("mutation",))
def residual_taught(ResidualBlock, rng):
    """The gradient passes, and the input is left as it was."""
    block, x = _weighted(ResidualBlock(3, 3), rng), _pictures(rng, 2, 3, 4, 4)
    block(x)
    return _way_back(block, x, _pictures(rng, 2, 3, 4, 4))


# ---- Inception ------------------------------------------------------------------------------------


@scenario(Inception, compare=exact)
def inception_counted(Inception, rng):
    """The number of parameters."""
    return Inception(*rng.integers(2, 9, size=7).tolist()).parameter_count()


@scenario(Inception, draws=1)
def inception_sizes(Inception, rng):
    """The shape of what comes out: channels side by side, rows and columns as before."""
    return Inception(3, 2, 4, 5, 2, 6, 7).output_shape((2, 3, 5, 8))


@scenario(Inception)
def inception_answers(Inception, rng):
    """With weights that we set, what comes out of all four ways."""
    return _weighted(Inception(4, 2, 3, 5, 1, 6, 7), rng)(_pictures(rng, 2, 4, 6, 7))


@scenario(Inception)
def inception_below_zero(Inception, rng):
    """All pixels are negative, so that a border of zeros would be the largest."""
    return _weighted(Inception(3, 1, 2, 3, 2, 4, 5), rng)(-1 - torch.abs(_pictures(rng, 1, 3, 4, 4)))


@scenario(Inception, forbids=("mutation",))
def inception_taught(Inception, rng):
    """The gradient passes through all four ways, and the input is left as it was."""
    block, x = _weighted(Inception(2, 3, 1, 4, 1, 5, 6), rng), torch.abs(_pictures(rng, 1, 2, 4, 5))
    block(x)
    return _way_back(block, x, _pictures(rng, 1, 18, 4, 5))


# ---- DepthwiseSeparable ---------------------------------------------------------------------------


@scenario(DepthwiseSeparable, compare=exact)
def separable_counted(DepthwiseSeparable, rng):
    """The number of parameters."""
    return DepthwiseSeparable(*rng.integers(3, 30, size=2).tolist(), 1).parameter_count()


@scenario(DepthwiseSeparable, draws=1)
def separable_sizes(DepthwiseSeparable, rng):
    """The shapes of what comes out, with stride 1 and 2."""
    one, two = DepthwiseSeparable(3, 5, 1), DepthwiseSeparable(3, 4, stride=2)
    return one.output_shape((2, 3, 5, 6)), two.output_shape((2, 3, 5, 6))


@scenario(DepthwiseSeparable)
def separable_answers(DepthwiseSeparable, rng):
    """With weights that we set and stride 1."""
    return _weighted(DepthwiseSeparable(3, 5, 1), rng)(_pictures(rng, 2, 3, 5, 4))


@scenario(DepthwiseSeparable)
def separable_with_a_stride(DepthwiseSeparable, rng):
    """With weights that we set and stride 2."""
    return _weighted(DepthwiseSeparable(4, 3, 2), rng)(_pictures(rng, 2, 4, 7, 6))


@scenario(DepthwiseSeparable)
def separable_settled(DepthwiseSeparable, rng):
    """In evaluation mode, after one batch in training mode."""
    return _settled(_weighted(DepthwiseSeparable(2, 4, 1), rng), _pictures(rng, 3, 2, 4, 4))


# ---- Fire -----------------------------------------------------------------------------------------


@scenario(Fire, compare=exact)
def fire_counted(Fire, rng):
    """The number of parameters."""
    return Fire(*rng.permutation(np.arange(2, 12))[:4].tolist()).parameter_count()


@scenario(Fire, draws=1)
def fire_sizes(Fire, rng):
    """The shape of what comes out."""
    return Fire(5, 2, 3, 4).output_shape((2, 5, 6, 7))


@scenario(Fire)
def fire_answers(Fire, rng):
    """With weights that we set, what comes out of both ways."""
    return _weighted(Fire(4, 2, 3, 5), rng)(_pictures(rng, 2, 4, 5, 6))


@scenario(Fire, forbids=("mutation",))
def fire_taught(Fire, rng):
    """The gradient passes through both ways, and the input is left as it was."""
    block, x = _weighted(Fire(3, 2, 4, 5), rng), _pictures(rng, 1, 3, 4, 5)
    block(x)
    return _way_back(block, x, _pictures(rng, 1, 9, 4, 5))


# ---- GroupedBottleneck ----------------------------------------------------------------------------


@scenario(GroupedBottleneck, compare=exact)
def grouped_counted(GroupedBottleneck, rng):
    """The number of parameters, with two and with four groups."""
    c = int(rng.integers(4, 20))
    return [GroupedBottleneck(c, 8, groups).parameter_count() for groups in (2, 4)]


@scenario(GroupedBottleneck)
def grouped_answers(GroupedBottleneck, rng):
    """With weights that we set, what comes out."""
    return _weighted(GroupedBottleneck(5, 6, 3), rng)(_pictures(rng, 2, 5, 4, 6))


@scenario(GroupedBottleneck)
def grouped_with_nothing_to_add(GroupedBottleneck, rng):
    """With all parameters 0."""
    block = GroupedBottleneck(3, 4, 2)
    block.double().fill_parameters(0.0)
    return block(_pictures(rng, 2, 3, 3, 4))


@scenario(GroupedBottleneck, forbids=("mutation",))
def grouped_settled(GroupedBottleneck, rng):
    """In evaluation mode, after one batch in training mode; the input is left as it was."""
    return _settled(_weighted(GroupedBottleneck(4, 6, 2), rng), _pictures(rng, 3, 4, 3, 3))


# ---- channel_shuffle ------------------------------------------------------------------------------


@check(channel_shuffle)
def two_groups_mixed(rng):
    """Channels of two groups, three of each."""
    return _pictures(rng, 2, 6, 3, 4), 2


@check(channel_shuffle)
def three_groups_mixed(rng):
    """Twelve channels in three groups."""
    return _pictures(rng, 1, 12, 2, 3), 3


@scenario(channel_shuffle)
def one_group_alone(channel_shuffle, rng):
    """One group has nobody to be mixed with; as many groups as channels have nothing to mix."""
    x = _pictures(rng, 2, 3, 2, 2)
    return channel_shuffle(x, 1), channel_shuffle(x, g=3)


@scenario(channel_shuffle, forbids=("mutation",))
def shuffled_back(channel_shuffle, rng):
    """Eight channels in two groups, and back again as if in four; the pictures are left as they were."""
    x = _pictures(rng, 1, 8, 2, 2)
    return np.subtract(channel_shuffle(torch.as_tensor(channel_shuffle(x, 2)), 4), x)


# ---- training, transfer, ensembles ----------------------------------------------------------------
