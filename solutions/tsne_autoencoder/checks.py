"""Hidden checks of the t-SNE map: inputs only. What is right, the reference says.

The affinities of the data come from other points than those on the map, so that no pair is at rest unless the
check is about rest. Several checks ask for the gradient up to a common factor, so that whoever has 2 in place
of 4 still shows that the rest is right.
"""

import numpy as np

from autograder import check, close, scenario

from .reference import low_dim_q, tsne_gradient

DIRECTION = close(atol=1e-5)  # of a gradient whose largest entry is 1


def _affinities(rng, n):
    """Affinities of n points somewhere else: symmetric, zero on the diagonal, adding up to 1."""
    D2 = ((rng.normal(size=(n, 1, 4)) - rng.normal(size=(1, n, 4))) ** 2).sum(axis=-1)
    P = np.exp(-0.25 * (D2 + D2.T))
    np.fill_diagonal(P, 0.0)
    return P / P.sum()


def _cost(P, Y):
    """KL(P‖Q), over the pairs that have affinity in the data."""
    Q, some = low_dim_q(Y)[0], P > 0
    return np.sum(P[some] * np.log(P[some] / Q[some]))


def _direction(gradient):
    """A gradient whose largest entry is 1: a common factor was asked for elsewhere."""
    gradient = np.asarray(gradient)
    largest = np.abs(gradient).max()
    return gradient / largest if largest > 0 else gradient


# ---- low_dim_q ------------------------------------------------------------------------------------


@check(low_dim_q)
def seven_points_on_a_map(rng):
    """Affinities of seven points, before and after they are made to add up to 1."""
    return rng.normal(size=(7, 2))


@scenario(low_dim_q)
def a_map_in_space(low_dim_q, rng):
    """A map may have three coordinates as well."""
    return low_dim_q(2.0 * rng.normal(size=(5, 3)))[0]


@scenario(low_dim_q)
def as_many_points_as_coordinates(low_dim_q, rng):
    """In a square Y points are still rows."""
    return low_dim_q(rng.normal(size=(3, 3)))[0]


@scenario(low_dim_q)
def a_single_pair(low_dim_q, rng):
    """Two points share all affinity between them, half in each direction, whatever their distance."""
    return low_dim_q(rng.normal(size=(2, 2)))[0]


@check(low_dim_q, forbids=("warnings",))
def equal_points(rng):
    """Points that lie on each other have the largest affinity there is, and still none to themselves."""
    Y = rng.normal(size=(4, 2))
    return Y[[0, 1, 2, 1, 3, 0]]


@check(low_dim_q, forbids=("warnings",))
def clusters_far_apart(rng):
    """Two clusters a hundred units apart keep a little affinity; Q adds up to 1, without warning or nan."""
    far = np.array([[0.0, 0.0], [100.0, 0.0]])[[0, 0, 0, 1, 1]]
    return far + rng.normal(size=(5, 2))


@scenario(low_dim_q)
def sums_and_symmetry(low_dim_q, rng):
    """Q adds up to 1, is its own mirror image, and is zero on the diagonal."""
    Q = np.asarray(low_dim_q(rng.normal(size=(6, 2)))[0])
    return Q.sum(), np.abs(Q - Q.T).max(), np.diag(Q)


@scenario(low_dim_q)
def a_map_turned_and_moved(low_dim_q, rng):
    """Affinities depend on distances alone: turn and move the map, and they stay."""
    turn = rng.uniform(0.5, 1.5)
    R = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return low_dim_q(rng.normal(size=(5, 2)) @ R + rng.uniform(2.0, 4.0, size=2))[0]


@check(low_dim_q)
def whole_numbers_in_lists(rng):
    """A list of lists of whole numbers is taken as well as an array."""
    return rng.permutation(10).reshape(5, 2).tolist()


@check(low_dim_q, forbids=("mutation",))
def map_left_alone(rng):
    """The map is the same after the call."""
    return rng.normal(size=(4, 2))


# ---- tsne_gradient --------------------------------------------------------------------------------


@check(tsne_gradient)
def six_points_on_a_map(rng):
    """Each point is pulled and pushed by all others."""
    return _affinities(rng, 6), rng.normal(size=(6, 2))


