"""Pictures that must be computed: which may begin, in what order, how long they may take, and what is kept of them.

Drawing takes milliseconds to seconds, everything else a server does takes microseconds. So nothing that waits for a
picture holds a thread, and pictures are drawn in threads of their own that give way to all others (decisions.md, 23).
"""
