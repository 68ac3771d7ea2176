"""Theory of operation.

Three processes, each of which knows less than the one before it:

*G*, the grader, holds the course: references, checks, rubric, seed. It never runs a student's code.

*T*, the template (`template.py`), is started by G with a fresh interpreter, an empty environment and no
descriptor but one socket. It takes namespaces of its own, imports what the assignment needs (numpy, perhaps
torch) once, moves into a root of read-only mounts (the interpreter's library, the packages needed, three
devices: `house.py`), and then only forks. It has never seen the course, so there is nothing of it in its
memory, its arguments or its files. T is process 1 of its namespace; outside it waits the *keeper*, the
process that G has started. When either is killed, the kernel kills the rest.

*C*, the jail itself (`inside.py`), is forked from T for one submission, as process 1 of a process namespace
of its own. It joins a control group, leaves T's other namespaces for fresh ones with one small private
tmpfs, gives up every right it has left (limits, capabilities, user, Landlock, system call filter:
`enter.py` is that list), says "ready", and only then receives the student's source. It answers calls:
arrays in, arrays out, as plain bytes (`wire.py`). A network of torch that it makes stays in it; G speaks of
it by a number, and what G does with its parameters (`modules.py`) depends on no name of the student's.

Two channels lead out of C: a socket for frames, and a pipe for whatever the student prints. What comes
through either is a claim. G reads both without blocking, against one absolute deadline, and rebuilds
values only after sizes and types have been checked. Exit statuses, printed text and silence are never a
verdict: a check is passed by a right answer and by nothing else.

Whatever goes wrong before "ready" is ours (`SandboxFault`); whatever goes wrong after it is the
student's. A check that runs over its time costs the process, not the submission: the next check goes on
in a fresh fork of T.

Which of these walls a machine can build is data (`levels.py`), probed by trying, and named in every
report. `host.py` is G's side: it starts T, opens jails and speaks with them.
"""
