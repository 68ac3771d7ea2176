"""The optimizers agree with torch, SciPy and NumPy wherever these compute the same thing."""

from pathlib import Path

import numpy as np
import pytest

from autograder.course import loading

torch = pytest.importorskip("torch")
linalg = pytest.importorskip("scipy.linalg")
optimize = pytest.importorskip("scipy.optimize")

ROOT = Path(__file__).resolve().parents[2]
optimizers = loading.modules(ROOT / "solutions" / "optimizers", ["reference"], ROOT)["reference"]

STEPS = 12
SHAPES = [(5,), (3, 4), (2, 1, 3)]


def equal(got, want):
    np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-14)


def start(shape, seed=0):
    """Weights, and a gradient for each step."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=shape), rng.normal(size=(STEPS, *shape))


def by_torch(kind, theta, gradients, **settings):
    """The weights after each step of an optimizer of torch."""
    w = torch.nn.Parameter(torch.tensor(theta, dtype=torch.float64))
    optimizer = kind([w], **settings)
    places = []
    for g in gradients:
        w.grad = torch.tensor(g, dtype=torch.float64)
        optimizer.step()
        places.append(w.detach().numpy().copy())
    return places


def bowl(seed, n=4):
    """A positive definite matrix and a vector."""
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(n, n))
    return root @ root.T + np.eye(n), rng.normal(size=n)


@pytest.mark.parametrize("shape", SHAPES)
def test_plain_steps_are_those_of_sgd(shape):
    theta, gradients = start(shape)
    want = by_torch(torch.optim.SGD, theta, gradients, lr=0.1)

    for g, there in zip(gradients, want, strict=True):
        theta = optimizers.sgd_step(theta, g, 0.1)
        equal(theta, there)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("mu", [0.0, 0.5, 0.9])
def test_momentum_is_that_of_sgd_while_the_rate_stays(shape, mu):
    theta, gradients = start(shape)
    want = by_torch(torch.optim.SGD, theta, gradients, lr=0.1, momentum=mu)
    v = np.zeros(shape)

    for g, there in zip(gradients, want, strict=True):
        theta, v = optimizers.momentum_step(theta, v, g, 0.1, mu)
        equal(theta, there)


@pytest.mark.parametrize("mu", [0.5, 0.9])
def test_the_weights_of_nesterov_in_torch_are_our_points_ahead(mu):
    curved, b = bowl(1)
    theta, v, lr = np.ones(4), np.zeros(4), 0.02
    w = torch.nn.Parameter(torch.ones(4, dtype=torch.float64))
    optimizer = torch.optim.SGD([w], lr=lr, momentum=mu, nesterov=True)

    for _ in range(STEPS):
        theta, v = optimizers.nesterov_step(theta, v, lambda x: curved @ x - b, lr, mu)
        w.grad = torch.tensor(curved) @ w.detach() - torch.tensor(b)
        optimizer.step()
        equal(theta + mu * v, w.detach().numpy())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("eps", [1e-7, 0.1])
def test_adagrad(shape, eps):
    theta, gradients = start(shape)
    want = by_torch(torch.optim.Adagrad, theta, gradients, lr=0.2, eps=eps)
    r = np.zeros(shape)

    for g, there in zip(gradients, want, strict=True):
        theta, r = optimizers.adagrad_step(theta, r, g, 0.2, eps)
        equal(theta, there)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("rho", "eps"), [(0.9, 1e-6), (0.5, 0.1)])
def test_rmsprop(shape, rho, eps):
    theta, gradients = start(shape)
    want = by_torch(torch.optim.RMSprop, theta, gradients, lr=0.2, alpha=rho, eps=eps)
    r = np.zeros(shape)

    for g, there in zip(gradients, want, strict=True):
        theta, r = optimizers.rmsprop_step(theta, r, g, 0.2, rho, eps)
        equal(theta, there)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("b1", "b2", "eps"), [(0.9, 0.999, 1e-8), (0.5, 0.8, 0.1)])
@pytest.mark.parametrize("unit", [1.0, 1e-6])
def test_adam(shape, b1, b2, eps, unit):
    theta, gradients = start(shape)
    gradients = unit * gradients
    want = by_torch(torch.optim.Adam, theta, gradients, lr=0.2, betas=(b1, b2), eps=eps)
    m, v, t = np.zeros(shape), np.zeros(shape), 0

    for g, there in zip(gradients, want, strict=True):
        theta, m, v, t = optimizers.adam_step(theta, m, v, t, g, 0.2, b1, b2, eps)
        equal(theta, there)
    assert t == STEPS


@pytest.mark.parametrize(
    ("name", "kind", "settings"),
    [
        ("adagrad_step", torch.optim.Adagrad, {"eps": 1e-7}),
        ("rmsprop_step", torch.optim.RMSprop, {"alpha": 0.9, "eps": 1e-6}),
        ("adam_step", torch.optim.Adam, {}),
    ],
)
def test_the_defaults_are_what_the_docstrings_say(name, kind, settings):
    theta, gradients = start((5,), seed=2)
    state = [np.zeros(5), np.zeros(5), 0] if name == "adam_step" else [np.zeros(5)]
    want = by_torch(kind, theta, 1e-4 * gradients, lr=1e-3, **settings)

    for g, there in zip(gradients, want, strict=True):
        theta, *state = getattr(optimizers, name)(theta, *state, 1e-4 * g, lr=1e-3)
        equal(theta, there)


def test_adam_has_the_learning_rate_of_torch():
    theta, gradients = start((5,))
    (want, *_) = by_torch(torch.optim.Adam, theta, gradients)
    got, *_ = optimizers.adam_step(theta, np.zeros(5), np.zeros(5), 0, gradients[0])

    equal(got, want)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shift", [0.0, -3.0])
def test_newton_solves_as_scipy_does_in_bowls_and_on_saddles(seed, shift):
    curved, g = bowl(seed)
    curved = curved + shift * np.eye(4)
    theta = np.arange(4.0)

    equal(
        optimizers.newton_step(theta, g, curved, 0.7), theta - 0.7 * linalg.solve(curved, g, assume_a="sym")
    )


def test_newton_refuses_where_scipy_refuses():
    curved = np.array([[1.0, 2.0], [2.0, 4.0]])

    with pytest.raises(linalg.LinAlgError):
        optimizers.newton_step(np.zeros(2), np.ones(2), curved)


@pytest.mark.parametrize("seed", range(4))
def test_newton_ends_where_the_gradient_of_torch_is_zero(seed):
    curved, b = bowl(seed)
    x = torch.tensor(optimizers.newton_step(np.ones(4), curved @ np.ones(4) - b, curved), requires_grad=True)
    (0.5 * x @ torch.tensor(curved) @ x - torch.tensor(b) @ x).backward()

    np.testing.assert_allclose(x.grad.numpy(), 0.0, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_step_ends_where_scipy_finds_the_lowest_point(seed):
    curved, g = bowl(seed)

    def slope(step):
        return -g @ (g - step * curved @ g)

    equal(optimizers.optimal_step_size(g, curved), optimize.brentq(slope, 0.0, 100.0, xtol=1e-15, rtol=1e-14))


def by_schedule(kind, count, **settings):
    """The learning rates of a schedule of torch, from 1.0 on."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = kind(optimizer, **settings)
    rates = []
    for _ in range(count):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


