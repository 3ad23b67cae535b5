"""What is counted for Prometheus: figures alone, and nothing of what people wrote.

Where several processes serve on one machine, each writes its figures into a folder, and
the process above them tells the sums (`PROMETHEUS_MULTIPROC_DIR`, as its client
library has it).
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    start_http_server,
)

from bot.errors import PortError

# Seconds; an ordinary message takes some milliseconds.
_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.registry = CollectorRegistry()
        self._messages = Counter(
            "helse_messages",
            "Messages that were answered, by channel and kind of reply",
            ("channel", "kind"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "helse_message_seconds",
            "Seconds from a message's arrival to its reply",
            ("channel",),
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self._refusals = Counter(
            "helse_refusals",
            "Requests that were refused, by the code of the error",
            ("code",),
            registry=self.registry,
        )
        self._in_progress = Gauge(
            "helse_requests_in_progress",
            "Requests that are being answered or wait for it",
            registry=self.registry,
            multiprocess_mode="livesum",
        )
        self._streams = Gauge(
            "helse_streams",
            "Streams by which people hear of their cases; requests in progress, too",
            registry=self.registry,
            multiprocess_mode="livesum",
        )
        self._store_errors = Counter(
            "helse_store_errors",
            "Requests that failed as something could not be stored, by what it was",
            ("store",),
            registry=self.registry,
        )

    def begin_stream(self) -> None:
        """Count a stream that has begun."""
        self._streams.inc()

    def end_stream(self) -> None:
        """Count a stream that has ended."""
        self._streams.dec()

    def begin(self) -> None:
        """Count a request that has come."""
        self._in_progress.inc()

    def end(self) -> None:
        """Count a request that is answered."""
        self._in_progress.dec()

    def count_message(self, channel: str, kind: str, seconds: float) -> None:
        """Count a message that was answered."""
        self._messages.labels(channel, kind).inc()
        self._seconds.labels(channel).observe(seconds)

    def count_refusal(self, code: str) -> None:
        """Count a request that was not met."""
        self._refusals.labels(code).inc()

    def count_store_error(self, store: str) -> None:
        """Count a failure of the database."""
        self._store_errors.labels(store).inc()


def tell(registry: CollectorRegistry, host: str, port: int) -> None:
    """Tell the figures of a registry at an address of their own.

    Raises:
        PortError: It cannot be listened on.
    """
    try:
        start_http_server(port, host, registry)
    except OSError as error:
        raise PortError(
            f"cannot tell metrics on {host}:{port} ({error.strerror}); choose another "
            "by HELSE_METRICS"
        ) from error
