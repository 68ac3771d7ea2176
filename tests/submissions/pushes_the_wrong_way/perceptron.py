import numpy as np


def step(u, at_zero=1.0):
    u = np.asarray(u, dtype=float)
    return np.where(u > 0, 1.0, np.where(u < 0, 0.0, at_zero))


def perceptron_update(W, b, x, d, y, eta):
    W, b, x, d, y = (np.asarray(a, dtype=float) for a in (W, b, x, d, y))
    return W + eta * np.outer(x, y - d), b + eta * (y - d)


def perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias=True):
    X, w, b = np.asarray(X, float), np.array(w0, float), float(b0)
    trace, updates, converged, epochs = [[b, *w]], 0, False, 0
    for _ in range(max_epochs):
        epochs += 1
        wrong = 0
        for x, target in zip(X, d):
            y = 1.0 if x @ w + b >= 0 else 0.0
            if y != target:
                w = w + eta * (target - y) * x
                b = b + eta * (target - y) * train_bias
                wrong += 1
                updates += 1
                trace.append([b, *w])
        if wrong == 0:
            converged = True
            break
    return dict(w=w, b=b, updates=updates, epochs=epochs, converged=converged, trace=np.array(trace))
