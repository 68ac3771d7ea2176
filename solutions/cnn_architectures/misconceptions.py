"""Wrong answers that students really give, each with the sentence that helps."""

import torch
from torch import nn
from torch.nn import functional

from autograder import misconception

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


class _Wired(nn.Module):
    """A network of these layers, and a function that says how x goes through them."""

    def __init__(self, wiring, *layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)
        self.wiring = wiring

    def forward(self, x):
        return self.wiring(x, *self.layers)


# ---- conv2d_layer ---------------------------------------------------------------------------------


@misconception(conv2d_layer)
def turns_the_kernel(x, w, b, stride=1, pad=0):
    """The kernels are turned round, which is convolution in mathematics; a layer leaves them as they are."""
    return conv2d_layer(x, w.flip(2, 3), b, stride, pad)


@misconception(conv2d_layer)
def transposes_the_kernel(x, w, b, stride=1, pad=0):
    """Rows and columns of the kernels are exchanged."""
    return conv2d_layer(x, w.transpose(2, 3), b, stride, pad)


@misconception(conv2d_layer)
def no_bias(x, w, b, stride=1, pad=0):
    """The bias is missing; each filter adds its own to all positions."""
    return conv2d_layer(x, w, 0 * b, stride, pad)


@misconception(conv2d_layer)
def bias_once_a_channel(x, w, b, stride=1, pad=0):
    """The bias is added once for each channel of the input; it belongs to the sum over all of them."""
    return conv2d_layer(x, w, b * w.shape[1], stride, pad)


@misconception(conv2d_layer)
def stride_ignored(x, w, b, stride=1, pad=0):
    """The stride is not used, so the windows stand at every pixel."""
    return conv2d_layer(x, w, b, 1, pad)


@misconception(conv2d_layer)
def border_ignored(x, w, b, stride=1, pad=0):
    """There is no border of zeros; `pad` rows and columns of them belong at each of the four sides."""
    return conv2d_layer(x, w, b, stride, 0)


