"""How gunicorn runs the reading room. `mocban serve` reads this; address, workers and threads are settings of ours.

The bounds of a request (its line, its headers, its time) and of an answer that nobody reads stand with the connection,
`server/front_door/http_protocol.py`: gunicorn reads no request here.
"""

worker_class = "server.front_door.gateway.Worker"

# server/front_door/request_target.py has the one list of proxies to trust; gunicorn must believe none by itself
forwarded_allow_ips = ""

# SIGTERM: 10 seconds are promised; what still runs after 7 is given up
graceful_timeout = 7
keepalive = 5  # seconds; below graceful_timeout, so that idle connections do not hold up the end
timeout = 60  # a worker whose loop has stood still for so long is replaced; a long picture is drawn in a thread
backlog = 2048

accesslog = None  # the front door writes one line a request, without the reader's address
errorlog = "-"
loglevel = "warning"
control_socket_disable = True  # it would write into the home folder of whoever runs this
