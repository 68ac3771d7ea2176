from __future__ import annotations

import ast
import json
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder import course, mutation
from autograder.audit import audit_assignment
from autograder.cli import cli
from autograder.jail.levels import Isolation
from autograder.model import CourseError
from autograder.mutation import command, equivalents, record
from autograder.mutation.mutants import Mutant, mutants
from autograder.mutation.trial import Trial
from autograder.reports import audit as page

from . import whole_course

REPOSITORY = Path(__file__).parents[1]


def reference(body: str, arguments: str = "x, y, n") -> str:
    """A reference with one graded function of this body."""
    inner = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    head = f'import numpy as np\n\n\ndef f({arguments}):\n    """Says "1 < 2"."""\n'
    return f"{head}    ### BEGIN SOLUTION\n{inner}\n    ### END SOLUTION\n"


def changes(body: str, arguments: str = "x, y, n") -> set[str]:
    return {mutant.change for mutant in mutants(reference(body, arguments))}


# ---- what is changed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return x < y", {"x < y -> x <= y", "x < y -> x > y"}),
        ("return x == y", {"x == y -> x != y"}),
        ("return x in y", {"x in y -> x not in y"}),
        ("return x + y", {"x + y -> x - y"}),
        ("return x - y", {"x - y -> x + y", "x - y -> y - x"}),
        ("return x / y", {"x / y -> x * y", "x / y -> x // y", "x / y -> y / x"}),
        ("return x ** y", {"x ** y -> x * y", "x ** y -> y ** x"}),
        (
            "return x @ y",
            {"x @ y -> x * y", "x @ y -> y @ x", "x @ y -> x.T @ y", "x @ y -> x @ y.T"},
        ),
        ("return x and y", {"x and y -> x or y"}),
        ("return not x", {"return not x -> return x"}),
        ("return -x", {"return -x -> return x"}),
        ("return x.T", {"return x.T -> return x"}),
        ("return np.transpose(x)", {"np.transpose(x) -> x"}),
        ("return x * 2", {"x * 2 -> x / 2", "x * 2 -> x * 3"}),
        ("return x * 0.5", {"x * 0.5 -> x / 0.5", "x * 0.5 -> x * 1.0"}),
        ("return x * 1e-8", {"x * 1e-08 -> x / 1e-08", "x * 1e-08 -> x * 1e-06"}),
        ("return x * 0.0", {"x * 0.0 -> x / 0.0", "x * 0.0 -> x * 1.0"}),
        ("return np.f(x, b=True)", {"b=True -> b=False"}),
        ("return np.f(x, axis=-1)", {"axis=-1 -> axis=0"}),
        ("return np.f(x, axis=0)", {"axis=0 -> axis=1"}),
        ("return np.f(x, ddof=1)", {"ddof=1 -> ddof=2"}),
        ("return np.f(x, keepdims=True)", {"keepdims=True -> keepdims=False"}),
        ("return x[1]", {"x[1] -> x[2]", "x[1] -> x[0]"}),
        ("return x[:n]", {"x[:n] -> x[:n + 1]", "x[:n] -> x[:n - 1]"}),
        ("return x[::-1]", {"x[::-1] -> x[::1]", "x[::-1] -> x[::-2]", "x[::-1] -> x[::-0]"}),
        ("return range(n)", {"range(n) -> range(n + 1)", "range(n) -> range(n - 1)"}),
        ("return [x[i] for i in y]", set()),
        ("return np.maximum(x, y)", {"np.maximum(x, y) -> np.minimum(x, y)"}),
        ("return x.sum()", {"x.sum() -> x.mean()"}),
        ("return max(x, y)", {"max(x, y) -> min(x, y)"}),
        ("return np.abs(x)", {"np.abs(x) -> x"}),
        ("return g(x, y)", {"g(x, y) -> g(y, x)"}),
        ("return zip(x, strict=True)", set()),
        (
            "return x.reshape(-1, n)",
            {"x.reshape(-1, n) -> x.reshape(1, n)", "x.reshape(-1, n) -> x.reshape(n, -1)"},
        ),
        ("return x if n else y", {"x if n else y -> x if True else y", "x if n else y -> x if False else y"}),
        ("return {i for i in x if y}", {"y -> True", "y -> False"}),
        ("return 'a' + x", set()),
        ("return f'{x + 1}'", set()),
    ],
)
def test_an_expression_is_changed_in_each_way_that_is_a_mistake(body: str, expected: set[str]) -> None:
    assert changes(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x += y\nreturn x", {"x += y -> x -= y", "x += y -> pass"}),
        ("x[n] = y\nreturn x", {"x[n] = y -> pass"}),
        ("x.sort()\nreturn x", {"x.sort() -> pass"}),
        (
            "if x:\n    raise ValueError(n + 1)",
            {"x -> True", "x -> False", "raise ValueError(n + 1) -> pass"},
        ),
        ("for i in x:\n    break", {"break -> pass", "break -> continue"}),
        ("for i in x:\n    continue", {"continue -> pass", "continue -> break"}),
        ("while x:\n    x = y", {"x -> False"}),
    ],
)
def test_a_statement_is_left_out_or_its_branch_forced(body: str, expected: set[str]) -> None:
    assert changes(body) == expected


