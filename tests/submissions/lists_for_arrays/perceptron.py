# no numpy at all: everything by hand, in lists


def step(u, at_zero=1.0):
    if hasattr(u, "tolist"):
        u = u.tolist()
    if isinstance(u, (list, tuple)):
        return [step(v, at_zero) for v in u]
    return 1.0 if u > 0 else at_zero if u == 0 else 0.0


def dot(p, q):
    total = 0.0
    for a, b in zip(p, q):
        total += float(a) * float(b)
    return total


def neuron(X, w, b, phi):
    sums = [dot(row, w) + b for row in X]
    return phi(sums)


def logic_gate_weights(gate, n=2):
    if gate == "not":
        return [-1], 0.5
    needed = n if "and" in gate else 1
    sign = -1 if gate[0] == "n" else 1
    return [sign] * n, sign * (0.5 - needed)


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


def perceptron_batch_update(W, b, X, D, eta):
    W2 = [[float(v) for v in row] for row in W]
    b2 = [float(v) for v in b]
    for x, d in zip(X, D):
        for k in range(len(b)):
            column = [row[k] for row in W]
            y = 1.0 if dot(x, column) + float(b[k]) >= 0 else 0.0
            miss = float(d[k]) - y
            for i in range(len(W)):
                W2[i][k] += eta * float(x[i]) * miss
            b2[k] += eta * miss
    return W2, b2


def margin(X, d, w, b):
    length = dot(w, w) ** 0.5
    best = None
    for x, c in zip(X, d):
        here = (dot(x, w) + b) / length
        if c != 1:
            here = -here
        if best is None or here < best:
            best = here
    return best


def convergence_bound(X, d, w_opt):
    long = [[1.0] + [float(v) for v in x] for x in X]
    alpha = min(dot(x, w_opt) if c == 1 else -dot(x, w_opt) for x, c in zip(long, d))
    if alpha <= 0:
        raise ValueError("the plane does not separate the two classes")
    beta = max(dot(x, x) for x in long)
    return beta * dot(w_opt, w_opt) / alpha**2


def xor_network():
    return [[1, 1], [1, 1]], [-0.5, -1.5], [[1], [-1]], [-0.5]


EXPLAIN = """
"""
EXPLAIN_RATE = """
"""
