import subprocess
import sys

import pytest

from autograder import reports

from . import nasty, samples


@pytest.mark.parametrize("name", reports.REPORTS)
@pytest.mark.parametrize("report", samples.each_edition().values(), ids=samples.each_edition().keys())
def test_every_format_draws_every_report_the_same_twice(name, report):
    assert reports.render(name, report) == reports.REPORTS[name](report) != ""


@pytest.mark.parametrize("name", reports.REPORTS)
@pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())
def test_every_format_can_be_written_as_utf_8(name, text):
    written = reports.render(name, samples.hostile(text))

    assert written.encode("utf-8").decode("utf-8") == written


@pytest.mark.parametrize("name", reports.REPORTS)
def test_no_format_reads_the_students_edition_before_release_for_what_is_hidden(name):
    seen = samples.student(samples.report([samples.Mark(samples.MOMENTUM, samples.half().marks[1].outcomes)]))

    assert "transposed" not in reports.render(name, seen)
    assert "(4, 3)" not in reports.render(name, seen)


def test_every_format_has_a_suffix():
    assert (
        list(reports.SUFFIX)
        == list(reports.REPORTS)
        == ["terminal", "html", "json", "markdown", "junit", "csv"]
    )
    assert len(set(reports.SUFFIX.values())) == len(reports.SUFFIX)


def test_the_terminals_text_for_a_file_has_no_colours():
    assert "\x1b" not in reports.render("terminal", samples.half())


def test_an_unknown_format_names_those_there_are():
    with pytest.raises(ValueError, match="'pdf'; there are terminal, html"):
        reports.render("pdf", samples.half())


def test_importing_the_formats_loads_none_of_their_libraries():
    code = (
        "import sys, autograder.reports, autograder.edition; "
        "print([n for n in ('rich', 'jinja2', 'junitparser', 'jsonschema', 'csv') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
