"""What an assertion says: which values it compares, how near they have to be, what has to be raised."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from .scopes import terminal


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asserted: `sides` are equal within `near`, or one side is a property that holds."""

    sides: tuple[ast.expr, ...]
    near: tuple[float, float] | None = None  # rtol, atol; None: our own
    property: bool = False

    def expected(self) -> object:
        """The literal that one side is, or `...` where none is one."""
        for side in self.sides[::-1]:
            try:
                return ast.literal_eval(side)
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                continue
        return ...


@dataclass(frozen=True, slots=True)
class Raises:
    """That the last of `body` raises something of `kind`."""

    body: tuple[ast.stmt, ...]
    kind: str
    says: bool = False  # whether the message of the exception is looked at too


# fmt: off
EQUAL = frozenset({
    "assert_equal", "assert_array_equal", "assertEqual", "assertEquals", "assertListEqual", "assertIs",
    "assertTupleEqual", "assertDictEqual", "assertSetEqual", "assertSequenceEqual",
    "assert_string_equal", "assertMultiLineEqual", "eq_",
})
CLOSE = {"assert_allclose": (1e-7, 0.0)}
DECIMALS = {"assert_almost_equal": 7, "assert_array_almost_equal": 6, "assertAlmostEqual": 7}
TRUE = frozenset({"assertTrue", "assert_true", "assert_", "ok_"})
FALSE = frozenset({"assertFalse", "assert_false"})
PAIRS = {  # the assertion as an operator
    "assertIn": ast.In, "assert_in": ast.In, "assertNotIn": ast.NotIn, "assertGreater": ast.Gt,
    "assertGreaterEqual": ast.GtE, "assertLess": ast.Lt, "assertLessEqual": ast.LtE,
    "assertNotEqual": ast.NotEq, "assert_not_equal": ast.NotEq, "assertIsNot": ast.IsNot,
}
# the function of one value -> rtol, atol unless they are given, and the names of both
NEAR = {
    "allclose": (1e-5, 1e-8, "rtol", "atol"), "isclose": (1e-5, 1e-8, "rtol", "atol"),
    "array_equal": (None, None, "", ""), "array_equiv": (None, None, "", ""), "equal": (None, None, "", ""),
}
RAISES = frozenset({"raises", "assert_raises", "assertRaises", "assert_raises_regex", "assertRaisesRegex"})
OPPOSITE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
# fmt: on


def asked(node: ast.stmt) -> list[Asked] | None:
    """What one statement asserts; None where it is no assertion."""
    if isinstance(node, ast.Assert):
        return of_test(node.test)
    if isinstance(node, ast.If) and fails(node.body) and not node.orelse:
        return of_test(negated(node.test))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return _called(node.value)
    return None


def of_test(test: ast.expr) -> list[Asked]:
    """What it means that `test` is true."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return [one for value in test.values for one in of_test(value)]
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        opposite = negated(test.operand)
        if not isinstance(opposite, ast.UnaryOp):
            return of_test(opposite)
    return [_equality(test) or _small(test) or Asked((_truth(test),), property=True)]


def negated(test: ast.expr) -> ast.expr:
    """The opposite of a test."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in OPPOSITE:
        return ast.Compare(test.left, [OPPOSITE[type(test.ops[0])]()], test.comparators)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(ast.Not(), test)


def _truth(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test
    return ast.Call(ast.Name("bool", ast.Load()), [test], [])


def _equality(test: ast.expr) -> Asked | None:
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq | ast.Is):
        if _is_type(test.left) or _is_type(test.comparators[0]):
            return None  # neither a type nor a dtype is an answer that can be compared; that they agree is
        return _approximately(test.left, test.comparators[0])
    if not isinstance(test, ast.Call):
        return None
    name = terminal(test.func)
    if name in NEAR and len(test.args) >= 2:  # noqa: PLR2004 - two sides
        return _nearly(test)
    inner = test.args[0] if name in ("all", "bool") and len(test.args) == 1 else None
    if inner is None and name == "all" and not test.args and isinstance(test.func, ast.Attribute):
        inner = test.func.value  # (a == b).all()
    if isinstance(inner, ast.Compare | ast.Call):
        return _equality(inner)
    return None


def _is_type(side: ast.expr) -> bool:
    if isinstance(side, ast.Call):
        return isinstance(side.func, ast.Name) and side.func.id in ("type", "dtype")
    return isinstance(side, ast.Attribute) and side.attr in ("dtype", "__class__")


def _nearly(call: ast.Call) -> Asked | None:
    rtol, atol, *names = NEAR[terminal(call.func)]
    if terminal(call.func) == "isclose" and getattr(call.func, "value", None) is not None:
        base = getattr(call.func, "value", None)
        if isinstance(base, ast.Name) and base.id == "math":
            rtol, atol, names = 1e-9, 0.0, ["rel_tol", "abs_tol"]
    sides = (call.args[0], call.args[1])
    if rtol is None or atol is None:
        return Asked(sides)
    found = _tolerances(call, names, (float(rtol), float(atol)), 2)
    return Asked(sides, found) if found else None


def _tolerances(
    call: ast.Call, names: list[str], default: tuple[float, float], first: int
) -> tuple[float, float] | None:
    """The tolerances of a call, given or not; None where they are no plain numbers."""
    said = {names[i]: value for i, value in enumerate(call.args[first : first + 2])}
    said |= {word.arg: word.value for word in call.keywords if word.arg in names}
    found = list(default)
    for i, name in enumerate(names):
        if name in said:
            value = number(said[name])
            if value is None:
                return None
            found[i] = value
    return found[0], found[1]


