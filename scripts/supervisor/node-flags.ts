/**
 * How every process of ours runs Node. What the database driver reads lives through a collection of the young, so each
 * takes as long as that space is big: 5 ms at its usual 16 MB, which one request in twenty then waited for; under 1 ms at 2.
 * Threads that help with so little are waited for longer than they help, where the database has the other core.
 */
export const NODE_FLAGS = ["--max-semi-space-size=2", "--no-parallel-scavenge", "--import", "tsx"];