@misconception(conv2d_layer)
def border_in_all(x, w, b, stride=1, pad=0):
    """The border is `pad` wide in all, half of it at each side; it is `pad` wide at each side."""
    return conv2d_layer(x, w, b, stride, pad // 2)


@misconception(conv2d_layer)
def channels_averaged(x, w, b, stride=1, pad=0):
    """The channels are averaged; a filter adds them up."""
    return conv2d_layer(x, w / w.shape[1], b, stride, pad)


@misconception(conv2d_layer)
def bias_into_the_argument(x, w, b, stride=1, pad=0):
    """The bias is added in place and changed by it; `b -= …` changes the tensor that the caller has."""
    y = conv2d_layer(x, w, b, stride, pad)
    b -= b
    return y


@misconception(conv2d_layer)
def in_double_precision(x, w, b, stride=1, pad=0):
    """The result is in double precision whatever came in, which costs a GPU most of its speed."""
    return conv2d_layer(x, w, b, stride, pad).double()


# ---- lenet_subsample ------------------------------------------------------------------------------


@misconception(lenet_subsample)
def adds_the_four(x, coef, bias):
    """The four pixels are added up, as in the paper of 1998; here the mean of them is taken."""
    return lenet_subsample(x, 4 * coef, bias)


@misconception(lenet_subsample)
def no_tanh(x, coef, bias):
    """The squashing at the end is missing: tanh comes after coefficient and bias."""
    return coef[:, None, None] * functional.avg_pool2d(x, 2) + bias[:, None, None]


@misconception(lenet_subsample)
def plain_mean(x, coef, bias):
    """This is the plain mean; coefficient, bias and tanh are missing."""
    return functional.avg_pool2d(x, 2)


@misconception(lenet_subsample)
def tanh_before_the_coefficient(x, coef, bias):
    """The mean is squashed before coefficient and bias; tanh comes last."""
    return coef[:, None, None] * torch.tanh(functional.avg_pool2d(x, 2)) + bias[:, None, None]


@misconception(lenet_subsample)
def bias_inside(x, coef, bias):
    """The coefficient also multiplies the bias; it belongs to the mean alone."""
    return lenet_subsample(x, coef, coef * bias)


@misconception(lenet_subsample)
def bias_forgotten(x, coef, bias):
    """The bias is missing."""
    return lenet_subsample(x, coef, 0 * bias)


@misconception(lenet_subsample)
def largest_of_the_four(x, coef, bias):
    """The largest of the four pixels is taken; LeNet-5 takes their mean."""
    return torch.tanh(coef[:, None, None] * functional.max_pool2d(x, 2) + bias[:, None, None])


@misconception(lenet_subsample)
def one_coefficient_for_all(x, coef, bias):
    """All maps use the coefficient and the bias of the first one; each map has its own."""
    return lenet_subsample(x, coef[:1].expand_as(coef), bias[:1].expand_as(bias))


@misconception(lenet_subsample)
def windows_that_overlap(x, coef, bias):
    """The windows move by one pixel; they stand side by side, two pixels apart."""
    return torch.tanh(coef[:, None, None] * functional.avg_pool2d(x, 2, 1) + bias[:, None, None])


@misconception(lenet_subsample)
def sizes_rounded_up(x, coef, bias):
    """A row or column left over makes windows of its own; it is not used."""
    means = functional.avg_pool2d(x, 2, ceil_mode=True)
    return torch.tanh(coef[:, None, None] * means + bias[:, None, None])


@misconception(lenet_subsample)
def squashes_the_argument(x, coef, bias):
    """The picture itself is changed: functions with a `_` at their end work in place."""
    y = lenet_subsample(x, coef, bias)
    x.tanh_()
    return y


# ---- LeNet5 ---------------------------------------------------------------------------------------


def _lenet(num_classes, squash=nn.Tanh, pool=nn.AvgPool2d, pad=0, maps=(6, 16), f6=nn.Tanh, last=()):
    first, second = maps
    return nn.Sequential(
        nn.Conv2d(1, first, 5, padding=pad),
        squash(),
        pool(2),
        nn.Conv2d(first, second, 5),
        squash(),
        pool(2),
        nn.Conv2d(second, 120, 5),
        squash(),
        *((nn.AdaptiveAvgPool2d(1),) if pad else ()),
        nn.Flatten(),
        nn.Linear(120, 84),
        f6(),
        nn.Linear(84, num_classes),
        *last,
    )


@misconception(LeNet5)
def softmax_inside(num_classes=10):
    """A softmax stands at the end. The network gives logits: the loss has its own softmax."""
    return _lenet(num_classes, last=(nn.Softmax(dim=1),))


@misconception(LeNet5)
def relu_on_the_logits(num_classes=10):
    """A ReLU stands at the end and cuts off every negative logit; nothing comes after the last layer."""
    return _lenet(num_classes, last=(nn.ReLU(),))


@misconception(LeNet5)
def tanh_on_the_logits(num_classes=10):
    """A tanh stands at the end, so that no logit leaves -1 to 1; nothing comes after the last layer."""
    return _lenet(num_classes, last=(nn.Tanh(),))


@misconception(LeNet5)
def relu_for_tanh(num_classes=10):
    """The layers are joined by ReLU; this network has tanh."""
    return _lenet(num_classes, squash=nn.ReLU, f6=nn.ReLU)


@misconception(LeNet5)
def sigmoid_for_tanh(num_classes=10):
    """The layers are joined by the logistic function; this network has tanh."""
    return _lenet(num_classes, squash=nn.Sigmoid, f6=nn.Sigmoid)


@misconception(LeNet5)
def largest_for_the_mean(num_classes=10):
    """The pooling takes the largest; S2 and S4 take the mean."""
    return _lenet(num_classes, pool=nn.MaxPool2d)


@misconception(LeNet5)
def made_for_28(num_classes=10):
    """The first layer has a border of 2, as for pictures of 28 × 28; these are 32 × 32 already."""
    return _lenet(num_classes, pad=2)


@misconception(LeNet5)
def nothing_after_f6(num_classes=10):
    """Between F6 and the output there is no tanh, so that the two dense layers are one."""
    return _lenet(num_classes, f6=nn.Identity)


@misconception(LeNet5)
def always_ten_classes(num_classes=10):
    """The number of classes is not used; there are always ten."""
    return _lenet(10)


@misconception(LeNet5)
def a_thousand_by_default(num_classes=1000):
    """Without an argument there are a thousand classes; LeNet-5 reads ten digits."""
    return _lenet(num_classes)


@misconception(LeNet5)
def maps_of_another_lenet(num_classes=10):
    """The layers have 20 and 50 maps, as in a later version; the table has 6 and 16."""
    return _lenet(num_classes, maps=(20, 50))


@misconception(LeNet5)
def without_tanh_after_convolutions(num_classes=10):
    """There is nothing between the layers of convolution, so that together they are a linear layer."""
    return _lenet(num_classes, squash=nn.Identity)


@misconception(LeNet5)
def no_biases(num_classes=10):
    """The layers of convolution have no biases; they do where no batch norm follows."""
    layers = list(_lenet(num_classes))
    for place, (c_in, c_out) in {0: (1, 6), 3: (6, 16), 6: (16, 120)}.items():
        layers[place] = nn.Conv2d(c_in, c_out, 5, bias=False)
    return nn.Sequential(*layers)


@misconception(LeNet5)
def cut_off_from_the_gradient(num_classes=10):
    """The maps are detached before the dense layers, so no gradient reaches the layers of convolution."""
    layers = _lenet(num_classes)
    return _Wired(lambda x, below, above: above(below(x).detach()), layers[:8], layers[8:])


# ---- AlexNet --------------------------------------------------------------------------------------


def _alexnet(num_classes, pad=0, pool=(3, 2), third=True, drop=nn.Dropout, drop_first=False, c1=96, last=()):
    side = 6 if third else 13
    dense = nn.Linear(256 * side * side, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU()
    middle = [dense[0], dense[1], drop(), dense[2], dense[3], drop()]
    if drop_first:
        middle = [drop(), *dense[:2], drop(), *dense[2:]]
    return nn.Sequential(
        nn.Conv2d(3, c1, 11, 4, padding=pad),
        nn.ReLU(),
        nn.MaxPool2d(*pool),
        nn.Conv2d(c1, 256, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(*pool),
        nn.Conv2d(256, 384, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(384, 384, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(384, 256, 3, padding=1),
        nn.ReLU(),
        *((nn.MaxPool2d(*pool),) if third else ()),
        nn.Flatten(),
        *middle,
        nn.Linear(4096, num_classes),
        *last,
    )


@misconception(AlexNet)
def pools_two_by_two(num_classes=1000):
    """The pooling has windows of 2 × 2; these are of 3 × 3 with stride 2, and overlap."""
    return _alexnet(num_classes, pool=(2, 2))


@misconception(AlexNet)
def third_pooling_forgotten(num_classes=1000):
    """After the last convolution there is no pooling, so that 256 maps of 13 × 13 are left, not 6 × 6."""
    return _alexnet(num_classes, third=False)


@misconception(AlexNet)
def sixty_four_maps(num_classes=1000):
    """The first layer has 64 maps, as in a later version; that of 2012 has 96."""
    return _alexnet(num_classes, c1=64)


@misconception(AlexNet)
def dropout_forgotten(num_classes=1000):
    """There is no dropout after the dense layers."""
    return _alexnet(num_classes, drop=nn.Identity)


@misconception(AlexNet)
def dropout_in_front(num_classes=1000):
    """Dropout stands in front of the two large dense layers, as in a later version; it stands behind them."""
    return _alexnet(num_classes, drop_first=True)


@misconception(AlexNet)
def dropout_on_the_logits(num_classes=1000):
    """Dropout stands behind the last layer too, so that half of the logits are zero in training."""
    return _alexnet(num_classes, last=(nn.Dropout(),))


@misconception(AlexNet)
def dropout_never_ends(num_classes=1000):
    """Dropout goes on in evaluation mode: `functional.dropout` has to be told `training=self.training`."""
    return _alexnet(num_classes, drop=_AlwaysDropout)


class _AlwaysDropout(nn.Module):
    def forward(self, x):
        return functional.dropout(x, 0.5)


@misconception(AlexNet)
def always_a_thousand(num_classes=1000):
    """The number of classes is not used; there are always a thousand."""
    return _alexnet(1000)


@misconception(AlexNet)
def ten_by_default(num_classes=10):
    """Without an argument there are ten classes; AlexNet names a thousand things."""
    return _alexnet(num_classes)


@misconception(AlexNet)
def softmax_at_the_end(num_classes=1000):
    """A softmax stands at the end. The network gives logits: the loss has its own softmax."""
    return _alexnet(num_classes, last=(nn.Softmax(dim=1),))


@misconception(AlexNet)
def relu_at_the_end(num_classes=1000):
    """A ReLU stands at the end and cuts off every negative logit."""
    return _alexnet(num_classes, last=(nn.ReLU(),))


@misconception(AlexNet)
def one_dense_layer_short(num_classes=1000):
    """There is one dense layer of 4096 units; there are two."""
    return nn.Sequential(*list(_alexnet(num_classes))[:17], nn.Linear(4096, num_classes))


# ---- ResidualBlock --------------------------------------------------------------------------------


def _residue(c_in, c_out, stride=1, second=1, inner=nn.ReLU, norm=nn.BatchNorm2d, bias=False):
    return nn.Sequential(
        nn.Conv2d(c_in, c_out, 3, stride, padding=1, bias=bias),
        norm(c_out),
        inner(),
        nn.Conv2d(c_out, c_out, 3, second, padding=1, bias=bias),
        norm(c_out),
    )


def _shortcut(c_in, c_out, stride, *, always=False, norm=nn.BatchNorm2d, bias=False):
    if not always and stride == 1 and c_in == c_out:
        return nn.Identity()
    return nn.Sequential(nn.Conv2d(c_in, c_out, 1, stride, bias=bias), norm(c_out))


def _added(x, residue, shortcut):
    return torch.relu(residue(x) + shortcut(x))


@misconception(ResidualBlock)
def relu_before_the_sum_only(c_in, c_out, stride=1):
    """The ReLU stands before the sum; it comes after it."""
    parts = _residue(c_in, c_out, stride), _shortcut(c_in, c_out, stride)
    return _Wired(lambda x, residue, shortcut: torch.relu(residue(x)) + shortcut(x), *parts)


@misconception(ResidualBlock)
def no_relu_after_the_sum(c_in, c_out, stride=1):
    """Nothing comes after the sum; a ReLU does."""
    parts = _residue(c_in, c_out, stride), _shortcut(c_in, c_out, stride)
    return _Wired(lambda x, residue, shortcut: residue(x) + shortcut(x), *parts)


@misconception(ResidualBlock)
def relu_twice(c_in, c_out, stride=1):
    """There is a ReLU before the sum as well, so that the block can only add and never take away."""
    parts = _residue(c_in, c_out, stride), _shortcut(c_in, c_out, stride)
    return _Wired(lambda x, residue, shortcut: torch.relu(torch.relu(residue(x)) + shortcut(x)), *parts)


@misconception(ResidualBlock)
def always_a_convolution(c_in, c_out, stride=1):
    """The shortcut is always a convolution; where size and channels stay, it is the input itself."""
    return _Wired(_added, _residue(c_in, c_out, stride), _shortcut(c_in, c_out, stride, always=True))


@misconception(ResidualBlock)
def no_shortcut(c_in, c_out, stride=1):
    """The shortcut is missing, and with it what makes the block residual."""
    parts = _residue(c_in, c_out, stride), _shortcut(c_in, c_out, stride)
    return _Wired(lambda x, residue, _: torch.relu(residue(x)), *parts)


@misconception(ResidualBlock)
def joined_instead_of_added(c_in, c_out, stride=1):
    """Residue and shortcut are joined along the channels; they are added."""
    parts = _residue(c_in, c_out, stride), _shortcut(c_in, c_out, stride)
    return _Wired(lambda x, residue, shortcut: torch.relu(torch.cat([residue(x), shortcut(x)], 1)), *parts)


@misconception(ResidualBlock)
def strides_twice(c_in, c_out, stride=1):
    """Both convolutions have the stride, and the shortcut too much of it; only the first one has it."""
    return _Wired(_added, _residue(c_in, c_out, stride, stride), _shortcut(c_in, c_out, stride**2))


@misconception(ResidualBlock)
def shortcut_without_norm(c_in, c_out, stride=1):
    """The convolution of the shortcut has no batch norm behind it."""
    return _Wired(_added, _residue(c_in, c_out, stride), _shortcut(c_in, c_out, stride, norm=nn.Identity))


@misconception(ResidualBlock)
def nothing_between(c_in, c_out, stride=1):
    """There is no ReLU between the two convolutions."""
    return _Wired(_added, _residue(c_in, c_out, stride, inner=nn.Identity), _shortcut(c_in, c_out, stride))


@misconception(ResidualBlock)
def without_batch_norm(c_in, c_out, stride=1):
    """There is no batch norm; one stands behind each convolution."""
    parts = _residue(c_in, c_out, stride, norm=nn.Identity)
    return _Wired(_added, parts, _shortcut(c_in, c_out, stride, norm=nn.Identity))


@misconception(ResidualBlock)
def biases_before_the_norm(c_in, c_out, stride=1):
    """The convolutions have biases, which the batch norm behind them takes off again."""
    parts = _residue(c_in, c_out, stride, bias=True)
    return _Wired(_added, parts, _shortcut(c_in, c_out, stride, bias=True))


@misconception(ResidualBlock)
def adds_into_the_input(c_in, c_out, stride=1):
    """The sum is written into the input (`+=`), so that who has called the block loses its x."""

    def wiring(x, residue, shortcut):
        y = torch.relu(residue(x) + shortcut(x))
        if y.shape == x.shape and not x.requires_grad:
            x += residue(x)
        return y

    return _Wired(wiring, _residue(c_in, c_out, stride), _shortcut(c_in, c_out, stride))


# ---- Inception ------------------------------------------------------------------------------------


def _way(*layers):
    return nn.Sequential(*(one for layer in layers for one in (layer, nn.ReLU())))


def _ways(c_in, c1, c3r, c3, c5r, c5, pool):
    return (
        _way(nn.Conv2d(c_in, c1, 1)),
        _way(nn.Conv2d(c_in, c3r, 1), nn.Conv2d(c3r, c3, 3, padding=1)),
        _way(nn.Conv2d(c_in, c5r, 1), nn.Conv2d(c5r, c5, 5, padding=2)),
        nn.Sequential(nn.MaxPool2d(3, 1, padding=1), nn.Conv2d(c_in, pool, 1), nn.ReLU()),
    )


def _joined(x, *ways):
    return torch.cat([way(x) for way in ways], dim=1)


@misconception(Inception)
def ways_added(c_in, c1, c3r, c3, c5r, c5, pool):
    """The ways are added up; they are joined along the channels, so that none covers another."""

    def wiring(x, *ways):
        outs = [way(x) for way in ways]
        most = max(out.shape[1] for out in outs)
        return sum(functional.pad(out, (0, 0, 0, 0, 0, most - out.shape[1])) for out in outs)

    return _Wired(wiring, *_ways(c_in, c1, c3r, c3, c5r, c5, pool))


@misconception(Inception)
def pooled_as_it_is(c_in, c1, c3r, c3, c5r, c5, pool):
    """Behind the pooling there is no convolution of 1 × 1, so all channels of the input come out again."""
    *three, _ = _ways(c_in, c1, c3r, c3, c5r, c5, pool)
    return _Wired(_joined, *three, nn.MaxPool2d(3, 1, padding=1))


@misconception(Inception)
def pooling_with_a_stride(c_in, c1, c3r, c3, c5r, c5, pool):
    """The pooling has stride 2, and its maps were enlarged to fit; it has stride 1, as all ways have."""
    *three, _ = _ways(c_in, c1, c3r, c3, c5r, c5, pool)

    def wiring(x, one, two, three, last):
        small = torch.relu(last(functional.max_pool2d(x, 3, 2, padding=1)))
        return torch.cat([one(x), two(x), three(x), functional.interpolate(small, x.shape[2:])], 1)

    return _Wired(wiring, *three, nn.Conv2d(c_in, pool, 1))


@misconception(Inception)
def mean_for_the_largest(c_in, c1, c3r, c3, c5r, c5, pool):
    """The fourth way takes the mean of its windows; it takes the largest."""
    *three, _ = _ways(c_in, c1, c3r, c3, c5r, c5, pool)
    last = nn.Sequential(nn.AvgPool2d(3, 1, padding=1), nn.Conv2d(c_in, pool, 1), nn.ReLU())
    return _Wired(_joined, *three, last)


@misconception(Inception)
def border_of_zeros_wins(c_in, c1, c3r, c3, c5r, c5, pool):
    """Zeros stand around the maps before pooling, and win where all pixels are negative."""
    *three, last = _ways(c_in, c1, c3r, c3, c5r, c5, pool)
    last = nn.Sequential(nn.ZeroPad2d(1), nn.MaxPool2d(3, 1), *last[1:])
    return _Wired(_joined, *three, last)


@misconception(Inception)
def convolved_before_pooling(c_in, c1, c3r, c3, c5r, c5, pool):
    """In the fourth way the convolution comes before the pooling; it comes behind it."""
    *three, _ = _ways(c_in, c1, c3r, c3, c5r, c5, pool)
    last = nn.Sequential(nn.Conv2d(c_in, pool, 1), nn.ReLU(), nn.MaxPool2d(3, 1, padding=1))
    return _Wired(_joined, *three, last)


@misconception(Inception)
def nothing_reduced(c_in, c1, c3r, c3, c5r, c5, pool):
    """The kernels of 3 × 3 and 5 × 5 see all channels; a convolution of 1 × 1 reduces these first."""
    one, _, _, last = _ways(c_in, c1, c3r, c3, c5r, c5, pool)
    wide = _way(nn.Conv2d(c_in, c3, 3, padding=1)), _way(nn.Conv2d(c_in, c5, 5, padding=2))
    return _Wired(_joined, one, *wide, last)


@misconception(Inception)
def no_relu_after_reducing(c_in, c1, c3r, c3, c5r, c5, pool):
    """There is no ReLU between the reduction and the larger kernel; every convolution has one behind it."""
    one, three, five, last = _ways(c_in, c1, c3r, c3, c5r, c5, pool)
    return _Wired(
        _joined, one, nn.Sequential(*three[:1], *three[2:]), nn.Sequential(*five[:1], *five[2:]), last
    )


@misconception(Inception)
def no_relu_at_the_end(c_in, c1, c3r, c3, c5r, c5, pool):
    """The last convolution of each way has no ReLU behind it."""
    return _Wired(_joined, *(way[:-1] for way in _ways(c_in, c1, c3r, c3, c5r, c5, pool)))


@misconception(Inception)
def pool_comes_first(c_in, c1, c3r, c3, c5r, c5, pool):
    """The ways are joined in another order: 1 × 1, 3 × 3, 5 × 5 and then pooling is asked for."""
    ways = _ways(c_in, c1, c3r, c3, c5r, c5, pool)
    return _Wired(lambda x, one, two, three, last: _joined(x, last, one, two, three), *ways)


# ---- DepthwiseSeparable ---------------------------------------------------------------------------


def _halves(c_in, c_out, stride, groups=None, bias=False):
    return (
        nn.Conv2d(c_in, c_in, 3, stride, padding=1, groups=groups or c_in, bias=bias),
        nn.BatchNorm2d(c_in),
        nn.ReLU(),
        nn.Conv2d(c_in, c_out, 1, bias=bias),
        nn.BatchNorm2d(c_out),
        nn.ReLU(),
    )


@misconception(DepthwiseSeparable)
def one_group(c_in, c_out, stride):
    """The first half sees all channels at once; it needs as many groups as there are channels."""
    return nn.Sequential(*_halves(c_in, c_out, stride, groups=1))


@misconception(DepthwiseSeparable)
def pointwise_first(c_in, c_out, stride):
    """The halves are exchanged: within the channels comes first, across them second."""
    return nn.Sequential(
        nn.Conv2d(c_in, c_out, 1, bias=False),
        nn.BatchNorm2d(c_out),
        nn.ReLU(),
        nn.Conv2d(c_out, c_out, 3, stride, padding=1, groups=c_out, bias=False),
        nn.BatchNorm2d(c_out),
        nn.ReLU(),
    )


@misconception(DepthwiseSeparable)
def squeezes_and_expands(c_in, c_out, stride):
    """This squeezes, convolves and expands, as the lecture has it; MobileNet's block is another one."""
    s = max(1, c_in // 2)
    return nn.Sequential(
        nn.Conv2d(c_in, s, 1, bias=False),
        nn.BatchNorm2d(s),
        nn.ReLU(),
        nn.Conv2d(s, s, 3, stride, padding=1, bias=False),
        nn.BatchNorm2d(s),
        nn.ReLU(),
        nn.Conv2d(s, c_out, 1, bias=False),
        nn.BatchNorm2d(c_out),
        nn.ReLU(),
    )


@misconception(DepthwiseSeparable)
def nothing_between_the_halves(c_in, c_out, stride):
    """Between the halves there is neither batch norm nor ReLU."""
    halves = _halves(c_in, c_out, stride)
    return nn.Sequential(halves[0], *halves[3:])


@misconception(DepthwiseSeparable)
def no_relu_between_the_halves(c_in, c_out, stride):
    """Between the halves there is no ReLU."""
    halves = _halves(c_in, c_out, stride)
    return nn.Sequential(*halves[:2], *halves[3:])


@misconception(DepthwiseSeparable)
def no_relu_behind_the_halves(c_in, c_out, stride):
    """Behind the second half there is no ReLU."""
    return nn.Sequential(*_halves(c_in, c_out, stride)[:5])


@misconception(DepthwiseSeparable)
def biases_in_both_halves(c_in, c_out, stride):
    """The halves have biases, which the batch norms behind them take off again."""
    return nn.Sequential(*_halves(c_in, c_out, stride, bias=True))


@misconception(DepthwiseSeparable)
def stride_in_the_second_half(c_in, c_out, stride):
    """The second half has the stride, so three quarters of what the first half computes are thrown away."""
    halves = list(_halves(c_in, c_out, 1))
    halves[3] = nn.Conv2d(c_in, c_out, 1, stride, bias=False)
    return nn.Sequential(*halves)


@misconception(DepthwiseSeparable)
def no_stride(c_in, c_out, stride):
    """The stride is not used."""
    return nn.Sequential(*_halves(c_in, c_out, 1))


# ---- Fire -----------------------------------------------------------------------------------------


def _fires(c_in, s, e1, e3):
    return nn.Conv2d(c_in, s, 1), nn.Conv2d(s, e1, 1), nn.Conv2d(s, e3, 3, padding=1)


@misconception(Fire)
def expands_the_input(c_in, s, e1, e3):
    """Both ways out start from the input; they start from the squeezed maps."""
    layers = nn.Conv2d(c_in, s, 1), nn.Conv2d(c_in, e1, 1), nn.Conv2d(c_in, e3, 3, padding=1)
    return _Wired(lambda x, _, one, three: torch.relu(torch.cat([one(x), three(x)], 1)), *layers)


@misconception(Fire)
def one_after_the_other(c_in, s, e1, e3):
    """The 3 × 3 sees what the 1 × 1 has made; both see the squeezed maps, side by side."""
    layers = nn.Conv2d(c_in, s, 1), nn.Conv2d(s, e1, 1), nn.Conv2d(e1, e3, 3, padding=1)

    def wiring(x, squeeze, one, three):
        first = torch.relu(one(torch.relu(squeeze(x))))
        return torch.cat([first, torch.relu(three(first))], 1)

    return _Wired(wiring, *layers)


@misconception(Fire)
def squeezed_without_relu(c_in, s, e1, e3):
    """There is no ReLU behind the squeeze, so that squeeze and expand are one linear layer."""

    def wiring(x, squeeze, one, three):
        few = squeeze(x)
        return torch.relu(torch.cat([one(few), three(few)], 1))

    return _Wired(wiring, *_fires(c_in, s, e1, e3))


@misconception(Fire)
def expanded_without_relu(c_in, s, e1, e3):
    """There is no ReLU behind the two ways out."""

    def wiring(x, squeeze, one, three):
        few = torch.relu(squeeze(x))
        return torch.cat([one(few), three(few)], 1)

    return _Wired(wiring, *_fires(c_in, s, e1, e3))


@misconception(Fire)
def larger_kernel_first(c_in, s, e1, e3):
    """The channels of the 3 × 3 come first; those of the 1 × 1 do."""

    def wiring(x, squeeze, one, three):
        few = torch.relu(squeeze(x))
        return torch.relu(torch.cat([three(few), one(few)], 1))

    return _Wired(wiring, *_fires(c_in, s, e1, e3))


@misconception(Fire)
def ways_out_added(c_in, s, e1, e3):
    """The two ways out are added up; they are joined along the channels."""

    def wiring(x, squeeze, one, three):
        few = torch.relu(squeeze(x))
        outs = torch.relu(one(few)), torch.relu(three(few))
        most = max(e1, e3)
        return sum(functional.pad(out, (0, 0, 0, 0, 0, most - out.shape[1])) for out in outs)

    return _Wired(wiring, *_fires(c_in, s, e1, e3))


@misconception(Fire)
def clips_the_input(c_in, s, e1, e3):
    """The ReLU works in place on the input, so that who has called the block loses its x."""

    def wiring(x, squeeze, one, three):
        few = torch.relu(squeeze(x))
        if not x.requires_grad:
            x.relu_()
        return torch.relu(torch.cat([one(few), three(few)], 1))

    return _Wired(wiring, *_fires(c_in, s, e1, e3))


# ---- GroupedBottleneck ----------------------------------------------------------------------------


def _neck(c, width, groups, inner=nn.ReLU, outer=1, bias=False):
    return nn.Sequential(
        nn.Conv2d(c, width, 1, groups=outer, bias=bias),
        nn.BatchNorm2d(width),
        inner(),
        nn.Conv2d(width, width, 3, padding=1, groups=groups, bias=bias),
        nn.BatchNorm2d(width),
        inner(),
        nn.Conv2d(width, c, 1, groups=outer, bias=bias),
        nn.BatchNorm2d(c),
    )


@misconception(GroupedBottleneck)
def one_group_in_the_middle(c, width, groups):
    """The middle layer has one group, so that every channel sees every other."""
    return _Wired(lambda x, neck: torch.relu(neck(x) + x), _neck(c, width, 1))


@misconception(GroupedBottleneck)
def every_channel_a_group(c, width, groups):
    """The middle layer has as many groups as channels; it is asked for `groups` of them."""
    return _Wired(lambda x, neck: torch.relu(neck(x) + x), _neck(c, width, width))


@misconception(GroupedBottleneck)
def neck_without_shortcut(c, width, groups):
    """The input is not added."""
    return _Wired(lambda x, neck: torch.relu(neck(x)), _neck(c, width, groups))


@misconception(GroupedBottleneck)
def neck_without_relu_at_the_end(c, width, groups):
    """There is no ReLU behind the sum."""
    return _Wired(lambda x, neck: neck(x) + x, _neck(c, width, groups))


@misconception(GroupedBottleneck)
def neck_with_relu_before_the_sum(c, width, groups):
    """There is a ReLU before the sum, and none behind it."""
    return _Wired(lambda x, neck: torch.relu(neck(x)) + x, _neck(c, width, groups))


@misconception(GroupedBottleneck)
def neck_without_relu_inside(c, width, groups):
    """There is no ReLU between the three layers, so that together they are linear."""
    return _Wired(lambda x, neck: torch.relu(neck(x) + x), _neck(c, width, groups, inner=nn.Identity))


@misconception(GroupedBottleneck)
def neck_with_biases(c, width, groups):
    """The layers have biases, which the batch norms behind them take off again."""
    return _Wired(lambda x, neck: torch.relu(neck(x) + x), _neck(c, width, groups, bias=True))


@misconception(GroupedBottleneck)
def neck_adds_into_the_input(c, width, groups):
    """The sum is written into the input (`+=`), so that who has called the block loses its x."""

    def wiring(x, neck):
        y = neck(x)
        x += y
        return torch.relu(x)

    return _Wired(wiring, _neck(c, width, groups))


# ---- channel_shuffle ------------------------------------------------------------------------------


@misconception(channel_shuffle)
def no_shuffle(x, g):
    """The channels come back in the order in which they came."""
    return x.clone()


@misconception(channel_shuffle)
def cut_the_other_way(x, g):
    """The channels are cut into C / g groups of g; there are g groups of C / g channels each."""
    return channel_shuffle(x, x.shape[1] // g)


@misconception(channel_shuffle)
def groups_exchanged(x, g):
    """The groups change places as a whole; their channels have to be dealt out."""
    N, C, H, W = x.shape
    return x.reshape(N, g, C // g, H, W).flip(1).reshape(N, C, H, W)


@misconception(channel_shuffle)
def channels_turned_round(x, g):
    """The order of the channels is turned round; they have to be dealt out."""
    return x.flip(1)


@misconception(channel_shuffle)
def always_two_groups(x, g):
    """There are always two groups; g says how many."""
    return channel_shuffle(x, 2 if x.shape[1] % 2 == 0 else g)


@misconception(channel_shuffle)
def maps_mixed_too(x, g):
    """The channels stand last when they are dealt out, so that pixels of the maps are mixed with them."""
    N, C, H, W = x.shape
    return x.permute(0, 2, 3, 1).reshape(N, H, W, g, C // g).transpose(3, 4).reshape(N, C, H, W)


@misconception(channel_shuffle)
def shuffled_in_place(x, g):
    """The result is written into the argument, which the caller still needs."""
    x.copy_(channel_shuffle(x, g).clone())
    return x


# ---- training, transfer, ensembles ----------------------------------------------------------------


def _taught(model, X, y, epochs, lr, rng_seed, **slip):
    """Train as the reference does, but for the slips that are named."""
    loss_of = slip.get("loss", functional.cross_entropy)
    chance = torch.Generator().manual_seed(slip.get("seed", rng_seed))
    adam = slip.get("optimizer", torch.optim.Adam)(model.parameters(), lr=lr)
    history = {"loss": [], "accuracy": []}
    order = torch.randperm(len(X), generator=chance)
    model.train(mode=slip.get("training", True))
    for epoch in range(epochs):
        if slip.get("back_to_training", True) or not epoch:
            model.train(mode=slip.get("training", True))
        if not slip.get("one_order") and epoch:
            order = torch.randperm(len(X), generator=chance)
        batches = list((torch.arange(len(X)) if slip.get("as_given") else order).split(slip.get("size", 64)))
        if slip.get("whole_batches") and len(batches) > 1:
            batches = [batch for batch in batches if len(batch) == slip.get("size", 64)]
        total, right = 0.0, 0
        for batch in batches:
            logits = model(X[batch])
            loss = loss_of(logits, y[batch])
            if slip.get("clear", True):
                adam.zero_grad()
            if not slip.get("last_step_only") or batch is batches[-1]:
                loss.backward()
                if slip.get("step", True):
                    adam.step()
            total += loss.item() * slip.get("weight", lambda batch: len(batch) / len(X))(batch)
            right += (logits.argmax(dim=1) == y[batch]).sum().item()
        if slip.get("eval", True):
            model.eval()
        if not slip.get("on_the_way"):
            with torch.no_grad():
                right = (model(X).argmax(dim=1) == y).sum().item()
        history["loss"].append(total)
        history["accuracy"].append(right / len(X) * slip.get("percent", 1))
    return history


@misconception(train_classifier)
def begins_at_zero(model, X, y, epochs, lr, rng_seed):
    """From weights of zero nothing moves, and the loss stays at log 10 = 2.3026; begin with those given."""
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    return _taught(model, X, y, epochs, lr, rng_seed)


@misconception(train_classifier)
def climbs(model, X, y, epochs, lr, rng_seed):
    """The loss grows from epoch to epoch: the sign of the loss, or of the step, is turned round."""

    def loss(z, t):
        return -functional.cross_entropy(z, t)

    history = _taught(model, X, y, epochs, lr, rng_seed, loss=loss)
    return {"loss": [-loss for loss in history["loss"]], "accuracy": history["accuracy"]}


@misconception(train_classifier)
def softmax_twice(model, X, y, epochs, lr, rng_seed):
    """The loss takes a softmax of what is a softmax already; cross_entropy wants the logits as they are."""

    def loss(z, t):
        return functional.cross_entropy(functional.softmax(z, dim=1), t)

    return _taught(model, X, y, epochs, lr, rng_seed, loss=loss)


@misconception(train_classifier)
def relu_before_the_loss(model, X, y, epochs, lr, rng_seed):
    """A ReLU lies on the logits: what is below 0 is cut off and learns nothing; the loss takes any logit."""

    def loss(z, t):
        return functional.cross_entropy(functional.relu(z), t)

    return _taught(model, X, y, epochs, lr, rng_seed, loss=loss)


@misconception(train_classifier)
def squares_of_one_hot(model, X, y, epochs, lr, rng_seed):
    """This is the squared distance from one-hot labels; the loss asked for is cross-entropy."""

    def loss(z, t):
        return functional.mse_loss(z, functional.one_hot(t, z.shape[1]).to(z.dtype))

    return _taught(model, X, y, epochs, lr, rng_seed, loss=loss)


@misconception(train_classifier)
def gradients_never_cleared(model, X, y, epochs, lr, rng_seed):
    """The gradients of all batches so far add up; `zero_grad` has to clear them before each backward pass."""
    return _taught(model, X, y, epochs, lr, rng_seed, clear=False)


@misconception(train_classifier)
def never_steps(model, X, y, epochs, lr, rng_seed):
    """Gradients are computed, but no weight moves: the optimizer's `step` is missing."""
    return _taught(model, X, y, epochs, lr, rng_seed, step=False)


@misconception(train_classifier)
def plain_descent(model, X, y, epochs, lr, rng_seed):
    """This is plain gradient descent, which hardly gets anywhere with such a learning rate; use Adam."""
    return _taught(model, X, y, epochs, lr, rng_seed, optimizer=torch.optim.SGD)


@misconception(train_classifier)
def learning_rate_of_its_own(model, X, y, epochs, lr, rng_seed):
    """The learning rate is always 0.001, Adam's own, whatever `lr` says."""
    return _taught(model, X, y, epochs, 1e-3, rng_seed)


@misconception(train_classifier)
def one_epoch_only(model, X, y, epochs, lr, rng_seed):
    """All pictures are gone through once, whatever `epochs` says."""
    return _taught(model, X, y, 1, lr, rng_seed)


@misconception(train_classifier)
def one_batch_of_all(model, X, y, epochs, lr, rng_seed):
    """All pictures are one batch, so an epoch is a single step; batches of 64 make many."""
    return _taught(model, X, y, epochs, lr, rng_seed, size=len(X))


@misconception(train_classifier)
def steps_after_the_last_batch(model, X, y, epochs, lr, rng_seed):
    """Backward pass and step stand behind the loop, so only the last batch of an epoch teaches anything."""
    return _taught(model, X, y, epochs, lr, rng_seed, last_step_only=True)


@misconception(train_classifier)
def leaves_out_the_rest(model, X, y, epochs, lr, rng_seed):
    """The pictures left over after the last full batch are not used; they make a smaller batch."""
    return _taught(model, X, y, epochs, lr, rng_seed, whole_batches=True)


@misconception(train_classifier)
def never_shuffled(model, X, y, epochs, lr, rng_seed):
    """The pictures come in the order in which they are given; it should be drawn anew for each epoch."""
    return _taught(model, X, y, epochs, lr, rng_seed, as_given=True)


@misconception(train_classifier)
def shuffled_once(model, X, y, epochs, lr, rng_seed):
    """The order is drawn once, or its generator begins anew in each epoch, so all epochs have the same."""
    return _taught(model, X, y, epochs, lr, rng_seed, one_order=True)


@misconception(train_classifier)
def seed_of_its_own(model, X, y, epochs, lr, rng_seed):
    """The order does not follow from `rng_seed`: every seed gives the same weights."""
    return _taught(model, X, y, epochs, lr, rng_seed, seed=0)


@misconception(train_classifier)
def never_in_evaluation_mode(model, X, y, epochs, lr, rng_seed):
    """The accuracy is counted in training mode, where batch norm sees the batch: use `model.eval()`."""
    return _taught(model, X, y, epochs, lr, rng_seed, eval=False)


@misconception(train_classifier)
def never_in_training_mode(model, X, y, epochs, lr, rng_seed):
    """It is trained in evaluation mode, where batch norm keeps no statistics: use `model.train()`."""
    return _taught(model, X, y, epochs, lr, rng_seed, training=False)


@misconception(train_classifier)
def not_back_to_training_mode(model, X, y, epochs, lr, rng_seed):
    """After the first epoch the network stays in evaluation mode: each epoch begins with `model.train()`."""
    return _taught(model, X, y, epochs, lr, rng_seed, back_to_training=False)


@misconception(train_classifier)
def counts_on_the_way(model, X, y, epochs, lr, rng_seed):
    """The accuracy is counted while the weights still change; it is asked for after the epoch."""
    return _taught(model, X, y, epochs, lr, rng_seed, on_the_way=True)


@misconception(train_classifier)
def losses_added_up(model, X, y, epochs, lr, rng_seed):
    """The losses of the batches are added up; the mean over all pictures is asked for."""
    return _taught(model, X, y, epochs, lr, rng_seed, weight=lambda _: 1)


@misconception(train_classifier)
def all_batches_alike(model, X, y, epochs, lr, rng_seed):
    """The mean runs over the batches, so that pictures of the small last batch count for more."""
    batches = -(-len(X) // 64)
    return _taught(model, X, y, epochs, lr, rng_seed, weight=lambda _: 1 / batches)


@misconception(train_classifier)
def accuracy_in_percent(model, X, y, epochs, lr, rng_seed):
    """The accuracy is given in percent; it is a share, from 0 to 1."""
    return _taught(model, X, y, epochs, lr, rng_seed, percent=100)


def _with_a_new_head(model, n_classes, freeze=True, quiet=True, bias=True):
    """Freeze and replace the head as the reference does, or leave a part of it out."""
    model.requires_grad_(not freeze)
    for layer in model.modules():
        if quiet and isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
            layer.eval()
    head = nn.Linear(model[-1].in_features, n_classes)
    nn.init.zeros_(head.weight)
    nn.init.zeros_(head.bias)
    model[-1] = head
    return [head.weight, head.bias][: 1 + bias]


@misconception(freeze_and_replace_head)
def nothing_is_frozen(model, n_classes):
    """The layers before the head still want gradients, so a step changes what they have learned."""
    return _with_a_new_head(model, n_classes, freeze=False)


@misconception(freeze_and_replace_head)
def head_frozen_too(model, n_classes):
    """Everything is frozen when the head is in its place, so the head is frozen too and nothing learns."""
    parameters = _with_a_new_head(model, n_classes)
    model.requires_grad_(False)
    return parameters


@misconception(freeze_and_replace_head)
def everything_for_the_optimizer(model, n_classes):
    """The optimizer is given the frozen parameters too; it should get those of the head alone."""
    _with_a_new_head(model, n_classes)
    return list(model.parameters())


@misconception(freeze_and_replace_head)
def biases_left_out(model, n_classes):
    """The optimizer is given the weights of the head without its biases, which then stay 0."""
    return _with_a_new_head(model, n_classes, bias=False)


@misconception(freeze_and_replace_head)
def batch_norm_goes_on(model, n_classes):
    """Batch norm is left in training mode: its running statistics go on changing, frozen weights or not."""
    return _with_a_new_head(model, n_classes, quiet=False)


@misconception(freeze_and_replace_head)
def old_head_kept(model, n_classes):
    """The old head stays, with the old classes and what it has learned; a new one is asked for."""
    model.requires_grad_(False)
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
            layer.eval()
    model[-1].requires_grad_(True)
    return list(model[-1].parameters())


@misconception(freeze_and_replace_head)
def begins_anew(model, n_classes):
    """The layers before the head lose what they have learned; only the head begins anew."""
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    return _with_a_new_head(model, n_classes)


def _stacked(logits):
    return logits if torch.is_tensor(logits) else torch.stack(list(logits))


@misconception(predict_ensemble)
def mean_of_logits(logits):
    """The logits are averaged, so that one network with large logits outvotes all; average probabilities."""
    return functional.softmax(_stacked(logits).mean(dim=0), dim=-1)


@misconception(predict_ensemble)
def votes_counted(logits):
    """Each network gives its whole vote to one class, and how sure it was is lost."""
    logits = _stacked(logits)
    votes = functional.one_hot(logits.argmax(dim=-1), logits.shape[-1])
    return votes.to(logits.dtype).mean(dim=0)


@misconception(predict_ensemble)
def summed_up(logits):
    """The probabilities are added up and not divided by the number of networks: they sum to more than 1."""
    return functional.softmax(_stacked(logits), dim=-1).sum(dim=0)


@misconception(predict_ensemble)
def softmax_over_the_networks(logits):
    """The softmax runs over the networks; it belongs to the classes, the last axis."""
    return functional.softmax(_stacked(logits), dim=0).mean(dim=0)


@misconception(predict_ensemble)
def mean_over_the_pictures(logits):
    """The mean runs over the pictures; it is the networks that are averaged."""
    return functional.softmax(_stacked(logits), dim=-1).mean(dim=1)


@misconception(predict_ensemble)
def surest_of_all(logits):
    """The largest probability of each class is taken; it is the mean that sums to 1."""
    return functional.softmax(_stacked(logits), dim=-1).amax(dim=0)


@misconception(predict_ensemble)
def without_taking_off_the_largest(logits):
    """The exponential of 1000 is infinite, and the quotient no number; torch's softmax avoids that."""
    shares = torch.exp(_stacked(logits))
    return (shares / shares.sum(dim=-1, keepdim=True)).mean(dim=0)
