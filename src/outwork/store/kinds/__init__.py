"""The kinds of place in which a programme can live. Every module here reads and writes one, with the same two functions.

read(where) answers with every table found there as it is written, and a fault for each that is none of ours.
write(where, frames) replaces exactly the tables named in `frames`, in one step, and leaves the others.
"""
