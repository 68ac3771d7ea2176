"""What to say of a crash whose cause shows in its message alone: a table, first row that fits.

A row holds the names of exceptions it is for (none: any), a pattern that is looked for in the message, and
the advice. Messages are written by Python, NumPy or the student and are never repeated: every word of an
advice is ours. `crashes` holds what needs the student's source as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One cause of a crash."""

    kinds: frozenset[str]
    pattern: re.Pattern[str]
    says: str

    def fits(self, kinds: frozenset[str], message: str) -> bool:
        """Whether an exception of one of these classes, with this message, has this cause."""
        return (not self.kinds or bool(self.kinds & kinds)) and bool(self.pattern.search(message))


def general(kinds: frozenset[str], message: str) -> str:
    """The advice for an exception, or "" where no row of the table fits."""
    return next((row.says for row in ROWS if row.fits(kinds, message)), "")


def _row(kinds: str, pattern: str, says: str) -> Row:
    return Row(frozenset(kinds.split()), re.compile(pattern), says)


WHOLE = (
    "A size, an index or a number of steps must be a whole number, and this one is a float: `/` always gives "
    "a float. Use `//`, or `int(...)` around it."
)
NONE = (
    "A value is None where a number or an array is needed. A function without `return` gives None, and so do "
    "`list.append`, `list.sort` and `np.random.shuffle`, which change their argument in place. Is one of "
    "several results never computed?"
)
SHAPES = (
    "Two arrays do not fit together. Print their `.shape` just above this line and compare both with the "
    "shapes in the docstring: is a transpose, an axis or a `keepdims=True` missing?"
)
LISTS = (
    "A list is used like an array: `+` joins lists and `*` repeats them. `np.asarray(...)` turns it into an"
    " array."
)
UNPACKING = (
    "The number of names on the left differs from the number of results on the right. Look at what the "
    "function on the right returns, and in which order."
)
NO_FILES = (
    "Your code is marked where there are no files and no network, and it should need none: everything that "
    "the function needs comes with its arguments. Take this line out of what you hand in."
)
CALLED = (
    "Round brackets call a function, and this is no function. Square brackets pick an element, `*` "
    "multiplies; or is one of your variables named like the function that you mean?"
)

