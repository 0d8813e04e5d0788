"""How gunicorn runs the reading room. `mocban serve` reads this; address, workers and threads are settings of ours.

Two workers were measured with the product, two processes of each on two busy cores, wrk with 8 connections, in turns
(`-k asgi` with uvloop / uvicorn-worker 0.4.0 with httptools; CPU of the workers per request, median of five):

    a 512-px tile through Flask, as all is answered today     1,009 / 1,126 microseconds
    the same bytes from the front door, before Flask            209 /   157 microseconds

gunicorn's own is taken: it is the quicker one where Flask answers, needs three packages less, and bounds the request
line and the headers while it reads them; httptools reads a line of any length into memory before anybody can refuse it.
The second figure is the one to measure again when stored tiles no longer go through Flask.
"""

worker_class = "server.front_door.gateway.Worker"  # gunicorn's `asgi`, with our answers to what is no request
asgi_loop = "uvloop"
http_parser = "python"  # the same everywhere: the C parser is an extra that pip cannot resolve
http_protocols = "h1"

# server/front_door/request_target.py has the one list of proxies to trust; gunicorn must believe none by itself
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}

limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190

# SIGTERM: 10 seconds are promised; what still runs after 7 is given up
graceful_timeout = 7
keepalive = 5  # seconds; below graceful_timeout, so that idle connections do not hold up the end
timeout = 60  # a worker whose loop has stood still for so long is replaced; a long picture is drawn in a thread
backlog = 2048

accesslog = None  # the front door writes one line a request, without the reader's address
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # it would write into the home folder of whoever runs this