def test_an_index_that_counts_is_off_by_one_and_a_key_is_not() -> None:
    counted = changes("for i in range(9):\n    print(x[i])")
    looked_up = changes("for i in x:\n    print(y[i])")

    assert "x[i] -> x[i - 1]" in counted
    assert not any("- 1]" in change for change in looked_up)


def test_default_arguments_are_changed() -> None:
    assert changes("return x", "x, lr=0.1, *, first=True") == {"0.1 -> 0.2", "True -> False"}


def test_what_students_are_given_and_docstrings_are_left_alone() -> None:
    text = reference("return x + y").replace("    ### BEGIN", "    n = n + 1\n    ### BEGIN")

    assert [mutant.change for mutant in mutants(text)] == ["x + y -> x - y"]


def test_a_private_helper_is_changed_for_those_who_use_it() -> None:
    text = (
        reference("return _g(x)")
        + "\n\ndef g(x):\n    return f(x, x, x)\n\n\ndef h(x):\n    return x\n\n\n"
        + '_K = 3\n\n\ndef _g(x):\n    """Two."""\n    return x + _K\n\n\ndef _unused(x):\n    return x + 1\n'
    )
    found = {mutant.id: mutant.affects for mutant in mutants(text)}

    assert found == {
        "_K:19 _K = 3 -> _K = 4": ("f", "g"),
        "_g:24 x + _K -> x - _K": ("f", "g"),
    }


def test_a_mutant_is_the_file_with_one_change() -> None:
    text = reference("# ½ of it\ny = (x *\n     2)  # twice\nreturn 'é', y < n")
    (mutant,) = [one for one in mutants(text) if one.change == "y < n -> y <= n"]
    changed = mutant.applied(text)

    assert (mutant.line, mutant.before, mutant.after) == (
        9 + 1,
        "return ('é', y < n)",
        "return ('é', y <= n)",
    )
    assert changed == text.replace("return 'é', y < n", "return ('é', y <= n)")


def test_a_name_says_which_of_several_and_a_long_one_is_cut() -> None:
    found = [mutant.name for mutant in mutants(reference("return (x < y) | (x < y)"))]
    long = "np.sum(" + " * ".join(["some_long_name"] * 5) + ", axis=0)"
    (cut,) = [c for c in changes(f"return {long}") if "np.mean" in c]

    assert "f x < y -> x <= y" in found
    assert "f x < y -> x <= y (2)" in found
    assert cut == "np.sum(some_long_nam… -> np.mean(some_long_nam…"


def test_no_two_mutants_are_alike() -> None:
    text = reference("return -(-x)\n")
    texts = [mutant.applied(text) for mutant in mutants(text)]

    assert len(set(texts)) == len(texts) == 1


@pytest.mark.parametrize("name", sorted(path.name for path in (REPOSITORY / "solutions").glob("*/")))
def test_every_mutant_of_the_course_is_python_and_has_a_name_of_its_own(name: str) -> None:
    text = (REPOSITORY / "solutions" / name / "reference.py").read_text(encoding="utf-8")
    made = mutants(text)
    for mutant in made:
        ast.parse(mutant.applied(text))

    assert made
    assert len({mutant.name for mutant in made}) == len(made)


# ---- grading them ---------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course whose mutants all lose points."""
    made = whole_course.write(tmp_path)
    whole_course.edit(made, "reference", "np.asarray(x, dtype=float) / 3", "_share(x, 3)")
    whole_course.add(made, "reference", "def _share(x, n):\n    return np.asarray(x, dtype=float) / n\n")
    return made


def scored(root: Path, isolation: Isolation, jobs: int = 1) -> mutation.Scored:
    (one,) = mutation.score(course.load(root), isolation=isolation, seeds=2, jobs=jobs)
    return one


@pytest.mark.jail
def test_every_change_costs_points_and_the_score_is_kept(root: Path, isolation: Isolation) -> None:
    one = scored(root, isolation)
    kept = json.loads((root / "solutions/parts/mutants.json").read_text())

    assert str(one.record) == f"mutation score 100 % ({one.record.mutants} of {one.record.mutants})"
    assert one.record == record.read(course.load(root), "parts")
    assert one.enough
    assert kept["survivors"] == []


