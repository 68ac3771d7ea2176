"""What every report says, in one place, whatever its format; a part of it for each thing there is to say.

Everything that comes out of here is clean (see `clean`): a renderer only quotes it for its own format.
Sentences of ours may hold code between back-ticks; `clean.pieces` takes them apart.
"""

from autograder.reports.clean import SENTENCE

from .clock import (
    NO_GPU,
    clock,
    clock_facts,
    duration,
    edge,
    interval,
    is_measured,
    learning,
    measured,
    times,
    to_look_at,
)
from .crashes import happened, inputs, place
from .differences import HEAT, different, exact_heat, facts, heat_caption
from .marks import (
    SIGN,
    WORD,
    about,
    asks,
    bands,
    count,
    earned,
    footer,
    hand,
    hidden,
    late,
    lost,
    pending,
    rule,
    score,
    state,
    title,
    waiting,
)
from .reasons import NOT_RUN, explained_above, first_told, looks_like, note, nothing_to_tell, told_above

__all__ = [
    "HEAT",
    "NOT_RUN",
    "NO_GPU",
    "SENTENCE",
    "SIGN",
    "WORD",
    "about",
    "asks",
    "bands",
    "clock",
    "clock_facts",
    "count",
    "different",
    "duration",
    "earned",
    "edge",
    "exact_heat",
    "explained_above",
    "facts",
    "first_told",
    "footer",
    "hand",
    "happened",
    "heat_caption",
    "hidden",
    "inputs",
    "interval",
    "is_measured",
    "late",
    "learning",
    "looks_like",
    "lost",
    "measured",
    "note",
    "nothing_to_tell",
    "pending",
    "place",
    "rule",
    "score",
    "state",
    "times",
    "title",
    "to_look_at",
    "told_above",
    "waiting",
]
