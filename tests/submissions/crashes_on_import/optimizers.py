import numpy as np
import matplotlib.pyplot as plt

losses = np.loadtxt("training_losses.csv")
plt.plot(losses)


def momentum_step(theta, v, g, lr, mu):
    v = mu * v - lr * g
    return theta + v, v


def adam_step(theta, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    t = t + 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    return theta - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps), m, v, t