ROWS = (
    _row(
        "SyntaxError IndentationError TabError",
        "",
        "Python cannot read the file at this line. Look at it and at the line above: a bracket, a quote or "
        "a colon is missing, or the indentation is uneven.",
    ),
    _row(
        "NotSendable",
        "",
        "The function returned something that is neither a number, an array, nor a list, tuple or dict of "
        "these. Return plain values of the kinds that the docstring names.",
    ),
    # ---- a float where a whole number is needed
    _row("", "'(numpy\\.)?float\\d*' object cannot be interpreted as an integer", WHOLE),
    _row("", "slice indices must be integers|integer argument expected, got float", WHOLE),
    _row(
        "", ("expected a sequence of integers or a single integer, got '(np\\.float\\d+\\()?-?\\d+\\."), WHOLE
    ),
    _row("", "only integers, slices|arrays used as indices must be of integer", WHOLE),
    _row("", "indices must be integers or slices, not (numpy\\.)?float", WHOLE),
    _row("", "can't multiply sequence by non-int of type '(numpy\\.)?float", f"{LISTS} {WHOLE}"),
    _row(
        "TypeError",
        "'(tuple|list)' object cannot be interpreted as an integer",
        "A shape is given where single sizes are wanted: `rng.random((3, 4))` takes one tuple, "
        "`np.random.rand(3, 4)` the sizes one by one.",
    ),
    _row(
        "TypeError",
        "[Cc]annot interpret '.*' as a data type",
        "The shape must be one tuple, in brackets of its own: `np.zeros((3, 4))`, not `np.zeros(3, 4)`.",
    ),
    _row(
        "TypeError",
        "only integer scalar arrays can be converted to a scalar index",
        "An array stands where an axis or an index is wanted. `np.concatenate` and `np.stack` take the "
        "arrays as one list, `np.concatenate([a, b])`; for the larger of two arrays use `np.maximum(a, b)`.",
    ),
    # ---- None for a result
    _row("TypeError AttributeError", "NoneType", NONE),
    _row("", "not enough values to unpack|too many values to unpack", UNPACKING),
    _row("TypeError", "cannot unpack non-iterable", f"{UNPACKING} Here it is a single value."),
    # ---- shapes
    _row("", "operands could not be broadcast|could not broadcast input array", SHAPES),
    _row("", "matmul: Input operand|shapes .* not aligned|non-broadcastable output", SHAPES),
    _row("", "input array dimensions|input arrays must have|must match exactly", SHAPES),
    _row("", "did not match indexed array|does not match array dimension|shape mismatch", SHAPES),
    _row(
        "ValueError",
        "cannot reshape array",
        "`reshape` can only rearrange what is there: the sizes must multiply to the number of values of the"
        " array. One of them may be -1, which means whatever is left.",
    ),
    _row(
        "ValueError",
        "setting an array element with a sequence|inhomogeneous shape",
        "Rows of different lengths make no array, and a single place of an array holds a single number. "
        "Look at the shape of what is put in here.",
    ),
    _row(
        "ValueError",
        "truth value of an array",
        "An `if`, `and`, `or` or `not` asks for one True or False, and here stands a whole array. Use "
        "`np.where`, `&` and `|`, or `.any()` and `.all()`.",
    ),
    _row(
        "ValueError",
        "zero-size array to reduction|of an empty sequence|need at least one array",
        "An array is empty here. Did a slice select nothing: `x[-p:]` or `x[p:-p]` with p = 0, or a start "
        "beyond the end?",
    ),
    _row(
        "",
        "only 0-dimensional arrays can be converted|only (size|length)-1 arrays can be converted",
        "`float(...)`, `int(...)` and the functions of `math` take a single number, and this is an array. "
        "Take the number out with `.item()` or an index, or use the function of NumPy, which works on whole"
        " arrays.",
    ),
    # ---- changing arrays in place
    _row(
        "",
        "Cannot cast ufunc",
        "`+=`, `-=`, `*=` and `/=` write into the array that is there, and this one holds whole numbers "
        "only. Write `x = x + ...`, or make the array with `dtype=float`.",
    ),
    _row(
        "",
        "read-only",
        "This array may not be changed in place. Work on a copy, `x = x.copy()`, or build a new array.",
    ),
    # ---- indices and keys
    _row(
        "IndexError",
        "too many indices",
        "There are more indices in the brackets than the array has axes. Print its `.shape`: was an axis "
        "lost in a sum, or is it a single sample where you expect a batch?",
    ),
    _row(
        "AxisError",
        "",
        "This axis does not exist: an array of n axes has the axes 0 to n - 1. Print its `.shape`; "
        "`axis=-1` is always the last one.",
    ),
    _row(
        "TypeError IndexError",
        "'(int|float)' object is not subscriptable|invalid index to scalar|'numpy\\.\\w+' object is not "
        "iterable|len\\(\\)|0-d array",
        "This is a single number, where an array or a list is expected. Was a sum or a mean taken over every "
        "axis, or an array lost in an index?",
    ),
    _row(
        "IndexError",
        "",
        "An index points past the end. The last of n entries has the index n - 1: does a loop run one step "
        "too far, or along another axis than you mean?",
    ),
    _row(
        "TypeError",
        "list indices must be integers or slices, not tuple",
        "A list of lists is indexed one bracket at a time, `rows[i][j]`; an array takes `rows[i, j]`. "
        "`np.asarray(...)` turns the list into an array.",
    ),
    _row(
        "TypeError",
        "indices must be integers or slices, not str",
        "A list or tuple is read by number, a dict by name. Which of the two is this?",
    ),
    # ---- things that are not what they seem
    _row(
        "TypeError",
        "'(list|tuple)' object is not callable",
        f"{CALLED} Is a comma missing in front of the bracket?",
    ),
    _row(
        "TypeError",
        "'module' object is not callable",
        "The name is that of a module; the function inside it is written `module.function`.",
    ),
    _row("TypeError", "object is not callable", CALLED),
    _row(
        "TypeError",
        "'(function|builtin_function_or_method|method)' object is not subscriptable",
        "Square brackets stand behind the name of a function. Call it with round brackets first.",
    ),
    _row(
        "TypeError",
        "'(int|float)' object is not iterable",
        "A loop needs something to run over: `range(n)` for a number n.",
    ),
    _row(
        "TypeError",
        "'tuple' object does not support item assignment",
        "A tuple cannot be changed. Build a list or an array, or return a new tuple.",
    ),
    _row(
        "TypeError",
        "unhashable type",
        "A list, a dict or an array cannot be a key of a dict or a member of a set; a number, a string or a"
        " tuple can.",
    ),
    _row("TypeError", r"\blist\b|can't multiply sequence", LISTS),
    _row(
        "TypeError",
        "unsupported operand|ufunc '.*' not supported|can only concatenate|'str'|bad operand type",
        "Two things are combined that do not go together. Print the `type(...)` of both: one of them is not"
        " the number or array that you take it for.",
    ),
    _row(
        "AttributeError",
        "'(list|tuple)' object has no attribute",
        "A list or a tuple has no such attribute; an array may have. `np.asarray(...)` turns it into an "
        "array.",
    ),
    _row(
        "AttributeError",
        "'(int|float|bool)' object has no attribute",
        "A plain number has no such attribute. The functions of NumPy (`np.sum(x)`, `np.shape(x)`) take "
        "numbers as well as arrays.",
    ),
    _row(
        "AttributeError",
        "'dict' object has no attribute",
        "The entries of a dict are read with brackets: `d['name']`.",
    ),
    # ---- arguments
    _row(
        "TypeError",
        "unexpected keyword argument|multiple values for argument",
        "A function is called with an argument that it does not have, or twice with the same one. Keep the "
        "names and the order of the parameters as the stub has them.",
    ),
    _row(
        "TypeError",
        "missing \\d+ required|positional arguments? but|takes no arguments",
        "A function is called with more or fewer arguments than it takes. Keep the parameters as the stub "
        "has them, and compare the call on this line with the `def`.",
    ),
    # ---- arithmetic
    _row(
        "ZeroDivisionError",
        "",
        "A division by zero. Which number can be 0 here: the step t on the first call, the length of an "
        "empty batch, a sum of zeros?",
    ),
    _row(
        "LinAlgError",
        "[Ss]ingular",
        "The matrix has no inverse: its columns depend on each other. `np.linalg.lstsq` or `np.linalg.pinv` "
        "still give an answer, if the task asks for one.",
    ),
    _row(
        "LinAlgError",
        "square",
        "This needs a square matrix. Is a product with the transpose, `X.T @ X`, meant?",
    ),
    _row(
        "LinAlgError",
        "",
        "The matrix does not fulfil what the method asks for: symmetric and positive for `cholesky`, free "
        "of NaN and infinities for the others.",
    ),
    _row(
        "ValueError",
        "math domain error|expected a positive input|expected a nonnegative input",
        "The root of a negative number, or the logarithm of zero or less. Which values can arrive here?",
    ),
    _row(
        "OverflowError ValueError",
        "cannot convert float (NaN|infinity) to integer",
        "A NaN or an infinity arrives here, and no whole number stands for it. Look for a 0/0, a division "
        "by zero or an `exp` of a large number further up.",
    ),
    _row(
        "OverflowError FloatingPointError",
        "",
        "A number became too large: usually an `exp` of a large argument. Shift or rewrite the formula so "
        "that `exp` only sees numbers of zero or less.",
    ),
    # ---- the world outside
    _row(
        "FileNotFoundError PermissionError IsADirectoryError NotADirectoryError FileExistsError", "", NO_FILES
    ),
    _row("OSError", "Read-only file system|No space left", NO_FILES),
    _row(
        "ConnectionError URLError HTTPError gaierror",
        "",
        NO_FILES,
    ),
    _row(
        "BlockingIOError RuntimeError",
        "temporarily unavailable|can't start new thread",
        "Your code may not start more processes or threads. Nothing here needs a second one.",
    ),
    _row("EOFError", "", "There is nobody to answer an `input()` while your code is marked: take it out."),
    _row(
        "SystemExit KeyboardInterrupt",
        "",
        "`exit()`, `quit()` and `sys.exit()` end the whole program. Leave a function with `return`.",
    ),
    _row(
        "MemoryError",
        "",
        "More memory is asked for than there is. Look at the sizes on this line: an axis too many in a "
        "broadcast, or a list that grows in a loop?",
    ),
    _row(
        "RecursionError",
        "",
        "The function calls itself without end: the case in which it stops is missing or never reached.",
    ),
    _row(
        "AssertionError",
        "",
        "An `assert` in your file does not hold for these arguments. Is it too strict, or is the value "
        "above it wrong?",
    ),
)
