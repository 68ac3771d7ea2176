"""Wrong answers that students really give, each with the sentence that helps."""

import numpy as np

from autograder import misconception

from .reference import (
    col2im,
    compose_kernels,
    conv1d,
    conv2d,
    correlate1d,
    correlate2d,
    fft_conv1d,
    gabor,
    im2col,
    named_kernel,
    pad2d,
    separable,
)


def _floats(*arrays):
    """The arguments as float arrays: how they are read is not what goes wrong here."""
    return tuple(np.asarray(a, dtype=float) for a in arrays)


def _like(answer, x):
    """The answer cut down to the number type of x."""
    return answer.astype(np.asarray(x).dtype)


# ---- conv1d ---------------------------------------------------------------------------------------


@misconception(conv1d)
def forgets_to_turn(f, g, mode):
    """The kernel slides along as it is, which is correlation; convolution turns it round first."""
    return correlate1d(f, g, mode)


@misconception(conv1d)
def same_from_the_beginning(f, g, mode):
    """For "same" you keep the first n of all positions; they start at (k - 1) // 2, in the middle."""
    return conv1d(f, g, "full")[: len(f)] if mode == "same" else conv1d(f, g, mode)


@misconception(conv1d)
def same_from_half_the_kernel(f, g, mode):
    """For "same" you start at k // 2; for an even kernel that is one too late, (k - 1) // 2 is meant."""
    start, n = len(g) // 2, len(f)
    return conv1d(f, [*g, 0.0], "full")[start : start + n] if mode == "same" else conv1d(f, g, mode)


@misconception(conv1d)
def as_long_as_the_longer(f, g, mode):
    """Where the kernel is longer than the signal, the two change roles, as in np.convolve.

    Here "same" is always as long as f, and "valid" is empty where the kernel does not fit.
    """
    return np.convolve(np.asarray(f, dtype=float), np.asarray(g, dtype=float), mode)


@misconception(conv1d)
def mode_ignored(f, g, mode):
    """All positions come back whatever the mode says; "valid" and "same" keep only some of them."""
    return conv1d(f, g, "full")


@misconception(conv1d)
def inside_one_too_few(f, g, mode):
    """For "valid" you count n - k positions; there is one more, as a finger on each start shows."""
    return conv1d(f, g, mode)[:-1] if mode == "valid" else conv1d(f, g, mode)


@misconception(conv1d)
def all_one_too_few(f, g, mode):
    """For "full" the last position is missing: there are n + k - 1, and only the last tap touches there."""
    return conv1d(f, g, mode)[:-1] if mode == "full" else conv1d(f, g, mode)


