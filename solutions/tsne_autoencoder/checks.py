"""Hidden checks of t-SNE and autoencoders: inputs only. What is right, the reference says.

The affinities of the data come from other points than those on the map, so that no pair is at rest unless the
check is about rest. Several checks ask for the gradient up to a common factor, so that whoever has 2 in place
of 4 still shows that the rest is right. A width is mostly asked for by the perplexity that it gives, since
where nearly all points count, very different widths are equally good.
"""

import numpy as np

from autograder import check, close, property_holds, scenario

from .reference import (
    conditional_p,
    denoising_pair,
    find_sigma,
    joint_p,
    kl_divergence,
    linear_autoencoder_grad,
    low_dim_q,
    pairwise_sq_dists,
    perplexity,
    tsne_gradient,
    tsne_step,
)

DIRECTION = close(atol=1e-5)  # of a gradient whose largest entry is 1
NEIGHBOURS = close(rtol=2e-5)  # a perplexity that was asked for to within a part in 100 000
WIDTH = close(rtol=1e-4)  # the width that belongs to such a perplexity
IN_SINGLE = close(atol=1e-5)  # differences of numbers around 1: what single precision leaves of them


def _affinities(rng, n):
    """Affinities of n points somewhere else: symmetric, zero on the diagonal, adding up to 1."""
    D2 = ((rng.normal(size=(n, 1, 4)) - rng.normal(size=(1, n, 4))) ** 2).sum(axis=-1)
    P = np.exp(-0.25 * (D2 + D2.T))
    np.fill_diagonal(P, 0.0)
    return P / P.sum()


def _squares(rng, n):
    """Squared distances of n points in space."""
    return pairwise_sq_dists(rng.normal(size=(n, 3)))


def _row(rng, m):
    """Squared distances from one point to m others, no two of them about equal."""
    return rng.permutation(np.cumsum(rng.uniform(0.2, 1.0, size=m)))


def _choices(rng, n):
    """Choices of n points with bells of different width: rows that add up to 1."""
    return conditional_p(_squares(rng, n), rng.uniform(0.5, 1.5, size=n))


def _shares(rng, m):
    """Uneven shares of 1, m of them."""
    shares = rng.uniform(0.1, 2.0, size=m) ** 2
    return shares / shares.sum()


def _reached(d2_row, sigma):
    """The perplexity that a width gives; what is no width at all comes back as it is."""
    if np.ndim(sigma) or not sigma > 0:
        return sigma
    e = np.exp((d2_row.min() - d2_row) / (2.0 * float(sigma) ** 2))
    return perplexity(e / e.sum())


def _autoencoder(rng, n=7, d=4, k=2):
    """Data and weights of an autoencoder: n samples of d numbers, a code of k."""
    return rng.normal(size=(n, d)), rng.normal(size=(d, k)), rng.normal(size=(k, d))


def _cost(P, Y):
    """KL(P‖Q), over the pairs that have affinity in the data."""
    Q, some = low_dim_q(Y)[0], P > 0
    return np.sum(P[some] * np.log(P[some] / Q[some]))


def _direction(gradient):
    """A gradient whose largest entry is 1: a common factor was asked for elsewhere."""
    gradient = np.asarray(gradient)
    largest = np.abs(gradient).max()
    return gradient / largest if largest > 0 else gradient


# ---- pairwise_sq_dists ----------------------------------------------------------------------------


@check(pairwise_sq_dists)
def seven_points_in_five_dimensions(rng):
    """Every two of seven points have their squared distance."""
    return rng.normal(size=(7, 5))


@check(pairwise_sq_dists)
def as_many_points_as_features(rng):
    """In a square X points are still rows."""
    return rng.normal(size=(4, 4))


@check(pairwise_sq_dists)
def points_on_a_line(rng):
    """Points may have a single coordinate."""
    return 3.0 * rng.normal(size=(5, 1))


@check(pairwise_sq_dists)
def one_point_alone(rng):
    """A single point has one distance, to itself."""
    return rng.normal(size=(1, 3))


@scenario(pairwise_sq_dists, compare=property_holds)
def nowhere_below_zero(pairwise_sq_dists, rng):
    """No square is negative, and from a point to itself it is exactly 0, rounding or not."""
    X = 3.0 * rng.normal(size=(25, 5))
    D2 = np.asarray(pairwise_sq_dists(X[rng.permutation(np.arange(50) % 25)]))
    return D2 >= 0, np.diag(D2) == 0


