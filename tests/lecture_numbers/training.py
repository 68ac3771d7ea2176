"""Steps of optimizers, learning rates, and what keeps numbers in range."""

import numpy as np


def example_001_terminal_velocity(of, given):
    theta = v = 0.0
    for _ in range(given["steps"]):
        theta, v = of.momentum_step(theta, v, given["g"], given["lr"], given["mu"])
    return {"speed": abs(v), "limit": given["lr"] * given["g"] / (1 - given["mu"])}


def example_001_sgd_lr(of, given):
    settings = {name: given[name] for name in ("e0", "etau", "tau")}
    return [of.lr_at("linear", t, **settings) for t in given["t"]]


def example_002_exp_schedule(of, given):
    return [of.lr_at("exponential", t, lr0=given["lr0"], r=given["r"]) for t in given["t"]]


def example_002_power_schedule(of, given):
    return [of.lr_at("power", t, lr0=given["lr0"], r=given["r"], c=given["c"]) for t in given["t"]]


def example_x_adam_variants(of, given):
    return {name: _adam(of, given[name], given["lr"]) for name in ("g", "tiny g")}


def _adam(of, gradients, lr):
    theta, m, v, t = 0.0, 0.0, 0.0, 0
    trace = []
    for g in gradients:
        theta, m, v, t = of.adam_step(theta, m, v, t, g, lr)
        trace.append(float(theta))
    return trace


def example_001_opt_step(of, given):
    return of.optimal_step_size(given["g"], given["H"])


def example_001_newton_one_step(of, given):
    steep, b, x = (np.array(given[name]) for name in ("A", "b", "x"))
    return of.newton_step(x, steep @ x - b, steep)


def example_001_clip(of, given):
    (g,) = of.clip_by_norm([given["g"]], given["c"])
    return g


def example_x_nesterov(of, given):
    steepness = np.array(given["slope"])
    theta, v = of.nesterov_step(given["theta"], given["v"], lambda w: steepness * w, given["lr"], given["mu"])
    return {"theta": theta, "v": v}


def example_000_init_formulas(of, given):
    fans = given["fan_in"], given["fan_out"]
    return {
        scheme: {
            "std": of.init_scale(scheme, "normal", *fans),
            "limit": of.init_scale(scheme, "uniform", *fans),
        }
        for scheme in ("lecun", "glorot", "he")
    }


def example_000_relu_halves(of, given):
    """The mean over a normal distribution is a sum over a fine grid; the tails beyond 12 are nothing."""
    z = np.linspace(-12, 12, given["grid"])
    weight = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) * (z[1] - z[0])
    y = of.relu(z)
    mean, square = np.sum(weight * y), np.sum(weight * y**2)

    np.testing.assert_allclose(of.variance_after_layer(1.0, 1, 1.0, relu=True), square, rtol=1e-6)
    return {"mean square": of.variance_after_layer(1.0, 1, 1.0, relu=True), "variance": square - mean**2}


def example_001_normalise(of, given):
    mean, std = np.array(given["mean"]), np.array(given["std"])
    _, scaled = of.standardize([mean - std, mean + std], [given["x"]])
    return scaled[0]


def example_x_batchnorm(of, given):
    y, mean, var, _ = of.batchnorm_forward(given["x"], given["gamma"], given["beta"], [0, 0], [1, 1])
    return {"y": y, "run_mean": mean, "run_var": var}


def example_001_alexnet_crops(of, given):
    return len(of.ten_crop(np.zeros(given["picture"]), given["size"]))


def example_000_uniform_var(of, given):
    limit, std = (of.init_scale("lecun", dist, 1, 1) for dist in ("uniform", "normal"))
    return (std * given["L"] / limit) ** 2


def example_002_geron_clip_axis(of, given):
    return of.max_norm(given["W"], given["r"])


def example_004_zero_init(of, given):
    """One layer of zeros with ReLU on the logits: nothing comes out, and nothing comes back."""
    classes = given["classes"]
    w, b = np.zeros((4, classes)), np.zeros(classes)
    x, t = np.ones((3, 4)), [0, 1, 2]
    (z,), (_, logits) = of.forward(x, [w], [b], ["relu"])
    delta = of.softmax_ce_grad(logits, t) * of.relu_derivative(z)
    dw, db = of.weight_gradients(x, delta)
    return {
        "largest output": np.abs(logits).max(),
        "largest gradient": max(np.abs(dw).max(), np.abs(db).max()),
        "loss": of.nll_loss(of.log_softmax(logits), t),
    }
