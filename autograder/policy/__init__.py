"""Work that is to be one's own: what points to a library's help, gathered for a person to look at.

A rubric's `own_work` names functions and what they are to be written without. Four means look for it, none
of which proves it; `docs/own-work.md` says what each can show and cannot.

    groups      what can be forbidden, by name
    source      names in the source; nothing runs
    examine     the same questions again, in a jail that refuses the operations; and what comes of evidence
    twins       whose rounding the answers have
    cost        what a time says
    reviews     what a person decided

A hit never takes a point by itself: the outcome waits (`Outcome.review`) until a person has decided.
"""