@check(pairwise_sq_dists)
def a_cloud_far_away(rng):
    """Distances are what they are, wherever the cloud lies: a million units away they keep their digits."""
    return rng.normal(size=(6, 3)) + rng.uniform(1e6, 2e6, size=3)


@scenario(pairwise_sq_dists, forbids=("mutation",))
def points_left_alone(pairwise_sq_dists, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X = rng.permutation(15).reshape(5, 3)
    return pairwise_sq_dists(X.tolist()), pairwise_sq_dists(X + 0.25)


# ---- conditional_p --------------------------------------------------------------------------------


@check(conditional_p)
def six_points_with_a_bell_each(rng):
    """Every point has its own width, and chooses among the others by it."""
    return _squares(rng, 6), rng.permutation([0.5, 0.7, 0.9, 1.2, 1.5, 1.9])


@check(conditional_p)
def one_width_for_all(rng):
    """Bells of one width for all points, other than 1."""
    return _squares(rng, 5), np.full(5, rng.choice([0.7, 1.4]))


@scenario(conditional_p)
def choices_made_in_full(conditional_p, rng):
    """The choices of every point add up to 1, and none of them falls on itself."""
    P_cond = np.asarray(conditional_p(_squares(rng, 6), rng.uniform(0.5, 1.5, size=6)))
    return P_cond.sum(axis=1), np.diag(P_cond)


@check(conditional_p)
def a_narrow_and_a_wide_bell(rng):
    """A point with a wide bell sees all others nearly alike, one with a narrow bell the nearest only."""
    return _squares(rng, 5), rng.permutation([0.2, 1.0, 1.0, 1.0, 12.0])


@check(conditional_p)
def a_single_neighbour(rng):
    """Of two points each has to choose the other."""
    return _squares(rng, 2), rng.uniform(0.5, 1.5, size=2)


@check(conditional_p)
def points_in_one_place(rng):
    """A squared distance of 0 to another point is the nearest that there is, and counts."""
    return pairwise_sq_dists(rng.normal(size=(4, 3))[[0, 1, 2, 1, 3, 0]]), rng.uniform(0.5, 1.5, size=6)


@scenario(conditional_p)
def in_other_units(conditional_p, rng):
    """Measured in other units, distances and widths alike, the choices are the same."""
    D2, sigma, c = _squares(rng, 5), rng.uniform(0.5, 1.5, size=5), rng.choice([0.01, 50.0])
    return conditional_p(c**2 * D2, c * sigma)


@check(conditional_p, forbids=("warnings",))
def far_from_everybody(rng):
    """A point far from all others still has a nearest one: no row is lost to 0/0."""
    D2 = 0.125 * rng.integers(8, 40, size=(5, 5))
    D2[-1] += 8192.0
    D2 = np.triu(D2 + D2.T, k=1)
    return D2 + D2.T, rng.permutation([0.5, 0.5, 1.0, 1.0, 1.0])


@scenario(conditional_p, forbids=("mutation",))
def distances_left_alone(conditional_p, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    D2 = pairwise_sq_dists(rng.permutation(10).reshape(5, 2))
    sigma = rng.permutation([1, 2, 3, 4, 5])
    whole = conditional_p(D2.astype(int).tolist(), sigma.tolist())
    return whole, conditional_p(0.5 * D2, 0.5 * sigma)


# ---- perplexity -----------------------------------------------------------------------------------


@check(perplexity)
def seven_uneven_shares(rng):
    """Seven neighbours with different shares count as fewer than seven."""
    return _shares(rng, 7)


@check(perplexity)
def equal_shares(rng):
    """Neighbours with equal shares count in full."""
    m = int(rng.integers(3, 12))
    return np.full(m, 1 / m)


@check(perplexity)
def all_for_one(rng):
    """Who has a single neighbour has exactly one."""
    return np.eye(6)[rng.integers(6)]


@check(perplexity, forbids=("warnings",))
def some_without_a_share(rng):
    """Shares of 0 and next to 0 add nothing, and make neither a warning nor nan."""
    return rng.permutation([*_shares(rng, 5), 0.0, 0.0, 0.0, 1e-300])


@scenario(perplexity, forbids=("mutation",))
def shares_left_alone(perplexity, rng):
    """A list is as good as an array, and what you are given is the same after the call."""
    p = rng.permutation([*_shares(rng, 4), 0.0])
    return perplexity(_shares(rng, 6).tolist()), perplexity(p)


# ---- find_sigma -----------------------------------------------------------------------------------


@check(find_sigma, compare=WIDTH)
def one_of_thirteen_points(rng):
    """With twelve others around it, a point gets the width at which so many of them count."""
    return _row(rng, 12), rng.uniform(3.0, 7.0)


@scenario(find_sigma, compare=NEIGHBOURS)
def as_many_as_asked(find_sigma, rng):
    """Under the width found, the perplexity is the one asked for, two neighbours or fifteen."""
    d2_row = _row(rng, 20)
    return [_reached(d2_row, find_sigma(d2_row, asked)) for asked in (2.0, 5.5, 15.0)]


@scenario(find_sigma, compare=NEIGHBOURS)
def hardly_one_and_nearly_all(find_sigma, rng):
    """One neighbour and a little, or all of them but a little."""
    d2_row = _row(rng, 10)
    return [_reached(d2_row, find_sigma(d2_row, asked)) for asked in (1.2, 9.7)]


@scenario(find_sigma, compare=NEIGHBOURS)
def millimetres_and_kilometres(find_sigma, rng):
    """The unit of the data does not matter: all distances a thousand times as large, or as small."""
    d2_row, asked = _row(rng, 12), rng.uniform(3.0, 7.0)
    return [_reached(unit * d2_row, find_sigma(unit * d2_row, asked)) for unit in (1e6, 1e-6)]


@scenario(find_sigma, compare=NEIGHBOURS)
def others_in_the_same_place(find_sigma, rng):
    """A squared distance of 0 is another point in the same place, a neighbour like any other."""
    d2_row, asked = rng.permutation([*_row(rng, 9), 0.0, 0.0]), rng.uniform(4.0, 7.0)
    return _reached(d2_row, find_sigma(d2_row, asked))


@scenario(find_sigma, compare=NEIGHBOURS, forbids=("warnings",))
def a_point_far_from_all(find_sigma, rng):
    """All others are far away, and about equally far: no warning, and the right number of neighbours."""
    d2_row, asked = 8192.0 + 0.25 * rng.permutation(16)[:12], rng.uniform(3.0, 7.0)
    return _reached(d2_row, find_sigma(d2_row, asked))


@scenario(find_sigma, compare=NEIGHBOURS, forbids=("mutation",))
def row_left_alone(find_sigma, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    whole, broken = rng.permutation(20)[:10], _row(rng, 10)
    return _reached(whole, find_sigma(whole.tolist(), 4)), _reached(broken, find_sigma(broken, 4))


# ---- joint_p --------------------------------------------------------------------------------------


@check(joint_p)
def six_points_and_their_choices(rng):
    """What two points think of each other is averaged, and shared out among all pairs."""
    return _choices(rng, 6)


@check(joint_p, draws=1)
def choices_of_a_pair(rng):
    """Of two points each chooses the other: half and half, whatever their distance."""
    return _choices(rng, 2)


@check(joint_p)
def mutual_choices(rng):
    """Where all choices are mutual already, they are only shared out."""
    near, apart = rng.uniform(0.1, 0.4), np.abs(np.subtract.outer(np.arange(5), np.arange(5)))
    return np.array([0.0, near, 0.5 - near])[np.minimum(apart, 5 - apart)]  # five points in a ring


@scenario(joint_p)
def one_in_total(joint_p, rng):
    """The affinities of all pairs add up to 1, and P is its own mirror image."""
    P = np.asarray(joint_p(_choices(rng, 5)))
    return P.sum(), np.abs(P - P.T).max()


@scenario(joint_p)
def an_outlier(joint_p, rng):
    """A point that nobody chooses keeps its own choices, half of an n-th of all."""
    X = rng.normal(size=(6, 3)) + 40.0 * (rng.permutation(6) == 0)[:, None]
    return np.sum(joint_p(conditional_p(pairwise_sq_dists(X), rng.uniform(0.5, 1.5, size=6))), axis=1)


@scenario(joint_p, forbids=("mutation",))
def choices_left_alone(joint_p, rng):
    """Lists are as good as arrays, whole numbers too, and what you are given is the same after the call."""
    whole = np.eye(4, dtype=int)[[1, 2, 3, 1]]
    return joint_p(whole.tolist()), joint_p(whole), joint_p(_choices(rng, 5))


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


# ---- kl_divergence --------------------------------------------------------------------------------


@check(kl_divergence)
def shares_of_six(rng):
    """Two rows of shares, all of them above 0."""
    return _shares(rng, 6), _shares(rng, 6)


@check(kl_divergence)
def data_and_map(rng):
    """The affinities of six points in the data and on a map, both with an empty diagonal."""
    return _affinities(rng, 6), low_dim_q(rng.normal(size=(6, 2)))[0]


@scenario(kl_divergence)
def there_and_back(kl_divergence, rng):
    """P as seen from Q is not Q as seen from P."""
    P, Q = _affinities(rng, 5), low_dim_q(rng.normal(size=(5, 2)))[0]
    return kl_divergence(P, Q), kl_divergence(Q, P)


@scenario(kl_divergence)
def a_faithful_map(kl_divergence, rng):
    """A map with exactly the affinities of the data costs nothing."""
    P = _affinities(rng, 5)
    return kl_divergence(P, P)


@check(kl_divergence)
def affinities_as_they_come(rng):
    """Affinities that were made several times larger are used as they come."""
    return rng.uniform(4.0, 12.0) * _affinities(rng, 5), low_dim_q(rng.normal(size=(5, 2)))[0]


@check(kl_divergence, forbids=("warnings",))
def pairs_without_affinity(rng):
    """Pairs that have no affinity in the data cost nothing, whatever they have on the map."""
    P = _affinities(rng, 6) * (np.add.outer(np.arange(6), np.arange(6)) % 3 > 0)
    return P / P.sum(), low_dim_q(rng.normal(size=(6, 2)))[0]


@scenario(kl_divergence, forbids=("mutation",))
def both_tables_left_alone(kl_divergence, rng):
    """Lists are as good as arrays, and what you are given is the same after the call."""
    P, Q = _affinities(rng, 4), low_dim_q(rng.normal(size=(4, 2)))[0]
    corner = np.eye(4) / 4
    return kl_divergence(P.tolist(), Q.tolist()), kl_divergence(P, Q), kl_divergence(corner, Q + 0.01)


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


# ---- tsne_step ------------------------------------------------------------------------------------


@check(tsne_step)
def a_step_in_motion(rng):
    """Points that move already are turned by the forces, and keep a part of their velocity."""
    Y, V, G = rng.normal(size=(3, 6, 2))
    return {"Y": Y, "V": V, "G": G, "lr": rng.uniform(0.1, 0.4), "mu": rng.uniform(0.3, 0.9)}


@check(tsne_step)
def a_step_from_rest(rng):
    """Points at rest move straight downhill."""
    Y, G = rng.normal(size=(2, 5, 2))
    return Y, np.zeros((5, 2)), G, rng.uniform(0.1, 0.4), rng.uniform(0.3, 0.9)


@check(tsne_step)
def on_level_ground(rng):
    """Where no force acts, points roll on and become slower."""
    Y, V = rng.normal(size=(2, 5, 3))
    return Y, V, np.zeros((5, 3)), rng.uniform(0.1, 0.4), rng.uniform(0.3, 0.9)


@scenario(tsne_step, compare=close(rtol=1e-4, atol=1e-5))
def twenty_steps_on_a_map(tsne_step, rng):
    """Twenty steps under the forces of t-SNE lead to the same map."""
    P, Y, V = _affinities(rng, 5), rng.normal(size=(5, 2)), np.zeros((5, 2))
    for _ in range(20):
        Y, V = tsne_step(Y, V, tsne_gradient(P, Y), 0.5, 0.6)
    return Y


@scenario(tsne_step, forbids=("mutation",))
def map_and_velocity_left_alone(tsne_step, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    Y, V, G = rng.integers(-5, 6, size=(3, 4, 2))
    return tsne_step(Y.tolist(), V.tolist(), G.tolist(), 0.3, 0.7), tsne_step(Y + 0.25, V + 0.5, G, 0.3, 0.7)


# ---- linear_autoencoder_grad ----------------------------------------------------------------------


@check(linear_autoencoder_grad)
def seven_samples_and_a_code_of_two(rng):
    """Seven samples of four numbers through a code of two: the loss and both gradients."""
    return _autoencoder(rng)


@scenario(linear_autoencoder_grad)
def the_loss_alone(linear_autoencoder_grad, rng):
    """The squared error, summed over the numbers of a sample, averaged over the samples."""
    return linear_autoencoder_grad(*_autoencoder(rng, n=6, d=5, k=3))[0]


@scenario(linear_autoencoder_grad)
def slope_of_the_encoder(linear_autoencoder_grad, rng):
    """The encoder hears of the error through the decoder."""
    return linear_autoencoder_grad(*_autoencoder(rng, n=6, d=5, k=3))[1]


@scenario(linear_autoencoder_grad)
def slope_of_the_decoder(linear_autoencoder_grad, rng):
    """The decoder hears of the error directly, and works with the code."""
    return linear_autoencoder_grad(*_autoencoder(rng, n=6, d=5, k=3))[2]


@check(linear_autoencoder_grad)
def a_code_as_wide_as_the_data(rng):
    """Four samples of four numbers and a code of four: nothing tells the matrices apart but their place."""
    return _autoencoder(rng, n=4, d=4, k=4)


@check(linear_autoencoder_grad)
def one_sample_and_one_number(rng):
    """A single sample, and a code of a single number."""
    return _autoencoder(rng, n=1, d=3, k=1)


@scenario(linear_autoencoder_grad, compare=IN_SINGLE)
def at_the_principal_components(linear_autoencoder_grad, rng):
    """Where the code is the first two principal components, nothing is left to learn."""
    X = rng.normal(size=(8, 4)) * [3.0, 2.0, 1.0, 0.5] / 3.0
    X = X - X.mean(axis=0)
    components = np.linalg.svd(X, full_matrices=False)[2][:2]
    loss, dWe, dWd = linear_autoencoder_grad(X, components.T, components)
    return loss, np.asarray(dWe), np.asarray(dWd)


@scenario(linear_autoencoder_grad, compare=close(rtol=1e-5, atol=1e-5))
def weights_pushed_a_little(linear_autoencoder_grad, rng):
    """A small push on all weights changes the loss by slope times push."""
    X, We, Wd = _autoencoder(rng, n=5, d=3, k=2)
    A, B, h = rng.normal(size=(3, 2)), rng.normal(size=(2, 3)), 1e-5
    up, down = (np.sum((X @ (We + side * A) @ (Wd + side * B) - X) ** 2) / len(X) for side in (h, -h))
    _, dWe, dWd = linear_autoencoder_grad(X, We, Wd)
    return (np.sum(np.multiply(dWe, A)) + np.sum(np.multiply(dWd, B)) - (up - down) / (2 * h)) / 10


@scenario(linear_autoencoder_grad, forbids=("mutation",))
def data_and_weights_left_alone(linear_autoencoder_grad, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X, We, Wd = rng.integers(-3, 4, size=(5, 3)), rng.integers(1, 4, size=(3, 2)), np.eye(2, 3, dtype=int)
    X[0] += 7
    whole = linear_autoencoder_grad(X.tolist(), We.tolist(), Wd.tolist())
    return whole, linear_autoencoder_grad(X + 0.25, We + 0.5, Wd + 0.25)


# ---- denoising_pair -------------------------------------------------------------------------------


@check(denoising_pair)
def noise_on_six_samples(rng):
    """What goes in is noisy, what should come out is clean."""
    return rng.uniform(size=(6, 4)), 0.3 * rng.normal(size=(6, 4))


@check(denoising_pair)
def noise_on_small_pictures(rng):
    """Pictures with channels keep their shape."""
    return rng.uniform(size=(2, 3, 4, 4)), 0.3 * rng.normal(size=(2, 3, 4, 4))


@check(denoising_pair)
def more_noise_than_signal(rng):
    """Loud noise takes numbers out of the range from 0 to 1, and nothing is cut off."""
    return rng.uniform(size=(5, 3)), 4.0 * rng.normal(size=(5, 3))


@scenario(denoising_pair)
def noise_taken_off_again(denoising_pair, rng):
    """What lies between inputs and targets is the noise."""
    noise = rng.normal(size=(4, 3))
    inputs, targets = denoising_pair(rng.normal(size=(4, 3)), noise)
    return np.subtract(inputs, targets) / 2


@scenario(denoising_pair, forbids=("mutation",))
def clean_data_left_alone(denoising_pair, rng):
    """Lists of whole numbers are as good as arrays, and what you are given is the same after the call."""
    X, noise = rng.integers(-5, 6, size=(4, 3)), rng.integers(1, 4, size=(4, 3)) / 4
    return denoising_pair(X.tolist(), (4 * noise).astype(int).tolist()), denoising_pair(X + 0.5, noise)
