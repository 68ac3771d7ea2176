"""Where the users live: each module speaks one platform's format, and nothing here decides a mark.

    gradescope    the results of one report; `gradescope_zip` builds the autograder, in which
                  `gradescope_run` runs
    ci            one grading run for a build server: `github`, `gitlab` and `classroom50` write for each
    lms           fills an instructor's own export: `canvas`, `moodle`, `blackboard` know where the cells are
    wheel         this very package, packed so that a machine elsewhere can install it

What is written for students is made from the student's edition. Points are rounded in one way, that of
`model.points`, so that every platform shows the same total.
"""