@scenario(tsne_gradient, compare=DIRECTION)
def forces_in_space(tsne_gradient, rng):
    """A map may have three coordinates as well."""
    return _direction(tsne_gradient(_affinities(rng, 5), rng.normal(size=(5, 3))))


@scenario(tsne_gradient, compare=DIRECTION)
def a_square_map(tsne_gradient, rng):
    """As many points as coordinates: points are still rows."""
    return _direction(tsne_gradient(_affinities(rng, 3), rng.normal(size=(3, 3))))


@scenario(tsne_gradient, compare=DIRECTION)
def a_wide_map(tsne_gradient, rng):
    """On a map where the points lie far from each other, distant pairs pull only a little."""
    return _direction(tsne_gradient(_affinities(rng, 6), 8.0 * rng.normal(size=(6, 2))))


@check(tsne_gradient)
def exaggerated_affinities(rng):
    """At the start of a run P is made several times larger, and it is used as it comes."""
    return rng.uniform(4.0, 12.0) * _affinities(rng, 5), 0.5 * rng.normal(size=(5, 2))


@scenario(tsne_gradient, compare=close(atol=1e-6))
def a_map_without_tension(tsne_gradient, rng):
    """Where the map has exactly the affinities of the data, nothing moves."""
    Y = rng.normal(size=(5, 2))
    return tsne_gradient(low_dim_q(Y)[0], Y)


@scenario(tsne_gradient, compare=close(atol=1e-6))
def balance_of_forces(tsne_gradient, rng):
    """Every pull has a counterpull: over all points the gradient adds up to nothing."""
    return np.sum(tsne_gradient(_affinities(rng, 6), rng.normal(size=(6, 2)) + 3.0), axis=0)


@scenario(tsne_gradient, compare=close(atol=1e-5))
def against_small_pushes(tsne_gradient, rng):
    """The gradient is what a small push on each coordinate does to the cost KL(P‖Q)."""
    P, Y, h = _affinities(rng, 5), rng.normal(size=(5, 2)), 1e-5
    pushed = np.zeros((5, 2))
    for i in np.ndindex(5, 2):
        push = np.zeros((5, 2))
        push[i] = h
        pushed[i] = (_cost(P, Y + push) - _cost(P, Y - push)) / (2 * h)
    gradient = tsne_gradient(P, Y)
    return np.subtract(gradient, pushed) if np.shape(gradient) == (5, 2) else gradient


@scenario(tsne_gradient, compare=close(rtol=1e-4, atol=1e-6))
def thirty_steps_downhill(tsne_gradient, rng):
    """Thirty steps of gradient descent lead to the same map."""
    P, Y = _affinities(rng, 5), rng.normal(size=(5, 2))
    for _ in range(30):
        Y = np.subtract(Y, np.multiply(0.5, tsne_gradient(P, Y)))
    return Y


@scenario(tsne_gradient, compare=DIRECTION, forbids=("warnings",))
def points_on_each_other(tsne_gradient, rng):
    """Points that lie on each other exert no force on each other: no warning, no nan."""
    return _direction(tsne_gradient(_affinities(rng, 5), rng.normal(size=(3, 2))[[0, 1, 0, 2, 1]]))


@scenario(tsne_gradient, compare=DIRECTION, forbids=("warnings",))
def a_point_far_away(tsne_gradient, rng):
    """A point a thousand units away is called back gently: no warning, no nan."""
    return _direction(
        tsne_gradient(
            _affinities(rng, 5), rng.normal(size=(5, 2)) + 1000.0 * (rng.permutation(5) == 0)[:, None]
        )
    )


@scenario(tsne_gradient, compare=DIRECTION)
def whole_coordinates_in_lists(tsne_gradient, rng):
    """Lists are taken as well as arrays, and nothing is rounded to whole numbers."""
    return _direction(tsne_gradient(_affinities(rng, 5).tolist(), rng.permutation(10).reshape(5, 2).tolist()))


@scenario(tsne_gradient, compare=DIRECTION, forbids=("mutation",))
def map_and_affinities_left_alone(tsne_gradient, rng):
    """The affinities and the map are the same after the call."""
    return _direction(tsne_gradient(_affinities(rng, 5), rng.normal(size=(5, 2))))