@misconception(conv1d)
def wraps_round_at_the_border(f, g, mode):
    """For "same" what sticks out at one end comes in at the other; outside the signal there are zeros."""
    if mode != "same":
        return conv1d(f, g, mode)
    out = np.zeros(len(f))
    for i, value in enumerate(conv1d(f, g, "full")):
        out[(i - (len(g) - 1) // 2) % len(f)] += value
    return out


@misconception(conv1d)
def turns_the_callers_kernel(f, g, mode):
    """The answer is right, but the kernel of the caller has been turned round as well.

    g[::-1] is a view of a turned kernel; writing it back into g changes what you were given.
    """
    answer = conv1d(f, g, mode)
    g[:] = list(g)[::-1]
    return answer


@misconception(conv1d)
def cut_to_whole_numbers(f, g, mode):
    """Your result took its type from whole-number input, so the fractions were cut off.

    np.zeros_like(f) is an array of whole numbers where f is one.
    """
    return _like(conv1d(f, g, mode), f)


# ---- correlate1d ----------------------------------------------------------------------------------


@misconception(correlate1d)
def turns_the_kernel(f, g, mode):
    """You turn the kernel round, which is convolution; here it slides along as it is."""
    return conv1d(f, g, mode)


@misconception(correlate1d)
def signal_along_the_kernel(f, g, mode):
    """Signal and kernel have changed roles, so the lags come in reverse order.

    Convolution allows the exchange, correlation does not.
    """
    n, k = len(f), len(g)
    full = correlate1d(f, g, "full")[::-1]
    start = {"full": 0, "valid": k - 1, "same": (k - 1) // 2}[mode]
    return full[start : {"full": n + k - 1, "valid": n, "same": start + n}[mode]]


@misconception(correlate1d)
def no_negative_lags(f, g, mode):
    """Your lags begin at 0; "full" and "same" begin earlier, where the kernel sticks out in front."""
    if mode == "valid":
        return correlate1d(f, g, mode)
    count = len(f) if mode == "same" else len(f) + len(g) - 1
    return np.concatenate([correlate1d(f, g, "full")[len(g) - 1 :], np.zeros(len(g))])[:count]


@misconception(correlate1d)
def lags_from_the_beginning(f, g, mode):
    """For "same" you keep the first n of all lags; they start at entry (k - 1) // 2, in the middle."""
    return correlate1d(f, g, "full")[: len(f)] if mode == "same" else correlate1d(f, g, mode)


@misconception(correlate1d)
def lags_from_half_the_kernel(f, g, mode):
    """For "same" you start at entry k // 2; for an even kernel that is one too late.

    The places are those of conv1d, from (k - 1) // 2 on.
    """
    start, n = len(g) // 2, len(f)
    full = [*correlate1d(f, g, "full"), 0.0]
    return np.array(full[start : start + n]) if mode == "same" else correlate1d(f, g, mode)


@misconception(correlate1d)
def as_many_lags_as_the_longer(f, g, mode):
    """Where the kernel is longer than the signal, the two change roles, as in np.correlate.

    Here "same" is always as long as f, and "valid" is empty where the kernel does not fit.
    """
    return np.correlate(np.asarray(f, dtype=float), np.asarray(g, dtype=float), mode)


@misconception(correlate1d)
def lags_inside_one_too_few(f, g, mode):
    """For "valid" you count n - k lags; there is one more."""
    return correlate1d(f, g, mode)[:-1] if mode == "valid" else correlate1d(f, g, mode)


@misconception(correlate1d)
def lags_cut_to_whole_numbers(f, g, mode):
    """Your result took its type from whole-number input, so the fractions were cut off."""
    return _like(correlate1d(f, g, mode), f)


# ---- conv2d ---------------------------------------------------------------------------------------


def _cropped(full, x, k, mode, start):
    """The places of a full result; `start` gives those of "same"."""
    (H, W), (KH, KW) = np.shape(x), np.shape(k)
    if mode == "full":
        return full
    if mode == "valid":
        return full[KH - 1 : H, KW - 1 : W]
    top, left = start(KH), start(KW)
    return full[top : top + H, left : left + W]


@misconception(conv2d)
def correlates(x, k, mode="valid"):
    """The kernel is not turned, which is correlation; convolution turns it by 180 degrees first.

    A symmetric kernel, such as that of the second example on the slides, does not show the difference.
    """
    return conv2d(x, np.asarray(k)[::-1, ::-1], mode)


@misconception(conv2d)
def turns_the_rows_only(x, k, mode="valid"):
    """The kernel is turned upside down only; left and right have to change places as well."""
    return conv2d(x, np.asarray(k)[:, ::-1], mode)


@misconception(conv2d)
def turns_the_columns_only(x, k, mode="valid"):
    """Only left and right of the kernel have changed places; it has to be turned upside down as well."""
    return conv2d(x, np.asarray(k)[::-1], mode)


@misconception(conv2d)
def transposes_the_kernel(x, k, mode="valid"):
    """The kernel is transposed, k.T; what is wanted is both axes reversed, k[::-1, ::-1]."""
    return conv2d(x, np.asarray(k).T[::-1, ::-1], mode)


@misconception(conv2d)
def turns_the_result(x, k, mode="valid"):
    """You correlated and turned the result; it is the kernel that has to be turned."""
    return conv2d(x, np.asarray(k)[::-1, ::-1], mode)[::-1, ::-1]


@misconception(conv2d)
def same_from_the_corner(x, k, mode="valid"):
    """For "same" you keep the upper left corner of all positions; the middle is meant."""
    return _cropped(conv2d(x, k, "full"), x, k, mode, lambda _: 0)


@misconception(conv2d)
def same_from_half_the_size(x, k, mode="valid"):
    """For "same" you start at k // 2; for an even size that is one too late, (k - 1) // 2 is meant."""
    full = np.pad(conv2d(x, k, "full"), ((0, 1), (0, 1))) if mode == "same" else conv2d(x, k, "full")
    return _cropped(full, x, k, mode, lambda size: size // 2)


@misconception(conv2d)
def repeats_the_border(x, k, mode="valid"):
    """For "same" you continue the picture by its own border; outside the picture there are zeros."""
    if mode != "same":
        return conv2d(x, k, mode)
    widths = [(size // 2, (size - 1) // 2) for size in np.shape(k)]
    return conv2d(np.pad(np.asarray(x, dtype=float), widths, mode="edge"), k, "valid")


@misconception(conv2d)
def picture_and_kernel_exchanged(x, k, mode="valid"):
    """Where the kernel is larger than the picture, the two change roles; "same" and "valid" go by x alone."""
    if mode != "full" and len(k) > len(x):
        return conv2d(k, x, mode)
    return conv2d(x, k, mode)


@misconception(conv2d)
def always_inside(x, k, mode="valid"):
    """The positions inside come back whatever the mode says."""
    return conv2d(x, k, "valid")


@misconception(conv2d)
def picture_one_too_few(x, k, mode="valid"):
    """For "valid" you count H - KH rows and W - KW columns; there is one more of each."""
    return conv2d(x, k, mode)[:-1, :-1] if mode == "valid" else conv2d(x, k, mode)


@misconception(conv2d)
def turns_the_callers_kernel_too(x, k, mode="valid"):
    """The answer is right, but the kernel of the caller has been turned as well.

    k[::-1, ::-1] is a view; writing it back into k changes what you were given.
    """
    answer = conv2d(x, k, mode)
    if isinstance(k, np.ndarray):
        k[:] = k[::-1, ::-1].copy()
    return answer


@misconception(conv2d)
def picture_cut_to_whole_numbers(x, k, mode="valid"):
    """Your result took its type from whole-number input, so the fractions were cut off."""
    return _like(conv2d(x, k, mode), x)


# ---- correlate2d ----------------------------------------------------------------------------------


@misconception(correlate2d)
def convolves(x, k, stride=1, pad=(0, 0), dilation=1):
    """The kernel is turned by 180 degrees, which is convolution; a layer leaves it as it is."""
    return correlate2d(x, np.asarray(k)[::-1, ::-1], stride, pad, dilation)


@misconception(correlate2d)
def transposes_the_taps(x, k, stride=1, pad=(0, 0), dilation=1):
    """Rows and columns of the kernel are exchanged."""
    return correlate2d(x, np.asarray(k).T, stride, pad, dilation)


@misconception(correlate2d)
def holes_counted_from_zero(x, k, stride=1, pad=(0, 0), dilation=1):
    """Your dilation counts the holes between taps, as lecture 004 does.

    Here it is the distance of neighbouring taps, and 1 is the ordinary kernel.
    """
    return correlate2d(x, k, stride, pad, dilation + 1)


@misconception(correlate2d)
def holes_ignored(x, k, stride=1, pad=(0, 0), dilation=1):
    """The taps lie side by side whatever dilation says."""
    return correlate2d(x, k, stride, pad)


@misconception(correlate2d)
def covers_too_much(x, k, stride=1, pad=(0, 0), dilation=1):
    """The kernel is taken to cover dilation times its size; the last tap needs no holes behind it."""
    KH, KW = np.shape(k)
    wide = np.zeros((KH * dilation, KW * dilation))
    wide[::dilation, ::dilation] = k
    return correlate2d(x, wide, stride, pad)


@misconception(correlate2d)
def stride_ignored(x, k, stride=1, pad=(0, 0), dilation=1):
    """The kernel moves pixel by pixel whatever stride says."""
    return correlate2d(x, k, 1, pad, dilation)


@misconception(correlate2d)
def stride_down_only(x, k, stride=1, pad=(0, 0), dilation=1):
    """The stride works from row to row, but along a row the kernel moves pixel by pixel."""
    return correlate2d(x, k, 1, pad, dilation)[::stride]


@misconception(correlate2d)
def stride_in_the_size_only(x, k, stride=1, pad=(0, 0), dilation=1):
    """The size of the result is right, but the position of entry i is taken as i and not i · stride."""
    rows, columns = correlate2d(x, k, stride, pad, dilation).shape
    return correlate2d(x, k, 1, pad, dilation)[:rows, :columns]


@misconception(correlate2d)
def rounds_up(x, k, stride=1, pad=(0, 0), dilation=1):
    """A last position at which the kernel sticks out is counted too; the division rounds down."""
    x, k = _floats(x, k)
    wide = [dilation * (size - 1) + 1 for size in k.shape]
    more = [-(n + 2 * p - w) % stride for n, p, w in zip(x.shape, pad, wide, strict=True)]
    inner = np.pad(x, ((pad[0], pad[0] + more[0]), (pad[1], pad[1] + more[1])))
    return correlate2d(inner, k, stride, (0, 0), dilation)


@misconception(correlate2d)
def border_at_one_end(x, k, stride=1, pad=(0, 0), dilation=1):
    """The zeros stand above and on the left only; pad is the width at each of the two ends."""
    x = np.pad(np.asarray(x, dtype=float), ((pad[0], 0), (pad[1], 0)))
    return correlate2d(x, k, stride, (0, 0), dilation)


@misconception(correlate2d)
def border_of_columns_first(x, k, stride=1, pad=(0, 0), dilation=1):
    """The first number of pad is taken for the columns; it belongs to the rows."""
    return correlate2d(x, k, stride, (pad[1], pad[0]), dilation)


@misconception(correlate2d)
def border_ignored(x, k, stride=1, pad=(0, 0), dilation=1):
    """There is no border of zeros whatever pad says."""
    return correlate2d(x, k, stride, (0, 0), dilation)


@misconception(correlate2d)
def border_repeated(x, k, stride=1, pad=(0, 0), dilation=1):
    """The border repeats the outermost pixels; it should be zeros."""
    x = np.pad(np.asarray(x, dtype=float), ((pad[0], pad[0]), (pad[1], pad[1])), mode="edge")
    return correlate2d(x, k, stride, (0, 0), dilation)


@misconception(correlate2d)
def pixels_cut_to_whole_numbers(x, k, stride=1, pad=(0, 0), dilation=1):
    """Your result took its type from whole-number input, so the fractions were cut off."""
    return _like(correlate2d(x, k, stride, pad, dilation), x)


# ---- pad2d ----------------------------------------------------------------------------------------


@misconception(pad2d)
def both_ends_alike(x, widths, value=0):
    """The first width of each pair is used at both ends; the second one is for below and for the right."""
    (top, _), (left, _) = widths
    return pad2d(x, ((top, top), (left, left)), value)


@misconception(pad2d)
def columns_before_rows(x, widths, value=0):
    """The first pair is used left and right; it is meant for above and below."""
    return pad2d(x, (widths[1], widths[0]), value)


@misconception(pad2d)
def ends_exchanged(x, widths, value=0):
    """Within each pair the two ends have changed places: top comes before bottom, left before right."""
    return pad2d(x, (widths[0][::-1], widths[1][::-1]), value)


@misconception(pad2d)
def always_zeros(x, widths, value=0):
    """The border is zero whatever value says."""
    return pad2d(x, widths)


@misconception(pad2d)
def border_continues_the_picture(x, widths, value=0):
    """The border repeats the outermost pixels; it should hold the value."""
    return np.pad(np.asarray(x, dtype=float), widths, mode="edge")


@misconception(pad2d)
def value_everywhere(x, widths, value=0):
    """The value was added to the picture as well; inside, the pixels stay as they are."""
    return pad2d(x, widths) + value


@misconception(pad2d)
def value_cut_to_a_whole_number(x, widths, value=0):
    """A border of 0.5 became 0, since the padded array took its type from a picture of whole numbers."""
    return _like(pad2d(x, widths, value), x)


# ---- fft_conv1d -----------------------------------------------------------------------------------


def _by_fft(f, g, length):
    """The product of the transforms, both of that length."""
    return np.fft.fft(f, length) * np.fft.fft(g, length)


@misconception(fft_conv1d)
def round_in_a_circle(f, g):
    """The transform is as long as the signal, so the tail of the result is added to its head.

    Make room for n + k - 1 numbers before you transform.
    """
    return np.fft.ifft(_by_fft(f, g, len(f))).real  # which also cuts off a longer kernel


@misconception(fft_conv1d)
def round_in_a_larger_circle(f, g):
    """The transform is as long as the longer of the two, and still too short: the tail wraps round."""
    return np.fft.ifft(_by_fft(f, g, max(len(f), len(g)))).real


@misconception(fft_conv1d)
def takes_the_conjugate(f, g):
    """One of the transforms is conjugated, which gives the correlation."""
    length = len(f) + len(g) - 1
    return np.fft.ifft(np.fft.fft(f, length) * np.conj(np.fft.fft(g, length))).real


@misconception(fft_conv1d)
def comes_back_complex(f, g):
    """The numbers are right, but complex; of real signals only the real part is wanted."""
    return np.fft.ifft(_by_fft(f, g, len(f) + len(g) - 1))


@misconception(fft_conv1d)
def takes_the_size_of_the_numbers(f, g):
    """np.abs takes the signs away with the imaginary part; take .real."""
    return np.abs(np.fft.ifft(_by_fft(f, g, len(f) + len(g) - 1)))


@misconception(fft_conv1d)
def one_zero_too_many(f, g):
    """The result has n + k entries, the last of them zero; signal and kernel touch at n + k - 1 positions."""
    return np.fft.ifft(_by_fft(f, g, len(f) + len(g))).real


@misconception(fft_conv1d)
def a_power_of_two_kept(f, g):
    """The transform was lengthened to a power of two and the extra zeros were left in the result."""
    return np.fft.ifft(_by_fft(f, g, 2 ** int(np.ceil(np.log2(len(f) + len(g) - 1))))).real


@misconception(fft_conv1d)
def cropped_to_the_signal(f, g):
    """Only the first n entries come back; all n + k - 1 are wanted."""
    return fft_conv1d(f, g)[: len(f)]


@misconception(fft_conv1d)
def length_left_to_irfft(f, g):
    """np.fft.irfft cannot know whether the length was odd and takes an even one; tell it the length."""
    length = len(f) + len(g) - 1
    return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length))


@misconception(fft_conv1d)
def divided_once_more(f, g):
    """The result is divided by its length, which np.fft.ifft has already done."""
    return fft_conv1d(f, g) / (len(f) + len(g) - 1)


@misconception(fft_conv1d)
def not_transformed_back(f, g):
    """This is the product of the transforms; the way back is missing."""
    return _by_fft(f, g, len(f) + len(g) - 1).real


# ---- separable ------------------------------------------------------------------------------------


@misconception(separable)
def by_the_row_sums(k, tol=1e-10):
    """You take the sums of rows and columns for u and v, and divide by the sum of all.

    That works until a kernel sums to zero, as every derivative does.
    """
    k = np.asarray(k, dtype=float)
    u, v, total = k.sum(axis=1), k.sum(axis=0), k.sum()
    if not k.any():
        return True, u, v
    if abs(total) <= 1e-12 * np.abs(k).sum() or not separable(k, tol)[0]:
        return False, None, None
    return True, u, v / total


def _factors(k, tol, left, right):
    """The right verdict, with the first singular value to the powers `left` and `right` on the factors."""
    if not separable(k, tol)[0]:
        return False, None, None
    U, s, Vt = np.linalg.svd(np.asarray(k, dtype=float))
    return True, s[0] ** left * U[:, 0], s[0] ** right * Vt[0]


@misconception(separable)
def root_on_one_factor(k, tol=1e-10):
    """One factor carries the root of the singular value, the other nothing, so u vᵀ has the wrong size.

    Either both carry the root, or one carries all of it.
    """
    return _factors(k, tol, 0.5, 0.0)


@misconception(separable)
def size_on_both_factors(k, tol=1e-10):
    """Both factors carry the whole singular value, so it is in u vᵀ twice."""
    return _factors(k, tol, 1.0, 1.0)


@misconception(separable)
def size_left_out(k, tol=1e-10):
    """Your u and v are the singular vectors, of length 1; the size of the kernel is missing from u vᵀ."""
    return _factors(k, tol, 0.0, 0.0)


@misconception(separable)
def size_without_sign(k, tol=1e-10):
    """Your factors hold the sizes of the numbers without their signs, so u vᵀ is never negative."""
    ok, u, v = separable(k, tol)
    return (ok, np.abs(u), np.abs(v)) if ok else (ok, u, v)


@misconception(separable)
def a_column_of_vt(k, tol=1e-10):
    """Your v is the first column of what np.linalg.svd returns.

    That matrix is transposed already: take its first row.
    """
    if not separable(k, tol)[0]:
        return False, None, None
    U, s, Vt = np.linalg.svd(np.asarray(k, dtype=float))
    return True, s[0] * U[:, 0], Vt[:, 0]


@misconception(separable)
def first_column_times_first_row(k, tol=1e-10):
    """First column times first row counts the corner twice: divide by it once, if it is not zero."""
    k = np.asarray(k, dtype=float)
    return (True, k[:, 0], k[0]) if separable(k, tol)[0] else (False, None, None)


@misconception(separable)
def symmetric_for_separable(k, tol=1e-10):
    """You test whether the kernel is symmetric; separable means a column times a row."""
    k = np.asarray(k, dtype=float)
    if k.shape[0] != k.shape[1] or not np.allclose(k, k.T):
        return False, None, None
    return _first_term(k)


def _first_term(k):
    """The product nearest to k, called separable whatever k is."""
    U, s, Vt = np.linalg.svd(k)
    return True, s[0] * U[:, 0], Vt[0]


@misconception(separable)
def by_the_determinant(k, tol=1e-10):
    """A determinant of zero says that the rank is below full, not that it is 1."""
    k = np.asarray(k, dtype=float)
    if k.shape[0] == k.shape[1] and abs(np.linalg.det(k)) <= 1e-9 * np.abs(k).max() ** len(k):
        return _first_term(k)
    return separable(k, tol)


@misconception(separable)
def tolerance_in_absolute_numbers(k, tol=1e-10):
    """The second singular value is compared with tol itself; what counts is its share of the first."""
    k = np.asarray(k, dtype=float)
    s = np.linalg.svd(k, compute_uv=False)
    return _first_term(k) if np.all(s[1:] <= tol) else (False, None, None)


@misconception(separable)
def tolerance_ignored(k, tol=1e-10):
    """Your limit is 1e-10 whatever tol says."""
    return separable(k)


@misconception(separable)
def zero_refused(k, tol=1e-10):
    """The kernel of zeros is refused: its rank is 0, and a column of zeros times a row of zeros makes it."""
    return separable(k, tol) if np.any(k) else (False, None, None)


@misconception(separable)
def single_rows_refused(k, tol=1e-10):
    """A kernel of a single row or column is refused; it has only one singular value, and is a product."""
    return separable(k, tol) if min(np.shape(k)) > 1 else (False, None, None)


@misconception(separable)
def factors_in_any_case(k, tol=1e-10):
    """Where the kernel is refused you hand back the nearest product; None and None are wanted there."""
    k = np.asarray(k, dtype=float)
    ok, _, _ = separable(k, tol)
    return (ok, *_first_term(k)[1:])


@misconception(separable)
def takes_the_product_off(k, tol=1e-10):
    """The answer is right, but u vᵀ was subtracted within the array you were given, to look at the rest."""
    answer = separable(k, tol)
    k = np.asarray(k, dtype=float)
    _, u, v = _first_term(k)
    k -= np.outer(u, v)
    return answer


# ---- compose_kernels ------------------------------------------------------------------------------


@misconception(compose_kernels)
def entry_by_entry(g, h):
    """The kernels are multiplied entry by entry; one after the other means convolved with each other."""
    return np.multiply(g, h) * 1.0


@misconception(compose_kernels)
def matrix_product(g, h):
    """This is the product of matrices; kernels are composed by convolution."""
    return np.matmul(np.asarray(g, dtype=float), np.asarray(h, dtype=float))


@misconception(compose_kernels)
def added_up(g, h):
    """This is the sum of the kernels, which is both side by side and added, not one after the other."""
    return np.add(g, h) * 1.0


@misconception(compose_kernels)
def as_large_as_the_first(g, h):
    """The result has the size of g; two steps reach farther than one, so nothing may be cropped."""
    return conv2d(g, h, "same")


@misconception(compose_kernels)
def only_the_inside(g, h):
    """Only the positions inside come back; all positions are needed, mode "full"."""
    return conv2d(g, h, "valid")


@misconception(compose_kernels)
def composed_by_correlation(g, h):
    """The kernels are correlated; with convolution before and after, composing is convolution, too."""
    return conv2d(g, np.asarray(h)[::-1, ::-1], "full")


@misconception(compose_kernels)
def brightness_kept(g, h):
    """The result is divided by its sum; composing changes nothing about the brightness of either kernel."""
    composed = compose_kernels(g, h)
    return composed / composed.sum()


@misconception(compose_kernels)
def kernels_cut_to_whole_numbers(g, h):
    """Your result took its type from whole-number input, so the fractions were cut off."""
    return _like(compose_kernels(g, h), g)


# ---- im2col ---------------------------------------------------------------------------------------


def _taken_apart(x, kh, kw, stride, pad):
    """The patches of im2col as (N, C, kh, kw, OH, OW)."""
    N, C, H, W = np.shape(x)
    OH, OW = (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1
    return im2col(x, kh, kw, stride, pad).reshape(N, C, kh, kw, OH, OW)


@misconception(im2col)
def channels_last(x, kh, kw, stride, pad):
    """Down a column the channels change fastest, the order of lecture 004; here channel follows channel."""
    patches = _taken_apart(x, kh, kw, stride, pad)
    return patches.transpose(0, 2, 3, 1, 4, 5).reshape(len(patches), -1, np.prod(patches.shape[4:]))


@misconception(im2col)
def patches_as_rows(x, kh, kw, stride, pad):
    """Each patch is a row; it should be a column."""
    return im2col(x, kh, kw, stride, pad).transpose(0, 2, 1)


@misconception(im2col)
def positions_down_first(x, kh, kw, stride, pad):
    """The positions go down first and then to the right; they should go along each row first."""
    patches = _taken_apart(x, kh, kw, stride, pad)
    return patches.swapaxes(4, 5).reshape(len(patches), -1, np.prod(patches.shape[4:]))


@misconception(im2col)
def patch_read_downwards(x, kh, kw, stride, pad):
    """The pixels of a patch are read column by column; they should be read row by row."""
    patches = _taken_apart(x, kh, kw, stride, pad)
    return patches.swapaxes(2, 3).reshape(len(patches), -1, np.prod(patches.shape[4:]))


@misconception(im2col)
def reshaped_without_transposing(x, kh, kw, stride, pad):
    """The patches are all there, one after the other, but the array was reshaped where axes had to move."""
    patches = _taken_apart(x, kh, kw, stride, pad)
    N, positions = len(patches), int(np.prod(patches.shape[4:]))
    return patches.transpose(0, 4, 5, 1, 2, 3).reshape(N, -1, positions)


@misconception(im2col)
def all_pictures_in_a_row(x, kh, kw, stride, pad):
    """The columns of all pictures stand in one matrix; each picture has its own, along axis 0."""
    return np.concatenate(list(im2col(x, kh, kw, stride, pad)), axis=1)


@misconception(im2col)
def height_and_width_exchanged(x, kh, kw, stride, pad):
    """The sizes kh and kw have changed places: kh is the number of rows of a patch."""
    return im2col(x, kw, kh, stride, pad)


@misconception(im2col)
def patches_at_every_pixel(x, kh, kw, stride, pad):
    """There is a patch at every pixel whatever stride says."""
    return im2col(x, kh, kw, 1, pad)


@misconception(im2col)
def start_without_stride(x, kh, kw, stride, pad):
    """The number of patches is right, but they start at i and not at i · stride."""
    patches = _taken_apart(x, kh, kw, stride, pad)
    rows, columns = patches.shape[4:]
    close = _taken_apart(x, kh, kw, 1, pad)[..., :rows, :columns]
    return close.reshape(len(patches), -1, rows * columns)


@misconception(im2col)
def no_border_of_zeros(x, kh, kw, stride, pad):
    """There is no border of zeros whatever pad says."""
    return im2col(x, kh, kw, stride, 0)


@misconception(im2col)
def zeros_at_one_end(x, kh, kw, stride, pad):
    """The zeros stand above and on the left only; pad is the width at each side."""
    x = np.pad(np.asarray(x, dtype=float), ((0, 0), (0, 0), (pad, 0), (pad, 0)))
    return im2col(x, kh, kw, stride, 0)


@misconception(im2col)
def border_of_one(x, kh, kw, stride, pad):
    """The border is one zero wide whatever pad says."""
    return im2col(x, kh, kw, stride, 1)


# ---- col2im ---------------------------------------------------------------------------------------


def _put_back(cols, shape, kh, kw, stride, pad, start=None):
    """Padded pictures from patches (N, C, kh, kw, OH, OW), added up; `start` is the step between patches."""
    N, C, H, W = shape
    x = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i, j in np.ndindex(cols.shape[4:]):
        top, left = i * (start or stride), j * (start or stride)
        x[:, :, top : top + kh, left : left + kw] += cols[..., i, j]
    return x


def _patches(cols, shape, kh, kw, stride, pad):
    """The columns as (N, C, kh, kw, OH, OW)."""
    N, C, H, W = shape
    OH, OW = (H + 2 * pad - kh) // stride + 1, (W + 2 * pad - kw) // stride + 1
    return np.asarray(cols, dtype=float).reshape(N, C, kh, kw, OH, OW)


@misconception(col2im)
def overwrites(cols, shape, kh, kw, stride, pad):
    """Where patches overlap, the last one overwrites the others; they have to be added up, with +=."""
    N, C, H, W = shape
    patches = _patches(cols, shape, kh, kw, stride, pad)
    x = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i, j in np.ndindex(patches.shape[4:]):
        x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw] = patches[..., i, j]
    return x[:, :, pad : pad + H, pad : pad + W]


@misconception(col2im)
def takes_the_mean(cols, shape, kh, kw, stride, pad):
    """Where patches overlap, you take their mean; what comes back to a pixel is the sum."""
    ones = col2im(np.ones(np.shape(cols)), shape, kh, kw, stride, pad)
    return col2im(cols, shape, kh, kw, stride, pad) / np.maximum(ones, 1.0)


@misconception(col2im)
def border_kept(cols, shape, kh, kw, stride, pad):
    """The border of zeros is still there; the result has the shape without it."""
    return _put_back(_patches(cols, shape, kh, kw, stride, pad), shape, kh, kw, stride, pad)


@misconception(col2im)
def border_cut_off_behind(cols, shape, kh, kw, stride, pad):
    """The border was cut off below and on the right only, so the picture is shifted by pad."""
    whole = border_kept(cols, shape, kh, kw, stride, pad)
    return whole[:, :, : shape[2], : shape[3]]


@misconception(col2im)
def nothing_left_without_border(cols, shape, kh, kw, stride, pad):
    """You cut the border off with pad:-pad, which for pad = 0 is 0:0 and leaves nothing."""
    return border_kept(cols, shape, kh, kw, stride, pad)[:, :, pad:-pad, pad:-pad]


@misconception(col2im)
def columns_of_channels_last(cols, shape, kh, kw, stride, pad):
    """The columns are read with the channels changing fastest; im2col puts channel after channel."""
    N, C, cols = *shape[:2], np.asarray(cols, dtype=float)
    moved = cols.reshape(N, kh, kw, C, -1).transpose(0, 3, 1, 2, 4).reshape(cols.shape)
    return col2im(moved, shape, kh, kw, stride, pad)


@misconception(col2im)
def columns_down_first(cols, shape, kh, kw, stride, pad):
    """The columns are read as if the positions went down first; they go along each row first."""
    patches = _patches(cols, shape, kh, kw, stride, pad)
    OH, OW = patches.shape[4:]
    moved = np.asarray(cols, dtype=float).reshape(*patches.shape[:4], OW, OH).swapaxes(4, 5)
    return col2im(moved.reshape(np.shape(cols)), shape, kh, kw, stride, pad)


@misconception(col2im)
def pixels_read_downwards(cols, shape, kh, kw, stride, pad):
    """The pixels of a patch are put back column by column; im2col reads them row by row."""
    N, C, cols = *shape[:2], np.asarray(cols, dtype=float)
    moved = cols.reshape(N, C, kw, kh, -1).swapaxes(2, 3).reshape(cols.shape)
    return col2im(moved, shape, kh, kw, stride, pad)


@misconception(col2im)
def shape_read_as_width_first(cols, shape, kh, kw, stride, pad):
    """The last two numbers of shape are read as width and height; height comes first."""
    N, C, H, W = shape
    return col2im(cols, (N, C, W, H), kh, kw, stride, pad)


@misconception(col2im)
def put_back_side_by_side(cols, shape, kh, kw, stride, pad):
    """Patch i is put back at pixel i and not at i · stride."""
    _, _, H, W = shape
    whole = _put_back(_patches(cols, shape, kh, kw, stride, pad), shape, kh, kw, stride, pad, start=1)
    return whole[:, :, pad : pad + H, pad : pad + W]


@misconception(col2im)
def only_what_was_reached(cols, shape, kh, kw, stride, pad):
    """The result ends where the last patch ends; pixels that none reached belong to it, as zeros."""
    OH, OW = _patches(cols, shape, kh, kw, stride, pad).shape[4:]
    whole = col2im(cols, shape, kh, kw, stride, pad)
    return whole[:, :, : (OH - 1) * stride + kh - pad, : (OW - 1) * stride + kw - pad]


# ---- named_kernel ---------------------------------------------------------------------------------


@misconception(named_kernel)
def misprint_of_the_slides(name):
    """The last corner of your sobel_y is +1, as printed on a slide; then the kernel does not sum to 0."""
    kernel = named_kernel(name)
    if name == "sobel_y":
        kernel[2, 2] = 1.0
    return kernel


@misconception(named_kernel)
def sobels_exchanged(name):
    """sobel_x and sobel_y have changed places: x is the direction in which the difference is taken."""
    return named_kernel(name).T


@misconception(named_kernel)
def sobels_turned(name):
    """Your Sobel kernels have the other sign, as drawn for correlation; here the plus comes first."""
    return -named_kernel(name) if name.startswith("sobel") else named_kernel(name)


@misconception(named_kernel)
def without_the_smoothing(name):
    """Your Sobel kernels weigh all rows alike, which is Prewitt's kernel; the middle counts twice."""
    return np.clip(named_kernel(name), -1, 1) if name.startswith("sobel") else named_kernel(name)


@misconception(named_kernel)
def four_neighbours(name):
    """Your edge8 looks at four neighbours; its name says how many it looks at."""
    return named_kernel("sharpen") - np.diag([0.0, 1.0, 0.0]) if name == "edge8" else named_kernel(name)


@misconception(named_kernel)
def edges_without_the_picture(name):
    """Your sharpen sums to 0, so only the edges are left of the picture; it should add them to it."""
    return named_kernel(name) - np.diag([0.0, 1.0, 0.0]) if name == "sharpen" else named_kernel(name)


@misconception(named_kernel)
def sharpened_by_all_neighbours(name):
    """Your sharpen subtracts all eight neighbours; here it is the four nearest, with 5 in the middle."""
    return named_kernel("edge8") + np.diag([0.0, 1.0, 0.0]) if name == "sharpen" else named_kernel(name)


@misconception(named_kernel)
def sum_for_mean(name):
    """Your box adds the nine pixels up; their mean is wanted, or the picture becomes nine times as bright."""
    return named_kernel(name) * 9 if name == "box" else named_kernel(name)


# ---- gabor ----------------------------------------------------------------------------------------


def _wavelet(size, spread, wave, theta, *, first=None, carrier=np.cos, down=1.0):
    """The bell exp(-r² / spread) times a wave of so many radians a pixel."""
    x = np.arange(size) - ((size - 1) / 2 if first is None else first)
    y = x[:, np.newaxis]
    along = x * np.cos(theta) + down * y * np.sin(theta)
    return np.exp(-(x**2 + y**2) / spread) * carrier(wave * along)


@misconception(gabor)
def bell_without_the_two(size, sigma, freq, theta):
    """The bell has exp(-r² / sigma²); the 2 below the line is missing, and the bell is too narrow."""
    return _wavelet(size, sigma**2, 2 * np.pi * freq, theta)


@misconception(gabor)
def width_not_squared(size, sigma, freq, theta):
    """The bell has exp(-r² / (2 sigma)); the width has to be squared as the distance is."""
    return _wavelet(size, 2 * sigma, 2 * np.pi * freq, theta)


@misconception(gabor)
def frequency_in_radians(size, sigma, freq, theta):
    """The factor 2π is missing, so each wave is six times too long; freq counts whole waves."""
    return _wavelet(size, 2 * sigma**2, freq, theta)


@misconception(gabor)
def sine_for_cosine(size, sigma, freq, theta):
    """This is the sine, which is 0 in the middle and answers to edges; the cosine is asked for."""
    return _wavelet(size, 2 * sigma**2, 2 * np.pi * freq, theta, carrier=np.sin)


@misconception(gabor)
def angle_in_degrees(size, sigma, freq, theta):
    """The angle is taken for degrees, of which it is so few that the wave hardly turns."""
    return gabor(size, sigma, freq, np.radians(theta))


@misconception(gabor)
def rows_taken_for_x(size, sigma, freq, theta):
    """The kernel lies on its side: x runs along a row, so it belongs to the columns."""
    return np.transpose(gabor(size, sigma, freq, theta))


@misconception(gabor)
def upwards_as_on_paper(size, sigma, freq, theta):
    """The angle turns the wave upwards, as on paper; rows are counted downwards, and so is y."""
    return _wavelet(size, 2 * sigma**2, 2 * np.pi * freq, theta, down=-1.0)


@misconception(gabor)
def middle_in_the_first_pixel(size, sigma, freq, theta):
    """The bell stands on the first pixel, so most of it is cut off; its middle is that of the kernel."""
    return _wavelet(size, 2 * sigma**2, 2 * np.pi * freq, theta, first=0)


@misconception(gabor)
def middle_on_a_pixel(size, sigma, freq, theta):
    """The middle is size // 2, which is half a pixel too far where the size is even."""
    return _wavelet(size, 2 * sigma**2, 2 * np.pi * freq, theta, first=size // 2)


@misconception(gabor)
def bell_that_sums_to_one(size, sigma, freq, theta):
    """The bell is divided by its sum; here it has the height 1."""
    return gabor(size, sigma, freq, theta) / _wavelet(size, 2 * sigma**2, 0.0, theta).sum()
