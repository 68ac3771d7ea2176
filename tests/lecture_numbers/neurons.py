"""Single neurons, networks of them, fits and losses."""

import numpy as np


def example_001_and(of, given):
    return of.neuron(given["X"], given["w"], given["b"], of.step)


example_001_or = example_001_and


def example_001_xor(of, given):
    tried = of.perceptron_fit(given["X"], given["d"], [0, 0], 0, 1, given["max_epochs"])
    return {"converged": tried["converged"]}


def example_x_perceptron_or_trained(of, given):
    return of.perceptron_fit(given["X"], given["d"], [0, 0], 0, 1, 10)


def example_001_perceptron_trace(of, given):
    learnt = of.perceptron_fit(
        given["X"], given["d"], given["w"], given["b"], given["eta"], 10, train_bias=False
    )
    return {"w": learnt["trace"][:, 1:], "epochs": learnt["epochs"]}


def example_002_gates(of, given):
    """With θ added, the only sign with which the step of the slide makes two of the three right."""
    gates = {
        name: of.neuron(given["X"], gate["w"], gate["theta"], of.step)
        for name, gate in given["gates"].items()
    }
    strict = {
        name: of.neuron(given["X"], gate["w"], gate["theta"], lambda u: of.step(u, at_zero=0))
        for name, gate in given["gates"].items()
    }
    return {**gates, "AND, step(0) = 0": strict["AND"]}


def example_002_snowboard_1(of, given):
    return {"u": of.neuron([given["x"]], given["w"], 0, lambda u: u)[0]}


def example_002_snowboard_2(of, given):
    (u,) = of.neuron([given["x"]], given["w"], 0, lambda u: u)
    (output,) = of.neuron([given["x"]], given["w"], -given["threshold"], of.step)
    return {"u": u, "output": output}


def example_x_convergence_bound(of, given):
    learnt = of.perceptron_fit(given["X"], given["d"], [0, 0], 0, 1, 20)
    bound = of.convergence_bound(given["X"], given["d"], given["w_opt"])
    return {"bound": bound, "updates": learnt["updates"]}


def example_001_one_hot_credit(of, given):
    return of.perceptron_fit(given["X"], given["d"], [0, 0, 0, 0], 0, 1, 1000)


def example_002_housing(of, given):
    theta = of.normal_equation(given["X"], given["y"])
    return {"theta": theta, "prediction": theta[0] + np.array(given["X"]) @ theta[1:]}


def example_002_bias_variance(of, given):
    return [sorted(of.diagnose(*errors)) for errors in zip(given["train"], given["val"], strict=True)]


def example_000_poly_n_1(of, given):
    powers = of.polynomial_features(given["x"], len(given["x"]) - 1)
    return of.poly_eval(of.normal_equation(powers[:, 1:], given["y"]), given["x"])


def example_002_snowboard_sigmoid(of, given):
    (z,) = of.neuron([given["x"]], given["w"], given["b"], lambda u: u)
    return {"z": z, "output": of.sigmoid(z)}


def example_002_sigmoid_deriv_range(of, _given):
    z = np.arange(-1000, 1001)
    slopes = of.sigmoid_derivative(z)
    return {"largest": max(slopes), "at": z[np.argmax(slopes)], "smallest": min(slopes)}


def example_002_activation_table(of, given):
    z = given["z"]
    return {
        "step": of.step(z, at_zero=0.5),
        "piecewise linear": of.piecewise_linear(z),
        "logistic": of.sigmoid(z),
        "relu": of.relu(z),
        "softplus": of.softplus(z),
    }


def example_001_sigma_sum(of, given):
    return of.sigmoid(given["z"]) + of.sigmoid(np.negative(given["z"]))


def example_x_sigmoid_derivative(of, given):
    return of.sigmoid_derivative(given["z"], given["lam"])


def example_001_nll(of, given):
    logp = of.log_softmax(given["scores"])
    each = [of.nll_loss(row[None], [t]) for row, t in zip(logp, given["t"], strict=True)]
    return {"nll": each, "total": sum(each), "mean": of.nll_loss(logp, given["t"])}


def example_001_quad_case_a(of, given):
    w, b, x, d = (given[name] for name in "wbxd")
    z = w * x + b
    quadratic, cross_entropy = of.quadratic_vs_ce_gradient(w, b, x, d)
    return {
        "z": z,
        "y": of.sigmoid(z),
        "slope": of.sigmoid_derivative(z),
        "loss": of.mse([[of.sigmoid(z)]], [[d]]) / 2,
        "quadratic": quadratic,
        "cross-entropy": cross_entropy,
    }


def example_004_log10(of, given):
    return of.nll_loss(of.log_softmax(np.zeros((1, given["classes"]))), [0])


def example_004_logit(of, given):
    return of.logit(given["p"])


def example_001_ecg_logits(of, given):
    p = of.softmax(given["logits"])
    return {"p": p, "guess": given["classes"][np.argmax(p)]}


def example_002_two_layer(of, given):
    sigmoid = ["sigmoid"]
    _, (_, h) = of.forward([given["x"]], [np.transpose(given["W1"])], [np.zeros(3)], sigmoid)
    to_output = [np.transpose([given["W2"]])]
    (z,), (_, y) = of.forward(h, to_output, [np.zeros(1)], sigmoid)
    (z_of_rounded,), _ = of.forward(np.round(h, 2), to_output, [np.zeros(1)], sigmoid)
    return {"h": h[0], "z": z[0, 0], "z of rounded h": z_of_rounded[0, 0], "y": y[0, 0]}


def example_x_backprop_deltas(of, given):
    net = [given["W1"], given["W2"]], [np.zeros(3), np.zeros(1)], ["sigmoid", "sigmoid"]
    (z1, z2), (x, a1, y) = of.forward(given["x"], *net)
    out = of.output_delta(y, given["d"], z2, "sigmoid")
    hidden = of.hidden_delta(out, given["W2"], z1, "sigmoid")
    (dw1, dw2), _ = of.backprop(given["x"], given["d"], *net)

    np.testing.assert_allclose(of.weight_gradients(x, hidden)[0], dw1)
    return {"a1": a1, "y": y, "delta_out": out, "delta_hidden": hidden, "dW1": dw1, "dW2": dw2}