@pytest.mark.jail
def test_two_processes_find_what_one_finds(root: Path, isolation: Isolation) -> None:
    whole_course.edit(root, "reference", "    return np.asarray(x, dtype=float) / n", TWO_ROADS)

    assert scored(root, isolation, 2).survivors == scored(root, isolation, 1).survivors != ()


TWO_ROADS = """\
    if n > 2:
        return np.asarray(x, dtype=float) / n
    return np.asarray(x, dtype=float) / n"""
SURVIVORS = (
    "_share n > 2 -> n >= 2",
    "_share n > 2 -> n < 2",
    "_share n > 2 -> True",
    "_share n > 2 -> False",
)


@pytest.mark.jail
def test_survivors_are_listed_with_place_and_change(
    root: Path, isolation: Isolation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.jail.levels.choose", lambda *_, **__: isolation)
    whole_course.edit(root, "reference", "    return np.asarray(x, dtype=float) / n", TWO_ROADS)
    lines: list[str] = []
    enough = command.run(course.load(root), ["parts"], seeds=1, jobs=1, jail=True, show=lines.append)

    assert not enough
    assert "  solutions/parts/reference.py:29: '_share n > 2 -> n >= 2'\n" in lines[0]
    assert "    - if n > 2:\n    + if n >= 2:" in lines[0]
    assert lines[-1] == "Less than 99 % in parts: sharpen checks, or argue in equivalents.yaml."


def argue(root: Path, *names: str, assignment: str = "parts") -> None:
    listed = "".join(f"      - '{name}'\n" for name in names)
    (root / "solutions/parts/equivalents.yaml").write_text(
        f"assignment: {assignment}\nequivalent:\n  - because: Both roads lead to the same numbers.\n"
        f"    mutants:\n{listed}"
    )


@pytest.mark.jail
def test_survivors_that_are_argued_equivalent_are_not_counted(root: Path, isolation: Isolation) -> None:
    whole_course.edit(root, "reference", "    return np.asarray(x, dtype=float) / n", TWO_ROADS)
    before = scored(root, isolation)
    argue(root, *(mutant.name for mutant in before.survivors))
    after = scored(root, isolation)

    assert set(SURVIVORS) <= {mutant.name for mutant in before.survivors}
    assert before.record.score < 99
    assert after.record.score == 100
    assert after.record.argued == len(before.survivors)
    assert str(after.record).endswith(f", {len(before.survivors)} argued equivalent)")


@pytest.mark.jail
def test_a_loop_without_end_is_killed(root: Path, isolation: Isolation) -> None:
    body = "    while n > 3:\n        n -= 1\n    return np.asarray(x, dtype=float) / n"
    whole_course.edit(root, "reference", "    return np.asarray(x, dtype=float) / n", body)
    whole_course.edit(root, "reference", "_share(x, 3)", "_share(x, 4)")

    made = {one.name for one in mutants((root / "solutions/parts/reference.py").read_text(encoding="utf-8"))}
    left = {one.name for one in scored(root, isolation).survivors}

    assert "_share n -= 1 -> pass" in made - left


@pytest.mark.jail
def test_a_reference_that_loses_points_itself_is_an_error(root: Path, isolation: Isolation) -> None:
    text = "import os\n_HERE = os.path.exists('/proc/self/environ') or len(__file__) > 20\n"
    whole_course.add(root, "reference", text)
    whole_course.edit(root, "reference", "_share(x, 3)", "_share(x, 3 if len(__file__) > 20 else 4)")

    with pytest.raises(CourseError, match=r"the reference itself fails third\.other_numbers"):
        scored(root, isolation)


def test_an_unknown_assignment_is_an_error(root: Path) -> None:
    with pytest.raises(CourseError, match="no assignment 'part'"):
        list(mutation.score(course.load(root), ["part"], isolation=Isolation("none")))


# ---- those argued equivalent ----------------------------------------------------------------------


def tried(*killed: tuple[str, str]) -> list[Trial]:
    made = []
    for number, (name, by) in enumerate(killed):
        function, _, change = name.partition(" ")
        made.append(Trial(number, Mutant(function, change, 1, "", "", (function,), 0, 0, ""), by))
    return made


def test_no_file_argues_for_nothing(root: Path) -> None:
    assert equivalents.check(course.load(root), "parts", tried()) == frozenset()


def test_a_name_that_no_mutant_bears_is_an_error_with_its_line(root: Path) -> None:
    argue(root, "half x < y -> x <= z")

    with pytest.raises(CourseError, match=r"equivalents\.yaml:5:9.*no mutant.*did you mean 'half x < y"):
        equivalents.check(course.load(root), "parts", tried(("half x < y -> x <= y", "")))


def test_a_mutant_that_a_check_fails_is_not_equivalent(root: Path) -> None:
    argue(root, "half x -> y")

    with pytest.raises(CourseError, match=r"is not equivalent: it fails half\.some_numbers; remove it"):
        equivalents.check(course.load(root), "parts", tried(("half x -> y", "half.some_numbers")))


def test_a_mutant_named_twice_is_an_error(root: Path) -> None:
    argue(root, "half x -> y", "half x -> y")

    with pytest.raises(CourseError, match="stands already at"):
        equivalents.check(course.load(root), "parts", tried(("half x -> y", "")))


def test_a_file_about_another_assignment_is_an_error(root: Path) -> None:
    argue(root, "half x -> y", assignment="wholes")

    with pytest.raises(CourseError, match="the file belongs to 'parts'"):
        equivalents.check(course.load(root), "parts", tried(("half x -> y", "")))


def test_a_reason_is_asked_for(root: Path) -> None:
    (root / "solutions/parts/equivalents.yaml").write_text(
        "assignment: parts\nequivalent:\n  - mutants: [half x -> y]\n"
    )

    with pytest.raises(CourseError, match="'because' is missing"):
        equivalents.check(course.load(root), "parts", tried())


# ---- in the audit ---------------------------------------------------------------------------------


def test_the_audit_shows_the_score_of_these_files(tmp_path: Path) -> None:
    root = whole_course.write(tmp_path)
    audited = audit_assignment(course.load(root), "parts", 1, None)

    assert audited.mutation == "mutation score 100 % (8 of 8, 1 argued equivalent)"
    assert audited.warnings == ()


@pytest.mark.parametrize("file", ["solutions/parts/checks.py", "solutions/parts/reference.py"])
def test_a_score_of_other_files_deserves_a_look_and_fails_nothing(tmp_path: Path, file: str) -> None:
    root = whole_course.write(tmp_path)
    with (root / file).open("a") as text:
        text.write("\n# changed\n")
    whole_course.refresh(root)
    audited = audit_assignment(course.load(root), "parts", 1, None)

    assert audited.failures == ()
    assert audited.warnings == (
        "parts: the mutation score is older than the files; run `autograder mutants parts`",
    )


def test_other_points_and_other_arguments_make_a_score_old(tmp_path: Path) -> None:
    of = course.load(whole_course.write(tmp_path))
    first = record.fingerprint(of, "parts")
    (tmp_path / "rubrics/parts.yaml").write_text(whole_course.RUBRIC.replace("added_up: 1.5", "added_up: 2"))
    second = record.fingerprint(of, "parts")
    argue(tmp_path, "half x -> y")

    assert len({first, second, record.fingerprint(of, "parts")}) == 3


@pytest.mark.parametrize("text", [None, "{", "[]", "{}"])
def test_no_score_deserves_a_look(tmp_path: Path, text: str | None) -> None:
    root = whole_course.write(tmp_path)
    (root / "solutions/parts/mutants.json").unlink()
    if text is not None:
        (root / "solutions/parts/mutants.json").write_text(text)
    audited = audit_assignment(course.load(root), "parts", 1, None)

    assert audited.warnings == ("parts: no mutation score is recorded; run `autograder mutants parts`",)


def test_the_page_of_the_audit_shows_the_score(tmp_path: Path) -> None:
    from autograder.audit import audit

    root = whole_course.write(tmp_path)
    text = page.render(audit(course.load(root), seeds=1, isolation=None, jobs=1), 100)

    assert "mutation score 100 % (8 of 8, 1 argued equivalent)\n" in text


def test_a_score_is_cut_and_not_rounded_up() -> None:
    assert str(record.Record("a", "", 10000, 9999, 0)) == "mutation score 99.9 % (9999 of 10000)"
    assert record.Record("a", "", 2, 0, 2).score == 100


# ---- the command ----------------------------------------------------------------------------------


def test_the_command_says_by_its_exit_status_whether_the_checks_have_teeth(root: Path) -> None:
    words = ["mutants", "parts", "--course", str(root), "--no-jail", "--seeds", "1", "-j", "1"]
    sharp = CliRunner().invoke(cli, words)
    whole_course.edit(root, "reference", "    return np.asarray(x, dtype=float) / n", TWO_ROADS)
    blunt = CliRunner().invoke(cli, words)

    assert sharp.exit_code == 0
    assert sharp.output.startswith("parts: mutation score 100 % (")
    assert blunt.exit_code == 1
    assert "'_share n > 2 -> n >= 2'" in blunt.output
