# no numpy at all: everything by hand, in lists


def step(u, at_zero=1.0):
    if hasattr(u, "tolist"):
        u = u.tolist()
    if isinstance(u, (list, tuple)):
        return [step(v, at_zero) for v in u]
    return 1.0 if u > 0 else at_zero if u == 0 else 0.0


def perceptron_update(W, b, x, d, y, eta):
    error = [float(d[k]) - float(y[k]) for k in range(len(b))]
    W2 = [[float(W[i][k]) + eta * float(x[i]) * error[k] for k in range(len(b))] for i in range(len(x))]
    b2 = [float(b[k]) + eta * error[k] for k in range(len(b))]
    return W2, b2


def perceptron_fit(X, d, w0, b0, eta, max_epochs, train_bias=True):
    w = [float(v) for v in w0]
    b = float(b0)
    trace = [[b] + w]
    updates = 0
    for epoch in range(1, max_epochs + 1):
        before = updates
        for x, target in zip(X, d):
            u = b
            for wi, xi in zip(w, x):
                u += wi * float(xi)
            y = 1 if u >= 0 else 0
            if y != target:
                miss = float(target) - y
                w = [wi + eta * miss * float(xi) for wi, xi in zip(w, x)]
                if train_bias:
                    b += eta * miss
                updates += 1
                trace.append([b] + w)
        if updates == before:
            return {"w": w, "b": b, "updates": updates, "epochs": epoch, "converged": True, "trace": trace}
    return {"w": w, "b": b, "updates": updates, "epochs": max_epochs, "converged": False, "trace": trace}
