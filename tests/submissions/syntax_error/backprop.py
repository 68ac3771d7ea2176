import numpy as np


def forward(X, Ws, bs, acts):
    zs, as_ = [], [np.asarray(X, dtype=float)]
    for W, b, act in zip(Ws, bs, acts)
        zs.append(as_[-1] @ W + b)
        as_.append(np.tanh(zs[-1]))
    return zs, as_