@pytest.mark.parametrize(
    ("kind", "settings", "theirs"),
    [
        (
            "linear",
            {"e0": 1.0, "etau": 0.01, "tau": 20},
            (torch.optim.lr_scheduler.LinearLR, {"start_factor": 1.0, "end_factor": 0.01, "total_iters": 20}),
        ),
        (
            "exponential",
            {"lr0": 1.0, "r": 7},
            (torch.optim.lr_scheduler.ExponentialLR, {"gamma": 10 ** (-1 / 7)}),
        ),
        (
            "piecewise",
            {"boundaries": [4, 9, 21], "values": [1.0, 0.1, 0.01, 0.001]},
            (torch.optim.lr_scheduler.MultiStepLR, {"milestones": [4, 9, 21], "gamma": 0.1}),
        ),
    ],
)
def test_schedules(kind, settings, theirs):
    which, how = theirs

    equal([optimizers.lr_at(kind, t, **settings) for t in range(30)], by_schedule(which, 30, **how))


@pytest.mark.parametrize("c", [0.5, 1, 2])
def test_the_power_schedule_is_a_line_in_double_logarithms(c):
    t = np.array([0, 1, 5, 40, 1000])
    rates = [optimizers.lr_at("power", int(one), lr0=0.3, r=8, c=c) for one in t]

    equal(np.log(rates), np.log(0.3) - c * np.log1p(t / 8))


@pytest.mark.parametrize("t", [0, 0.5, 3, 20, 21, 500])
def test_the_linear_schedule_is_an_interpolation(t):
    equal(optimizers.lr_at("linear", t, e0=0.3, etau=0.02, tau=20), np.interp(t, [0, 20], [0.3, 0.02]))


@pytest.mark.parametrize("patience", [1, 2, 5])
@pytest.mark.parametrize("min_delta", [0, 0.05])
@pytest.mark.parametrize("seed", range(4))
def test_the_plateau_scheduler_is_torchs_with_one_more_step_of_patience(patience, min_delta, seed):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.8)
    theirs = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer,
        factor=0.5,
        patience=patience - 1,
        threshold=min_delta,
        threshold_mode="abs",
        eps=0.0,
    )
    ours = optimizers.PlateauScheduler(0.8, 0.5, patience, min_delta)
    rng = np.random.default_rng(seed)

    for error in np.linspace(1.0, 0.3, 60) + 0.2 * rng.normal(size=60):
        theirs.step(float(error))
        equal(ours.step(float(error)), optimizer.param_groups[0]["lr"])


def as_parameters(grads):
    """Parameters of torch that have these gradients."""
    parameters = [torch.nn.Parameter(torch.zeros(g.shape, dtype=torch.float64)) for g in grads]
    for parameter, g in zip(parameters, grads, strict=True):
        parameter.grad = torch.tensor(g)
    return parameters


@pytest.mark.parametrize("c", [0.5, 100.0, 2e6, 1e9])
@pytest.mark.parametrize("seed", range(3))
def test_clipping_is_that_of_torch_where_its_small_number_does_not_count(c, seed):
    rng = np.random.default_rng(seed)
    grads = [1e6 * rng.normal(size=shape) for shape in ((3, 4), (4,), (2, 3, 2))]
    parameters = as_parameters(grads)
    torch.nn.utils.clip_grad_norm_(parameters, c)

    for got, parameter in zip(optimizers.clip_by_norm(grads, c), parameters, strict=True):
        equal(got, parameter.grad.numpy())


@pytest.mark.parametrize("shape", SHAPES)
def test_alexnet_is_sgd_with_momentum_and_weight_decay(shape):
    w, gradients = start(shape)
    settings = {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.0005}
    want = by_torch(torch.optim.SGD, w, gradients, **settings)
    v = np.zeros(shape)

    for g, there in zip(gradients, want, strict=True):
        w, v = optimizers.alexnet_update(w, v, g, 0.1)
        equal(w, there)
