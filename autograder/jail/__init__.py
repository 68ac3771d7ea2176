"""Theory of operation.

Four processes, each of which knows less than the one before it:

*G*, the grader, holds the course: references, checks, rubric, seed. It never runs a student's code.

*T*, the template (`template.py`), is started by G with a fresh interpreter, an empty environment and no
descriptor but one socket. It imports what the assignment needs (numpy, perhaps torch) once, and then only
forks. It has never seen the course, so there is nothing of it in its memory, its arguments or its files.

*A*, the attendant, is forked from T for one submission. It joins a control group, unshares every
namespace, builds a new root of read-only mounts (the interpreter's library, the packages needed, three
devices, one small tmpfs), forks C as process 1 of the new process namespace, and waits for it. When A is
killed, the kernel kills C and everything C has started.

*C*, the jail itself (`inside.py`), gives up every right it has left (limits, root, capabilities, user,
Landlock, system call filter: `enter.py` is that list), says "ready", and only then receives the student's
source. It answers calls: arrays in, arrays out, as plain bytes (`wire.py`).

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