def number(node: ast.expr) -> float | None:
    """The number that an expression of numbers alone is: 1e-6, 10 ** -6, -3."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = number(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        base, power = number(node.left), number(node.right)
        if base in (2.0, 10.0) and power is not None and abs(power) < 100:  # noqa: PLR2004 - a tolerance
            return float(base**power)
    return None


def _approximately(left: ast.expr, right: ast.expr) -> Asked:
    """Two sides of `==`, either of which may be pytest's `approx`."""
    for one, other in ((right, left), (left, right)):
        if isinstance(one, ast.Call) and terminal(one.func) == "approx" and one.args:
            near = _tolerances(one, ["rel", "abs"], (1e-6, 1e-12), 1)
            return Asked((other, one.args[0]), near)
    return Asked((left, right))


def _small(test: ast.expr) -> Asked | None:
    """`abs(a - b) < 1e-6`, and the largest of several."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1):
        return None
    left, right = test.left, test.comparators[0]
    if isinstance(test.ops[0], ast.Gt | ast.GtE):
        left, right = right, left
    elif not isinstance(test.ops[0], ast.Lt | ast.LtE):
        return None
    allowed = number(right)
    while (
        isinstance(left, ast.Call) and terminal(left.func) in ("max", "amax", "float") and len(left.args) <= 1
    ):
        left = left.args[0] if left.args else getattr(left.func, "value", left)
    if allowed is None or not isinstance(left, ast.Call) or len(left.args) != 1:
        return None
    difference = left.args[0]
    if terminal(left.func) not in ("abs", "fabs", "absolute"):
        return None
    if isinstance(difference, ast.BinOp) and isinstance(difference.op, ast.Sub):
        return Asked((difference.left, difference.right), (0.0, allowed))
    return None


def _called(call: ast.Call) -> list[Asked] | None:
    name, args = terminal(call.func), call.args
    if name in TRUE and args:
        return of_test(args[0])
    if name in FALSE and args:
        return of_test(negated(args[0]))
    if name == "assertIsNone" and args:
        return [Asked((args[0], ast.Constant(None)))]
    if name in ("assertIsInstance", "assert_is_instance") and len(args) > 1:
        return of_test(ast.Call(ast.Name("isinstance", ast.Load()), args[:2], []))
    if len(args) < 2:  # noqa: PLR2004 - two sides
        return None
    sides = (args[0], args[1])
    if name in EQUAL:
        return [Asked(sides)]
    if name in PAIRS:
        return of_test(ast.Compare(args[0], [PAIRS[name]()], [args[1]]))
    if name in CLOSE:
        near = _tolerances(call, ["rtol", "atol"], CLOSE[name], 2)
        return [Asked(sides, near)]
    if name in DECIMALS:
        return [_rounded(call, name, sides)]
    return None


def _rounded(call: ast.Call, name: str, sides: tuple[ast.expr, ast.expr]) -> Asked:
    said = {word.arg: word.value for word in call.keywords}
    given = said.get("decimal", said.get("places", call.args[2] if len(call.args) > 2 else None))  # noqa: PLR2004
    if "delta" in said:
        allowed = number(said["delta"])
        return Asked(sides, None if allowed is None else (0.0, allowed))
    places = DECIMALS[name] if given is None else number(given)
    if places is None:
        return Asked(sides)
    return Asked(sides, (0.0, (0.5 if name.startswith("assertA") else 1.5) * 10.0**-places))


def fails(body: list[ast.stmt]) -> bool:
    """Whether a block only says that the test has failed."""
    last = body[-1]
    if isinstance(last, ast.Raise):
        return True
    if isinstance(last, ast.Assert) and isinstance(last.test, ast.Constant):
        return not last.test.value
    return (
        isinstance(last, ast.Expr)
        and isinstance(last.value, ast.Call)
        and terminal(last.value.func) == "fail"
    )


def raises(node: ast.stmt) -> Raises | None:
    """What has to be raised, in whichever way it is written; None where nothing has."""
    if isinstance(node, ast.With) and len(node.items) == 1:
        call = node.items[0].context_expr
        if isinstance(call, ast.Call) and terminal(call.func) in RAISES and call.args:
            looked = terminal(call.func).lower().endswith("regex") or bool(call.keywords)
            return Raises(tuple(node.body), _kind(call.args[0]), looked)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        if terminal(call.func) in RAISES and len(call.args) > 1:
            made = ast.Call(call.args[1], call.args[2:], call.keywords)
            return Raises((ast.Expr(made),), _kind(call.args[0]))
    return _tried(node) if isinstance(node, ast.Try) and len(node.handlers) == 1 else None


def _tried(node: ast.Try) -> Raises | None:
    handler = node.handlers[0]
    kind = _kind(handler.type) if handler.type else "Exception"
    if node.finalbody or fails(handler.body):
        return None
    looked = any(isinstance(part, ast.Assert) for part in ast.walk(ast.Module(handler.body, [])))
    if node.orelse:
        return Raises(tuple(node.body), kind, looked) if fails(node.orelse) else None
    if len(node.body) > 1 and fails(node.body):
        return replace(Raises(tuple(node.body[:-1]), kind), says=looked)
    return None


def _kind(node: ast.expr) -> str:
    if isinstance(node, ast.Tuple):
        return " or ".join(terminal(part) for part in node.elts)
    return terminal(node)
